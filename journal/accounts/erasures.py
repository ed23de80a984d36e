"""The ledger of erasures: what was deleted for good, by a name that tells nothing, in both stores.

A database restored from an older backup has again what was deleted since. The keyring, which is kept and backed up
apart, still knows of it: whatever its ledger counts more often than the database's was erased after that backup was
made, and is erased again. A row that was made anew under its old id is not: its erasure stands in both, as often.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Result, Table, delete, select

from journal import clock, database
from journal.accounts import keyring_store, subjects, throttle
from journal.accounts.models import ACCOUNTS, DEVICES, ERASURES, KEYRING_ERASURES, WAYS_IN
from journal.crypto import token_hash
from journal.database import KEYRING, insert_into

BATCH = 500
# How often each subject was erased.
Times = dict[bytes, int]


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


def note(c: Connection, subjects: Iterable[bytes]) -> Times:
    """Write erasures into the database's ledger, in the transaction that erases; how often each was erased by now."""
    counted: Times = {}
    for few in _few(dict.fromkeys(subjects, 1)):
        again = {"times": ERASURES.c.times + 1, "erased_at": clock.this_hour()}
        noted = _rows(c, ERASURES, few).on_conflict_do_update(index_elements=[ERASURES.c.subject], set_=again)
        counted |= _counted(c.execute(noted.returning(ERASURES.c.subject, ERASURES.c.times)))
    return counted


def note_apart(noted: Times) -> None:
    """Write erasures that have happened into the keyring's ledger. What is missed here is made up for by `settle`."""
    with database.writing(KEYRING) as c:
        _at_least(c, KEYRING_ERASURES, noted)


def delete_account(c: Connection, account_id: bytes) -> bool:
    """Delete everything of an account in the database, in this transaction; False when it is gone already."""
    # Locked first, as a sign-in does, so that the two cannot wait for each other.
    c.execute(select(WAYS_IN.c.kind).where(WAYS_IN.c.account_id == account_id).with_for_update())
    login_index = c.execute(select(ACCOUNTS.c.login_index).where(ACCOUNTS.c.id == account_id)).scalar()
    if login_index is None:
        return False
    devices = c.execute(select(DEVICES.c.id).where(DEVICES.c.account_id == account_id)).scalars().all()
    # Without the key that names them, the counts of another keyring's people are not found.
    with suppress(keyring_store.KeyringLost):
        throttle.forget(c, subjects.every(account_id, login_index, devices))
    c.execute(delete(ACCOUNTS).where(ACCOUNTS.c.id == account_id))
    return True


def destroy_keys(account_id: bytes, noted: Times) -> None:
    """Destroy the keys of an account. The keyring's ledger knows of it from that very moment: should the transaction
    that deletes its rows not come to its end, `finish_deletions` deletes them.
    """
    with database.writing(KEYRING) as k:
        remember(k, noted)
        keyring_store.delete_keys(k, account_id)
    keyring_store.off_the_disk()


def brought_back() -> Times:
    """What the keyring knows as erased, or erased more often, than the database does."""
    return _beyond(_ledger(KEYRING, KEYRING_ERASURES), _ledger(None, ERASURES))


def replay_accounts(erased: Times) -> Replayed:
    """Erase again every account that a restore brought back; and every key that a restored keyring brought back."""
    with database.reading() as c:
        again = [found for found in c.execute(select(ACCOUNTS.c.id)).scalars() if of_account(found) in erased]
    with database.writing() as c:
        for account_id in again:
            delete_account(c, account_id)
        _at_least(c, ERASURES, {it: erased[it] for it in map(of_account, again)})
    known = {**erased, **_ledger(None, ERASURES)}
    keys = [key for key in keyring_store.accounts_with_keys() if of_account(key) in known]
    for account_id in keys:
        keyring_store.destroy_lock_key(account_id)
    if again:
        # What destroyed their keys may have died before it came to this.
        keyring_store.off_the_disk()
    return Replayed(accounts=len(again), keys=len(keys))


def finish_deletions() -> Replayed:
    """Finish the deletion of every account that was cut short between the keyring and the database."""
    erased = brought_back()
    return replay_accounts(erased) if erased else Replayed()


def settle(erased: Times) -> None:
    """Both ledgers know of everything from here on."""
    missing = _beyond(_ledger(None, ERASURES), _ledger(KEYRING, KEYRING_ERASURES))
    with database.writing() as c:
        _at_least(c, ERASURES, erased)
    note_apart(missing)


def both(c: Connection | None, k: Connection | None) -> Times:
    """Everything that the ledgers of these stores know, as often as the one that counts more."""
    counted: Times = {}
    for store, table in ((c, ERASURES), (k, KEYRING_ERASURES)):
        if store is not None:
            for subject, times in _counted(store.execute(select(table.c.subject, table.c.times))).items():
                counted[subject] = max(times, counted.get(subject, 0))
    return counted


def remember(k: Connection, noted: Times) -> None:
    """Have the keyring's ledger know at least this much, in its transaction."""
    _at_least(k, KEYRING_ERASURES, noted)


def _beyond(one: Times, other: Times) -> Times:
    return {subject: times for subject, times in one.items() if times > other.get(subject, 0)}


def _ledger(bind: str | None, table: Table) -> Times:
    with database.reading(bind) as c:
        return _counted(c.execute(select(table.c.subject, table.c.times)))


def _counted(found: Result[Any]) -> Times:
    return {row.subject: row.times for row in found}


def _at_least(c: Connection, table: Table, noted: Times) -> None:
    for few in _few(noted):
        rows = _rows(c, table, few)
        more = {"times": rows.excluded.times, "erased_at": rows.excluded.erased_at}
        fewer = table.c.times < rows.excluded.times
        c.execute(rows.on_conflict_do_update(index_elements=[table.c.subject], set_=more, where=fewer))


def _rows(c: Connection, table: Table, noted: Times) -> Any:
    rows = [{"subject": it, "times": times, "erased_at": clock.this_hour()} for it, times in noted.items()]
    return insert_into(c, table).values(rows)


def _few(noted: Times) -> Iterator[Times]:
    items = list(noted.items())
    for first in range(0, len(items), BATCH):
        yield dict(items[first : first + BATCH])
