"""The journal as a zip of tidy tables: one fact a row, the same columns always, and a codebook beside them.

RFC 4180, UTF-8 with a byte order mark, so that spreadsheets read names and scripts of the world as they are. A cell
with words that a spreadsheet could take for a formula begins with an apostrophe, and so does one that began with an
apostrophe itself: taking the first apostrophe of a cell away gives back what was written. The codebook says so too.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from journal.export.codebook import codebook
from journal.export.csv_tables import TABLES, Row, Table
from journal.export.json_file import PIECE
from journal.export.material import Material
from journal.export.notice import sentences

BOM = b"\xef\xbb\xbf"
# Before the tables, in a copy that is made for somebody: what its patient consented to.
README = "README.txt"
# What makes a cell a formula somewhere (OWASP), their full-width forms, and our own mark.
_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'|%"
# These stand before it and are not seen.
_UNSEEN = " \u00a0\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"
_ROWS_AT_ONCE = 200


class _Sink(io.RawIOBase):
    """Where the zip is written to, and taken from piece by piece; it cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        """It can."""
        return True

    def write(self, piece: Any) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        """All that came since the last time."""
        found = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return found


def written(material: Material) -> Iterator[bytes]:
    """The zip in pieces; neither it nor any table of it is ever whole in memory."""
    sink = _Sink()
    with zipfile.ZipFile(cast("IO[bytes]", sink), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if material.shared is not None:
            archive.writestr(README, BOM + "".join(f"{it}\r\n" for it in sentences(material.shared)).encode())
        for table in (*TABLES, codebook()):
            with archive.open(f"{table.name}.csv", "w") as file:
                for piece in _as_csv(table, material):
                    file.write(piece)
                    if sink.size >= PIECE:
                        yield sink.taken()
    yield sink.taken()


def defused(text: str) -> str:
    """Words as a cell that no spreadsheet takes for a formula."""
    if not text:
        return text
    first = text[0]
    if first in _UNSEEN:
        first = text.lstrip(_UNSEEN)[:1]
    return "'" + text if first and first in _STARTS else text


def restored(cell: str) -> str:
    """What was written, from such a cell."""
    return cell[1:] if cell.startswith("'") else cell


def _as_csv(table: Table, material: Material) -> Iterator[bytes]:
    yield BOM
    several: list[Iterable[Any]] = [table.columns]
    words = [table.columns.index(name) for name in table.words]
    for row in table.rows(material):
        several.append(_safe(row, words))
        if len(several) == _ROWS_AT_ONCE:
            yield _lines(several)
            several = []
    if several:
        yield _lines(several)


def _safe(row: Row, words: list[int]) -> Row:
    for place in words:
        row[place] = defused(row[place])
    return row


def _lines(several: list[Iterable[Any]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(several)
    return out.getvalue().encode()
