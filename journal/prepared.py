"""Statements of every request, prepared once and run on the driver: with SQLAlchemy's pool, its types and its errors.

What its `Connection` and `Result` do besides was a fifth of the time of keeping a check-in. A statement here is made
once, stands alone, and is given every value by name; whatever else is asked goes by `journal.database`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Engine, Insert, PoolProxiedConnection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from journal import database

Values = Mapping[str, Any]
Found = tuple[Any, ...]
Convert = Callable[[Any], Any]


class Prepared:
    """A statement for one engine and one set of named values."""

    def __init__(self, statement: Select[Any] | Insert, names: Sequence[str], engine: Engine) -> None:
        dialect = engine.dialect
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        if compiled.binds.keys() != set(names):
            raise ValueError("every value of the statement is to be given by its name, and no other")
        types = {name: it.type.dialect_impl(dialect) for name, it in compiled.binds.items()}
        self.sql = str(compiled)
        self._named = compiled.positiontup is None
        self._in = [(name, types[name].bind_processor(dialect)) for name in compiled.positiontup or names]
        columns = statement.selected_columns if isinstance(statement, Select) else ()
        self._out = [_reader(column.type, engine) for column in columns]

    def bound(self, values: Values) -> Any:
        """The values as the driver takes them."""
        if self._named:
            return {name: convert(values[name]) if convert else values[name] for name, convert in self._in}
        return [convert(values[name]) if convert else values[name] for name, convert in self._in]

    def read(self, row: Sequence[Any]) -> Found:
        """A row of the driver's as our types have it."""
        return tuple([convert(it) if convert else it for it, convert in zip(row, self._out, strict=True)])


def first(statement: Select[Any], values: Values) -> Found | None:
    """The first row found, its columns in the order they are selected; it sees the latest commit."""
    engine = database.alone()
    prepared = _prepared(statement, tuple(values), engine)
    row = _run(engine, prepared.sql, prepared.bound(values), _first)
    return None if row is None else prepared.read(row)


def write(statement: Insert, values: Values) -> None:
    """One row more, durable when this returns."""
    engine = database.alone()
    prepared = _prepared(statement, tuple(values), engine)
    bound = prepared.bound(values)
    # The turn first, as everywhere: who waited for it with a connection in hand would keep those from whoever has it.
    with database.turn(engine):
        _run(engine, prepared.sql, bound, _nothing)


@lru_cache(maxsize=64)
def _prepared(statement: Select[Any] | Insert, names: tuple[str, ...], engine: Engine) -> Prepared:
    return Prepared(statement, names, engine)


def _reader(column: TypeEngine[Any], engine: Engine) -> Convert | None:
    return column.dialect_impl(engine.dialect).result_processor(engine.dialect, None)


def _run(engine: Engine, sql: str, bound: Any, take: Convert) -> Any:
    """What `take` makes of the cursor; what the driver refuses is raised as SQLAlchemy would."""
    connection = _connect(engine)
    try:
        cursor = connection.cursor()
        try:
            cursor.execute(sql, bound)
            return take(cursor)
        finally:
            # A look-up that is not over would hold SQLite's log back.
            cursor.close()
    except engine.dialect.loaded_dbapi.Error as error:
        lost = engine.dialect.is_disconnect(error, connection, None)
        if lost:
            # As SQLAlchemy's own connection: what ended this one may have ended those that wait in the pool.
            engine.pool._invalidate(connection, error)
        raise _named(engine, error, lost) from error
    except BaseException as error:
        # Broken off at an unknown place, by a signal for instance: nobody else is to be given this connection.
        if not isinstance(error, Exception):
            connection.invalidate(error)
        raise
    finally:
        if connection.is_valid:
            connection.close()


def _connect(engine: Engine) -> PoolProxiedConnection:
    try:
        return engine.raw_connection()
    except engine.dialect.loaded_dbapi.Error as error:
        raise _named(engine, error, engine.dialect.is_disconnect(error, None, None)) from error


def _named(engine: Engine, error: Exception, lost: bool) -> BaseException:
    """A driver's error as SQLAlchemy names it, with neither the statement nor its values in it."""
    base = engine.dialect.loaded_dbapi.Error
    return DBAPIError.instance(None, None, error, base, connection_invalidated=lost, dialect=engine.dialect)


def _first(cursor: Any) -> Any:
    return cursor.fetchone()


def _nothing(_cursor: Any) -> None:
    return None
