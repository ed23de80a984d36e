"""What can be told of stored rows without a key: whether they begin as what they are, and when the newest was kept."""

from datetime import datetime

from sqlalchemy import func, literal, select

from journal import database
from journal.crypto import PREFIX_BYTES, may_be
from journal.database import db
from journal.operating.columns import KINDS

# When a row was kept, to the hour; only sign-ins tell it closer.
KEPT_AT = ("stored_at", "created_at", "last_seen_at")


def misshapen() -> dict[str, int]:
    """How many blobs do not even begin as what they should be, by table.

    The store counts them by their first bytes and their length, of which there are few: no row is read out.
    """
    found: dict[str, int] = {}
    with database.reading() as c:
        for name, columns in KINDS.items():
            for column, kinds in columns.items():
                sealed = db.metadatas[None].tables[name].c[column]
                head, size = func.substr(sealed, literal(1), literal(PREFIX_BYTES)), func.length(sealed)
                counted = select(head, size, func.count()).where(sealed.is_not(None)).group_by(head, size)
                for first, length, several in c.execute(counted):
                    # SQLite has nothing for the beginning of nothing, and words where somebody put words.
                    if not isinstance(first, bytes) or not any(may_be(kind, first, length) for kind in kinds):
                        found[name] = found.get(name, 0) + several
    return found


def newest() -> datetime | None:
    """When the newest row was kept."""
    times = []
    with database.reading() as c:
        for table in db.metadatas[None].sorted_tables:
            times += [c.execute(select(func.max(table.c[name]))).scalar() for name in KEPT_AT if name in table.c]
    return max((time for time in times if time), default=None)
