"""Why a PostgreSQL server takes no connection: its own code for it, whatever language it speaks.

A connection that is not made has no result to ask for a code (psycopg: `Error.sqlstate` is None), and `lc_messages`
among the connection's options comes too late: the server reads those after it has looked for a place, and lets nobody
but superusers set that one. libpq can be told to give the code in place of the words, before the server says any.
"""

import ctypes
import re
import select
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo, ConnStatus, PGconn, PollingStatus, abc

from journal.reach import CONNECTING

# PostgreSQL's code for what succeeded.
NOT_AT_ALL = "00000"
# PQERRORS_SQLSTATE of libpq 12 and later: the level of an error and its code, and no words.
_CODE_ALONE = 3
_CODE = re.compile(rb":\s+([0-9A-Z]{5})\s*$")


def code(conninfo: str = "", **params: Any) -> str | None:
    """Try to connect; the code by which the server refuses. None where no server gave one."""
    ask, known = _for_codes(), {option.keyword.decode() for option in Conninfo.get_defaults()}
    address = make_conninfo(conninfo, **{name: value for name, value in params.items() if name in known})
    connection: Any = PGconn.connect_start(address.encode())
    try:
        if ask is not None and connection.pgconn_ptr is not None:
            ask(connection.pgconn_ptr, _CODE_ALONE)
        _come_to_an_end(connection, time.monotonic() + CONNECTING)
        if connection.status == ConnStatus.OK:
            return NOT_AT_ALL
        found = _CODE.search(connection.error_message)
        return found[1].decode() if found else None
    finally:
        connection.finish()


def _come_to_an_end(connection: abc.PGconn, at: float) -> None:
    while connection.status != ConnStatus.BAD and (left := at - time.monotonic()) > 0:
        state = connection.connect_poll()
        if state not in (PollingStatus.READING, PollingStatus.WRITING):
            return
        waiting = select.poll()
        waiting.register(connection.socket, select.POLLIN if state == PollingStatus.READING else select.POLLOUT)
        waiting.poll(left * 1000)


@cache
def _for_codes() -> Callable[[int, int], int] | None:
    """libpq's `PQsetErrorVerbosity`, of the very library that psycopg uses; None where it does not lend it."""
    module: Any = sys.modules[PGconn.__module__]
    try:
        # In Python, psycopg has the library itself; compiled, it is found through what was built upon it.
        library = module.impl.pq if psycopg.pq.__impl__ == "python" else ctypes.CDLL(module.__file__)
        found = library.PQsetErrorVerbosity
    except (AttributeError, OSError):
        return None
    found.argtypes, found.restype = [ctypes.c_void_p, ctypes.c_int], ctypes.c_int
    asked: Callable[[int, int], int] = found
    return asked
