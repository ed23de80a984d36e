"""How many letters open with a keyring and this host's secret, as far as the host can open them: down to their seal."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Table, select

from journal.accounts.service import (
    Opened,
    destroy_share_lock,
    erasures,
    lock_keys,
    open_lock,
    share_keys,
    shares_with_keys,
)
from journal.database import reading
from journal.sharing import grants, returning
from journal.sharing.models import RETURNS, SHARES
from journal.sharing.shares import OPERATOR, end_rows

_AT_ONCE = 500


def open_letters(c: Connection, k: Connection) -> Opened:
    """Open the lock of every letter. That of a share taken back or narrowed since opens no more."""
    return _open(c, k, SHARES, grants.LOCK) + _open(c, k, RETURNS, returning.LOCK)


def end_shut(c: Connection, k: Connection) -> int:
    """End every share whose letter does not open, in the transaction that brought them back; how many ended.

    They had been taken back or narrowed. Those of accounts that were erased go with them.
    """
    live = SHARES.c.letter.is_not(None), SHARES.c.ended_at.is_(None)
    erased, ended = erasures.both(c, k), 0
    shares = c.execute(select(SHARES.c.id, SHARES.c.account_id, SHARES.c.letter).where(*live)).all()
    for first in range(0, len(shares), _AT_ONCE):
        some = shares[first : first + _AT_ONCE]
        keys = share_keys(k, [share.id for share in some])
        for share in some:
            opened = open_lock(keys.get(share.id), share.account_id, share.letter, (grants.LOCK, share.id), "letter")
            if not opened.opened and erasures.of_account(share.account_id) not in erased:
                ended += end_rows(c, share.id, OPERATOR)
    return ended


def destroy_keys_left() -> None:
    """Destroy the keys of shares that have ended: a restore ends shares, and leaves the keyring as it was put back."""
    with reading() as c:
        ended = set(c.execute(select(SHARES.c.id).where(SHARES.c.ended_at.is_not(None))).scalars())
    for share_id in ended & shares_with_keys():
        destroy_share_lock(share_id)


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
