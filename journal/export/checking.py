"""Files coming in, held against the same schemas as anything else that is sent."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import orjson
from marshmallow import EXCLUDE, Schema

from journal.errors import Invalid, Malformed
from journal.export import bearable, daylio, schemas
from journal.export.found import Found, Read
from journal.export.json_file import LISTS
from journal.export.reading import MOST_ROWS, Json, Noted, NotThisKind, RowError, as_check_in
from journal.sessions import rows
from journal.sessions.drafts import draft_of
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Kind
from journal.sessions.schemas import CheckInDraft
from journal.web import wire
from journal.web.contract import loaded_by

_SHAPES: dict[str, tuple[Kind, Schema]] = {
    "courses": (COURSE, schemas.JournalCourse()),
    "additions": (ADDITION, schemas.JournalAddition()),
    "sessions": (SESSION, schemas.JournalSession()),
    "check_ins": (CHECK_IN, schemas.JournalCheckIn()),
}
_NOTED = CheckInDraft()
_FAULTS_TOLD = 3
NO_LABEL = "A sensation of your own came without its name, because the file was made without words. It is left out."


def read(source: str, raw: bytes, zone: str, mood_scale: int | None) -> Read:
    """What a file says; `Invalid` when it is not what it was said to be at all."""
    try:
        if source == "shoreline":
            return _own(raw)
        if source == "daylio":
            noted, errors, count = daylio.read(raw, zone)
            return _of_table(noted, errors, count, [])
        return _of_table(*bearable.read(raw, zone, mood_scale))
    except NotThisKind as refused:
        raise Invalid(str(refused)) from None


def _of_table(noted: list[Noted], errors: list[RowError], count: int, remarks: list[str]) -> Read:
    found = Read(count, errors=errors, remarks=remarks)
    for one in noted:
        _take(found, one.row, (CHECK_IN, _NOTED), as_check_in(one))
    found.errors.sort(key=lambda error: error.row)
    return found


def _own(raw: bytes) -> Read:
    document = _document(raw)
    found = Read(settings=_settings(document))
    for row, (name, place, body) in enumerate(_rows(document), 1):
        if row > MOST_ROWS:
            raise NotThisKind(f"At most {MOST_ROWS} rows are taken at once. Take your journal out in parts.")
        found.rows = row
        if name == "additions" and isinstance(body, dict) and "story" not in body:
            found.remarks = found.remarks or [NO_LABEL]
            continue
        _take(found, row, _SHAPES[name], body, f"#/{name}/{place}")
    return found


def _document(raw: bytes) -> Json:
    try:
        document = wire.parsed(raw)
    except Malformed as malformed:
        raise NotThisKind(malformed.detail) from None
    try:
        loaded_by(schemas.JournalHead(unknown=EXCLUDE), document)
    except Invalid:
        raise NotThisKind("This is no journal as Shoreline writes it, or of a version it does not know.") from None
    return document


def _settings(document: Json) -> Json:
    found: Json = document["settings"]
    return found


def _rows(document: Json) -> Iterator[tuple[str, int, Any]]:
    for name in LISTS:
        listed = document.get(name, [])
        if not isinstance(listed, list):
            raise NotThisKind(f"{name} must be a list. Send the file just as it was exported.")
        for place, body in enumerate(listed):
            yield name, place, body


def _take(found: Read, row: int, of: tuple[Kind, Schema], body: Any, where: str = "") -> None:
    kind, schema = of
    try:
        loaded = loaded_by(schema, body, root=where)
    except Invalid as invalid:
        found.errors.append(RowError(row, _said((fault.pointer, fault.detail) for fault in invalid.faults)))
        return
    row_id: UUID | None = loaded.pop("id", None)
    draft = draft_of(loaded)
    if len(orjson.dumps((draft.ratings, draft.story))) > rows.MOST - 1024:
        found.errors.append(RowError(row, "This is more than fits together. Make two of it."))
        return
    found.found.append(Found(row, kind, row_id, draft))


def _said(faults: Iterable[tuple[str, str]]) -> str:
    several = [f"{pointer}: {detail}" if pointer else detail for pointer, detail in faults]
    more = len(several) - _FAULTS_TOLD
    return " ".join(several[:_FAULTS_TOLD]) + (f" And {more} more." if more > 0 else "")
