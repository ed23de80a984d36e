"""Rows whose every word is sealed. The database sees that they exist, whose they are and the hour they were stored."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from journal.database import Id, Instant, Model


class SealedRow:
    """What all kinds share. The key is (account, id): ids are made by clients, and another's id is simply not there."""

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)
    stored_at: Mapped[datetime] = mapped_column(Instant)
    ratings_key: Mapped[bytes] = mapped_column(LargeBinary)
    ratings: Mapped[bytes] = mapped_column(LargeBinary)
    story_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    story: Mapped[bytes | None] = mapped_column(LargeBinary)

    if TYPE_CHECKING:
        __table__: ClassVar[Any]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805
        """Pages are read newest stored first."""
        return (Index(None, "account_id", "stored_at", "id"),)


class Course(SealedRow, Model):
    """A series of dosing sessions."""

    __tablename__ = "courses"


class DosingSession(SealedRow, Model):
    """One dosing visit. Its date, dose, route and course are inside the seal."""

    __tablename__ = "dosing_sessions"


class CheckIn(SealedRow, Model):
    """What the patient noted at a moment. Its session is named outside the seal too, so that it goes with it."""

    __tablename__ = "check_ins"

    session_id: Mapped[bytes | None] = mapped_column(Id)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[SchemaItem, ...]:  # noqa: N805
        """The account is part of the link: a check-in cannot hang on another account's session."""
        return (
            Index(None, "account_id", "stored_at", "id"),
            Index(None, "account_id", "session_id"),
            ForeignKeyConstraint(
                ["account_id", "session_id"],
                ["dosing_sessions.account_id", "dosing_sessions.id"],
                ondelete="CASCADE",
                name="fk_check_ins_session",
            ),
        )


class Addition(SealedRow, Model):
    """A sensation of the patient's own, beside the catalogue's."""

    __tablename__ = "additions"
