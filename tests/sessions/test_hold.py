"""The hold's rules, as pure arithmetic on instants."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.sessions.hold import Held, Holds, Words

DOSE = datetime.fromisoformat("2024-10-18T10:30:00-04:00")
DAY = timedelta(hours=24)


def after(**span: float) -> datetime:
    return DOSE + timedelta(**span)


def state(*written: datetime, reread_at: datetime | None = None, sessions=(DOSE,), hold: timedelta = DAY) -> Held:
    return Holds(sessions, hold).held(Words(written, reread_at))


class TestWhatIsHeld:
    def test_what_is_written_in_the_hours_after_a_dose_until_the_hold_has_ended(self):
        assert state(after(hours=1)) == Held(after(hours=24), reread=False)

    @pytest.mark.parametrize(("hours", "is_held"), [(-0.001, False), (0, True), (23.999, True), (24, False)])
    def test_from_the_dose_itself_to_just_before_the_end(self, hours, is_held):
        assert state(after(hours=hours)).waits is is_held

    def test_nothing_where_there_was_no_session_or_it_is_still_ahead(self):
        assert state(after(hours=1), sessions=()) == Held(None, reread=False)
        assert state(after(hours=1), sessions=(after(days=2),)) == Held(None, reread=False)

    def test_of_two_holds_that_overlap_the_later_end_counts(self):
        two_days = timedelta(hours=48)
        assert state(after(hours=30), sessions=(DOSE, after(hours=20)), hold=two_days).until == after(hours=68)

    def test_the_next_session_holds_what_is_written_of_the_one_before(self):
        assert state(after(days=7, hours=1), sessions=(DOSE, after(days=7))).until == after(days=8)

    def test_a_note_or_a_correction_in_a_hold_holds_what_was_written_before_it(self):
        assert state(after(hours=-3), after(hours=2)).until == after(hours=24)

    def test_words_of_a_hold_stay_to_be_re_read_when_more_is_written_after_it(self):
        assert state(after(hours=1), after(days=3)).waits


class TestAnotherLength:
    """The length is another from two hours after the dose on."""

    def ends(self, before: int, length: int, changed: float = 2, told: float = 1):
        earlier = [(after(hours=changed), timedelta(hours=before))]
        return Holds([DOSE], timedelta(hours=length), earlier).held(Words([after(hours=told)])).until

    def test_a_shorter_one_frees_nothing_of_a_hold_that_has_begun(self):
        assert self.ends(24, 4) == after(hours=24)
        assert self.ends(24, 4, told=20) == after(hours=24)

    def test_a_longer_one_counts_at_once_while_it_lasts(self):
        assert self.ends(24, 48) == after(hours=48)

    def test_and_no_more_when_it_has_ended(self):
        assert self.ends(4, 48) == after(hours=48)
        assert self.ends(4, 48, changed=4) == after(hours=4)

    def test_one_set_before_the_dose_is_the_length(self):
        assert self.ends(48, 4, changed=0) == after(hours=4)

    def test_longer_and_then_shorter_again_is_as_long_as_it_was_at_most(self):
        earlier = [(after(hours=2), DAY), (after(hours=3), 2 * DAY)]
        assert Holds([DOSE], timedelta(hours=4), earlier).held(Words([after(hours=5)])).until == after(hours=48)

    def test_a_short_hold_within_a_long_one_ends_nothing(self):
        earlier = [(after(hours=2), 3 * DAY)]
        holds = Holds([DOSE, after(hours=10)], timedelta(hours=4), earlier)
        assert holds.held(Words([after(hours=20)])).until == after(hours=72)


class TestReReading:
    @pytest.mark.parametrize(("hours", "counts"), [(1, False), (23.999, False), (24, True), (400, True)])
    def test_counts_from_the_end_of_the_hold_on(self, hours, counts):
        assert state(after(hours=1), reread_at=after(hours=hours)).reread is counts

    def test_counts_no_more_after_a_note_in_the_hold_of_the_next_session(self):
        both = (DOSE, after(days=7))
        assert not state(after(hours=1), reread_at=after(days=2), sessions=both).waits
        again = state(after(hours=1), after(days=7, hours=1), reread_at=after(days=2), sessions=both)
        assert (again.waits, again.until) == (True, after(days=8))

    def test_is_not_asked_for_again_by_a_note_that_was_written_in_no_hold(self):
        assert not state(after(hours=1), after(days=5), reread_at=after(days=2)).waits

    def test_what_was_never_held_needs_none(self):
        assert not state(after(days=2)).waits
        assert Holds([DOSE], DAY).may_be_shown(Words([after(days=2)]))

    def test_is_open_when_the_hold_has_ended(self):
        found = state(after(hours=1))
        assert (found.is_open(after(hours=23.9)), found.is_open(after(hours=24))) == (False, True)


class TestClocks:
    def test_of_different_offsets_are_compared_as_instants(self):
        """Written on a flight home, where the wall said it was before the session."""
        written = after(hours=2).astimezone(timezone(timedelta(hours=-11)))
        assert written.replace(tzinfo=None) < DOSE.replace(tzinfo=None)
        assert state(written).until == after(hours=24)

    def test_that_change_make_a_hold_no_longer_and_no_shorter(self):
        """The night the clocks go back has 25 hours of the wall's; the hold has 24 of its own."""
        dose = datetime.fromisoformat("2024-11-02T12:00:00-04:00")
        written = datetime.fromisoformat("2024-11-03T11:30:00-05:00")
        assert not state(written, sessions=(dose,)).waits
        assert state(written - timedelta(hours=1), sessions=(dose,)).until == dose + DAY


instants = st.integers(-400, 400).map(lambda quarters: DOSE + timedelta(minutes=15 * quarters))
offsets = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
times = st.builds(lambda at, offset: at.astimezone(offset), instants, offsets)
holds = st.integers(4, 168).map(lambda hours: timedelta(hours=hours))
few = st.lists(times, max_size=4)


@given(sessions=few, written=st.lists(times, min_size=1, max_size=4), reread_at=st.none() | times, hold=holds)
def test_in_any_journal(sessions, written, reread_at, hold):
    found = Holds(sessions, hold).held(Words(written, reread_at))
    ends = [s + hold for s in sessions for w in written if s.astimezone(UTC) <= w.astimezone(UTC) < s + hold]

    assert found.until == max(ends, default=None)
    assert found.waits == any(reread_at is None or reread_at < end for end in ends)
    assert Holds(sessions, hold).may_be_shown(Words(written, reread_at)) is not found.waits
    # Nothing that is held can be re-read before it was written.
    if found.until and reread_at and found.reread:
        assert all(w <= reread_at for w in written if any(s <= w < s + hold for s in sessions))


@given(sessions=few, written=st.lists(times, min_size=1, max_size=4), hold=holds, more=holds, offset=offsets)
def test_a_longer_hold_never_frees_anything_and_an_offset_changes_nothing(sessions, written, hold, more, offset):
    shorter = Holds(sessions, hold).held(Words(written))
    longer = Holds(sessions, hold + more).held(Words(written))
    elsewhere = Holds([s.astimezone(offset) for s in sessions], hold).held(
        Words([w.astimezone(offset) for w in written])
    )

    assert shorter.until is None or longer.until > shorter.until
    assert elsewhere == shorter
