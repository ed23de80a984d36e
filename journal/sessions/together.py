"""Many rows at once, in somebody else's transaction: kept all or none, and removed where nobody changed them since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from journal import clock
from journal.accounts.service import Owner
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Document, Draft, Kind

# What hangs on something comes after it.
ORDER = (COURSE, ADDITION, SESSION, CHECK_IN)
MARK_BYTES = 8
AT_ONCE = 500


@dataclass(frozen=True)
class New:
    """A row that is not there yet."""

    kind: Kind
    id: UUID
    draft: Draft


@dataclass(frozen=True)
class Mark:
    """A row as it was stored: it is another one when any of its sealed bytes are."""

    kind: Kind
    id: bytes
    digest: bytes


def keep_new(c: Connection, owner: Owner, new: Iterable[New]) -> list[Mark]:
    """Store rows; `IntegrityError` when any id is taken, or a session named is not there."""
    marks = []
    for kind, several in groupby(sorted(new, key=lambda it: ORDER.index(it.kind)), key=lambda it: it.kind):
        for few in _few(list(several)):
            values = [_values(owner, it) for it in few]
            c.execute(insert(kind.model.__table__), values)
            marks += [Mark(kind, it["id"], _digest(it)) for it in values]
    return marks


def still_as_marked(c: Connection, owner: Owner, marks: Iterable[Mark]) -> list[Mark]:
    """Those of the rows that are there and were not changed; nobody changes them until the transaction ends."""
    by_kind: dict[Kind, dict[bytes, Mark]] = {kind: {} for kind in ORDER}
    for mark in marks:
        by_kind[mark.kind][mark.id] = mark
    found = []
    for kind, wanted in by_kind.items():
        columns = kind.model.__table__.c
        these = select(columns.id, columns.ratings, columns.story).where(columns.account_id == owner.account_id)
        query = these.with_for_update()
        for row in c.execute(query) if wanted else ():
            known = wanted.get(row.id)
            if known is not None and known.digest == _digest(row._mapping):
                found.append(known)
    return found


def remove(c: Connection, owner: Owner, kind: Kind, ids: Sequence[bytes]) -> None:
    """Delete rows, whatever they say; what hangs on them goes too."""
    columns = kind.model.__table__.c
    for few in _few(ids):
        c.execute(delete(kind.model.__table__).where(columns.account_id == owner.account_id, columns.id.in_(few)))


def _values(owner: Owner, new: New) -> Document:
    """The columns; all rows of a kind have the same ones, so that one statement stores them."""
    values = dict.fromkeys(new.kind.links) | rows.sealed(new.kind, owner, new.id, 1, new.draft)
    known = {"account_id": owner.account_id, "id": new.id.bytes, "revision": 1, "stored_at": clock.this_hour()}
    return values | known


def _digest(columns: Any) -> bytes:
    return sha256(columns["ratings"] + (columns["story"] or b"")).digest()[:MARK_BYTES]


def _few(several: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(several), AT_ONCE):
        yield several[start : start + AT_ONCE]
