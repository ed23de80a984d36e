"""The ways in to an account: looked up by a blind index, opened by what its owner knows."""

import os
from dataclasses import dataclass, field
from functools import cache
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from journal import clock, database
from journal.accounts import host, keyring_store
from journal.accounts.models import ACCOUNTS, DEVICES, PASSWORD, PATIENT, RECOVERY, WAYS_IN
from journal.crypto import (
    IdentityBundle,
    Keyring,
    Lock,
    Peppers,
    RecoveryCode,
    Refused,
    new_key,
    open_with_password,
    open_with_recovery,
    spend_password_work,
    wrap_for_password,
    wrap_for_recovery,
)


@dataclass(frozen=True)
class Way:
    """A way in as it is stored. `device_known` when the browser at the door signed in to this account before."""

    account_id: bytes
    role: str
    login_index: bytes
    kind: str
    wrap: bytes = field(repr=False)
    device_known: bool


@dataclass(frozen=True)
class Proven:
    """Somebody who has just shown who they are, by which way in, and what that opened."""

    account_id: bytes
    role: str
    login_index: bytes
    bundle: IdentityBundle = field(repr=False)
    lock: Lock = field(repr=False)
    by: Way | None = None

    @property
    def keyring(self) -> Keyring:
        """The keys that open this account's sections."""
        return Keyring(self.bundle, self.account_id)


def find(login_index: bytes, kind: str, device_id: bytes | None) -> Way | None:
    """The way in of the account with this name, in one look-up; None when nobody has it, or it was disabled."""
    return _found(kind, device_id, ACCOUNTS.c.login_index == login_index)


def of(account_id: bytes, kind: str) -> Way | None:
    """The way in of an account."""
    return _found(kind, None, ACCOUNTS.c.id == account_id)


def prove_by_password(way: Way | None, password: str) -> Proven:
    """Open a way in, or be Refused. Where there is none, the same look-up and the same work are spent on nothing."""
    account_id = way.account_id if way else os.urandom(16)
    lock_key = keyring_store.lock_key(account_id)
    if way is None or lock_key is None:
        spend_password_work(password)
        raise Refused
    lock = Lock(host.here().peppers, lock_key, account_id)
    bundle = open_with_password(lock.open(way.wrap, PASSWORD, account_id), password, account_id)
    return Proven(account_id, way.role, way.login_index, bundle, lock, way)


def prove_by_recovery(way: Way | None, typed: str) -> Proven:
    """Open a way in, or be Refused, which a mistyped code is too. Where there is none, a decoy takes the same work."""
    decoy, its_key = _decoy(host.here().peppers)
    lock_key = keyring_store.lock_key((way or decoy).account_id)
    code = RecoveryCode.parse(typed)
    if way is None or lock_key is None:
        way, lock_key = decoy, its_key
    lock = Lock(host.here().peppers, lock_key, way.account_id)
    bundle = open_with_recovery(lock.open(way.wrap, RECOVERY, way.account_id), code, way.account_id)
    return Proven(way.account_id, way.role, way.login_index, bundle, lock, way)


@cache
def _decoy(peppers: Peppers) -> tuple[Way, bytes]:
    """A way in whose code nobody knows, and its lock key."""
    account_id, lock_key = os.urandom(16), new_key()
    lock = Lock(peppers, lock_key, account_id)
    wrap = by_recovery(IdentityBundle.generate(), RecoveryCode.generate(), lock, account_id)
    return Way(account_id, PATIENT, b"", RECOVERY, wrap, device_known=False), lock_key


def by_password(bundle: IdentityBundle, password: str, lock: Lock, account_id: bytes) -> bytes:
    """A way in by password, the lock around it. One Argon2id."""
    return lock.close(wrap_for_password(bundle, password, account_id), PASSWORD, account_id)


def by_recovery(bundle: IdentityBundle, code: RecoveryCode, lock: Lock, account_id: bytes) -> bytes:
    """A way in by recovery code, the lock around it."""
    return lock.close(wrap_for_recovery(bundle, code, account_id), RECOVERY, account_id)


def add(c: Connection, account_id: bytes, kind: str, wrap: bytes) -> None:
    """Store an account's first way in of its kind."""
    c.execute(insert(WAYS_IN).values(account_id=account_id, kind=kind, wrap=wrap, created_at=clock.this_hour()))


def put(c: Connection, account_id: bytes, kind: str, wrap: bytes) -> None:
    """Replace a way in: what it was opened with until now opens nothing more."""
    this = and_(WAYS_IN.c.account_id == account_id, WAYS_IN.c.kind == kind)
    c.execute(update(WAYS_IN).where(this).values(wrap=wrap, created_at=clock.this_hour()))


def hold(c: Connection, who: Proven) -> None:
    """Keep the way they came in by as it is until the transaction ends; Refused when it changed since they opened it.

    Stretching a password takes long enough for its owner to change it meanwhile, or for the account to be disabled; a
    recovery code works once.
    """
    if who.by is None:
        return
    this = and_(WAYS_IN.c.account_id == who.account_id, WAYS_IN.c.kind == who.by.kind)
    now = c.execute(select(WAYS_IN.c.wrap).where(this).with_for_update()).scalar()
    if now is None or not _is_same(who, who.by, now):
        raise Refused
    # A statement of its own: it sees what was committed while the first one waited.
    usable = and_(ACCOUNTS.c.id == who.account_id, ACCOUNTS.c.disabled_at.is_(None))
    if c.execute(select(ACCOUNTS.c.id).where(usable)).scalar() is None:
        raise Refused


def _is_same(who: Proven, by: Way, now: bytes) -> bool:
    """Whether a wrap is the one they opened, by now perhaps under another pepper: that moves while people sign in."""
    if now == by.wrap:
        return True
    inner = (who.lock.open(wrap, by.kind, who.account_id) for wrap in (now, by.wrap))
    return compare_digest(*inner)


def _found(kind: str, device_id: bytes | None, whose: Any) -> Way | None:
    statement = (
        select(ACCOUNTS.c.id, ACCOUNTS.c.role, ACCOUNTS.c.login_index, WAYS_IN.c.wrap, DEVICES.c.id.label("device"))
        .join(WAYS_IN, and_(WAYS_IN.c.account_id == ACCOUNTS.c.id, WAYS_IN.c.kind == kind))
        .outerjoin(DEVICES, and_(DEVICES.c.id == device_id, DEVICES.c.account_id == ACCOUNTS.c.id))
        .where(whose, ACCOUNTS.c.disabled_at.is_(None))
    )
    with database.reading() as c:
        row = c.execute(statement).first()
    return None if row is None else Way(row.id, row.role, row.login_index, kind, row.wrap, row.device is not None)
