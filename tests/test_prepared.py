"""Statements handed to the driver: what they find, what they raise, and what becomes of their connection."""

from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from journal import database, prepared
from journal.accounts.models import DEVICES, SIGN_INS
from journal.database import db
from tests.statements import said
from tests.stores import on_postgres, on_sqlite

AT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
BY_ID = select(DEVICES.c.created_at, DEVICES.c.account_id).where(DEVICES.c.id == bindparam("id"))
BY_ACCOUNT = select(DEVICES.c.id).where(DEVICES.c.account_id == bindparam("account_id"))
KEEP = insert(DEVICES)


@pytest.fixture
def device(app, maya) -> dict:
    """A row that Maya's account could have."""
    with app.app_context(), database.reading() as c:
        account_id = c.execute(select(SIGN_INS.c.account_id)).scalars().first()
        yield {"id": uuid4().bytes * 2, "account_id": account_id, "created_at": AT}


def test_what_is_written_is_found_in_our_types(device):
    prepared.write(KEEP, device)
    assert prepared.first(BY_ID, {"id": device["id"]}) == (AT, device["account_id"])
    assert prepared.first(BY_ID, {"id": uuid4().bytes * 2}) is None


def test_it_is_one_statement_and_durable_with_no_other(app, device, folder):
    for _ in range(6):  # At its sixth time PostgreSQL's driver makes a statement ready, by a trip of its own.
        prepared.write(KEEP, device | {"id": uuid4().bytes * 2})
    with said(app, folder) as statements:
        prepared.write(KEEP, device)
    assert len(statements) == 1
    with database.reading() as c:
        assert c.execute(BY_ID, {"id": device["id"]}).one() == (AT, device["account_id"])


def test_every_value_is_given_by_its_name(device):
    with pytest.raises(ValueError, match="by its name"):
        prepared.first(BY_ID, {})
    with pytest.raises(ValueError, match="by its name"):
        prepared.first(BY_ID, {"id": device["id"], "more": 1})


def test_a_refusal_is_named_as_elsewhere_and_says_nothing_of_the_values(device):
    prepared.write(KEEP, device)
    with pytest.raises(IntegrityError) as refused:
        prepared.write(KEEP, device)
    assert refused.value.params is None
    assert refused.value.statement is None
    assert not refused.value.connection_invalidated
    assert prepared.first(BY_ID, {"id": device["id"]}) is not None


@on_sqlite
def test_a_look_up_does_not_hold_the_log_back(device, monkeypatch):
    """Of several rows the first is taken, and whoever still knows the cursor holds nothing with it."""
    for _ in range(2):
        prepared.write(KEEP, device | {"id": uuid4().bytes * 2})
    cursors = []

    def first(cursor: Any) -> Any:
        cursors.append(cursor)
        return cursor.fetchone()

    monkeypatch.setattr(prepared, "_first", first)
    assert prepared.first(BY_ACCOUNT, {"account_id": device["account_id"]})
    with database.reading() as c:
        busy, _, _ = c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    assert (len(cursors), busy) == (1, 0)


@on_sqlite
def test_it_writes_in_its_turn_and_asks_for_a_connection_then(app, device, monkeypatch):
    """Not before: of those who wait with one in hand, whoever has the turn might get none."""
    engine, written = database.alone(), Event()
    gate, asked = database._thread_gate(str(engine.url.database)), []

    def connect(self: Engine) -> Any:
        asked.append(gate.locked())
        return pooled(self)

    def write() -> None:
        with app.app_context():
            prepared.write(KEEP, device)
        written.set()

    pooled = Engine.raw_connection
    monkeypatch.setattr(Engine, "raw_connection", connect)
    with database.turn(engine):
        Thread(target=write).start()
        assert not written.wait(0.2)
        assert asked == []
    assert written.wait(10)
    assert asked == [True]


def test_a_store_that_takes_no_connection_is_named_as_elsewhere(device, monkeypatch):
    def refuse(self: Engine) -> Any:
        raise self.dialect.loaded_dbapi.OperationalError("no")

    monkeypatch.setattr(Engine, "raw_connection", refuse)
    with pytest.raises(OperationalError):
        prepared.first(BY_ID, {"id": device["id"]})


def test_one_that_is_broken_off_leaves_its_connection_to_nobody(device, monkeypatch):
    taken = []

    def interrupted(cursor: Any) -> None:
        taken.append(cursor.connection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(prepared, "_first", interrupted)
        with pytest.raises(KeyboardInterrupt):
            prepared.first(BY_ID, {"id": device["id"]})
    connections = [db.engine.raw_connection() for _ in range(db.engine.pool.size())]
    assert taken[0] not in [it.driver_connection for it in connections]
    for connection in connections:
        connection.close()


@on_postgres
def test_one_that_was_lost_is_given_to_nobody_and_neither_are_those_in_the_pool(device, monkeypatch):
    prepared.write(KEEP, device)
    before = numbers()

    def ended(cursor: Any) -> None:
        with database.reading() as c:
            c.exec_driver_sql("SELECT pg_terminate_backend(%(pid)s)", {"pid": cursor.connection.info.backend_pid})
        cursor.execute("SELECT 1")

    with monkeypatch.context() as patched:
        patched.setattr(prepared, "_first", ended)
        with pytest.raises(OperationalError) as lost:
            prepared.first(BY_ID, {"id": device["id"]})
    assert lost.value.connection_invalidated
    assert not numbers() & before
    assert prepared.first(BY_ID, {"id": device["id"]}) is not None


def numbers() -> set[int]:
    """The server's for each of several connections out of the pool."""
    several = [db.engine.raw_connection() for _ in range(3)]
    found = {connection.driver_connection.info.backend_pid for connection in several}
    for connection in several:
        connection.close()
    return found
