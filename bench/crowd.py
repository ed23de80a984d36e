"""A database with many people in it, made quickly: rows as large as sealed ones, which nobody will ever open."""

import os
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import Table, select

from journal import clock
from journal.accounts.models import ACCOUNTS
from journal.database import db, reading
from journal.sessions.kinds import CHECK_IN, SESSION

SESSIONS, CHECK_INS = 50, 5  # of a person, of a session
KEY, BODY = 70, 582
BATCH = 10_000

Values = dict[str, Any]


def fill(app: Flask, check_ins: int) -> None:
    """So many check-ins, each of a session of somebody. One person must have signed up, whose account is copied."""
    with app.app_context():
        people = -(-check_ins // (SESSIONS * CHECK_INS))
        accounts = sorted(os.urandom(16) for _ in range(people))
        _store(ACCOUNTS, _accounts(accounts))
        sessions = [(account, it) for account in accounts for it in sorted(os.urandom(16) for _ in range(SESSIONS))]
        _store(SESSION.model.__table__, (_sealed(account, it) for account, it in sessions))
        _store(CHECK_IN.model.__table__, islice(_check_ins(sessions), check_ins))
        _settle()


def _accounts(ids: list[bytes]) -> Iterator[Values]:
    with reading() as c:
        one = c.execute(select(ACCOUNTS).limit(1)).one()._asdict()
    for account in ids:
        yield one | {"id": account, "login_index": os.urandom(32)}


def _check_ins(sessions: list[tuple[bytes, bytes]]) -> Iterator[Values]:
    for account, session in sessions:
        for _ in range(CHECK_INS):
            yield _sealed(account, uuid4().bytes) | {"session_id": session}


def _sealed(account: bytes, row_id: bytes) -> Values:
    noise = os.urandom(2 * (KEY + BODY))
    return {
        "account_id": account, "id": row_id, "revision": 1, "stored_at": clock.this_hour(), "ratings_key": noise[:KEY],
        "ratings": noise[KEY : KEY + BODY], "story_key": noise[-KEY:], "story": noise[KEY + BODY : -KEY],
    }  # fmt: skip


def _store(table: Table, rows: Iterator[Values]) -> None:
    columns = [column.name for column in table.columns]
    connection = db.engine.raw_connection()
    try:
        cells = ([row.get(name) for name in columns] for row in rows)
        if db.engine.dialect.name == "postgresql":
            with connection.cursor().copy(f"COPY {table.name} ({', '.join(columns)}) FROM STDIN") as copy:  # type: ignore[attr-defined]
                for row in cells:
                    copy.write_row(row)
        else:
            _executed(connection, table.name, columns, cells)
    finally:
        connection.close()


def _executed(connection: Any, name: str, columns: list[str], cells: Iterator[list[Any]]) -> None:
    cursor = connection.cursor()
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"
    cursor.execute("PRAGMA synchronous=OFF")
    while batch := [[_as_text(cell) for cell in row] for row in islice(cells, BATCH)]:
        cursor.execute("BEGIN")
        cursor.executemany(statement, batch)
        cursor.execute("COMMIT")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.execute("PRAGMA synchronous=FULL")


def _as_text(cell: Any) -> Any:
    return f"{cell:%Y-%m-%d %H:%M:%S.%f}" if isinstance(cell, datetime) else cell


def _settle() -> None:
    """What the server would do by itself in a quiet hour."""
    if db.engine.dialect.name == "postgresql":
        with reading() as c:
            for what in ("VACUUM ANALYZE", "CHECKPOINT"):
                c.exec_driver_sql(what)
