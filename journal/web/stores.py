"""What becomes of a request when a store, or the disk under it, refuses: no room, out of reach, or busy."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from journal.errors import Busy, Problem, StorageFull, StoreUnavailable
from journal.reach import OutOfReach

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# SQLite cannot make its write-ahead log's index longer: it says so with a number of its own.
SQLITE_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
SQLITE_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
POSTGRES_FULL = ("53100",)
# Waited for too long, in each other's way, or no place for one more connection.
POSTGRES_BUSY = ("40001", "40P01", "53300", "55P03", "57014")
READ_ONLY = "25006"
AGAIN_IN = 5


def refusal(error: Exception) -> Problem | None:
    """The refusal for the person; None when this is a bug."""
    if isinstance(error, OutOfReach):
        return StoreUnavailable()
    if isinstance(error, PoolTimeout):
        return Busy(AGAIN_IN)
    if isinstance(error, OSError):
        return StorageFull() if error.errno in NO_ROOM else None
    if isinstance(error, DBAPIError):
        return _of_driver(error)
    return None


def _of_driver(error: DBAPIError) -> Problem | None:
    number = getattr(error.orig, "sqlite_errorcode", None)
    state = getattr(error.orig, "sqlstate", None)
    if number in SQLITE_FULL or state in POSTGRES_FULL:
        return StorageFull()
    if (number is not None and number & 0xFF in SQLITE_BUSY) or state in POSTGRES_BUSY:
        return Busy(AGAIN_IN)
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError) or state == READ_ONLY:
        return StoreUnavailable()
    return None
