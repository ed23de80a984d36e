"""What everything is held against: the table of the bare durable insert, and a process as gunicorn would have it."""

import gc

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table

BARE = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("body", LargeBinary))
# Asked for so, a check-in is kept unsealed.
UNSEALED = "unsealed"


def as_served() -> None:
    """As wsgi.py does, so that the collector's walks are those of a server."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
