"""The hold: what was written in the hours after a dose is the patient's alone until it was re-read. Pure.

Words written at `w` are held until `s + hold` for every session `s` with `s <= w < s + hold`. What was once written in
a hold stays to be re-read when more is written after it: a correction need not have touched every word. All times are
compared as instants, whatever offsets they were told in. A session that is still ahead holds nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


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


def held(sessions: Collection[datetime], words: Words, hold: timedelta) -> Held:
    """How it stands with a check-in.

    A re-reading counts if it was not before the end of the hold, and so not before anything that was held.
    """
    until = max(filter(None, (_held_until(sessions, at, hold) for at in words.written)), default=None)
    if until is None:
        return Held(None, reread=False)
    return Held(until, reread=words.reread_at is not None and until <= words.reread_at)


def may_be_shown(sessions: Collection[datetime], words: Words, hold: timedelta) -> bool:
    """Whether anybody but the patient may ever be shown a check-in: it was never held, or was re-read."""
    return not held(sessions, words, hold).waits


def _held_until(sessions: Collection[datetime], at: datetime, hold: timedelta) -> datetime | None:
    """The latest end of a hold that `at` lies in; the same wall clock twice a year is two different hours."""
    instant = at.astimezone(UTC)
    ends = (begun + hold for begun in (each.astimezone(UTC) for each in sessions) if begun <= instant < begun + hold)
    return max(ends, default=None)
