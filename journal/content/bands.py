"""Published bands of the questionnaire totals, each with its source. For the reviewer's page alone.

Patients see the number and the date. These names come from the papers and are in no message file, so that they
cannot reach a patient's screen by way of the front end.
"""

from dataclasses import dataclass
from types import MappingProxyType

_PHQ = (
    "Kroenke K, Spitzer RL, Williams JBW. The PHQ-9: validity of a brief depression severity measure. "
    "J Gen Intern Med 2001;16:606-613."
)
_PHQ8 = (
    "Kroenke K, Strine TW, Spitzer RL, et al. The PHQ-8 as a measure of current depression in the general "
    "population. J Affect Disord 2009;114:163-173."
)
_GAD = (
    "Spitzer RL, Kroenke K, Williams JBW, Loewe B. A brief measure for assessing generalized anxiety "
    "disorder: the GAD-7. Arch Intern Med 2006;166:1092-1097."
)


@dataclass(frozen=True)
class Band:
    """A range of totals, both ends included, with its published name and where that was published."""

    lowest: int
    highest: int
    name: str
    source: str


def _bands(source: str, highest: int, *starts: tuple[int, str]) -> tuple[Band, ...]:
    ends = [start - 1 for start, _ in starts[1:]] + [highest]
    return tuple(Band(start, end, name, source) for (start, name), end in zip(starts, ends, strict=True))


_FIVE = ((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe"))

BANDS = MappingProxyType({
    "phq9": _bands(_PHQ, 27, *_FIVE),
    "phq8": _bands(_PHQ8, 24, *_FIVE),
    "gad7": _bands(_GAD, 21, (0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")),
})


def band(instrument_id: str, total: int | None) -> Band | None:
    """The published band a total falls into; None without a total, or for a questionnaire that has none."""
    if total is None:
        return None
    return next((b for b in BANDS.get(instrument_id, ()) if b.lowest <= total <= b.highest), None)
