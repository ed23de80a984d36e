"""What an error of a store means, by the codes of its driver: an ordinary fault, or else a bug of ours."""

import sqlite3
from typing import Literal

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

Fault = Literal["away", "damaged", "lacking", "not allowed"]
# PostgreSQL's codes: what a role may not do; a server that only reads; a table or a column that is not there.
NOT_ALLOWED, READ_ONLY = "42501", "25006"
LACKING = ("42P01", "42703")
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def of_store(error: DBAPIError) -> Fault | None:
    """What is wrong with the store; None where nothing of it would explain the error."""
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state == NOT_ALLOWED:
        return "not allowed"
    if state in LACKING:
        return "lacking"
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError) or state == READ_ONLY:
        return "away"
    return None


def _of_sqlite(error: sqlite3.Error) -> Fault | None:
    number = getattr(error, "sqlite_errorcode", None)
    if number is None or not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.IntegrityError):
        return None
    if number & 0xFF in DAMAGED:
        return "damaged"
    if number & 0xFF == sqlite3.SQLITE_ERROR:
        # Said of a statement that nobody could understand, too.
        return "lacking" if str(error).startswith(("no such table", "no such column")) else None
    return "away" if isinstance(error, sqlite3.OperationalError) else None
