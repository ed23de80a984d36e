"""Two stores, the journal and the keyring apart from it, with the same manners on SQLite and PostgreSQL."""

import fcntl
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, has_request_context
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    PoolProxiedConnection,
    Table,
    UpdateBase,
    event,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from config import HERE, Settings
from journal import postgres
from journal.reach import OutOfReach, Reach

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
KEYRING = "keyring"
# Seconds to wait for one of the pool's connections.
PATIENCE = 2
# Names the lock of whoever changes the schema, on PostgreSQL. Any number that others are not likely to use.
MIGRATING = 0x53686F7265

# What a driver begins by itself it begins for every look-up: `_begin_with` has our own.
db = SQLAlchemy(
    metadata=MetaData(naming_convention=NAMING),
    engine_options={"isolation_level": "AUTOCOMMIT"},
    disable_autonaming=True,
)
if TYPE_CHECKING:

    class Model(DeclarativeBase):
        """What the rooms' tables are declared on."""

else:
    Model = db.Model

migrate = Migrate(directory=str(HERE / "migrations"))

Id = LargeBinary(16)
Hash = LargeBinary(32)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite would hand back a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive value is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Read back aware."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def set_up(app: Flask, settings: Settings) -> None:
    """Bind the stores; SQLite files are made where they are missing, readable by their owner only."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_BINDS"] = {KEYRING: settings.keyring_url}
    # What goes wrong under a command is printed, and a statement's values are keys, wraps and whose they are.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_timeout": PATIENCE, "hide_parameters": True}
    for url in (settings.database_url, settings.keyring_url):
        _private_file(url)
    db.init_app(app)
    migrate.init_app(app, db, compare_type=True, render_as_batch=True)
    reaches: dict[str | None, Reach] = {}
    app.extensions["reaches"] = reaches
    with app.app_context():
        for bind, engine in db.engines.items():
            _begin_with(engine.dialect, "BEGIN")
            if engine.dialect.name == "sqlite":
                _sqlite_manners(engine)
            else:
                reaches[bind] = postgres.set_up(engine)


def reading(bind: str | None = None) -> Connection:
    """A connection for statements that only read; each sees the latest commit, and no transaction stays open."""
    return alone(bind).connect()


@contextmanager
def writing(bind: str | None = None) -> Iterator[Connection]:
    """One transaction, durable when the block ends, undone when it raises."""
    engine = _within_reach(bind)
    with turn(engine), _writer(engine).begin() as connection:
        yield connection


def write(statement: UpdateBase, values: Mapping[str, Any] | None = None, bind: str | None = None) -> int:
    """One statement, durable when this returns: a transaction by itself, with no BEGIN and no COMMIT to wait for.

    Returns how many rows it wrote.
    """
    engine = alone(bind)
    with turn(engine), engine.connect() as connection:
        return connection.execute(statement, values).rowcount


def alone(bind: str | None = None) -> Engine:
    """The engine without BEGIN, within reach: every statement stands alone, and is durable when it is over."""
    return _alone(_within_reach(bind))


def turn(engine: Engine) -> AbstractContextManager[None]:
    """A turn at writing. On SQLite writers wait in line at a gate: its own waiting sleeps and starves some of them."""
    return _gate(str(engine.url.database)) if engine.dialect.name == "sqlite" else nullcontext()


@contextmanager
def migrating(bind: str | None = None) -> Iterator[Connection]:
    """A connection to change the schema over, while no other process changes it; on SQLite, while none writes."""
    engine = db.engines[bind]
    if engine.dialect.name == "sqlite":
        with turn(engine), engine.connect() as connection:
            yield connection
        return
    with engine.connect() as connection:
        # A session of its own: the lock goes with it, however it ends, and nobody else is given what is set here.
        connection.detach()
        connection.exec_driver_sql("SET statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATING})")
        # A table that somebody holds is not waited for long: everybody else would stand behind us.
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.commit()
        yield connection


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT for this connection's engine; give it `on_conflict_do_...`, which both spell alike."""
    return insert_for(connection.dialect.name, table)


def insert_for(engine: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The same by the engine's name, for a statement made once."""
    return postgresql.insert(table) if engine == "postgresql" else sqlite.insert(table)


def _within_reach(bind: str | None) -> Engine:
    """The engine; `OutOfReach` at once where it is known not to answer: no thread waits to find it out again."""
    reach = current_app.extensions["reaches"].get(bind)
    if reach is not None and reach.away and has_request_context():
        raise OutOfReach
    return db.engines[bind]


@lru_cache(maxsize=32)
def _alone(engine: Engine) -> Engine:
    return _beginning(engine, None)


@lru_cache(maxsize=32)
def _writer(engine: Engine) -> Engine:
    """The engine with a BEGIN that takes SQLite's lock at once: from a reader it may not be had any more."""
    return _beginning(engine, "BEGIN IMMEDIATE") if engine.dialect.name == "sqlite" else engine


def _beginning(engine: Engine, statement: str | None) -> Engine:
    """The engine, on the same connections, with another way to begin."""
    # At its first connection a dialect learns what its server can do.
    engine.connect().close()
    other = engine.execution_options()
    other.dialect = copy(engine.dialect)
    _begin_with(other.dialect, statement)
    return other


def _begin_with(dialect: Dialect, statement: str | None) -> None:
    """Begin by ourselves: the drivers would do so for a look-up too, and SQLite's too late and never IMMEDIATE.

    As an event, or by an option of each connection, it would be looked for at every step of every statement.
    """

    def begin(connection: PoolProxiedConnection) -> None:
        # Where a level was asked for that only a transaction can have, PostgreSQL's driver does begin.
        if statement and getattr(connection.dbapi_connection, "autocommit", True):
            connection.cursor().execute(statement)

    dialect.do_begin = begin  # type: ignore[assignment, method-assign]


@contextmanager
def _gate(database: str) -> Iterator[None]:
    """One writer at a time over all threads and processes of this host."""
    with _thread_gate(database), open(f"{database}.gate", "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=32)
def _thread_gate(_database: str) -> threading.Lock:
    return threading.Lock()


def _private_file(url: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("SQLite needs a file: processes share the store through it.")
    file = Path(parsed.database)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The gate too: whoever can open it can lock it, and stop every write.
    for private in (file, Path(f"{file}.gate")):
        # Only where it is missing: closing any handle on a database drops every POSIX lock this process has on it, and
        # the next process to close its own would then take the write-ahead log away from under us.
        if not private.exists():
            private.touch(mode=0o600)


def _sqlite_manners(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
