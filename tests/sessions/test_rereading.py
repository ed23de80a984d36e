"""Maya re-reads what she wrote after a session: when she can, what counts, and what shows until then."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from journal import clock
from journal.accounts.service import Settings
from journal.sessions.rereading import may_be_shown
from journal.sessions.rows import Opened
from journal.sessions.service import Journal
from tests.cast import check_in, join
from tests.sessions.stored import flipped

DOSE = datetime.fromisoformat("2024-10-18T10:30:00-04:00")
HELD_UNTIL = "2024-10-19T10:30:00-04:00"


def after(**span: float) -> datetime:
    return DOSE + timedelta(**span)


def to_reread(person, at: datetime) -> dict:
    with clock.at(at):
        answer = person.get("/rereading")
    assert answer.status_code == 200
    return answer.json


def rereads(person, row: str, at: datetime, if_match: str | None = '"1"'):
    with clock.at(at):
        return person.post(f"/check-ins/{row}/rereading", headers={"If-Match": if_match} if if_match else {})


def sets_hold(person, hours: int, at: datetime) -> None:
    with clock.at(at):
        now = person.get("/settings")
        assert person.put("/settings", {"hold_hours": hours}, if_match=now.headers["ETag"]).status_code == 200


def lands(person) -> tuple[str, str]:
    """A session, and the check-in an hour after it."""
    session = person.has_session(DOSE.isoformat())
    return session, person.checks_in(session, "landing", after(hours=1).isoformat(), answers={"emo.mood_now": 6})


class TestTheList:
    def test_names_what_is_held_and_from_when_on_it_can_be_re_read(self, maya):
        session, landing = lands(maya)
        item = {
            "check_in_id": landing, "session_id": session, "moment": "landing",
            "happened_at": after(hours=1).isoformat(), "held_until": HELD_UNTIL,
        }  # fmt: skip

        assert to_reread(maya, after(hours=2)) == {"hold_hours": 24, "items": [{**item, "open": False}]}
        assert to_reread(maya, after(hours=24)) == {"hold_hours": 24, "items": [{**item, "open": True}]}

    def test_is_oldest_first_and_leaves_out_what_was_never_held(self, maya):
        session, landing = lands(maya)
        maya.checks_in(session, "third_day", after(days=3).isoformat())
        before = maya.checks_in(session, "before", after(hours=-2).isoformat(), written_at=after(hours=3).isoformat())
        loose = maya.checks_in(None, "anytime", after(hours=20).isoformat())

        found = to_reread(maya, after(days=4))["items"]
        assert [item["check_in_id"] for item in found] == [before, landing, loose]
        assert "session_id" not in found[-1]

    def test_knows_of_a_note_that_was_added_in_a_hold(self, maya):
        session = maya.has_session(DOSE.isoformat())
        week = maya.checks_in(session, "before", after(hours=-3).isoformat())
        assert to_reread(maya, after(days=1))["items"] == []

        note = {"written_at": after(hours=4).isoformat(), "text": "Everything is one."}
        maya.put(f"/check-ins/{week}/notes/{uuid4()}", note)
        assert [item["check_in_id"] for item in to_reread(maya, after(days=1))["items"]] == [week]


class TestReReading:
    def test_after_the_hold_it_is_kept_on_her_own_clock_and_the_check_in_stays_as_it_was(self, maya):
        _, landing = lands(maya)
        before = maya.get(f"/check-ins/{landing}").json
        answer = rereads(maya, landing, after(hours=30))

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        reread = {**before["ratings"], "reread_at": "2024-10-19T16:30:00-04:00"}
        assert answer.json == {**before, "revision": 2, "ratings": reread} == maya.get(f"/check-ins/{landing}").json
        assert to_reread(maya, after(hours=30))["items"] == []

    def test_before_the_hold_has_ended_it_is_refused_with_the_time(self, maya):
        _, landing = lands(maya)
        refused = rereads(maya, landing, after(hours=23.9))

        assert (refused.status_code, refused.json["type"]) == (409, "/problems/still-held")
        assert refused.json["held_until"] == HELD_UNTIL
        assert maya.get(f"/check-ins/{landing}").json["revision"] == 1

    def test_sent_twice_it_counts_once(self, maya):
        _, landing = lands(maya)
        first, second = rereads(maya, landing, after(hours=30)), rereads(maya, landing, after(hours=31))

        assert (second.status_code, second.json) == (200, first.json)

    def test_what_was_changed_elsewhere_meanwhile_is_not_what_she_read(self, maya):
        _, landing = lands(maya)
        note = {"written_at": after(hours=25).isoformat(), "text": "From the laptop."}
        current = maya.put(f"/check-ins/{landing}/notes/{uuid4()}", note).json
        for stale in ('"1"', None):
            refused = rereads(maya, landing, after(hours=30), if_match=stale)
            assert (refused.status_code, refused.json["current"]) == (412, current)

        assert rereads(maya, landing, after(hours=30), if_match='"2"').status_code == 200

    def test_it_is_hers_alone_to_do(self, maya, noor):
        _, landing = lands(maya)

        assert rereads(noor, landing, after(hours=30)).status_code == 404
        assert rereads(maya, str(uuid4()), after(hours=30)).status_code == 404
        assert to_reread(noor, after(hours=30))["items"] == []


class TestWhatCounts:
    def test_a_correction_in_the_hold_of_the_next_session_is_re_read_again(self, maya):
        _, landing = lands(maya)
        rereads(maya, landing, after(hours=30))
        maya.has_session(after(days=7).isoformat())
        kept = maya.get(f"/check-ins/{landing}").json
        body = {"session_id": kept["session_id"], "ratings": kept["ratings"]}
        body["ratings"] |= {"answers": {"emo.mood_now": 9}, "revised_at": after(days=7, hours=1).isoformat()}
        assert maya.put(f"/check-ins/{landing}", body, if_match='"2"').status_code == 200

        [item] = to_reread(maya, after(days=9))["items"]
        assert item["held_until"] == after(days=8).isoformat()

    def test_she_may_carry_the_times_along_herself(self, maya):
        """As an export that comes back does."""
        session = maya.has_session(DOSE.isoformat())
        times = {"revised_at": "2024-10-18T17:00:00Z", "reread_at": "2024-10-20T09:00:00+02:00"}
        landing = maya.checks_in(session, "landing", after(hours=1).isoformat(), **times)

        assert maya.get(f"/check-ins/{landing}").json["ratings"].items() >= times.items()
        assert to_reread(maya, after(days=3))["items"] == []

    def test_one_written_into_a_hold_by_her_own_word_does_not(self, maya):
        session = maya.has_session(DOSE.isoformat())
        maya.checks_in(session, "landing", after(hours=1).isoformat(), reread_at=after(hours=2).isoformat())

        assert len(to_reread(maya, after(days=3))["items"]) == 1

    def test_times_without_an_offset_are_refused(self, maya):
        for name in ("revised_at", "reread_at"):
            body = check_in(None, "anytime", DOSE.isoformat(), **{name: "2024-10-20T09:00:00"})
            refused = maya.put(f"/check-ins/{uuid4()}", body)
            assert [fault["pointer"] for fault in refused.json["errors"]] == [f"#/ratings/{name}"]


class TestAnotherLength:
    """The hold is as long as she set it; what was set before is remembered, so she is new in every story."""

    @pytest.fixture
    def maya(self, app):
        return join(app, "maya")

    def test_a_longer_one_counts_at_once_while_it_lasts(self, maya):
        lands(maya)
        sets_hold(maya, 48, after(hours=2))

        shown = to_reread(maya, after(hours=30))
        assert (shown["hold_hours"], shown["items"][0]["open"]) == (48, False)

    def test_one_that_has_begun_keeps_the_length_it_had(self, maya):
        lands(maya)
        sets_hold(maya, 4, after(hours=2))
        [item] = to_reread(maya, after(hours=6))["items"]
        assert (item["held_until"], item["open"]) == (HELD_UNTIL, False)

        maya.has_session(after(days=7).isoformat())
        maya.checks_in(None, "anytime", after(days=7, hours=3).isoformat())
        maya.checks_in(None, "anytime", after(days=7, hours=5).isoformat())
        [item, later] = to_reread(maya, after(days=8))["items"]
        assert (item["held_until"], later["held_until"]) == (HELD_UNTIL, after(days=7, hours=4).isoformat())

    def test_a_longer_one_set_later_asks_for_nothing_that_was_never_held(self, maya):
        lands(maya)
        loose = maya.checks_in(None, "anytime", after(hours=30).isoformat())
        sets_hold(maya, 168, after(days=3))

        assert loose not in {item["check_in_id"] for item in to_reread(maya, after(days=4))["items"]}


class TestMayBeShown:
    """What sharing will ask before anything leaves the patient's hands."""

    def journal(self, *check_ins: dict, sessions: tuple[str, ...] = ("s",)) -> Journal:
        facts = {"happened_at": DOSE.isoformat()}
        return Journal([Opened(name, 1, facts, None, {}) for name in sessions], [self.opened(**it) for it in check_ins])

    def opened(self, written: datetime, story: Any = None, session: str | None = "s", **times: datetime) -> Opened:
        ratings = {"written_at": written.isoformat(), **{name: at.isoformat() for name, at in times.items()}}
        return Opened(str(uuid4()), 1, ratings, story, {"session_id": session} if session else {})

    def test_only_what_was_never_held_or_was_re_read_after_the_hold(self):
        told = [
            ({"written": after(days=2)}, True),
            ({"written": after(hours=1)}, False),
            ({"written": after(hours=1), "reread_at": after(hours=2)}, False),
            ({"written": after(hours=1), "reread_at": after(days=2)}, True),
            ({"written": after(days=2), "revised_at": after(hours=3)}, False),
            ({"written": after(hours=2), "session": None}, False),
            ({"written": after(hours=-3), "story": {"notes": [{"written_at": after(hours=2).isoformat()}]}}, False),
        ]
        journal = self.journal(*(each for each, _ in told))

        found = [may_be_shown(journal, check_in, Settings({}, 1)) for check_in in journal.check_ins]
        assert found == [shown for _, shown in told]

    def test_not_while_the_time_of_its_own_session_is_not_known(self):
        journal = self.journal({"written": after(days=30)}, sessions=())

        assert not may_be_shown(journal, journal.check_ins[0], Settings({}, 1))

    def test_a_session_damaged_behind_the_apps_back_frees_nothing_of_its_own(self, app, maya, database):
        session, _ = lands(maya)
        [row] = database.rows("dosing_sessions", id=UUID(session).bytes)
        database.change("dosing_sessions", {"id": row["id"]}, ratings=flipped(row["ratings"], 900))
        rows = maya.get("/sessions").json["items"], maya.get("/check-ins").json["items"]

        assert rows[0] == [{"id": session, "opens": False}]
        [told] = rows[1]
        opened = Opened(told["id"], told["revision"], told["ratings"], None, {"session_id": told["session_id"]})
        assert not may_be_shown(Journal([], [opened], 1), opened, Settings({}, 1))
