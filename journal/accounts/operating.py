"""What the operator can do with accounts. Nothing here can open a journal."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select

from journal import clock, database
from journal.accounts import export_tokens, keyring_store
from journal.accounts.models import ACCOUNTS, DEVICES, EXPORT_TOKENS, INVITATIONS, LOCK_KEYS, SIGN_INS, WAYS_IN
from journal.accounts.relocking import Relocked, Wraps
from journal.accounts.sign_ins import DEVICE_KNOWN_FOR, lock_kind
from journal.database import KEYRING


def keys_of_accounts(rows: Sequence[Any]) -> list[bytes | None]:
    """The lock key of each row's account."""
    with database.reading(KEYRING) as k:
        keys = keyring_store.lock_keys(k, (row.account_id for row in rows))
    return [keys.get(row.account_id) for row in rows]


WRAPS = (
    Wraps(WAYS_IN, "wrap", (), keys_of_accounts, lambda row: str(row.kind), lambda row: bytes(row.account_id)),
    Wraps(
        SIGN_INS,
        "wrap",
        ("account_id", "second_factor_due"),
        keys_of_accounts,
        lambda row: lock_kind(row.second_factor_due),
        lambda row: bytes(row.id),
    ),
    Wraps(
        EXPORT_TOKENS,
        "wrap",
        ("account_id",),
        keys_of_accounts,
        lambda _: export_tokens.LOCK,
        lambda row: bytes(row.id),
    ),
)


def relock() -> Relocked:
    """Bring every wrap under the current pepper, with nobody signed in; safe to repeat.

    When none is refused, the previous pepper can be taken out of the settings.
    """
    return sum((wraps.relock() for wraps in WRAPS), Relocked())


def opened_by_pepper() -> Counter[bytes]:
    """How many wraps open under each pepper, by its public id; nameless, those that none here opens."""
    return sum((wraps.opened() for wraps in WRAPS), Counter())


def under_peppers() -> Counter[bytes]:
    """How many wraps are under each pepper, by its public id."""
    return sum((wraps.under() for wraps in WRAPS), Counter())


def sweep() -> int:
    """Delete what is past its end: sign-ins, tokens, invitations, devices not seen for a year. How many rows went."""
    now: datetime = clock.now()
    past = (
        delete(SIGN_INS).where(SIGN_INS.c.expires_at <= now),
        delete(EXPORT_TOKENS).where(EXPORT_TOKENS.c.expires_at <= now),
        delete(INVITATIONS).where(INVITATIONS.c.expires_at <= now),
        delete(DEVICES).where(DEVICES.c.created_at < now - DEVICE_KNOWN_FOR),
    )
    with database.writing() as c:
        return sum(c.execute(statement).rowcount for statement in past)


def accounts_without_lock_key() -> int:
    """How many accounts nobody can open any more. Anything but 0 means that the keyring is not this database's."""
    with database.reading(KEYRING) as c:
        keys = set(c.execute(select(LOCK_KEYS.c.account_id)).scalars())
    with database.reading() as c:
        return len(set(c.execute(select(ACCOUNTS.c.id)).scalars()) - keys)


def count_accounts() -> int:
    """How many accounts there are."""
    with database.reading() as c:
        return int(c.execute(select(func.count()).select_from(ACCOUNTS)).scalar_one())
