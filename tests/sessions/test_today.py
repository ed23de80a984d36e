"""What Today offers, worked out from the whole journal: the one next thing, what is open, what a new session closed."""

from datetime import datetime, timedelta

from journal import clock
from tests.cast import check_in
from tests.sessions.bodies import new_address

DOSE = datetime.fromisoformat("2024-10-18T10:30:00-04:00")


def after(**span):
    return DOSE + timedelta(**span)


def today(person, at):
    with clock.at(at):
        answer = person.get("/today")
    assert answer.status_code == 200
    return answer.json


def moments(steps):
    return [(step["kind"], step.get("moment")) for step in steps]


class TestNext:
    def test_in_an_empty_journal_it_is_a_session(self, maya):
        shown = today(maya, DOSE)

        assert shown["next"] == {"kind": "session"}
        assert "session" not in shown
        assert shown["superseded"] == []

    def test_an_hour_after_the_dose_it_is_the_landing_check_in(self, maya):
        session = maya.has_session(DOSE.isoformat(), route="im")
        shown = today(maya, after(hours=1))

        assert (shown["next"]["moment"], shown["next"]["session_id"]) == ("landing", session)
        assert shown["session"] == {
            "id": session, "number": 1, "route": "im", "time_zone": "America/New_York", "happened_at": DOSE.isoformat(),
        }  # fmt: skip
        assert shown["now"] == "2024-10-18T15:30:00+00:00"

    def test_a_partial_one_is_gone_on_with_and_a_finished_one_is_done(self, maya):
        session = maya.has_session(DOSE.isoformat())
        address = new_address("check-ins")
        begun = check_in(session, "landing", after(hours=1).isoformat(), answers={"emo.mood_now": 6})
        begun["ratings"]["finished"] = False
        maya.put(address, begun)

        assert today(maya, after(hours=1))["next"]["check_in_id"] == address.split("/")[-1]

        begun["ratings"]["finished"] = True
        maya.put(address, begun, if_match='"1"')
        shown = today(maya, after(hours=1))
        assert ("check_in", "landing") not in moments(shown["open"])
        assert "next" not in shown
        assert moments(shown["later"]) == [("check_in", name) for name in ("next_day", "third_day", "week", "month")]

    def test_as_days_pass_the_follow_ups_open_and_close(self, maya):
        maya.has_session(DOSE.isoformat())
        offered = {
            hours: {step["moment"] for step in today(maya, after(hours=hours))["open"] if "session_id" in step}
            for hours in (1, 13, 50, 125, 300, 700, 1100)
        }

        assert offered == {
            1: {"landing"}, 13: {"next_day"}, 50: {"third_day"}, 125: {"week"}, 300: set(), 700: {"month"}, 1100: set(),
        }  # fmt: skip


class TestSuperseding:
    def test_a_new_session_closes_what_was_open_of_the_one_before(self, maya):
        first = maya.has_session(DOSE.isoformat())
        maya.checks_in(first, "next_day", after(days=1).isoformat())
        second = maya.has_session(after(days=3).isoformat())
        shown = today(maya, after(days=3, hours=1))

        assert shown["session"]["id"] == second
        assert shown["session"]["number"] == 2
        assert {step.get("session_id") for step in shown["open"]} <= {second, None}
        assert shown["superseded"] == [
            {"session_id": first, "moment": moment} for moment in ("third_day", "week", "month")
        ]

    def test_what_was_superseded_can_still_be_told(self, maya):
        first = maya.has_session(DOSE.isoformat())
        maya.has_session(after(days=3).isoformat())
        maya.checks_in(first, "third_day", after(days=4).isoformat(), answers={"emo.mood_now": 3})
        shown = today(maya, after(days=4))

        assert [each["moment"] for each in shown["superseded"]] == ["week", "month"]

    def test_when_the_new_session_is_deleted_the_old_follow_ups_are_open_again(self, maya):
        first = maya.has_session(DOSE.isoformat())
        second = maya.has_session(after(days=3).isoformat())
        maya.delete(f"/sessions/{second}")
        shown = today(maya, after(days=3, hours=1))

        assert shown["superseded"] == []
        assert ("check_in", "third_day") in moments(shown["open"])
        assert shown["session"]["id"] == first


class TestWhose:
    def test_it_is_worked_out_from_her_own_journal_alone(self, maya, noor):
        maya.has_session(DOSE.isoformat())

        assert today(noor, after(hours=1))["next"] == {"kind": "session"}
