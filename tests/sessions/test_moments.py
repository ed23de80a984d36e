"""What there is to do at an hour: what is open, what opens later, and what a new session has closed."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.sessions.moments import CheckInAt, SessionAt, Step, Superseded, steps, superseded

DOSE = datetime.fromisoformat("2026-10-01T10:00:00-04:00")
FIRST = SessionAt("first", DOSE)


def after(hours, since=DOSE):
    return (since.astimezone(UTC) + timedelta(hours=hours)).astimezone(since.tzinfo)


def wrote(of, moment, hours, *, finished=True, name=None):
    return CheckInAt(name or f"{of.id} {moment}", of.id, moment, after(hours, of.happened_at), finished)


def kinds(some):
    return [(step.session_id, step.moment or step.kind) for step in some]


def of_sessions(some):
    return [(step.session_id, step.moment) for step in some if step.session_id]


class TestAnEmptyJournal:
    def test_it_begins_with_a_session(self):
        found = steps([], [], DOSE)

        assert found.next == Step("session")
        assert found.session_id is None
        assert found.later == found.superseded == ()

    def test_the_landing_check_in_is_one_tap_away_all_the_same(self):
        assert kinds(steps([], [], DOSE).open) == [(None, "landing"), (None, "before"), (None, "session")]


class TestWindows:
    @pytest.mark.parametrize(
        ("hours", "moment"),
        [
            (0.5, "landing"), (1, "landing"), (11.99, "landing"), (12, "next_day"), (47.99, "next_day"),
            (48, "third_day"), (119.99, "third_day"), (120, "week"), (239.99, "week"), (28 * 24, "month"),
            (42 * 24 - 0.01, "month"),
        ],
    )  # fmt: skip
    def test_the_next_thing_is_the_moment_that_is_open(self, hours, moment):
        found = steps([FIRST], [], after(hours))

        assert (found.next.session_id, found.next.moment) == ("first", moment)

    @pytest.mark.parametrize("hours", [0, 0.49, 240, 28 * 24 - 0.01, 42 * 24, 5000])
    def test_in_between_nothing_presses(self, hours):
        assert steps([FIRST], [], after(hours)).next is None

    @pytest.mark.parametrize("hours", [0, 0.1, 1, 11.9, 12, 30, 100, 3000])
    def test_landing_is_open_at_any_hour_until_it_is_done(self, hours):
        """For the session of the last twelve hours; later, for one that is yet to be told of."""
        found = steps([FIRST], [], after(hours))

        assert ("first" if hours < 12 else None, "landing") in kinds(found.open)

    def test_a_step_says_when_it_opens_and_closes_in_the_patients_own_offset(self):
        step = next(step for step in steps([FIRST], [], after(1)).open if step.moment == "landing")

        assert step.as_json() == {
            "kind": "check_in",
            "moment": "landing",
            "session_id": "first",
            "opens_at": "2026-10-01T10:30:00-04:00",
            "closes_at": "2026-10-01T22:00:00-04:00",
        }

    def test_what_opens_later_is_told_in_order(self):
        assert kinds(steps([FIRST], [], after(1)).later) == [
            ("first", "next_day"), ("first", "third_day"), ("first", "week"), ("first", "month")
        ]  # fmt: skip

    @pytest.mark.parametrize("zone", [timezone(timedelta(hours=-4)), ZoneInfo("America/New_York")], ids=str)
    def test_hours_are_real_ones_when_the_clocks_go_back(self, zone):
        eve = SessionAt("eve", datetime(2026, 10, 31, 20, tzinfo=zone))
        eleven_hours_on = datetime.fromisoformat("2026-11-01T06:00:00-05:00")
        twelve_hours_on = datetime.fromisoformat("2026-11-01T07:00:00-05:00")

        assert steps([eve], [], eleven_hours_on).next.moment == "landing"
        assert steps([eve], [], twelve_hours_on).next.moment == "next_day"


class TestWhatIsWritten:
    def test_a_finished_check_in_is_done(self):
        found = steps([FIRST], [wrote(FIRST, "landing", 1)], after(2))

        assert found.next is None
        assert of_sessions(found.open) == []
        assert ("first", "landing") not in kinds(found.later)

    def test_a_partial_one_can_be_gone_on_with(self):
        found = steps([FIRST], [wrote(FIRST, "landing", 1, finished=False)], after(2))

        assert found.next.check_in_id == "first landing"

    def test_once_finished_an_earlier_partial_one_no_longer_counts(self):
        rows = [wrote(FIRST, "landing", 1, name="whole"), wrote(FIRST, "landing", 3, finished=False, name="partial")]

        assert of_sessions(steps([FIRST], rows, after(4)).open) == []

    def test_what_was_not_begun_comes_before_what_was(self):
        planned = SessionAt("second", after(30))
        rows = [wrote(FIRST, "next_day", 13, finished=False)]

        assert of_sessions([steps([FIRST, planned], rows, after(20)).next]) == [("second", "before")]

    def test_anytime_asks_for_nothing(self):
        loose = CheckInAt("loose", None, "anytime", after(1))

        assert steps([FIRST], [loose], after(2)) == steps([FIRST], [], after(2))


class TestBeforeASession:
    planned = SessionAt("planned", after(72))

    def test_it_opens_a_day_ahead(self):
        assert ("planned", "before") in kinds(steps([self.planned], [], after(47)).later)
        assert steps([self.planned], [], after(48)).next.moment == "before"

    def test_it_ends_as_the_session_begins(self):
        found = steps([self.planned], [], after(72))

        assert (None, "before") not in kinds(found.open)
        assert "before" not in {step.moment for step in found.later}

    def test_with_nothing_planned_it_can_still_be_begun(self):
        assert (None, "before") in kinds(steps([FIRST], [], after(30)).open)

    def test_but_not_in_the_hours_after_a_dose(self):
        assert "before" not in {step.moment for step in steps([FIRST], [], after(1)).open}

    def test_it_comes_first_for_it_is_also_the_last_follow_up(self):
        assert steps([FIRST, self.planned], [], after(60)).next.moment == "before"

    def test_follow_ups_end_where_the_planned_session_begins(self):
        found = steps([FIRST, self.planned], [], after(60))

        assert Step("check_in", "third_day", "first", None, after(48), after(72)) in found.open
        assert ("first", "week") not in kinds(found.later)


class TestSuperseding:
    second = SessionAt("second", after(72))

    def test_a_new_session_closes_what_was_open_and_what_had_not_opened(self):
        found = steps([FIRST, self.second], [], after(73))

        assert [(it.session_id, it.moment) for it in found.superseded] == [
            ("first", "third_day"), ("first", "week"), ("first", "month")
        ]  # fmt: skip
        assert "first" not in {step.session_id for step in (*found.open, *found.later)}

    def test_what_had_closed_by_itself_was_not_superseded(self):
        assert Superseded("first", "next_day") not in steps([FIRST, self.second], [], after(73)).superseded

    def test_what_was_answered_even_partly_was_not_superseded(self):
        rows = [wrote(FIRST, "third_day", 50, finished=False)]

        assert Superseded("first", "third_day") not in steps([FIRST, self.second], rows, after(73)).superseded

    def test_the_check_in_before_the_next_session_is_the_last_of_this_one(self):
        rows = [wrote(self.second, "before", -10)]
        found = steps([FIRST, self.second], rows, after(63))

        assert Superseded("first", "third_day") in found.superseded
        assert of_sessions(found.open) == []

    def test_a_session_that_is_only_planned_closes_nothing_yet(self):
        assert steps([FIRST, self.second], [], after(60)).superseded == ()

    def test_only_the_last_of_a_run_is_asked_after_a_month(self):
        run = [FIRST, self.second, SessionAt("third", after(144))]
        found = steps(run, [], after(28 * 24 + 144))

        assert (found.next.session_id, found.next.moment) == ("third", "month")
        assert list(superseded(run, [], after(3000))) == [
            Superseded("first", "third_day"), Superseded("first", "week"), Superseded("first", "month"),
            Superseded("second", "third_day"), Superseded("second", "week"), Superseded("second", "month"),
        ]  # fmt: skip

    def test_today_tells_only_what_the_latest_session_closed(self):
        run = [FIRST, self.second, SessionAt("third", after(144))]

        assert {it.session_id for it in steps(run, [], after(145)).superseded} == {"second"}


spans = st.lists(st.integers(1, 60 * 24 * 20), max_size=5)
moments = st.sampled_from(["before", "landing", "next_day", "third_day", "week", "month"])


class TestAlways:
    @settings(max_examples=80, deadline=None)
    @given(spans, st.integers(0, 60 * 24 * 100), st.data())
    def test_one_session_at_a_time_and_every_step_in_its_window(self, gaps, minute, data):
        sessions, at = [], DOSE
        for place, gap in enumerate(gaps):
            at += timedelta(minutes=gap)
            sessions.append(SessionAt(str(place), at))
        rows = [
            wrote(of, data.draw(moments), data.draw(st.integers(-20, 300)), finished=data.draw(st.booleans()))
            for of in sessions
        ]
        now = (DOSE + timedelta(minutes=minute)).astimezone(timezone(timedelta(hours=data.draw(st.integers(-12, 14)))))
        found = steps(data.draw(st.permutations(sessions)), rows, now)

        for step in (*found.open, *found.later):
            assert step.closes_at is None or now < step.closes_at
            assert step.moment in (None, "before") or step.session_id in (None, found.session_id)
        assert all(step.moment == "landing" or not step.opens_at or step.opens_at <= now for step in found.open)
        assert all(step.opens_at > now for step in found.later)
        assert found.next is None or found.next.kind == "session" or found.next in found.open
        assert not {(it.session_id, it.moment) for it in found.superseded} & {
            (step.session_id, step.moment) for step in (*found.open, *found.later)
        }
