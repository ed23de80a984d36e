"""Phones that may hand in, and what they handed in. The database sees that they exist, and the hour."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Table
from sqlalchemy.orm import Mapped, mapped_column

from journal.database import Hash, Id, Instant, Model


class Device(Model):
    """A phone that its owner keeps as *this phone*. Without a token's hash it was dropped and can hand in nothing."""

    __tablename__ = "devices"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes | None] = mapped_column(Hash, unique=True)
    revision: Mapped[int] = mapped_column()
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_deposit_at: Mapped[datetime | None] = mapped_column(Instant)
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)


class Deposit(Model):
    """What a phone handed in. Filed, it stays as a receipt without its blob, so that a late copy is known."""

    __tablename__ = "deposits"
    __table_args__ = (
        Index(None, "account_id", "device_id", "stored_at"),
        ForeignKeyConstraint(
            ["account_id", "device_id"],
            ["devices.account_id", "devices.id"],
            ondelete="CASCADE",
            name="fk_deposits_device",
        ),
    )

    account_id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    device_id: Mapped[bytes] = mapped_column(Id)
    digest: Mapped[bytes | None] = mapped_column(Hash)
    blob: Mapped[bytes | None] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(Instant)
    check_in_id: Mapped[bytes | None] = mapped_column(Id)
    check_in_revision: Mapped[int | None] = mapped_column()
    session_revision: Mapped[int | None] = mapped_column()


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


DEVICES, DEPOSITS = _table(Device), _table(Deposit)
