"""The hold: what was written in the hours after a dose is the patient's alone until it was re-read. Pure.

Words written at `w` are held until `s + hold` for every session `s` with `s <= w < s + hold`. What was once written in
a hold stays to be re-read when more is written after it: a correction need not have touched every word. All times are
compared as instants, whatever offsets they were told in. A session that is still ahead holds nothing.

A hold is as long as was set when its session happened. A longer length set while it lasts counts too; a shorter one
never, or whoever is in a hold could end it. For the same reason a hold that is on is kept as it is when its session is
deleted, or is said to have been at another time.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

# Lengths of holds that were set before: each until when, the oldest first.
Earlier = Sequence[tuple[datetime, timedelta]]
# Holds by themselves, each from when until when.
Kept = Sequence[tuple[datetime, datetime]]


@dataclass(frozen=True, slots=True)
class Words:
    """When the words of a check-in were written, first and later, and when the patient last re-read them."""

    written: Collection[datetime]
    reread_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Until when a check-in is or was held, absent for one that never was, and whether it was re-read since."""

    until: datetime | None
    reread: bool

    @property
    def waits(self) -> bool:
        """Whether it is still to be re-read."""
        return self.until is not None and not self.reread

    def is_open(self, now: datetime) -> bool:
        """Whether it can be re-read: the hold is over."""
        return self.until is None or self.until <= now


class Holds:
    """The holds of a journal: one begins with every session, and some were kept."""

    def __init__(
        self, sessions: Iterable[datetime], length: timedelta, earlier: Earlier = (), kept: Kept = ()
    ) -> None:
        begun = (at.astimezone(UTC) for at in sessions)
        holds = sorted([*((at, end_of_hold(at, length, earlier)) for at in begun), *kept])
        self._begun = [begun_at for begun_at, _ in holds]
        # One that began later may end sooner, so that up to here the latest end counts.
        self._ends = list(accumulate((until for _, until in holds), max))

    def held(self, words: Words) -> Held:
        """How it stands with a check-in.

        A re-reading counts if it was not before the end of the hold, and so not before anything that was held.
        """
        until = max(filter(None, map(self._held_until, words.written)), default=None)
        if until is None:
            return Held(None, reread=False)
        return Held(until, reread=words.reread_at is not None and until <= words.reread_at.astimezone(UTC))

    def may_be_shown(self, words: Words) -> bool:
        """Whether anybody but the patient may ever be shown a check-in: it was never held, or was re-read."""
        return not self.held(words).waits

    def _held_until(self, at: datetime) -> datetime | None:
        """The latest end of a hold that `at` lies in."""
        place = bisect_right(self._begun, at.astimezone(UTC))
        until = self._ends[place - 1] if place else None
        return until if until is not None and at < until else None


def end_of_hold(begun: datetime, length: timedelta, earlier: Earlier) -> datetime:
    """When the hold that began then ends."""
    since = [(until, it) for until, it in earlier if until > begun]
    lengths = [*(it for _, it in since), length]
    end = begun + lengths[0]
    for (changed_at, _), it in zip(since, lengths[1:], strict=True):
        if changed_at < end:
            end = max(end, begun + it)
    return end
