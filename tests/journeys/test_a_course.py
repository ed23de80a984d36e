"""Maya's whole course: six sessions in three weeks, what she told of them, what she saw, and how she left."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from journal import clock
from journal.database import KEYRING, db, reading
from tests.cast import TZ, Person, check_in
from tests.described import Description
from tests.stores import new_app

PASSWORD = "the ferry leaves at nine sharp"
NEW_PASSWORD = "and comes back when the lamps are lit"
# Mondays and Thursdays; on the second Sunday New York puts its clocks forward.
SESSIONS = [
    "2024-03-04T10:30:00-05:00", "2024-03-07T10:30:00-05:00", "2024-03-11T10:30:00-04:00",
    "2024-03-14T10:30:00-04:00", "2024-03-18T10:30:00-04:00", "2024-03-21T10:30:00-04:00",
]  # fmt: skip
MOODS_BEFORE, MOODS_AFTER, MOODS_NEXT_DAY = [3, 3, 4, 4, 5, 5], [6, 5, 7, 8, 7, 8], [5, 3, 6, 7, 4, 8]


class Course:
    """Maya on her phone, at the times she has it in her hand."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.maya = Person.nobody(app)
        self.name = f"maya-{uuid4().hex[:8]}"
        self.code = ""
        self.course = str(uuid4())
        self.sessions: list[str] = []

    @contextmanager
    def at(self, when: str | datetime, password: str = PASSWORD) -> Iterator[Person]:
        """Maya signs in at that time."""
        when = datetime.fromisoformat(when) if isinstance(when, str) else when
        with clock.at(when):
            answer = self.maya.post("/sign-ins", json={"login_name": self.name, "password": password})
            assert answer.status_code == 201, answer.json
            yield self.maya

    def begins(self) -> None:
        with clock.at(datetime.fromisoformat("2024-03-01T20:00:00-05:00")):
            joined = self.maya.post("/accounts", json={"login_name": self.name, "password": PASSWORD})
            assert joined.status_code == 201
            self.code = joined.json["recovery_code"]
            assert self.maya.post("/account/recovery-code/confirmation").status_code == 204
            assert self.maya.get("/account").json["recovery_code_confirmed"] is True
            settings = {"time_zone": TZ, "region": "US", "clinic": {"name": "The clinic", "phone": "+1 555 0100"}}
            assert self.maya.put("/settings", settings, if_match='"1"').json == settings
            assert self.maya.get("/today").json["next"] == {"kind": "session"}
            plan = {"ratings": {"planned_sessions": 6}, "story": {"name": "Spring"}}
            assert self.maya.put(f"/courses/{self.course}", plan).status_code == 201

    def goes(self, number: int) -> None:
        """A session: a check-in before it, at landing, and mostly on the next day."""
        start = datetime.fromisoformat(SESSIONS[number])
        session = str(uuid4())
        facts = {"happened_at": SESSIONS[number], "time_zone": TZ, "written_at": SESSIONS[number], "route": "im"}
        with self.at(start - timedelta(hours=1)) as maya:
            body = {"course_id": self.course, "ratings": facts}
            assert maya.put(f"/sessions/{session}", body).status_code == 201
            assert maya.get("/today").json["next"]["moment"] == "before"
            self.tells(session, "before", clock.now(), {"emo.mood_now": MOODS_BEFORE[number]})
        self.sessions.append(session)
        with self.at(start + timedelta(hours=1, minutes=15)) as maya:
            assert maya.get("/today").json["next"]["moment"] == "landing"
            self.lands(session, number)
        with self.at(start + timedelta(hours=22)) as maya:
            sees_what_this_session_closed(self, maya, number)
            if number not in (1, 4):
                answers = {"emo.mood_now": MOODS_NEXT_DAY[number], "brk.insight": number}
                story = {"texts": {"brk.what_opened": f"Door {number}."}} if number > 2 else None
                self.tells(session, "next_day", clock.now(), answers, story)

    def lands(self, session: str, number: int) -> None:
        """Seven screens, every tap kept at once; the app is closed half way and opened again."""
        made, seen = str(uuid4()), None
        ratings: dict[str, Any] = {"answers": {}}
        taps: list[dict[str, Any]] = [
            {"answers": {"emo.mood_now": MOODS_AFTER[number]}},
            {"answers": {"emo.mood_now": MOODS_AFTER[number], "diss.peak": 9 - number}},
            {"noticed": {"sens.floating": {}, "sens.tingling": {}}},
            {"bothered": {"se.nausea": {"worst": 5 - number}}} if number < 4 else {"none": ["bothered"]},
            {"still_here": []},
            {"finished": True},
        ]
        for tap in taps:
            ratings |= tap
            body = check_in(session, "landing", clock.now().isoformat(), **{"finished": False, **ratings})
            answer = self.maya.put(f"/check-ins/{made}", body, if_match=seen)
            assert answer.status_code in (200, 201), answer.json
            seen = answer.headers["ETag"]
            if "finished" not in tap:
                assert self.maya.get("/today").json["next"]["check_in_id"] == made

    def tells(self, session: str, moment: str, when: datetime, answers: dict[str, Any], story: Any = None) -> None:
        made = f"/check-ins/{uuid4()}"
        body = check_in(session, moment, when.isoformat(), story, answers=answers)
        assert self.maya.put(made, body).status_code == 201


@pytest.fixture(scope="module")
def app(new_stores) -> Flask:
    return new_app(new_stores("a_course"))


def test_maya_goes_through_a_course(app):
    """One story from the first evening to the last; each part leans on the one before."""
    description = Description.of(app)
    course = Course(app)
    course.begins()
    for number in range(len(SESSIONS)):
        course.goes(number)
    with course.at("2024-03-28T10:45:00-04:00") as maya:
        answers_the_week(course, maya)
    with course.at("2024-04-02T20:00:00-04:00") as maya:
        sees_her_trends(course, maya)
        compares_first_and_last(course, maya)
        changes_her_password(course, maya)
        recovers_on_a_new_phone(course)
        leaves(course)
    assert description.take_surprises() == []


def sees_what_this_session_closed(course: Course, maya: Person, number: int) -> None:
    """Follow-ups of the session before are superseded, never missed; those of this one are to come."""
    today = maya.get("/today").json
    assert (today["session"]["id"], today["session"]["number"]) == (course.sessions[-1], number + 1)
    assert today["next"]["moment"] == "next_day"
    closed = {each["moment"] for each in today["superseded"] if number and each["session_id"] == course.sessions[-2]}
    assert closed == ({"third_day", "week", "month"} if number else set())
    assert all(step.get("session_id", course.sessions[-1]) == course.sessions[-1] for step in today["open"])


def answers_the_week(course: Course, maya: Person) -> None:
    today = maya.get("/today").json
    assert today["next"]["moment"] == "week"
    assert today["instruments_due"] == {"phq8": True, "gad7": True}
    body = check_in(
        course.sessions[-1], "week", clock.now().isoformat(), answers={"emo.mood_now": 4, "brk.growth": 0},
        instruments={"phq8": {"answers": [1] * 8}, "gad7": {"answers": [1] * 6 + [None]}},
    )  # fmt: skip
    assert maya.put(f"/check-ins/{uuid4()}", body).status_code == 201
    assert maya.get("/today").json["instruments_due"] == {"phq8": False, "gad7": False}


def sees_her_trends(course: Course, maya: Person) -> None:
    shown = maya.get("/trends").json
    assert [visit["id"] for visit in shown["sessions"]] == course.sessions
    assert [point["value"] for point in shown["detachment"]] == [9, 8, 7, 6, 5, 4]
    # The clocks went forward between the second session and the check-in before the third.
    assert [point["hours"] for point in shown["mood"][1]["points"]] == [-1.0, 1.25, 94.0]
    lifts = [(lift["state"], lift.get("last_above_hours"), lift.get("first_back_hours")) for lift in shown["lift"]]
    assert lifts == [
        ("back", 22.0, 71.0), ("still_above", 94.0, None), ("back", 22.0, 71.0),
        ("still_above", 95.0, None), ("back", 1.25, 71.0), ("back", 22.0, 168.25),
    ]  # fmt: skip
    nausea = next(it["points"] for it in shown["sensations"] if it["term"] == "se.nausea")
    assert [point.get("value") for point in nausea] == [5, 4, 3, 2, None, None]
    assert [point["chosen"] for point in nausea] == [True] * 4 + [False] * 2
    lines = [line["text"] for opened in shown["breakthroughs"] for line in opened["lines"]]
    assert lines == ["Door 3.", "Door 5."]
    assert {it["instrument"]: it["points"][0].get("total") for it in shown["instruments"]} == {"phq8": 8, "gad7": None}


def compares_first_and_last(course: Course, maya: Person) -> None:
    shown = maya.get(f"/trends/comparison?first={course.sessions[0]}&second={course.sessions[-1]}").json
    assert (shown["first"]["number"], shown["second"]["number"]) == (1, 6)
    assert shown["only_in_first"] == ["se.nausea"]
    assert [point["value"] for point in shown["mood"]["second"]] == [5, 8, 8, 4]


def changes_her_password(course: Course, maya: Person) -> None:
    tablet = maya_on_another_device(course, PASSWORD)
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert maya.put("/account/password", change).status_code == 204
    assert tablet.get("/trends").status_code == 401
    assert len(maya.get("/trends").json["sessions"]) == 6
    body = {"login_name": course.name, "password": PASSWORD}
    assert Person.nobody(course.app).post("/sign-ins", json=body).status_code == 401


def maya_on_another_device(course: Course, password: str) -> Person:
    other = Person.nobody(course.app)
    assert other.post("/sign-ins", json={"login_name": course.name, "password": password}).status_code == 201
    return other


def recovers_on_a_new_phone(course: Course) -> None:
    phone = Person.nobody(course.app)
    recovery = {"login_name": course.name, "recovery_code": course.code, "new_password": PASSWORD}
    back = phone.post("/recovery", json=recovery)
    assert back.status_code == 201
    assert back.json["recovery_code"] != course.code
    assert back.json["account"]["recovery_code_confirmed"] is False
    assert len(phone.get("/trends").json["sessions"]) == 6
    assert phone.get("/settings").json["clinic"]["name"] == "The clinic"
    assert course.maya.get("/account").status_code == 401
    assert Person.nobody(course.app).post("/recovery", json=recovery).status_code == 401
    course.maya = phone


def leaves(course: Course) -> None:
    """Deletes one check-in, one session, the course, then everything."""
    maya = course.maya
    of_last = maya.get(f"/check-ins?session={course.sessions[-1]}").json["items"]
    assert maya.delete(f"/check-ins/{of_last[0]['id']}").status_code == 204
    assert maya.delete(f"/sessions/{course.sessions[-1]}").status_code == 204
    assert maya.delete(f"/courses/{course.course}").status_code == 204
    assert all("course_id" not in visit for visit in maya.get("/trends").json["sessions"])
    assert maya.delete("/account").status_code == 204
    assert maya.get("/account").status_code == 401
    body = {"login_name": course.name, "password": PASSWORD}
    assert Person.nobody(course.app).post("/sign-ins", json=body).status_code == 401
    assert what_is_left(course.app) == {}


def what_is_left(app: Flask) -> dict[str, int]:
    """Rows of hers, in either store; a wrong try at the door, at the end, is the door's own, and the ledger of what
    was erased names nobody.
    """
    left = {}
    with app.app_context():
        for bind in (None, KEYRING):
            for table in db.metadatas[bind].tables.values():
                with reading(bind) as connection:
                    left[table.name] = len(connection.execute(table.select()).all())
    return {name: count for name, count in left.items() if count and name not in ("tries", "host_keys", "erasures")}
