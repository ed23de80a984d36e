"""Sign-ins: begun, found again at every request, listed, ended. A deleted row is a gone key."""

import base64
import binascii
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import DataError, SQLAlchemyError

from journal import clock, database, prepared
from journal.accounts import host
from journal.accounts.models import ACCOUNTS, DEVICES, EXPORT_TOKENS, SIGN_INS, THERAPIST
from journal.accounts.owner import Owner, ends_at, idle_time
from journal.accounts.ways_in import Proven
from journal.crypto import Keyring, Place, Refused, SealedSection, SignInToken, new_token, token_hash
from journal.database import insert_into
from journal.errors import NotFound, SignInNeeded

SEEN_TO_THE = timedelta(minutes=1)
DEVICE_KNOWN_FOR = timedelta(days=365)
DEVICE_CHARACTERS = 43


@dataclass(frozen=True)
class Browser:
    """The browser at the door: in words, what its device cookie holds, and the sign-in it has now."""

    about: str
    device: str | None = field(default=None, repr=False)
    sign_in_id: bytes | None = field(default=None, repr=False)

    def device_id(self, login_index: bytes) -> bytes | None:
        """What the database knows this browser by, for one account; another account knows it by another."""
        return token_hash("known-device", f"{self.device}.{login_index.hex()}") if self.device else None


@dataclass(frozen=True)
class SignedIn:
    """A sign-in just begun, and what the browser must keep for it."""

    owner: Owner
    token: SignInToken
    device: str = field(repr=False)


@dataclass(frozen=True)
class SignInView:
    """A sign-in as its owner sees it in the list."""

    id: str
    current: bool
    device: str
    signed_in_at: datetime
    last_seen_at: datetime
    expires_at: datetime


def begin(
    c: Connection, who: Proven, browser: Browser, second_factor: bool = False, stepped_up_at: datetime | None = None
) -> SignedIn:
    """Sign in on this browser, in place of the sign-in it had; it is a known device from now on.

    Of a therapist whose `second_factor` was not passed it is half a sign-in, and its wrap is bound as that. The
    password was given now, unless `stepped_up_at` says when.
    """
    due = who.role == THERAPIST and not second_factor
    now, settings = clock.now(), host.here().settings
    token, keyring, stepped_up_at = SignInToken.generate(), who.keyring, stepped_up_at or now
    expires_at = now + timedelta(hours=settings.sign_in_hours)
    about = keyring.seal(_place(token.row_id, who.account_id), browser.about.encode())
    c.execute(delete(SIGN_INS).where((SIGN_INS.c.id == browser.sign_in_id) | (SIGN_INS.c.expires_at <= now)))
    c.execute(
        insert(SIGN_INS).values(
            id=token.row_id,
            account_id=who.account_id,
            wrap=who.lock.close(token.wrap(who.bundle, who.account_id), lock_kind(due), token.row_id),
            about_key=about.key,
            about=about.body,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
            stepped_up_at=stepped_up_at,
            second_factor_due=due,
        )
    )
    device = _make_known(c, who, browser)
    idle = idle_time(who.role, settings.patient_idle_minutes)
    times = now, expires_at, idle, stepped_up_at
    owner = Owner(who.account_id, who.role, keyring, who.bundle, token.row_id, *times, not due)
    return SignedIn(owner, token, device)


def find(cookie: str) -> Owner | None:
    """Whose cookie this is; None when nobody's, or when the sign-in has ended. One look-up in the database."""
    try:
        token = SignInToken.parse(cookie)
        row = _row(token.row_id)
        return None if row is None else _current_owner(row, token)
    except (Refused, ValueError, TypeError, OverflowError, DataError):  # A row changed behind our back is no sign-in.
        return None


def listed(owner: Owner) -> list[SignInView]:
    """All sign-ins of the owner, the latest first."""
    statement = select(SIGN_INS).where(SIGN_INS.c.account_id == owner.account_id).order_by(SIGN_INS.c.created_at.desc())
    with database.reading() as c:
        rows = c.execute(statement).all()
    now = clock.now()
    return [_view(row, owner) for row in rows if now < ends_at(row.last_seen_at, row.expires_at, owner.idle)]


def check_not_ended(c: Connection, owner: Owner) -> None:
    """`SignInNeeded` when this sign-in ended since the request came in."""
    if c.execute(select(SIGN_INS.c.id).where(SIGN_INS.c.id == owner.sign_in_id)).scalar() is None:
        raise SignInNeeded


def end(owner: Owner, name: str) -> None:
    """End one sign-in of the owner; `NotFound` when it is not theirs."""
    this = and_(SIGN_INS.c.id == _id_of(name), SIGN_INS.c.account_id == owner.account_id)
    with database.writing() as c:
        if c.execute(delete(SIGN_INS).where(this)).rowcount == 0:
            raise NotFound


def end_this(owner: Owner) -> None:
    """Sign out here."""
    with database.writing() as c:
        c.execute(delete(SIGN_INS).where(SIGN_INS.c.id == owner.sign_in_id))


def end_everywhere(owner: Owner) -> None:
    """Sign out everywhere, here too."""
    with database.writing() as c:
        end_all(c, owner.account_id)


def end_all(c: Connection, account_id: bytes) -> None:
    """Sign out everywhere, tokens too; no device is known any more, for one of them may be lost or another's."""
    c.execute(delete(SIGN_INS).where(SIGN_INS.c.account_id == account_id))
    c.execute(delete(EXPORT_TOKENS).where(EXPORT_TOKENS.c.account_id == account_id))
    c.execute(delete(DEVICES).where(DEVICES.c.account_id == account_id))


def name_of(sign_in_id: bytes) -> str:
    """A sign-in's id as it stands in an address."""
    return base64.urlsafe_b64encode(sign_in_id).decode().rstrip("=")


def lock_kind(second_factor_due: bool) -> str:
    """What a sign-in's wrap is locked as."""
    return "entering" if second_factor_due else "sign_in"


class _Found(NamedTuple):
    """A sign-in and the role of its account."""

    id: bytes
    account_id: bytes
    wrap: bytes
    last_seen_at: datetime
    expires_at: datetime
    stepped_up_at: datetime
    second_factor_due: bool
    role: str


# Every request asks this.
_FIND = (
    select(*((ACCOUNTS if name == "role" else SIGN_INS).c[name] for name in _Found._fields))
    .join(ACCOUNTS, ACCOUNTS.c.id == SIGN_INS.c.account_id)
    .where(SIGN_INS.c.id == bindparam("row_id"), ACCOUNTS.c.disabled_at.is_(None))
)


def _row(row_id: bytes) -> _Found | None:
    row = prepared.first(_FIND, {"row_id": row_id})
    return None if row is None else _Found(*row)


def _current_owner(row: _Found, token: SignInToken) -> Owner | None:
    here = host.here()
    idle = idle_time(row.role, here.settings.patient_idle_minutes)
    now = clock.now()
    if now >= ends_at(row.last_seen_at, row.expires_at, idle):
        _quietly(delete(SIGN_INS).where(SIGN_INS.c.id == row.id))
        return None
    due = row.second_factor_due
    inner = here.lock_lately_read(row.account_id).open(row.wrap, lock_kind(due), token.row_id)
    bundle = token.open(inner, row.account_id)
    keyring = Keyring(bundle, row.account_id)
    seen_at = _seen(row, now)
    times = seen_at, row.expires_at, idle, row.stepped_up_at
    return Owner(row.account_id, row.role, keyring, bundle, row.id, *times, not due)


def _seen(row: _Found, now: datetime) -> datetime:
    """Note that the sign-in is in use, at most once a minute; until when that counts."""
    if now - row.last_seen_at < SEEN_TO_THE:
        return row.last_seen_at
    _quietly(update(SIGN_INS).where(SIGN_INS.c.id == row.id).values(last_seen_at=now))
    return now


def _quietly(statement: Any) -> None:
    """Bookkeeping that must not fail a request: a full disk should still let people read."""
    with suppress(SQLAlchemyError, OSError):
        database.write(statement)


def _make_known(c: Connection, who: Proven, browser: Browser) -> str:
    device = browser.device if browser.device and len(browser.device) == DEVICE_CHARACTERS else new_token()
    device_id = Browser("", device).device_id(who.login_index)
    hour = clock.this_hour()
    stale = and_(DEVICES.c.account_id == who.account_id, DEVICES.c.created_at < hour - DEVICE_KNOWN_FOR)
    c.execute(delete(DEVICES).where(stale))
    known = insert_into(c, DEVICES).values(id=device_id, account_id=who.account_id, created_at=hour)
    c.execute(known.on_conflict_do_update(index_elements=[DEVICES.c.id], set_={"created_at": hour}))
    return device


def _view(row: Row[Any], owner: Owner) -> SignInView:
    try:
        sealed = SealedSection(row.about_key, row.about)
        about = owner.keyring.open(_place(row.id, owner.account_id), sealed).decode()
    except Refused:
        about = "A device whose description does not open"
    current = row.id == owner.sign_in_id
    return SignInView(name_of(row.id), current, about, row.created_at, row.last_seen_at, row.expires_at)


def _id_of(name: str) -> bytes:
    try:
        return base64.b64decode(name + "=" * (-len(name) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise NotFound from None


def _place(sign_in_id: bytes, account_id: bytes) -> Place:
    return Place("sign_in_about", row_id=sign_in_id[:16], owner=account_id, section="ratings", revision=1)
