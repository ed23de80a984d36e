"""What the operator can do with shares. Nothing here can open one."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from journal.accounts.service import Relocked, Wraps, account_named, disable, keys_of_accounts, share_keys
from journal.database import KEYRING, reading, writing
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


def _keys_of_shares(rows: Sequence[Any]) -> list[bytes | None]:
    with reading(KEYRING) as k:
        keys = share_keys(k, (row.id for row in rows))
    return [keys.get(row.id) for row in rows]


WRAPS = (
    Wraps(SHARES, "letter", ("account_id",), _keys_of_shares, lambda _: grants.LOCK, lambda row: bytes(row.id)),
    Wraps(RETURNS, "letter", (), keys_of_accounts, lambda _: returning.LOCK, lambda row: bytes(row.id)),
)


def relock() -> Relocked:
    """Bring every letter under the current pepper, with nobody signed in; safe to repeat."""
    return sum((wraps.relock() for wraps in WRAPS), Relocked())


def opened_by_pepper() -> Counter[bytes]:
    """How many letters open under each pepper, by its public id; nameless, those that none here opens."""
    return sum((wraps.opened() for wraps in WRAPS), Counter())


def under_peppers() -> Counter[bytes]:
    """How many letters are under each pepper, by its public id."""
    return sum((wraps.under() for wraps in WRAPS), Counter())
