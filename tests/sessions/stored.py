"""Both stores, as somebody sees them who can write to them behind the application's back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Table, bindparam, create_engine, delete, insert, select, update

from journal.database import KEYRING, db

Row = dict[str, Any]
TABLES = {"courses": "courses", "sessions": "dosing_sessions", "check-ins": "check_ins", "additions": "additions"}
SEALED = ("ratings_key", "ratings", "story_key", "story")


class Stored:
    """Reads and writes whatever it likes: links between tables are not checked for it."""

    def __init__(self, app: Flask) -> None:
        unchecked = {"postgresql": {"options": "-c session_replication_role=replica"}}
        with app.app_context():
            self._engines = {
                bind: create_engine(engine.url, connect_args=unchecked.get(engine.dialect.name, {}))
                for bind, engine in db.engines.items()
            }

    def close(self) -> None:
        for engine in self._engines.values():
            engine.dispose()

    def rows(self, name: str, **where: Any) -> list[Row]:
        table, engine = self._find(name)
        with engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(_where(select(table), table, where))]

    def row(self, kind: str, address: str) -> Row:
        [found] = self.rows(TABLES[kind], id=UUID(address[-36:]).bytes)
        return found

    def change(self, name: str, where: Row, **values: Any) -> None:
        table, engine = self._find(name)
        with engine.begin() as connection:
            assert connection.execute(_where(update(table), table, where).values(values)).rowcount == 1

    def seal_otherwise(self, name: str, rows: list[Row]) -> None:
        """Put other sealed columns in rows, all at once."""
        table, engine = self._find(name)
        statement = update(table).where(table.c.id == bindparam("which"))
        with engine.begin() as connection:
            connection.execute(
                statement.values({column: bindparam(f"new_{column}") for column in SEALED}),
                [{"which": row["id"], **{f"new_{column}": row[column] for column in SEALED}} for row in rows],
            )

    def replace(self, name: str, *rows: Row) -> None:
        """The rows in place of whatever the table holds."""
        table, engine = self._find(name)
        with engine.begin() as connection:
            connection.execute(delete(table))
            if rows:
                connection.execute(insert(table), list(rows))

    def run(self, statement: str) -> None:
        with self._engines[None].begin() as connection:
            connection.exec_driver_sql(statement)

    @contextmanager
    def put_back_after(self, *names: str) -> Iterator[None]:
        """Whatever is done to the tables meanwhile is undone."""
        before = {name: self.rows(name) for name in names}
        try:
            yield
        finally:
            for name, rows in before.items():
                self.replace(name, *rows)

    def _find(self, name: str) -> tuple[Table, Any]:
        bind = KEYRING if name in db.metadatas[KEYRING].tables else None
        return db.metadatas[bind].tables[name], self._engines[bind]


def _where(statement: Any, table: Table, where: Row) -> Any:
    return statement.where(*(table.c[name] == value for name, value in where.items()))


def flipped(value: bytes, bit: int) -> bytes:
    """The value with one bit turned over."""
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
