"""What the operator and the rooms above may know of an account that is not the one that asks."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from journal import clock, database
from journal.accounts import host, sign_ins
from journal.accounts.models import ACCOUNTS, WAYS_IN


class Named(NamedTuple):
    """An account found by its login name."""

    id: bytes
    role: str


class PublicAccount(NamedTuple):
    """What others may see of an account: its role, its signed public keys, and whether it was disabled."""

    role: str
    identity: bytes
    disabled: bool


_PUBLIC = select(ACCOUNTS.c.role, ACCOUNTS.c.public_identity, ACCOUNTS.c.disabled_at).where(
    ACCOUNTS.c.id == bindparam("account_id")
)


def account_named(login_name: str) -> Named | None:
    """The account with this login name; None when nobody has it."""
    this = ACCOUNTS.c.login_index == host.here().login_index(login_name)
    with database.reading() as c:
        row = c.execute(select(ACCOUNTS.c.id, ACCOUNTS.c.role).where(this)).first()
    return None if row is None else Named(row.id, row.role)


def public_identity(account_id: bytes) -> PublicAccount | None:
    """What the database has as an account's public keys; whose they are, only a pin tells."""
    with database.reading() as c:
        row = c.execute(_PUBLIC, {"account_id": account_id}).first()
    return None if row is None else PublicAccount(row.role, row.public_identity, row.disabled_at is not None)


def disable(c: Connection, account_id: bytes) -> None:
    """Let an account sign in no more, and sign it out everywhere."""
    # Locked first, as a sign-in does: one that is just beginning is either deleted here or refused there.
    c.execute(select(WAYS_IN.c.kind).where(WAYS_IN.c.account_id == account_id).with_for_update())
    still = (ACCOUNTS.c.id == account_id) & ACCOUNTS.c.disabled_at.is_(None)
    c.execute(update(ACCOUNTS).where(still).values(disabled_at=clock.this_hour()))
    sign_ins.end_all(c, account_id)
