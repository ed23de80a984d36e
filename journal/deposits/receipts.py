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


def of(owner: Owner, check_in: UUID, deposits: Sequence[UUID]) -> list[Marks]:
    """What became of these deposits, as far as they were of this check-in; also those of a phone paired anew since."""
    if not deposits:
        return []
    columns = DEPOSITS.c
    these = columns.id.in_([deposit.bytes for deposit in deposits])
    of_it = and_(columns.account_id == owner.account_id, columns.check_in_id == check_in.bytes, these)
    with reading() as connection:
        rows = connection.execute(select(columns.check_in_revision, columns.session_revision).where(of_it)).all()
    return [Marks(_number(row.check_in_revision), _number(row.session_revision)) for row in rows]


def _number(kept: Any) -> int | None:
    """SQLite keeps a value of any type in any column."""
    return kept if isinstance(kept, int) else None


def note(owner: Owner, row: Row[Any], check_in: UUID | None, marks: Marks, replaced: Sequence[bytes] = ()) -> None:
    """A deposit is done with, and so are the earlier seals of the same check-in by the same phone that it `replaced`,
    also those still on their way. Which ones those are is for the caller to know: a phone can name what it likes.
    """
    own = and_(DEPOSITS.c.account_id == owner.account_id, DEPOSITS.c.device_id == row.device_id)
    named = {"check_in_id": check_in.bytes if check_in else None}
    values = {**named, "check_in_revision": marks.check_in_revision, "session_revision": marks.session_revision}
    with writing() as connection:
        connection.execute(update(DEPOSITS).where(own, DEPOSITS.c.id == row.id).values(blob=None, **values))
        if not replaced:
            return
        new = [
            {
                "account_id": owner.account_id, "id": each, "device_id": row.device_id, "stored_at": clock.this_hour(),
                **named,
            }
            for each in replaced
        ]  # fmt: skip
        connection.execute(insert_into(connection, DEPOSITS).on_conflict_do_nothing(), new)
        connection.execute(update(DEPOSITS).where(own, DEPOSITS.c.id.in_(replaced)).values(blob=None))


def sweep() -> int:
    """Delete receipts so old that nothing can come late any more. How many went."""
    old = and_(DEPOSITS.c.blob.is_(None), DEPOSITS.c.stored_at < clock.now() - KEPT_FOR)
    with writing() as connection:
        return int(connection.execute(delete(DEPOSITS).where(old)).rowcount)
