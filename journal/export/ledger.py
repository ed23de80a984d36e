"""What was brought in: noted under the owner's seal, listed, and undone."""

import base64
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, and_, delete, insert, select

from journal import clock
from journal.accounts.service import Owner, erasures, unset_settings
from journal.content import own_terms
from journal.crypto import Place, Refused, SealedSection
from journal.database import reading, writing
from journal.errors import DoesNotOpen, NotFound
from journal.export.models import IMPORTS
from journal.sessions import forgetting, rows, together
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Kind
from journal.sessions.together import MARK_BYTES, ORDER, Mark

Json = dict[str, Any]

NAME = "import"
_ID_BYTES = 16


@dataclass(frozen=True)
class About:
    """An import: whose file it was, what was added, which settings it filled in, and when."""

    source: str
    marks: list[Mark]
    settings: Json = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True)
class ImportView:
    """An import as its owner sees it in the list."""

    id: str
    opens: bool
    source: str | None = None
    made_at: datetime | None = None
    kept: int | None = None


def note(c: Connection, owner: Owner, import_id: UUID, about: About) -> None:
    """Note an import in the transaction that makes it."""
    sealed = owner.keyring.seal(_place(owner, import_id.bytes), _packed(about))
    known = {"account_id": owner.account_id, "id": import_id.bytes, "stored_at": clock.this_hour()}
    c.execute(insert(IMPORTS).values(**known, about_key=sealed.key, about=sealed.body))


def listed(owner: Owner) -> list[ImportView]:
    """Every import that was not undone, the latest first."""
    with reading() as c:
        found = c.execute(select(IMPORTS).where(IMPORTS.c.account_id == owner.account_id)).all()
    views = [_view(owner, row) for row in found]
    return sorted(views, key=lambda view: (view.made_at or clock.now(), view.id), reverse=True)


def undo(owner: Owner, import_id: UUID) -> Json:
    """Remove what an import added and nobody changed since; how much that was, and how much stayed."""
    about = _one(owner, import_id)
    with writing() as c:
        if c.execute(delete(IMPORTS).where(_is(owner, import_id))).rowcount == 0:
            raise NotFound
        unchanged = together.still_as_marked(c, owner, about.marks)
        leaving = _nothing_hangs_on(c, owner, unchanged)
        for kind in reversed(ORDER):
            together.remove(c, owner, kind, [mark.id for mark in leaving if mark.kind is kind])
        unset_settings(c, owner, about.settings)
        gone = [(mark.kind.name, mark.id) for mark in leaving]
        erased = forgetting.note(c, owner, [*gone, (NAME, import_id.bytes)])
    erasures.note_apart(erased)
    return {"removed": len(leaving), "stayed": len(about.marks) - len(leaving)}


def replay(erased: Container[bytes]) -> int:
    """Delete the notes of imports that were undone, and that a restore brought back; how many there were."""
    return forgetting.replay_in(IMPORTS, NAME, erased)


def _nothing_hangs_on(c: Connection, owner: Owner, unchanged: list[Mark]) -> list[Mark]:
    """Without those that something else of the journal, which stays, still names."""
    going = {(mark.kind, mark.id) for mark in unchanged}
    named: set[tuple[Kind, bytes]] = set()
    for kind in (CHECK_IN, SESSION):
        for row in c.execute(rows.query(kind, owner)).all():
            if (kind, row.id) not in going or (kind, row.id) in named:
                named |= set(_names(owner, kind, row))
    return [mark for mark in unchanged if (mark.kind, mark.id) not in named]


def _names(owner: Owner, kind: Kind, row: Any) -> Iterator[tuple[Kind, bytes]]:
    """What a row names; a check-in that does not open still names its session."""
    if kind is CHECK_IN and isinstance(row.session_id, bytes):
        yield SESSION, row.session_id
    try:
        opened = rows.opened(kind, owner, row)
    except (Refused, TypeError):
        return
    if "course_id" in opened.links:
        yield COURSE, UUID(opened.links["course_id"]).bytes
    yield from ((ADDITION, UUID(name).bytes) for name in own_terms([opened.ratings]))


def _one(owner: Owner, import_id: UUID) -> About:
    with reading() as c:
        row = c.execute(select(IMPORTS).where(_is(owner, import_id))).one_or_none()
    if row is None:
        raise NotFound
    try:
        return _opened(owner, row)
    except (Refused, TypeError):
        raise DoesNotOpen from None


def _view(owner: Owner, row: Any) -> ImportView:
    try:
        about = _opened(owner, row)
    except (Refused, TypeError):
        return ImportView(rows.named(row.id), opens=False)
    return ImportView(rows.named(row.id), True, about.source, about.at, len(about.marks))


def _opened(owner: Owner, row: Any) -> About:
    plain = owner.keyring.open(_place(owner, row.id), SealedSection(row.about_key, row.about))
    return _unpacked(plain)


def _packed(about: About) -> bytes:
    """JSON, and the marks of each kind as bytes: twenty thousand of them must fit under one seal."""
    marks = {
        kind.name: base64.b64encode(b"".join(it.id + it.digest for it in about.marks if it.kind is kind)).decode()
        for kind in ORDER
    }
    at = clock.now().isoformat(timespec="seconds")
    return orjson.dumps({"from": about.source, "at": at, "settings": about.settings, "marks": marks})


def _unpacked(plain: bytes) -> About:
    found = orjson.loads(plain)
    size = _ID_BYTES + MARK_BYTES
    marks = []
    for kind in ORDER:
        several = base64.b64decode(found["marks"][kind.name])
        for start in range(0, len(several), size):
            one = several[start : start + size]
            marks.append(Mark(kind, one[:_ID_BYTES], one[_ID_BYTES:]))
    return About(found["from"], marks, found["settings"], datetime.fromisoformat(found["at"]))


def _place(owner: Owner, import_id: bytes) -> Place:
    return Place(NAME, row_id=import_id, owner=owner.account_id, section="ratings", revision=1)


def _is(owner: Owner, import_id: UUID) -> Any:
    return and_(IMPORTS.c.account_id == owner.account_id, IMPORTS.c.id == import_id.bytes)
