"""What the database knows of sharing: who shares with whom, and how much. What, until when and what for is sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from journal.database import Id, Instant, Model


class Pin(Model):
    """Somebody whose keys a patient keeps. Who it is, is sealed."""

    __tablename__ = "pins"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    revision: Mapped[int] = mapped_column()
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Share(Model):
    """Something lent: the patient's sealed copy of the grant, and the letter with its keys for the reviewer.

    A share that has ended keeps its copy, so that the patient can read its log; the letter is gone. One that has both
    an end and a letter is not read: the patient is not to take for ended what somebody still reads.
    """

    __tablename__ = "shares"
    __table_args__ = (Index(None, "account_id"), Index(None, "reviewer_id"))

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    reviewer_id: Mapped[bytes | None] = mapped_column(Id, ForeignKey("accounts.id", ondelete="SET NULL"))
    revision: Mapped[int] = mapped_column()
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    letter: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None] = mapped_column(String(16))


class Lent(Model):
    """One section's key, wrapped for one share. It opens that revision and no other."""

    __tablename__ = "lent"

    share_id: Mapped[bytes] = mapped_column(Id, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    row_id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    section: Mapped[str] = mapped_column(String(8), primary_key=True)
    revision: Mapped[int] = mapped_column()
    key: Mapped[bytes] = mapped_column(LargeBinary)
    lent_at: Mapped[datetime] = mapped_column(Instant)


class ShareNote(Model):
    """Words between the two, sealed under the share: what to ask about, a reply, that it was reviewed."""

    __tablename__ = "share_notes"

    share_id: Mapped[bytes] = mapped_column(Id, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    revision: Mapped[int] = mapped_column()
    body: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(Instant)


class Review(Model):
    """What a reviewer knows of a share: the patient's keys, what was shown, what was reviewed. All sealed."""

    __tablename__ = "reviews"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    share_id: Mapped[bytes] = mapped_column(Id, ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column()
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)


class LogHead(Model):
    """How many entries a patient's access log has. Writers of one log wait in line for it."""

    __tablename__ = "access_log_heads"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column()


class LogEntry(Model):
    """One entry of a patient's access log, sealed under the share it is about, or by the patient (then with a key)."""

    __tablename__ = "access_log"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[bytes | None] = mapped_column(Id)
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(Instant)


class Return(Model):
    """Check-ins on their way back to a patient's new journal: the letter with the keys of its rows."""

    __tablename__ = "returns"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    sender_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    letter: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(Instant)


class ReturnedRow(Model):
    """One row on its way back."""

    __tablename__ = "returned_rows"
    __table_args__ = (
        ForeignKeyConstraint(
            ["account_id", "return_id"],
            ["returns.account_id", "returns.id"],
            ondelete="CASCADE",
            name="fk_returned_rows_return",
        ),
    )

    account_id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    return_id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


PINS, SHARES, LENT, NOTES = _table(Pin), _table(Share), _table(Lent), _table(ShareNote)
REVIEWS, HEADS, ENTRIES = _table(Review), _table(LogHead), _table(LogEntry)
RETURNS, RETURNED_ROWS = _table(Return), _table(ReturnedRow)
