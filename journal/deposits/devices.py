"""Phones kept by their owner: paired, listed, named, dropped, and found again by their token."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import Row, and_, insert, select, update

from journal import clock
from journal.accounts.service import Owner
from journal.crypto import Place, Refused, SealedSection, new_key, new_token, token_hash
from journal.database import reading, writing
from journal.deposits.models import DEVICES
from journal.errors import DoesNotOpen, NotFound
from journal.sessions.rows import named

TOKEN_CHARACTERS = 43
TOKEN_PURPOSE = "deposit"  # noqa: S105  names what a token is for, no secret
UNREADABLE = "A phone whose description does not open"


@dataclass(frozen=True)
class Depositor:
    """A phone at the door, known by its token. It may hand in, and nothing else."""

    account_id: bytes
    device_id: bytes


@dataclass(frozen=True)
class DeviceView:
    """A phone as its owner sees it in the list."""

    id: str
    name: str
    paired_at: datetime
    last_deposit_at: datetime | None
    dropped_at: datetime | None


@dataclass(frozen=True)
class Paired:
    """A phone just paired, with what it must keep: told this once."""

    device: DeviceView
    account_id: str
    token: str = field(repr=False)
    device_key: bytes = field(repr=False)
    public_identity: bytes = field(repr=False)


@dataclass(frozen=True)
class About:
    """The owner's sealed side of a phone: its name, and the key that tells its deposits from anybody else's."""

    name: str
    key: bytes = field(repr=False)


def pair(owner: Owner, name: str) -> Paired:
    """Keep a phone: it gets a token for depositing and a key for its deposits; the owner's side of it is sealed."""
    device_id, token, about = uuid4(), new_token(), About(name, new_key())
    hour = clock.this_hour()
    with writing() as connection:
        connection.execute(
            insert(DEVICES).values(
                account_id=owner.account_id,
                id=device_id.bytes,
                token_hash=token_hash(TOKEN_PURPOSE, token),
                created_at=hour,
                **_sealed(owner, device_id.bytes, about, revision=1),
            )
        )
    view = DeviceView(str(device_id), name, hour, None, None)
    public = owner.bundle.public(owner.account_id)
    return Paired(view, str(UUID(bytes=owner.account_id)), token, about.key, public)


def listed(owner: Owner) -> list[DeviceView]:
    """The owner's phones, the latest first, dropped ones among them."""
    query = select(DEVICES).where(DEVICES.c.account_id == owner.account_id)
    try:
        with reading() as connection:
            rows = connection.execute(query.order_by(DEVICES.c.created_at.desc(), DEVICES.c.id)).all()
    except (ValueError, TypeError):  # What stands where an hour was stored is no time.
        raise DoesNotOpen from None
    return [_view(row, _about_or_none(owner, row)) for row in rows]


def rename(owner: Owner, device_id: UUID, name: str) -> DeviceView:
    """Call a phone something else."""
    with writing() as connection:
        row = connection.execute(select(DEVICES).where(_is(owner, device_id)).with_for_update()).one_or_none()
        if row is None:
            raise NotFound
        about = _about_or_none(owner, row)
        if about is None:
            raise DoesNotOpen
        renamed = About(name, about.key)
        values = _sealed(owner, row.id, renamed, row.revision + 1)
        connection.execute(update(DEVICES).where(_is(owner, device_id)).values(values))
    return _view(row, renamed)


def drop(owner: Owner, device_id: UUID) -> None:
    """Take a phone's right to hand in. It stays listed, so that what it still holds can be opened."""
    there = _is(owner, device_id)
    with writing() as connection:
        dropped = update(DEVICES).where(there, DEVICES.c.dropped_at.is_(None))
        if connection.execute(dropped.values(token_hash=None, dropped_at=clock.this_hour())).rowcount:
            return
        if connection.execute(select(DEVICES.c.id).where(there)).first() is None:
            raise NotFound


def find(token: str) -> Depositor | None:
    """Whose phone this token is of; None when nobody's, or when it was dropped. One look-up in the database."""
    if len(token) != TOKEN_CHARACTERS:
        return None
    query = select(DEVICES.c.account_id, DEVICES.c.id).where(DEVICES.c.token_hash == token_hash(TOKEN_PURPOSE, token))
    with reading() as connection:
        row = connection.execute(query).first()
    return None if row is None else Depositor(row.account_id, row.id)


def of_owner(owner: Owner, device_id: UUID) -> Depositor:
    """One of the owner's phones, dropped or not, for handing in what it still holds; else `NotFound`."""
    with reading() as connection:
        if connection.execute(select(DEVICES.c.id).where(_is(owner, device_id))).first() is None:
            raise NotFound
    return Depositor(owner.account_id, device_id.bytes)


def known(owner: Owner) -> dict[bytes, About | None]:
    """What the owner's keys say of each phone, by its id; None for one whose row is not as it was sealed."""
    columns = (DEVICES.c.id, DEVICES.c.revision, DEVICES.c.about_key, DEVICES.c.about)
    with reading() as connection:
        rows = connection.execute(select(*columns).where(DEVICES.c.account_id == owner.account_id)).all()
    return {row.id: _about_or_none(owner, row) for row in rows}


def _sealed(owner: Owner, device_id: bytes, about: About, revision: int) -> dict[str, Any]:
    inside = orjson.dumps({"name": about.name, "key": base64.b64encode(about.key).decode()})
    section = owner.keyring.seal(_place(owner, device_id, revision), inside)
    return {"revision": revision, "about_key": section.key, "about": section.body}


def _about_or_none(owner: Owner, row: Any) -> About | None:
    try:
        place = _place(owner, row.id, row.revision)
        inside = orjson.loads(owner.keyring.open(place, SealedSection(row.about_key, row.about)))
        return About(inside["name"], base64.b64decode(inside["key"], validate=True))
    except (Refused, TypeError, ValueError, KeyError, binascii.Error):  # A row changed behind our back.
        return None


def _view(row: Row[Any], about: About | None) -> DeviceView:
    name = about.name if about else UNREADABLE
    return DeviceView(named(row.id), name, row.created_at, row.last_deposit_at, row.dropped_at)


def _place(owner: Owner, device_id: bytes, revision: int) -> Place:
    return Place("device", row_id=device_id, owner=owner.account_id, section="ratings", revision=revision)


def _is(owner: Owner, device_id: UUID) -> Any:
    return and_(DEVICES.c.account_id == owner.account_id, DEVICES.c.id == device_id.bytes)
