"""What an operator may know of accounts without opening one: whether keyring, secret and database belong together."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select

from journal import database
from journal.accounts import export_tokens, host
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
from journal.accounts.sign_ins import lock_kind
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


@dataclass(frozen=True)
class ByPepper:
    """How many wraps are under which of the host's secrets."""

    current: int = 0
    previous: int = 0
    neither: int = 0

    def __add__(self, other: "ByPepper") -> "ByPepper":
        return ByPepper(
            self.current + other.current, self.previous + other.previous, self.neither + other.neither
        )


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
        pepper_of(locks[account_id], wrap, PASSWORD, account_id) != "neither"
        for account_id, wrap in wraps.items()
        if account_id in locks
    )
    return Belonging(len(ids), len(keys), opened, names_key)


def pepper_of(lock: Lock, wrap: bytes, kind: str, place_id: bytes) -> str:
    """Which secret opens the outer layer: current, previous or neither. What is inside stays shut."""
    try:
        return "current" if lock.relock(wrap, kind, place_id) == wrap else "previous"
    except Refused:
        return "neither"


def by_pepper() -> ByPepper:
    """Of every wrap whose key is in the keyring. Changes nothing."""
    with database.reading(KEYRING) as c:
        keys = {row.account_id: row.key for row in c.execute(select(LOCK_KEYS.c.account_id, LOCK_KEYS.c.key))}
    found: Counter[str] = Counter()
    with database.reading() as c:
        for table, place, kind_of in _WRAPS:
            for row in c.execute(select(table)):
                if row.account_id in keys:
                    lock = Lock(host.here().peppers, keys[row.account_id], row.account_id)
                    found[pepper_of(lock, row.wrap, kind_of(row), getattr(row, place))] += 1
    return ByPepper(**found)


# Each table of wraps: which column is its place, and of which kind a row's is.
_WRAPS: tuple[tuple[Table, str, Any], ...] = (
    (WAYS_IN, "account_id", lambda row: row.kind),
    (SIGN_INS, "id", lambda row: lock_kind(row.second_factor_due)),
    (EXPORT_TOKENS, "id", lambda _row: export_tokens.LOCK),
)


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
