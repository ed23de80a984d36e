"""Bearable's CSV: a reading a row; the readings of one day and time become one check-in. Pure.

Columns: date (22nd Jan 2022), date formatted (newer ones: 2022-01-22), weekday, time of day, category, rating/amount,
detail, notes. The file does not say what its moods go up to, so a mood becomes a rating only when that is told, or
when one above 5 tells. Everything stands in the words as well, line by line; nothing else has a scale to fit.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time

from journal.export.reading import Noted, RowError, joined
from journal.export.tables import Line, clock, lines, moment

NEEDED = ("date", "time of day", "category", "rating/amount", "detail", "notes")
MOOD = "emo.mood_now"
UNKNOWN_SCALE = (
    "The file does not say what its moods go up to, so they are kept as words alone. Say whether they go up to 5 or "
    "to 10, and they become ratings too."
)
# The hour for a part of the day; noon where none is told. The part itself is kept in the words.
PARTS = {
    "pre": 6, "early morning": 6, "am": 9, "morning": 9, "mid": 13, "midday": 13, "mid day": 13, "noon": 12,
    "afternoon": 15, "pm": 18, "evening": 19, "night": 22, "all day": 12, "": 12,
}  # fmt: skip
AT_NOON = "Rows that name no time of day stand at noon of their day."
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?,? (\d{4})", re.IGNORECASE | re.ASCII)
_PLACED = frozenset({*NEEDED, "date formatted", "weekday"})


@dataclass
class _Group:
    """The readings of one day and time of day."""

    row: int
    day: date
    at: time
    part: str
    lines: list[Line] = field(default_factory=list)


def read(raw: bytes, zone: str, mood_scale: int | None) -> tuple[list[Noted], list[RowError], int, list[str]]:
    """Check-ins, rows that are wrong, how many rows there were, and remarks."""
    groups: dict[tuple[date, str], _Group] = {}
    errors: list[RowError] = []
    rows = 0
    for line in lines(raw, NEEDED):
        rows += 1
        one = _group(line)
        if isinstance(one, RowError):
            errors.append(one)
        else:
            groups.setdefault((one.day, one.part), one).lines.append(line)
    moods = [mood for group in groups.values() for line in group.lines if (mood := _mood(line)) is not None]
    scale = mood_scale or (10 if any(mood > 5 for mood in moods) else None)
    remarks = [UNKNOWN_SCALE] if moods and scale is None else []
    remarks += [AT_NOON] if any(not group.part for group in groups.values()) else []
    return [_noted(group, zone, scale) for group in groups.values()], errors, rows, remarks


def _group(line: Line) -> _Group | RowError:
    day = _day(line.get("date formatted")) or _day(line.get("date"))
    if day is None:
        return RowError(line.row, "date is no date. Write it like 22nd Jan 2022 or 2022-01-22.")
    part = " ".join(line.get("time of day").casefold().split())
    at = clock(part)
    if at is None:
        # A part of the day that is not known keeps its word, and stands at noon.
        at = time(PARTS.get(part, 12))
    return _Group(line.row, day, at, part)


def _noted(group: _Group, zone: str, scale: int | None) -> Noted:
    at = moment(group.day, group.at, zone)
    return Noted(group.row, at, zone, _answers(group, scale), joined(_words(group)))


def _answers(group: _Group, scale: int | None) -> dict[str, int]:
    """The first mood of the time; of 5 it is put at the same steps as Daylio's."""
    for line in group.lines:
        mood = _mood(line)
        if mood is not None and scale is not None and mood <= scale:
            rating = mood if scale == 10 else max(2 * mood - 1, 0)
            return {MOOD: rating}
    return {}


def _mood(line: Line) -> int | None:
    amount = line.get("rating/amount")
    is_mood = line.get("category").casefold() == "mood" and re.fullmatch(r"\d{1,2}(\.0)?", amount, re.ASCII)
    rating = int(float(amount)) if is_mood else 11
    return rating if rating <= 10 else None


def _words(group: _Group) -> list[str]:
    said = [f"time of day: {group.part}"] if group.part and clock(group.part) is None else []
    notes: set[str] = set()
    for line in group.lines:
        said.append(_reading(line))
        # Bearable repeats the note of a time on each of its readings.
        note = line.cells.get("notes", "")
        said += [] if note in notes else [note]
        notes.add(note)
        said += [f"{name}: {cell.strip()}" for name, cell in line.cells.items() if name not in _PLACED and cell.strip()]
    return said


def _reading(line: Line) -> str:
    """A reading in a line: what it was of, and how much."""
    category, detail, amount = (line.get(name) for name in ("category", "detail", "rating/amount"))
    of = ", ".join(it for it in (category, detail) if it)
    return f"{of}: {amount}" if amount and of else of or amount


def _day(text: str) -> date | None:
    found = _DATE.fullmatch(" ".join(text.split()))
    try:
        if found is None:
            return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
        return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
