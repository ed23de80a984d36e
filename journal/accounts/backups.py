"""What a backup gives to somebody who has everything else: the host's secret, a keyring, a login name, a password."""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, NullPool, column, create_engine, func, inspect, select, table

from journal.accounts import host
from journal.accounts.keyring_store import NAMES
from journal.accounts.models import ACCOUNTS, HOST_KEYS, LOCK_KEYS, PASSWORD, WAYS_IN
from journal.crypto import Lock, Refused, login_index, open_with_password
from journal.database import KEYRING, db


@dataclass(frozen=True)
class Verdict:
    """What is in a backup of one account: its sealed rows, and whether its key and its password open them."""

    there: bool
    rows: int = 0
    key_there: bool = False
    opens: bool = False


def look_into(backup_url: str, keyring_url: str | None, login_name: str, password: str) -> Verdict:
    """Try to open one account of a backup, with this host's secret and this keyring or another one."""
    backup = create_engine(backup_url, poolclass=NullPool)
    keyring = create_engine(keyring_url, poolclass=NullPool) if keyring_url else db.engines[KEYRING]
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
