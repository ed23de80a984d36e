"""Taking in what a phone sealed: once, durably, and without a look inside, which nobody here could take."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, update
from sqlalchemy.exc import IntegrityError

from journal import clock
from journal.crypto import Refused, device_of
from journal.database import insert_into, reading, writing
from journal.deposits.devices import Depositor
from journal.deposits.models import DEPOSITS, DEVICES
from journal.deposits.refusals import DepositBoxFull, DepositExists, TooManyDeposits
from journal.errors import Malformed, TokenNotAccepted

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Room:
    """How much one phone may hand in: deposits in a clock hour, and what may wait for a sign-in."""

    an_hour: int
    most_waiting: int = 2_000
    most_waiting_bytes: int = 32 * 1024 * 1024


def receive(depositor: Depositor, deposit_id: UUID, blob: bytes, room: Room) -> bool:
    """Take a deposit in; False when it was here already, filed or not. Once this returns it is never lost."""
    try:
        if device_of(blob) != depositor.device_id:
            raise Refused
    except Refused:
        raise Malformed("This is no deposit sealed by this phone. Nothing was kept.") from None
    digest = sha256(blob).digest()
    with reading() as connection:
        if _is_here(connection, depositor, deposit_id, digest):
            return False
        _refuse_beyond(connection, depositor, room)
    values = {
        "account_id": depositor.account_id, "id": deposit_id.bytes, "device_id": depositor.device_id,
        "digest": digest, "blob": blob, "stored_at": clock.this_hour(),
    }  # fmt: skip
    try:
        with writing() as connection:
            statement = insert_into(connection, DEPOSITS).values(values).on_conflict_do_nothing()
            if connection.execute(statement.returning(DEPOSITS.c.id)).first() is not None:
                _touch(connection, depositor)
                return True
            # Sent twice at the same moment, and the other was quicker.
            return not _is_here(connection, depositor, deposit_id, digest)
    except IntegrityError:  # The account went in this very moment.
        raise TokenNotAccepted from None


def _is_here(connection: Connection, depositor: Depositor, deposit_id: UUID, digest: bytes) -> bool:
    """Whether this was taken in before; `DepositExists` where something else was.

    A receipt without a digest is of a deposit that a later one of the same phone had replaced before it came.
    """
    columns = DEPOSITS.c
    this = and_(columns.account_id == depositor.account_id, columns.id == deposit_id.bytes)
    row = connection.execute(select(columns.device_id, columns.digest).where(this)).first()
    if row is None:
        return False
    if row.device_id != depositor.device_id or row.digest not in (None, digest):
        raise DepositExists
    return True


def _refuse_beyond(connection: Connection, depositor: Depositor, room: Room) -> None:
    hour = clock.this_hour()
    waits = DEPOSITS.c.blob.is_not(None)
    query = select(
        # What came, not the receipts of what was replaced before it came.
        func.count().filter(DEPOSITS.c.stored_at == hour, DEPOSITS.c.digest.is_not(None)),
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
    connection.execute(update(DEVICES).where(this).values(last_deposit_at=clock.this_hour()))


def _of(depositor: Depositor) -> ColumnElement[bool]:
    return and_(DEPOSITS.c.account_id == depositor.account_id, DEPOSITS.c.device_id == depositor.device_id)
