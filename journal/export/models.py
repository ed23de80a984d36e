"""What was brought in from elsewhere, so that it can be undone. Which rows, and whose file, is sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Table
from sqlalchemy.orm import Mapped, mapped_column

from journal.database import Id, Instant, Model


class Import(Model):
    """One import."""

    __tablename__ = "imports"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime] = mapped_column(Instant)


assert isinstance(Import.__table__, Table)
IMPORTS: Table = Import.__table__
