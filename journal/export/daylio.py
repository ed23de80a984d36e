"""Daylio's CSV: an entry a row. Pure.

Columns: full_date, date, weekday, time, mood, activities, scales (newer ones), note_title, note. The five moods are
Daylio's own, put at even steps of 0-10; whoever gave them other names writes a number from 0 to 10 in the column.
What has no place of its own is kept in the words.
"""

import re
from datetime import date

from journal.export.reading import Noted, RowError, joined
from journal.export.tables import Line, clock, lines, moment

NEEDED = ("full_date", "time", "mood")
MOOD = "emo.mood_now"
MOODS = {"rad": 9, "good": 7, "meh": 5, "bad": 3, "awful": 1, "fugly": 1}
# Told once more by `full_date`, in the words of a country.
_TOLD_AGAIN = frozenset({"date", "weekday", "year"})
_WORDS = ("note_title", "note")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def read(raw: bytes, zone: str) -> tuple[list[Noted], list[RowError], int]:
    """Every row as a check-in or as an error, and how many rows there were."""
    noted: list[Noted] = []
    errors: list[RowError] = []
    for line in lines(raw, NEEDED):
        one = _noted(line, zone)
        if isinstance(one, RowError):
            errors.append(one)
        else:
            noted.append(one)
    return noted, errors, len(noted) + len(errors)


def _noted(line: Line, zone: str) -> Noted | RowError:
    day, at, mood = _day(line.get("full_date")), clock(line.get("time")), line.get("mood")
    if day is None:
        return RowError(line.row, "full_date is no date. Write it like 2026-11-20.")
    if at is None:
        return RowError(line.row, "time is no time of day. Write it like 21:35 or 9:35 pm.")
    rating = _rating(mood)
    if mood and rating is None:
        return RowError(
            line.row,
            "This mood is a name of your own, and only you know where it stands. In the column mood, replace it "
            "everywhere with rad, good, meh, bad or awful, or with a number from 0 to 10.",
        )
    answers = {} if rating is None else {MOOD: rating}
    return Noted(line.row, moment(day, at, zone), zone, answers, _words(line))


def _rating(mood: str) -> int | None:
    if mood.isascii() and mood.isdigit() and len(mood) < 3 and int(mood) <= 10:
        return int(mood)
    return MOODS.get(mood.casefold())


def _words(line: Line) -> str:
    """Title and note as they were written, then every other cell under the name of its column."""
    own = [_BREAK.sub("\n", line.cells.get(name, "")) for name in _WORDS]
    placed = {*NEEDED, *_TOLD_AGAIN, *_WORDS}
    others = [f"{name}: {cell.strip()}" for name, cell in line.cells.items() if name not in placed and cell.strip()]
    return joined([*own, *others])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
