"""What the operator can do with accounts. Nothing here can open a journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, func, select, update

from journal import clock, database
from journal.accounts import export_tokens, host
from journal.accounts.models import ACCOUNTS, DEVICES, EXPORT_TOKENS, INVITATIONS, LOCK_KEYS, SIGN_INS, WAYS_IN
from journal.accounts.sign_ins import DEVICE_KNOWN_FOR, lock_kind
from journal.crypto import Refused
from journal.database import KEYRING


@dataclass(frozen=True)
class Relocked:
    """How many wraps are under the current pepper now, and how many could not be opened."""

    done: int = 0
    refused: int = 0

    def __add__(self, other: "Relocked") -> "Relocked":
        return Relocked(self.done + other.done, self.refused + other.refused)


def relock() -> Relocked:
    """Bring every wrap under the current pepper, with nobody signed in; safe to repeat.

    When none is refused, the previous pepper can be taken out of the settings.
    """
    with database.reading() as c:
        ways = c.execute(select(WAYS_IN.c.account_id, WAYS_IN.c.kind, WAYS_IN.c.wrap)).all()
        columns = (SIGN_INS.c[name] for name in ("account_id", "id", "wrap", "second_factor_due"))
        sign_ins = c.execute(select(*columns)).all()
        tokens = c.execute(select(EXPORT_TOKENS.c.account_id, EXPORT_TOKENS.c.id, EXPORT_TOKENS.c.wrap)).all()
    total = Relocked()
    for way in ways:
        this = and_(WAYS_IN.c.account_id == way.account_id, WAYS_IN.c.kind == way.kind)
        total += _relock(WAYS_IN, this, way, way.kind, way.account_id)
    for sign_in in sign_ins:
        kind = lock_kind(sign_in.second_factor_due)
        total += _relock(SIGN_INS, SIGN_INS.c.id == sign_in.id, sign_in, kind, sign_in.id)
    for token in tokens:
        total += _relock(EXPORT_TOKENS, EXPORT_TOKENS.c.id == token.id, token, export_tokens.LOCK, token.id)
    return total


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


def _relock(table: Table, this: Any, row: Any, kind: str, place_id: bytes) -> Relocked:
    try:
        wrap = host.here().lock_lately_read(row.account_id).relock(row.wrap, kind, place_id)
    except Refused:
        return Relocked(refused=1)
    if wrap != row.wrap:
        with database.writing() as c:
            # Only what was read: a wrap made meanwhile is under the current pepper already.
            c.execute(update(table).where(this, table.c.wrap == row.wrap).values(wrap=wrap))
    return Relocked(done=1)
