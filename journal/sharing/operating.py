"""What the operator can do with shares. Nothing here can open one."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Table, and_, select, update

from journal.accounts.service import (
    ByPepper,
    Relocked,
    account_lock,
    account_named,
    disable,
    pepper_of,
    share_lock,
)
from journal.crypto import Lock, Refused
from journal.database import reading, writing
from journal.errors import NotFound
from journal.sharing import grants, returning
from journal.sharing.identities import THERAPIST
from journal.sharing.models import RETURNS, SHARES
from journal.sharing.shares import OPERATOR, end


def disable_therapist(login_name: str) -> int:
    """Shut a therapist's account: its sign-ins go, and with them every share. How many shares ended.

    Raises `NotFound` where there is no such therapist.
    """
    account = account_named(login_name)
    if account is None or account.role != THERAPIST:
        raise NotFound
    mine = and_(SHARES.c.reviewer_id == account.id, SHARES.c.ended_at.is_(None))
    with writing() as c:
        disable(c, account.id)
        # Once nobody can make another: one made a moment ago ends as well.
        shares = list(c.execute(select(SHARES.c.id).where(mine)).scalars())
        return sum(end(c, share_id, OPERATOR) for share_id in shares)


def relock() -> Relocked:
    """Bring every letter under the current pepper, with nobody signed in; safe to repeat."""
    total = Relocked()
    for table, kind, lock in _LETTERS:
        for row in _letters(table):
            total += _relocked(table, row, kind, lock)
    return total


def by_pepper() -> ByPepper:
    """Of every letter, under which of the host's secrets it is. Changes nothing."""
    found: Counter[str] = Counter()
    for table, kind, lock in _LETTERS:
        for row in _letters(table):
            # One whose key is gone was taken back meanwhile, and is under no secret any more.
            with suppress(Refused):
                found[pepper_of(lock(row.id, row.account_id), row.letter, kind, row.id)] += 1
    return ByPepper(**found)


def _letters(table: Table) -> Sequence[Any]:
    columns = (table.c.id, table.c.account_id, table.c.letter)
    with reading() as c:
        return c.execute(select(*columns).where(table.c.letter.is_not(None))).all()


def _account_lock(_return_id: bytes, account_id: bytes) -> Lock:
    return account_lock(account_id)


_LETTERS: tuple[tuple[Table, str, Callable[[bytes, bytes], Lock]], ...] = (
    (SHARES, grants.LOCK, share_lock),
    (RETURNS, returning.LOCK, _account_lock),
)


def _relocked(table: Table, row: Any, kind: str, lock: Callable[[bytes, bytes], Lock]) -> Relocked:
    try:
        letter = lock(row.id, row.account_id).relock(row.letter, kind, row.id)
    except Refused:
        return Relocked(refused=1)
    if letter != row.letter:
        this = and_(table.c.id == row.id, table.c.account_id == row.account_id, table.c.letter == row.letter)
        with writing() as c:
            c.execute(update(table).where(this).values(letter=letter))
    return Relocked(done=1)
