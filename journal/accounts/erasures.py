"""The ledger of erasures: what was deleted for good, by a name that tells nothing, in both stores.

A database restored from an older backup has again what was deleted since. The keyring, which is kept and backed up
apart, still knows of it: whatever stands in its ledger and not in the database's was erased after that backup was made,
and is erased again. A row that was made anew under its old id is not: its erasure stands in both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, select

from journal import clock, database
from journal.accounts import keyring_store
from journal.accounts.models import ACCOUNTS, ERASURES, KEYRING_ERASURES
from journal.crypto import token_hash
from journal.database import KEYRING, insert_into

BATCH = 500


@dataclass(frozen=True)
class Replayed:
    """How many accounts and rows a restore had brought back, and how many keys of erased accounts."""

    accounts: int = 0
    rows: int = 0
    keys: int = 0


def of_account(account_id: bytes) -> bytes:
    """What the ledger calls an account."""
    return token_hash("erased", f"account:{account_id.hex()}")


def of_row(account_id: bytes, kind: str, row_id: bytes) -> bytes:
    """What the ledger calls a row of an account."""
    return token_hash("erased", f"{kind}:{account_id.hex()}:{row_id.hex()}")


def note(c: Connection, subjects: Iterable[bytes]) -> None:
    """Write erasures into the database's ledger, in the transaction that erases."""
    _note(c, ERASURES, subjects)


def note_apart(subjects: Iterable[bytes]) -> None:
    """Write erasures that have happened into the keyring's ledger. What is missed here is made up for by `replay`."""
    with database.writing(KEYRING) as c:
        _note(c, KEYRING_ERASURES, subjects)


def brought_back() -> set[bytes]:
    """What the keyring knows as erased and the database does not."""
    return _ledger(KEYRING, KEYRING_ERASURES) - _ledger(None, ERASURES)


def replay_accounts(erased: set[bytes]) -> Replayed:
    """Erase again every account that a restore brought back; and every key that a restored keyring brought back."""
    with database.reading() as c:
        again = [found for found in c.execute(select(ACCOUNTS.c.id)).scalars() if of_account(found) in erased]
    with database.writing() as c:
        for account_id in again:
            c.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account_id))
    known = erased | _ledger(None, ERASURES)
    keys = [key for key in keyring_store.accounts_with_keys() if of_account(key) in known]
    for account_id in keys:
        keyring_store.destroy_lock_key(account_id)
    return Replayed(accounts=len(again), keys=len(keys))


def settle(erased: set[bytes]) -> None:
    """Both ledgers know of everything from here on."""
    missing = _ledger(None, ERASURES) - _ledger(KEYRING, KEYRING_ERASURES)
    with database.writing() as c:
        note(c, erased)
    note_apart(missing)


def _ledger(bind: str | None, table: Table) -> set[bytes]:
    with database.reading(bind) as c:
        return set(c.execute(select(table.c.subject)).scalars())


def _note(c: Connection, table: Table, subjects: Iterable[bytes]) -> None:
    rows = [{"subject": subject, "erased_at": clock.this_hour()} for subject in subjects]
    for first in range(0, len(rows), BATCH):
        c.execute(insert_into(c, table).values(rows[first : first + BATCH]).on_conflict_do_nothing())

