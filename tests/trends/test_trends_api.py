"""The series over HTTP: worked out from one journal, the reader's own, and from what of it opens."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from journal.database import db, writing
from journal.trends.series import trends as series
from tests.cast import Person, join
from tests.described import Description

FIRST, SECOND, THIRD = "2024-10-18T10:30:00-04:00", "2024-10-25T10:30:00-04:00", "2024-11-04T10:30:00-05:00"
WORDS = {"texts": {"brk.what_opened": "The door to the garden."}}


@pytest.fixture(scope="module")
def told(app) -> tuple[Person, list[str]]:
    """Maya after two sessions with much to tell, and a third with nothing yet."""
    maya = join(app, "maya")
    sessions = [
        maya.has_session(at, route=route, dose={"amount": 70.0, "unit": "mg"})
        for at, route in ((FIRST, "im"), (SECOND, "nasal"), (THIRD, "im"))
    ]
    first, second, _ = sessions
    maya.checks_in(first, "before", "2024-10-18T09:30:00-04:00", answers={"emo.mood_now": 3})
    maya.checks_in(
        first, "landing", "2024-10-18T11:45:00-04:00",
        answers={"emo.mood_now": 6, "diss.peak": 8, "brk.opened": "yes"},
        noticed={"sens.tingling": {}, "sens.floating": {}}, bothered={"se.nausea": {"worst": 4}},
        still_here=["sens.floating"],
    )  # fmt: skip
    maya.checks_in(
        first, "next_day", "2024-10-19T09:30:00-04:00", WORDS,
        answers={"emo.mood_now": 7, "brk.insight": 8}, noticed={"sens.tingling": {"intensity": 0, "where": ["hands"]}},
    )  # fmt: skip
    maya.checks_in(
        second, "landing", "2024-10-25T11:30:00-04:00",
        answers={"emo.mood_now": 2, "diss.peak": 4}, noticed={"sens.heavy": {}}, none=["bothered"],
    )  # fmt: skip
    return maya, sessions


@pytest.fixture
def maya(told, app) -> Person:
    return told[0].fresh(app)


@pytest.fixture
def sessions(told) -> list[str]:
    return told[1]


@pytest.fixture(autouse=True)
def described(app):
    description = Description.of(app)
    description.take_surprises()  # those of others who use the same app are theirs
    yield
    assert description.take_surprises() == []


def every(person, kind):
    return person.get(f"/{kind}?limit=100").json["items"]


class TestTrends:
    def test_they_are_the_series_of_her_rows(self, maya):
        shown = maya.get("/trends").json

        assert shown == {**series(every(maya, "sessions"), every(maya, "check-ins")), "unopened": 0}

    def test_sessions_stand_in_their_order_with_dose_and_route(self, maya, sessions):
        line = maya.get("/trends").json["sessions"]

        assert [visit["id"] for visit in line] == sessions
        assert [visit["number"] for visit in line] == [1, 2, 3]
        assert [visit["route"] for visit in line] == ["im", "nasal", "im"]
        assert line[0]["dose"] == {"amount": 70.0, "unit": "mg"}

    def test_a_gap_a_not_chosen_and_a_zero_are_three_things(self, maya, sessions):
        points = next(it["points"] for it in maya.get("/trends").json["sensations"] if it["term"] == "sens.tingling")
        first, second, _ = sessions

        assert [point["session_id"] for point in points] == [first, second]
        assert points[0]["value"] == 0
        assert points[1] == {"session_id": second, "chosen": False}

    def test_mood_is_told_in_real_hours_from_the_dose(self, maya, sessions):
        curve = maya.get("/trends").json["mood"][0]

        assert curve["session_id"] == sessions[0]
        assert [(point["moment"], point["hours"], point["value"]) for point in curve["points"]] == [
            ("before", -1.0, 3), ("landing", 1.25, 6), ("next_day", 23.0, 7),
        ]  # fmt: skip

    def test_what_she_wrote_of_an_opening_stands_by_its_session(self, maya, sessions):
        [opened] = maya.get("/trends").json["breakthroughs"]

        assert opened["session_id"] == sessions[0]
        assert opened["items"] == {"brk.insight": 8}
        assert [line["text"] for line in opened["lines"]] == ["The door to the garden."]

    def test_of_hers_noor_sees_nothing(self, noor, maya, sessions):
        mine = maya.get("/trends").get_data(as_text=True)
        shown = noor.get("/trends")

        assert "garden" in mine
        assert "garden" not in shown.get_data(as_text=True)
        assert not set(sessions) & {visit["id"] for visit in shown.json["sessions"]}

    def test_with_nothing_told_there_is_nothing_to_see(self, app):
        shown = join(app, "maya").get("/trends")

        assert shown.status_code == 200
        assert shown.json == {**series([], []), "unopened": 0}
        assert not any(shown.json.values())

    def test_a_row_that_does_not_open_is_left_out_and_counted(self, app):
        maya = join(app, "maya")
        session = maya.has_session(FIRST)
        made = maya.checks_in(session, "landing", "2024-10-18T11:45:00-04:00", answers={"emo.mood_now": 6})
        maya.checks_in(session, "next_day", "2024-10-19T11:45:00-04:00", answers={"emo.mood_now": 5})
        table = db.metadata.tables["check_ins"]
        with app.app_context(), writing() as connection:
            connection.execute(update(table).where(table.c.id == UUID(made).bytes).values(ratings=b"x"))
        shown = maya.get("/trends").json

        assert shown["unopened"] == 1
        assert [point["value"] for point in shown["mood"][0]["points"]] == [5]


class TestComparison:
    def test_two_sessions_stand_side_by_side(self, maya, sessions):
        first, second, _ = sessions
        shown = maya.get(f"/trends/comparison?first={first}&second={second}").json

        assert (shown["first"]["id"], shown["second"]["id"]) == (first, second)
        assert shown["new_in_second"] == ["sens.heavy"]
        assert shown["only_in_first"] == ["sens.tingling", "sens.floating", "se.nausea"]
        rows = {row.get("term", row.get("item")): row for row in shown["rows"]}
        assert (rows["diss.peak"]["first"], rows["diss.peak"]["second"]) == (8, 4)
        bother = {"session_id": first, "worst": 4, "still_here": False}
        assert shown["bothered"] == [{"term": "se.nausea", "first": bother}]
        assert set(shown["breakthroughs"]) == {"first"}

    def test_turned_round_it_says_the_same_the_other_way(self, maya, sessions):
        first, second, _ = sessions
        one = maya.get(f"/trends/comparison?first={first}&second={second}").json
        other = maya.get(f"/trends/comparison?first={second}&second={first}").json

        assert (one["new_in_second"], one["only_in_first"]) == (other["only_in_first"], other["new_in_second"])
        assert (one["first"], one["second"]) == (other["second"], other["first"])

    def test_with_one_nothing_was_told_of_only_the_other_speaks(self, maya, sessions):
        first, _, third = sessions
        shown = maya.get(f"/trends/comparison?first={first}&second={third}").json

        assert shown["new_in_second"] == shown["only_in_first"] == []
        assert all("second" not in row for row in shown["rows"])
        assert set(shown["mood"]) == {"first", "second"}

    def test_both_must_be_hers(self, maya, noor, sessions):
        noors = noor.has_session(FIRST)
        for one, other in ((sessions[0], noors), (noors, sessions[0]), (sessions[0], str(uuid4()))):
            assert maya.get(f"/trends/comparison?first={one}&second={other}").status_code == 404

    @pytest.mark.parametrize("query", ["", "first=x&second=y", "first=1099511627776&second=0", "first=", "third=x"])
    def test_which_two_must_be_said(self, maya, query):
        answer = maya.get(f"/trends/comparison?{query}")

        assert answer.status_code == 422
        assert all(fault["pointer"].startswith("?/") for fault in answer.json["errors"])
