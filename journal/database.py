"""Two stores, the journal and the keyring apart from it, with the same manners on SQLite and PostgreSQL."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, LargeBinary, MetaData, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from config import HERE, Settings

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
KEYRING = "keyring"
# Names the lock of whoever changes the schema, on PostgreSQL. Any number that others are not likely to use.
MIGRATING = 0x53686F7265

db = SQLAlchemy(metadata=MetaData(naming_convention=NAMING), disable_autonaming=True)
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
    for url in (settings.database_url, settings.keyring_url):
        _private_file(url)
    db.init_app(app)
    migrate.init_app(app, db, compare_type=True, render_as_batch=True)
    with app.app_context():
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                _sqlite_manners(engine)


@contextmanager
def reading(bind: str | None = None) -> Iterator[Connection]:
    """A connection for statements that only read; each sees the latest commit, and no transaction stays open."""
    with _reader(db.engines[bind]).connect() as connection:
        yield connection


@contextmanager
def writing(bind: str | None = None) -> Iterator[Connection]:
    """One transaction, durable when the block ends, undone when it raises.

    On SQLite writers wait in line at a gate: SQLite's own waiting sleeps and starves some of them.
    """
    engine = db.engines[bind]
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with _gate(str(engine.url.database)), _sqlite_writer(engine).begin() as connection:
        yield connection


@contextmanager
def migrating(bind: str | None = None) -> Iterator[Connection]:
    """A connection to change the schema over, while no other process changes it; on SQLite, while none writes."""
    engine = db.engines[bind]
    if engine.dialect.name == "sqlite":
        with _gate(str(engine.url.database)), engine.connect() as connection:
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
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=32)
def _reader(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(shoreline_begin=None)
    return engine.execution_options(isolation_level="AUTOCOMMIT")


@lru_cache(maxsize=32)
def _sqlite_writer(engine: Engine) -> Engine:
    return engine.execution_options(shoreline_begin="BEGIN IMMEDIATE")


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
        # The driver's own BEGIN comes too late and is never IMMEDIATE; `begin` below sends ours.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("shoreline_begin", "BEGIN")
        if statement:
            connection.connection.cursor().execute(statement)
