"""The keyring: a lock key per account and per share, and the key that names people blindly. Backed up apart."""

import logging
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update
from sqlalchemy.exc import DBAPIError

from journal import database
from journal.accounts.models import ACCOUNTS, HOST_KEYS, LOCK_KEYS, SHARE_KEYS
from journal.crypto import new_key
from journal.database import KEYRING, insert_into

NAMES = "names"
# Made once: every reading asks one of them.
_LOCK_KEY = select(LOCK_KEYS.c.key).where(LOCK_KEYS.c.account_id == bindparam("account_id"))
_SHARE_KEY = select(SHARE_KEYS.c.key).where(SHARE_KEYS.c.id == bindparam("share_id"))

log = logging.getLogger("journal.accounts")


class KeyringLost(RuntimeError):
    """There are accounts, but not the keyring that belongs to them. Put its copy back; nothing opens without it."""


def make_lock_key(account_id: bytes) -> bytes:
    """A new account's lock key, durable before anything is locked with it."""
    key = new_key()
    with database.writing(KEYRING) as c:
        c.execute(insert(LOCK_KEYS).values(account_id=account_id, key=key))
    return key


def lock_key(account_id: bytes) -> bytes | None:
    """The account's lock key; None when there is none, or none any more."""
    with database.reading(KEYRING) as c:
        return c.execute(_LOCK_KEY, {"account_id": account_id}).scalar()


def lock_keys(k: Connection, account_ids: Iterable[bytes]) -> dict[bytes, bytes]:
    """The lock keys of several accounts, of those that have one, over a connection to the keyring."""
    found = k.execute(select(LOCK_KEYS).where(LOCK_KEYS.c.account_id.in_(set(account_ids))))
    return {row.account_id: row.key for row in found}


def destroy_lock_key(account_id: bytes) -> None:
    """Erase the account everywhere, old backups of the database included. On SQLite the bytes leave the disk too."""
    with database.writing(KEYRING) as c:
        delete_keys(c, account_id)
    off_the_disk()


def delete_keys(k: Connection, account_id: bytes) -> None:
    """Delete an account's key and those of its shares, in this transaction; `off_the_disk` is to follow."""
    k.execute(delete(LOCK_KEYS).where(LOCK_KEYS.c.account_id == account_id))
    k.execute(delete(SHARE_KEYS).where(SHARE_KEYS.c.account_id == account_id))


def make_share_key(share_id: bytes, account_id: bytes) -> bytes:
    """The lock key of a new share of this account's, durable before anything is locked with it."""
    key = new_key()
    with database.writing(KEYRING) as c:
        c.execute(insert(SHARE_KEYS).values(id=share_id, account_id=account_id, key=key))
    return key


def share_key(share_id: bytes) -> bytes | None:
    """The share's lock key; None when there is none, or none any more."""
    with database.reading(KEYRING) as c:
        return c.execute(_SHARE_KEY, {"share_id": share_id}).scalar()


def share_keys(k: Connection, share_ids: Iterable[bytes]) -> dict[bytes, bytes]:
    """The lock keys of several shares, of those that have one, over a connection to the keyring."""
    found = k.execute(select(SHARE_KEYS).where(SHARE_KEYS.c.id.in_(set(share_ids))))
    return {row.id: row.key for row in found}


def replace_share_key(share_id: bytes, key: bytes) -> bool:
    """Put another key in place of the share's, which is gone by it; False when there is none any more."""
    with database.writing(KEYRING) as c:
        replaced = c.execute(update(SHARE_KEYS).where(SHARE_KEYS.c.id == share_id).values(key=key)).rowcount == 1
    off_the_disk()
    return replaced


def destroy_share_key(share_id: bytes) -> None:
    """Close every wrap of the share for good, old backups of the database included."""
    with database.writing(KEYRING) as c:
        c.execute(delete(SHARE_KEYS).where(SHARE_KEYS.c.id == share_id))
    off_the_disk()


def accounts_with_keys() -> set[bytes]:
    """Every account that a key is kept for."""
    with database.reading(KEYRING) as c:
        locks = set(c.execute(select(LOCK_KEYS.c.account_id)).scalars())
        return locks | set(c.execute(select(SHARE_KEYS.c.account_id)).scalars())


def shares_with_keys() -> set[bytes]:
    """Every share that a key is kept for."""
    with database.reading(KEYRING) as c:
        return set(c.execute(select(SHARE_KEYS.c.id)).scalars())


def off_the_disk() -> None:
    """On SQLite, what was deleted leaves the files too."""
    with database.reading(KEYRING) as c:
        if c.dialect.name == "sqlite":
            # The page was overwritten by secure_delete; older copies of it wait in the write-ahead log. What was done
            # stays done when they stay there a while longer.
            try:
                busy, *_ = c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            except DBAPIError:
                busy = True
            if busy:
                log.error("key-lingers", extra={"store": "keyring"})


def names_key() -> bytes:
    """The key of the blind index, made at the first need of an empty journal; else `KeyringLost`."""
    key = _names_key()
    if key is not None:
        return key
    with database.reading() as c:
        if c.execute(select(exists(select(ACCOUNTS.c.id)))).scalar():
            raise KeyringLost
    with database.writing(KEYRING) as c:
        c.execute(insert_into(c, HOST_KEYS).values(name=NAMES, key=new_key()).on_conflict_do_nothing())
    key = _names_key()
    assert key is not None
    return key


def _names_key() -> bytes | None:
    with database.reading(KEYRING) as c:
        return c.execute(select(HOST_KEYS.c.key).where(HOST_KEYS.c.name == NAMES)).scalar()
