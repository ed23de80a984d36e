"""What an operator may know of accounts without opening one: whether keyring, secret and database belong together."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from journal import database
from journal.accounts import host
from journal.accounts.keyring_store import NAMES
from journal.accounts.models import (
    ACCOUNTS,
    ERASURES,
    EXPORT_TOKENS,
    HOST_KEYS,
    INVITATIONS,
    KEYRING_ERASURES,
    LOCK_KEYS,
    PASSWORD,
    SIGN_INS,
    WAYS_IN,
)
from journal.crypto import Lock, Refused
from journal.database import KEYRING

SAMPLE = 20


@dataclass(frozen=True)
class Belonging:
    """Of some accounts: how many there are, have a key in the keyring, and open under a pepper of this host's."""

    accounts: int
    keys: int
    opened: int
    names_key: bool


def belonging() -> Belonging:
    """A look at some accounts, quick however many there are."""
    with database.reading() as c:
        ids = list(c.execute(select(ACCOUNTS.c.id).limit(SAMPLE)).scalars())
        mine = WAYS_IN.c.account_id.in_(ids) & (WAYS_IN.c.kind == PASSWORD)
        found = c.execute(select(WAYS_IN.c.account_id, WAYS_IN.c.wrap).where(mine))
        wraps = {row.account_id: row.wrap for row in found}
    with database.reading(KEYRING) as c:
        names_key = c.execute(select(HOST_KEYS.c.key).where(HOST_KEYS.c.name == NAMES)).first() is not None
        found = c.execute(select(LOCK_KEYS.c.account_id, LOCK_KEYS.c.key).where(LOCK_KEYS.c.account_id.in_(ids)))
        keys = {row.account_id: row.key for row in found}
    locks = {account_id: Lock(host.here().peppers, key, account_id) for account_id, key in keys.items()}
    opened = sum(
        _opens(locks[account_id], wrap, account_id)
        for account_id, wrap in wraps.items()
        if account_id in locks
    )
    return Belonging(len(ids), len(keys), opened, names_key)


def _opens(lock: Lock, wrap: bytes, account_id: bytes) -> bool:
    """Whether a secret of this host opens the outer layer. What is inside stays shut."""
    with suppress(Refused):
        return bool(lock.open(wrap, PASSWORD, account_id))
    return False


def ended_before(moment: datetime) -> int:
    """How many sign-ins, tokens and invitations ended before this moment and were not swept."""
    with database.reading() as c:
        return sum(
            int(c.execute(select(func.count()).where(table.c.expires_at <= moment)).scalar_one())
            for table in (SIGN_INS, EXPORT_TOKENS, INVITATIONS)
        )


def erasures_missing() -> int:
    """How many erasures the keyring counts that the database does not, by their sums: 0 but after a restore.

    A sum is quick; both are compared one by one where they are replayed.
    """
    counted = []
    for bind, table in ((KEYRING, KEYRING_ERASURES), (None, ERASURES)):
        with database.reading(bind) as c:
            counted.append(int(c.execute(select(func.coalesce(func.sum(table.c.times), 0))).scalar_one()))
    return max(0, counted[0] - counted[1])
