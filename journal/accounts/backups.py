"""What a backup gives to somebody who has everything else: the host's secret, a keyring, a login name, a password."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, column, create_engine, func, inspect, make_url, select, table
from sqlalchemy.exc import ArgumentError, DBAPIError, NoResultFound

from journal import faults
from journal.accounts import host
from journal.accounts.keyring_store import NAMES
from journal.accounts.models import ACCOUNTS, HOST_KEYS, LOCK_KEYS, PASSWORD, WAYS_IN
from journal.crypto import Lock, Refused, login_index, open_with_password
from journal.database import KEYRING, db


class NoBackup(Exception):
    """There is nothing to look into; says why, without an address: it can hold a password."""


@dataclass(frozen=True)
class Verdict:
    """What is in a backup of one account: its sealed rows, and whether its key and its password open them."""

    there: bool
    rows: int = 0
    key_there: bool = False
    opens: bool = False


@contextmanager
def _where_there_is_one() -> Iterator[None]:
    """Whoever is refused looked into nothing: that must not be taken for a proof of anything."""
    try:
        yield
    except NoResultFound:
        raise NoBackup("That keyring has no key to find names by, so nobody was looked for: it is empty.") from None
    except DBAPIError as error:
        if (fault := faults.of_store(error)) is None:
            raise
        raise NoBackup(f"Nobody was looked for: {_WRONG[fault]}") from None


_ADDRESS = "an address is like sqlite:////srv/scratch/journal.sqlite3, or begins with postgresql://."
_RESTORE = "Files that end in .backup are sealed: restore them into empty stores first, and name those."
_WRONG: dict[faults.Fault, str] = {
    "away": "one of the two stores does not answer. Is it running, and does it take this user?",
    "damaged": f"one of the two is no database, or damaged. {_RESTORE}",
    "lacking": "one of the two has none of our tables. Is the database given first, and the keyring with --keyring?",
    "not allowed": "this role may not read one of the two stores.",
}


def _at(url: str) -> Engine:
    """The store at this address; none is made where there is none."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise NoBackup(f"Nobody was looked for: {_ADDRESS} {_RESTORE}") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise NoBackup(f"Nobody was looked for: {_ADDRESS}")
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise NoBackup(f"Nobody was looked for: there is no file {parsed.database or ''}.")
    return create_engine(parsed, poolclass=NullPool)


@_where_there_is_one()
def look_into(backup_url: str, keyring_url: str | None, login_name: str, password: str) -> Verdict:
    """Try to open one account of a backup, with this host's secret and this keyring or another one."""
    backup = _at(backup_url)
    keyring = _at(keyring_url) if keyring_url else db.engines[KEYRING]
    with backup.connect() as c, keyring.connect() as k:
        names_key = k.execute(select(HOST_KEYS.c.key).where(HOST_KEYS.c.name == NAMES)).scalar_one()
        index = login_index(names_key, login_name)
        account_id = c.execute(select(ACCOUNTS.c.id).where(ACCOUNTS.c.login_index == index)).scalar()
        if account_id is None:
            return Verdict(there=False)
        key = k.execute(select(LOCK_KEYS.c.key).where(LOCK_KEYS.c.account_id == account_id)).scalar()
        wrap = c.execute(
            select(WAYS_IN.c.wrap).where(WAYS_IN.c.account_id == account_id, WAYS_IN.c.kind == PASSWORD)
        ).scalar_one()
        rows = _rows_of(c, account_id)
    if key is None:
        return Verdict(there=True, rows=rows)
    opens = False
    with suppress(Refused):
        lock = Lock(host.here().peppers, key, account_id)
        open_with_password(lock.open(wrap, PASSWORD, account_id), password, account_id)
        opens = True
    return Verdict(there=True, rows=rows, key_there=True, opens=opens)


def _rows_of(c: Connection, account_id: bytes) -> int:
    """How many rows of any table are the account's."""
    count = 0
    inspector = inspect(c)
    for name in inspector.get_table_names():
        if any(each["name"] == "account_id" for each in inspector.get_columns(name)):
            query = select(func.count()).select_from(table(name)).where(column("account_id") == account_id)
            count += int(c.execute(query).scalar_one())
    return count
