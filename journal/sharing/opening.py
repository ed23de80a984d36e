"""How many letters open with a keyring and this host's secret, as far as the host can open them: down to their seal."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Table, select

from journal.accounts.service import Opened, lock_keys, open_lock, share_keys, share_lock
from journal.crypto import Refused
from journal.database import reading, writing
from journal.sharing import grants, returning
from journal.sharing.models import RETURNS, SHARES
from journal.sharing.shares import OPERATOR, end

_AT_ONCE = 500


def open_letters(c: Connection, k: Connection) -> Opened:
    """Open the lock of every letter. That of a share taken back or narrowed since opens no more."""
    return _open(c, k, SHARES, grants.LOCK) + _open(c, k, RETURNS, returning.LOCK)


def end_shut() -> int:
    """End every share whose letter does not open: a restore brought back what had been taken back. How many ended."""
    live = SHARES.c.letter.is_not(None), SHARES.c.ended_at.is_(None)
    with reading() as c:
        shares = c.execute(select(SHARES.c.id, SHARES.c.account_id, SHARES.c.letter).where(*live)).all()
    ended = 0
    for share in shares:
        try:
            share_lock(share.id, share.account_id).open(share.letter, grants.LOCK, share.id)
        except Refused:
            with writing() as c:
                ended += end(c, share.id, OPERATOR)
    return ended


def _open(c: Connection, k: Connection, table: Table, kind: str) -> Opened:
    keys_of: Callable[[Connection, Iterable[bytes]], dict[bytes, bytes]]
    whose, keys_of = ("id", share_keys) if table is SHARES else ("account_id", lock_keys)
    total = Opened()
    query = select(table.c.id, table.c.account_id, table.c.letter).where(table.c.letter.is_not(None))
    for rows in c.execute(query, execution_options={"yield_per": _AT_ONCE}).partitions():
        keys = keys_of(k, {getattr(row, whose) for row in rows})
        for row in rows:
            key = keys.get(getattr(row, whose))
            total += open_lock(key, row.account_id, row.letter, (kind, row.id), "letter")
    return total
