"""Receipts: what became of a deposit, kept after its bytes are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, select, update

from journal import clock
from journal.accounts.service import Owner
from journal.database import insert_into, reading, writing
from journal.deposits.models import DEPOSITS

# Longer than a phone keeps trying to hand in something that has arrived.
KEPT_FOR = timedelta(days=400)


@dataclass(frozen=True)
class Marks:
    """The revisions that a deposit became, which the phone's next seal of the same check-in is written over."""

    check_in_revision: int | None
    session_revision: int | None


def of(owner: Owner, device_id: bytes, deposits: Sequence[UUID]) -> list[Marks]:
    """What became of these deposits of one phone."""
    if not deposits:
        return []
    columns = DEPOSITS.c
    these = columns.id.in_([deposit.bytes for deposit in deposits])
    query = select(columns.check_in_revision, columns.session_revision)
    with reading() as connection:
        rows = connection.execute(
            query.where(columns.account_id == owner.account_id, columns.device_id == device_id, these)
        ).all()
    return [Marks(row.check_in_revision, row.session_revision) for row in rows]


def note(owner: Owner, row: Row[Any], replaces: Sequence[UUID], marks: Marks) -> None:
    """A deposit is done with, and so are those of the same phone that it replaces, also the ones still on their way."""
    own = and_(DEPOSITS.c.account_id == owner.account_id, DEPOSITS.c.device_id == row.device_id)
    with writing() as connection:
        values = {
            "blob": None,
            "check_in_revision": marks.check_in_revision,
            "session_revision": marks.session_revision,
        }
        connection.execute(update(DEPOSITS).where(own, DEPOSITS.c.id == row.id).values(values))
        if not replaces:
            return
        ids = [deposit.bytes for deposit in replaces]
        new = [
            {"account_id": owner.account_id, "id": each, "device_id": row.device_id, "stored_at": clock.this_hour()}
            for each in ids
        ]
        connection.execute(insert_into(connection, DEPOSITS).on_conflict_do_nothing(), new)
        connection.execute(update(DEPOSITS).where(own, DEPOSITS.c.id.in_(ids)).values(blob=None))


def sweep() -> int:
    """Delete receipts so old that nothing can come late any more. How many went."""
    old = and_(DEPOSITS.c.blob.is_(None), DEPOSITS.c.stored_at < clock.now() - KEPT_FOR)
    with writing() as connection:
        return int(connection.execute(delete(DEPOSITS).where(old)).rowcount)
