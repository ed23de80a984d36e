"""CSV tables of other apps: decoded, their columns found by name, their times put on the clock. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from journal.export.reading import MOST_ROWS, NotThisKind

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*([ap])\.?\s?m\.?)?", re.IGNORECASE | re.ASCII)
_CELL_MOST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A row of a table by the names of its columns; `row` as a spreadsheet counts, the header being the first."""

    row: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """A cell without outer spaces; empty where there is no such column."""
        return self.cells.get(name, "").strip()


def lines(raw: bytes, needed: Sequence[str]) -> Iterator[Line]:
    """The rows of a CSV file, blank ones left out; `NotThisKind` where a needed column is missing."""
    text = _decoded(raw)
    csv.field_size_limit(_CELL_MOST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader, [])]
        _check(header, needed)
        for row, cells in enumerate(reader, 2):
            if row > MOST_ROWS + 1:
                raise NotThisKind(f"At most {MOST_ROWS} rows are taken at once. Split the file.")
            if any(cell.strip() for cell in cells):
                yield Line(row, _by_name(header, cells))
    except csv.Error:
        raise NotThisKind("A quotation mark in this file is not closed. Export it again and do not edit it.") from None


def clock(text: str) -> time | None:
    """A time of day: 21:35, 9:35 pm; None for what is none."""
    found = _CLOCK.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment(day: date, at: time, zone: str) -> str:
    """The instant at which a clock in this zone showed this, with its offset; the first of two when it was set back."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    # A time that was skipped when clocks went forward becomes the one after it.
    return local.astimezone(UTC).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotThisKind("This is not text in UTF-8. Send the file just as it was exported.") from None


def _delimiter(text: str) -> str:
    """What stands between the columns: spreadsheets change it where they are set to another country."""
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _check(header: list[str], needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in header]
    if missing:
        raise NotThisKind(
            f"The first row must name the columns {', '.join(needed)}; {', '.join(missing)} is missing. "
            "Send the file just as it was exported."
        )


def _by_name(header: list[str], cells: list[str]) -> dict[str, str]:
    """What stands beyond the last named column is kept under a number."""
    names = [*header, *(f"column {place}" for place in range(len(header) + 1, len(cells) + 1))]
    return dict(zip(names, cells, strict=False))
