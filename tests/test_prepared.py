"""Statements handed to the driver: what they find, what they raise, and what becomes of their connection."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from journal import database, prepared
from journal.accounts.models import DEVICES, SIGN_INS
from journal.database import db
from tests.statements import said
from tests.stores import on_postgres, on_sqlite

AT = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
BY_ID = select(DEVICES.c.created_at, DEVICES.c.account_id).where(DEVICES.c.id == bindparam("id"))
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
def test_a_look_up_does_not_hold_the_log_back(device):
    prepared.write(KEEP, device)
    assert prepared.first(BY_ID, {"id": device["id"]})
    with database.reading() as c:
        busy, _, _ = c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    assert busy == 0


def test_one_that_is_broken_off_leaves_its_connection_to_nobody(device, monkeypatch):
    taken = []

    def interrupted(cursor: object) -> None:
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
def test_a_connection_that_was_lost_is_replaced(device, monkeypatch):
    prepared.write(KEEP, device)

    def ended(cursor: object) -> None:
        with database.reading() as c:
            c.exec_driver_sql("SELECT pg_terminate_backend(%(pid)s)", {"pid": cursor.connection.info.backend_pid})
        cursor.execute("SELECT 1")

    with monkeypatch.context() as patched:
        patched.setattr(prepared, "_first", ended)
        with pytest.raises(OperationalError) as lost:
            prepared.first(BY_ID, {"id": device["id"]})
    assert lost.value.connection_invalidated
    assert prepared.first(BY_ID, {"id": device["id"]}) is not None
