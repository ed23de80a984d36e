"""What can be told of stored rows without a key: whether they begin as what they are, and when the newest was kept."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, func, literal, select

from journal import database
from journal.crypto import PREFIX_BYTES, Kind, begins_as
from journal.database import db

_KEY, _BODY, _LOCK = frozenset({Kind.SECTION_KEY}), frozenset({Kind.SECTION_BODY}), frozenset({Kind.LOCK})
_NOTE = frozenset({Kind.NOTE})
# What each column of sealed bytes holds, by its name, and where a name alone does not say, by its table's.
SEALED = {
    "about": _BODY, "about_key": _KEY, "letter": _LOCK, "profile": _BODY, "profile_key": _KEY, "ratings": _BODY,
    "ratings_key": _KEY, "story": _BODY, "story_key": _KEY, "wrap": _LOCK,
    "public_identity": frozenset({Kind.PUBLIC_IDENTITY}),
    "deposits.blob": frozenset({Kind.DEPOSIT}),
    "lent.key": frozenset({Kind.LENT_KEY}),
    "share_notes.body": _NOTE, "returned_rows.body": _NOTE,
    # Under the keys of a share, or the patient's own.
    "access_log.key": _KEY, "access_log.body": _NOTE | _BODY,
}  # fmt: skip
# When a row was kept, to the hour; only sign-ins tell it closer.
KEPT_AT = ("stored_at", "created_at", "last_seen_at")


def kinds_of(column: Column[bytes]) -> frozenset[Kind] | None:
    """What may be in this column; None where no blob of ours is."""
    return SEALED.get(f"{column.table.name}.{column.name}") or SEALED.get(column.name)


def misshapen() -> dict[str, int]:
    """How many blobs do not even begin as what they should be, by table.

    The store counts them by their first bytes and their length, of which there are few: no row is read out.
    """
    found: dict[str, int] = {}
    with database.reading() as c:
        for table in db.metadatas[None].sorted_tables:
            for column in table.columns:
                kinds = kinds_of(column) if isinstance(column.type, LargeBinary) else None
                if not kinds:
                    continue
                head, size = func.substr(column, literal(1), literal(PREFIX_BYTES)), func.length(column)
                counted = select(head, size, func.count()).where(column.is_not(None)).group_by(head, size)
                for first, length, several in c.execute(counted):
                    # SQLite has nothing for the beginning of nothing, and words where somebody put words.
                    if not isinstance(first, bytes) or not begins_as(first, length, kinds):
                        found[table.name] = found.get(table.name, 0) + several
    return found


def newest() -> datetime | None:
    """When the newest row was kept."""
    times = []
    with database.reading() as c:
        for table in db.metadatas[None].sorted_tables:
            times += [c.execute(select(func.max(table.c[name]))).scalar() for name in KEPT_AT if name in table.c]
    return max((time for time in times if time), default=None)
