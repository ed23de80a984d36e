"""How the app behaves towards a PostgreSQL server: it may stop, come back, or be there and say nothing."""

import select
import time
from collections.abc import Generator
from contextlib import suppress
from typing import Any

import psycopg
from flask import has_request_context
from psycopg.abc import RV, PQGen
from psycopg.errors import ConnectionTimeout, TooManyConnections
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.exc import InvalidatePoolError

from journal import refused
from journal.reach import OutOfReach, Reach, in_time

# Packets that vanish are noticed by the kernel; the address given by the operator has the last word.
MANNERS = {
    "connect_timeout": "2",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "2500",
}
# The other way round: what a host that vanished had locked is free again soon.
SERVER_MANNERS = "SET tcp_keepalives_idle = 5; SET tcp_user_timeout = 5000"
# No request stays idle in a transaction; a command that writes a backup may.
REQUEST_MANNERS = "SET idle_in_transaction_session_timeout = 15000"
# The server is there and has no place for one more connection: those there are go on. Or it has one again by now.
NO_PLACE = (TooManyConnections.sqlstate, refused.NOT_AT_ALL)


class Watched(psycopg.Connection[Any]):
    """A connection that does not wait for ever, while a request is being answered; commands take the time they need."""

    reach: Reach | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the answer to a statement."""
        if self.reach is None or timeout is not None or not has_request_context():
            return super().wait(gen, interval, timeout)
        return super().wait(_watched(gen, self, self.reach), interval)


def _watched(gen: PQGen[RV], connection: psycopg.Connection[Any], reach: Reach) -> Generator[Any, Any, RV]:
    heard = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard = time.monotonic()
            elif reach.given_up(time.monotonic() - heard):
                connection.close()
                raise psycopg.OperationalError("no answer")
            wanted = gen.send(ready)
    except StopIteration as done:
        value: RV = done.value
        return value


def set_up(engine: Engine) -> Reach:
    """Teach an engine its manners; whether its server can be reached."""
    arguments, parameters = engine.dialect.create_connect_args(engine.url)

    def ask() -> None:
        # Full is there: whoever has a connection goes on.
        with suppress(TooManyConnections):
            _connect(arguments, parameters).close()

    reach = Reach(ask)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Dialect, _record: Any, args: Any, params: Any) -> Watched:
        made = _in_a_request(reach, args, params) if has_request_context() else _connect(args, params)
        made.reach = reach
        return made

    @event.listens_for(engine, "checkout")
    def look(connection: Watched, _record: Any, _proxy: Any) -> None:
        if _was_closed(connection):
            raise InvalidatePoolError

    return reach


def _in_a_request(reach: Reach, args: Any, params: Any) -> Watched:
    try:
        return in_time(lambda: _connect(args, params, REQUEST_MANNERS))
    except TooManyConnections:
        raise
    except (OutOfReach, psycopg.OperationalError):
        reach.lost()
        raise


def _connect(args: Any, params: Any, more: str = "") -> Watched:
    try:
        made = Watched.connect(*args, **(MANNERS | params))
    except psycopg.OperationalError as error:
        if _has_no_place(error, args, params):
            raise TooManyConnections from error
        raise
    try:
        made.autocommit = True
        made.execute(f"{SERVER_MANNERS}; {more}".encode())
        made.autocommit = False
    except BaseException:
        made.close()
        raise
    return made


def _has_no_place(error: psycopg.OperationalError, args: Any, params: Any) -> bool:
    """Whether a server that refused a connection is there, only full. Psycopg has no code for that, but words, in
    whatever language the server speaks: so it is asked once more, for the code.
    """
    if isinstance(error, ConnectionTimeout):
        return False
    return (error.sqlstate or refused.code(*args, **(MANNERS | params))) in NO_PLACE


def _was_closed(connection: Watched) -> bool:
    """Whether the server said something unasked, which to an idle connection is a farewell. Costs no round trip."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN | select.POLLHUP)
    if not poll.poll(0):
        return False
    try:
        connection.pgconn.consume_input()
    except psycopg.Error:
        return True
    return bool(connection.pgconn.status != psycopg.pq.ConnStatus.OK) or bool(poll.poll(0))
