"""PHQ and GAD questionnaires: their shape, their total, and the two weeks that lie between two of them.

They may be reproduced, translated, displayed and distributed without permission. A total is a number with a
date; the published bands stand apart in `bands`, for the reviewer alone. PHQ-9 is defined for a clinic that
answers for its ninth item; it is not offered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

MIN_DAYS = 14
ANSWERS = (0, 1, 2, 3)


@dataclass(frozen=True)
class Instrument:
    """A questionnaire: the message key of its wording, how many of its items are asked, whether it is offered."""

    id: str
    wording: str
    items: int
    offered: bool = False
    difficulty: bool = False

    @property
    def highest(self) -> int:
        """The largest total there is."""
        return self.items * max(ANSWERS)


PHQ8 = Instrument("phq8", "phq", 8, offered=True, difficulty=True)
GAD7 = Instrument("gad7", "gad", 7, offered=True)
PHQ9 = Instrument("phq9", "phq", 9, difficulty=True)
PHQ2 = Instrument("phq2", "phq", 2)
GAD2 = Instrument("gad2", "gad", 2)

INSTRUMENTS = (PHQ8, GAD7, PHQ9, PHQ2, GAD2)
OFFERED = tuple(instrument for instrument in INSTRUMENTS if instrument.offered)


def total(instrument: Instrument, answers: Sequence[int | None]) -> int | None:
    """The sum of the answers, or None when any is missing: nothing is ever filled in for the patient."""
    present = [answer for answer in answers if answer is not None]
    if len(present) != instrument.items:
        return None
    return sum(present)


def days_apart(one: datetime, other: datetime) -> int:
    """How many midnights lie between two moments, on the calendar of the place where the earlier one was lived."""
    earlier, later = min(one, other), max(one, other)
    return (later.astimezone(earlier.tzinfo).date() - earlier.date()).days


def due(last: datetime | None, now: datetime) -> bool:
    """Whether two weeks have passed since the last one.

    Calendar days, not 14 x 24 hours: the questions ask about days ("nearly every day"), and someone who answered on a
    Monday evening may answer on the Monday morning two weeks later. One calendar is used for both, that of the earlier
    answer's own offset, so the answer does not hang on the zone `now` is told in.
    """
    return last is None or (now >= last and days_apart(last, now) >= MIN_DAYS)


def too_close(others: Iterable[datetime], at: datetime) -> bool:
    """Whether one answered at this time would stand less than two weeks from another, before or after it."""
    return any(days_apart(other, at) < MIN_DAYS for other in others)
