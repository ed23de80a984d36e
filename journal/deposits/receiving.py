"""Taking in what a phone sealed: once, durably, and without a look inside, which nobody here could take."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, update

from journal import clock
from journal.crypto import Refused, device_of
from journal.database import insert_into, writing
from journal.deposits.devices import Depositor
from journal.deposits.models import DEPOSITS, DEVICES
from journal.deposits.refusals import DepositBoxFull, DepositExists, TooManyDeposits
from journal.errors import Malformed, NotFound

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Room:
    """How much one phone may hand in: deposits in a clock hour, and what may wait for a sign-in."""

    an_hour: int
    most_waiting: int = 5_000
    most_waiting_bytes: int = 64 * 1024 * 1024


def receive(depositor: Depositor, deposit_id: UUID, blob: bytes, room: Room) -> bool:
    """Take a deposit in; False when it was here already, filed or not. Once this returns it is never lost."""
    try:
        if device_of(blob) != depositor.device_id:
            raise Refused
    except Refused:
        raise Malformed("This is no deposit sealed by this phone. Nothing was kept.") from None
    digest = sha256(blob).digest()
    with writing() as connection:
        known = _known(connection, depositor, deposit_id)
        if known is not None:
            return _same(known[0], digest)
        _refuse_beyond(connection, depositor, room)
        values = {
            "account_id": depositor.account_id, "id": deposit_id.bytes, "device_id": depositor.device_id,
            "digest": digest, "blob": blob, "stored_at": clock.this_hour(),
        }  # fmt: skip
        statement = insert_into(connection, DEPOSITS).values(values).on_conflict_do_nothing()
        if connection.execute(statement).rowcount:
            _touch(connection, depositor)
            return True
        # Sent twice at the same moment, and the other was quicker.
        known = _known(connection, depositor, deposit_id)
        return _same(known[0] if known else None, digest)


def _known(connection: Connection, depositor: Depositor, deposit_id: UUID) -> tuple[bytes | None] | None:
    this = and_(DEPOSITS.c.account_id == depositor.account_id, DEPOSITS.c.id == deposit_id.bytes)
    row = connection.execute(select(DEPOSITS.c.digest).where(this)).first()
    return None if row is None else (row.digest,)


def _same(kept: bytes | None, digest: bytes) -> bool:
    """A receipt without a digest is of one that a later deposit of the same phone had replaced before it came."""
    if kept is not None and kept != digest:
        raise DepositExists
    return False


def _refuse_beyond(connection: Connection, depositor: Depositor, room: Room) -> None:
    hour = clock.this_hour()
    waits = DEPOSITS.c.blob.is_not(None)
    query = select(
        func.count().filter(DEPOSITS.c.stored_at == hour),
        func.count().filter(waits),
        func.coalesce(func.sum(case((waits, func.length(DEPOSITS.c.blob)), else_=0)), 0),
    ).where(_of(depositor))
    lately, waiting, size = connection.execute(query).one()
    if lately >= room.an_hour:
        raise TooManyDeposits(round((hour + HOUR - clock.now()).total_seconds()))
    if waiting >= room.most_waiting or size >= room.most_waiting_bytes:
        raise DepositBoxFull


def _touch(connection: Connection, depositor: Depositor) -> None:
    this = and_(DEVICES.c.account_id == depositor.account_id, DEVICES.c.id == depositor.device_id)
    if not connection.execute(update(DEVICES).where(this).values(last_deposit_at=clock.this_hour())).rowcount:
        raise NotFound  # The account went in this very moment.


def _of(depositor: Depositor) -> ColumnElement[bool]:
    return and_(DEPOSITS.c.account_id == depositor.account_id, DEPOSITS.c.device_id == depositor.device_id)
