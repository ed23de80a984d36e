"""Deleting rows for good: they, what hangs on them, and a line in the ledger that a restore replays."""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select

from journal.accounts.service import Owner, erasures
from journal.database import reading, writing
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Kind

# What is deleted, by its kind and id.
Gone = Sequence[tuple[str, bytes]]
# What a room above does in the transaction that deletes rows. It may name more that must not come back.
Forgotten = Callable[[Connection, Owner, Gone], Iterable[tuple[str, bytes]]]
_when_forgotten: list[Forgotten] = []


def when_forgotten(do: Forgotten) -> None:
    """Let a room above delete what belongs to rows that are deleted."""
    if do not in _when_forgotten:
        _when_forgotten.append(do)


def forget(kind: Kind, owner: Owner, row_id: UUID, expected: int | None) -> None:
    """Delete a row and what hangs on it, for good: a restored backup does not bring it back."""
    columns = kind.model.__table__.c
    condition: tuple[Any, ...] = rows.is_row(kind, owner, row_id)
    if expected is not None:
        condition = (*condition, columns.revision == expected)
    with writing() as connection:
        gone = [(kind.name, row_id.bytes), *_hanging_on(connection, kind, owner, row_id)]
        there = connection.execute(delete(kind.model.__table__).where(*condition)).rowcount
        erased = note(connection, owner, gone) if there else {}
    if not there:
        raise rows.conflict(rows.read(kind, owner, row_id))
    erasures.note_apart(erased)


def note(c: Connection, owner: Owner, gone: Gone) -> dict[bytes, int]:
    """In the transaction that deletes rows: what belongs to them goes too, and the ledger knows.

    What it gives is for the keyring's ledger (`erasures.note_apart`) once that is durable.
    """
    more = [each for forgotten in _when_forgotten for each in forgotten(c, owner, gone)]
    return erasures.note(c, [erasures.of_row(owner.account_id, kind, each) for kind, each in (*gone, *more)])


def replay(erased: Container[bytes]) -> int:
    """Delete again every row that a restore brought back; how many there were."""
    kinds = (CHECK_IN, SESSION, COURSE, ADDITION)
    return sum(replay_in(kind.model.__table__, kind.name, erased) for kind in kinds)


def replay_in(table: Any, kind: str, erased: Container[bytes]) -> int:
    """The same in one table of rows that are known by their account and an id."""
    with reading() as c:
        found = c.execute(select(table.c.account_id, table.c.id)).all()
    again = [row for row in found if erasures.of_row(row.account_id, kind, row.id) in erased]
    with writing() as c:
        this = [(table.c.account_id == row.account_id) & (table.c.id == row.id) for row in again]
        return sum(c.execute(delete(table).where(each)).rowcount for each in this)


def _hanging_on(c: Connection, kind: Kind, owner: Owner, row_id: UUID) -> list[tuple[str, bytes]]:
    """What the database deletes along with a row: the check-ins of a session."""
    if kind is not SESSION:
        return []
    columns = CHECK_IN.model.__table__.c
    query = select(columns.id).where(columns.account_id == owner.account_id, columns.session_id == row_id.bytes)
    return [(CHECK_IN.name, each) for each in c.execute(query).scalars()]
