"""A server that closed its connections is not a failure, one that takes long is waited for, one that is away is not."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from journal import database
from journal.errors import Busy
from journal.postgres import set_up
from journal.reach import OutOfReach, Reach, in_time
from journal.web.stores import refusal
from tests.faults.patient import within
from tests.stores import Stores, new_app


@pytest.fixture(scope="module")
def app(tmp_path_factory, request) -> Flask:
    server = request.getfixturevalue("postgres")
    return new_app(Stores.postgres(tmp_path_factory.mktemp("reach"), server, "reach"))


@pytest.fixture
def asked(app) -> Iterator[None]:
    """Somebody is being answered."""
    with app.test_request_context():
        yield


@contextmanager
def one_connection() -> Iterator[int]:
    with database.reading() as c:
        yield c.execute(text("SELECT pg_backend_pid()")).scalar_one()


def test_what_the_server_closed_is_not_used_again(app, asked, postgres):
    """It was started again, or somebody ended all that was idle: whoever comes next does not notice."""
    for using in (database.reading, database.writing):
        with one_connection() as before:
            pass
        with psycopg.connect(f"{postgres}/postgres", autocommit=True) as operator:
            operator.execute("SELECT pg_terminate_backend(%s, 2000)", (before,))
        with using() as c:
            assert c.execute(text("SELECT pg_backend_pid()")).scalar_one() != before


def test_a_statement_that_takes_long_is_waited_for(app, asked, monkeypatch):
    """As long as the server takes connections it is there, and busy with what it was asked."""
    monkeypatch.setattr("journal.reach.SILENT", 0.2)
    monkeypatch.setattr("journal.reach.UNANSWERED", 10)
    with database.reading() as c:
        assert c.execute(text("SELECT 7 FROM pg_sleep(1.5)")).scalar_one() == 7
    assert not app.extensions["reaches"][None].away


def test_but_not_for_ever(app, asked, monkeypatch):
    monkeypatch.setattr("journal.reach.SILENT", 0.2)
    monkeypatch.setattr("journal.reach.LONGEST", 0.6)
    with pytest.raises(OperationalError) as given_up, database.reading() as c:
        c.execute(text("SELECT pg_sleep(20)"))
    assert given_up.value.connection_invalidated
    with one_connection():
        pass


def test_a_command_takes_the_time_it_needs(app, monkeypatch):
    monkeypatch.setattr("journal.reach.SILENT", 0.1)
    monkeypatch.setattr("journal.reach.LONGEST", 0.2)
    with app.app_context(), database.reading() as c:
        assert c.execute(text("SELECT 7 FROM pg_sleep(1)")).scalar_one() == 7


def test_what_the_other_host_had_locked_is_free_soon(app, asked):
    """A host that vanished, in the midst of a change, leaves a server that must notice by itself."""
    with database.reading() as c:
        found = {name: c.execute(text(f"SHOW {name}")).scalar_one() for name in ("tcp_user_timeout", IDLE)}
    assert found == {"tcp_user_timeout": "5000", IDLE: "15s"}


IDLE = "idle_in_transaction_session_timeout"


class Asked:
    """What a store is asked for: it may be away, and it may hang."""

    def __init__(self) -> None:
        self.away = True
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        if self.away:
            raise OSError


def test_one_asks_for_all_until_it_is_back():
    within(20, lambda: not asking())
    store = Asked()
    reach = Reach(store)
    reach.lost()
    for _ in range(50):
        reach.doubt()
    within(20, lambda: store.times >= 3)
    assert reach.away
    assert len(asking()) == 1
    store.away = False
    within(20, lambda: not reach.away)
    within(20, lambda: not asking())


def asking() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "reach"]


def test_one_doubt_alone_closes_no_door():
    store = Asked()
    store.away = False
    reach = Reach(store)
    assert not reach.given_up(silent=2)
    within(20, lambda: store.times == 1)
    assert not reach.away


def test_without_a_thread_to_ask_by_no_door_is_shut_for_ever(monkeypatch):
    """A host at its limit of threads: nobody could tell that the store is back."""
    reach = Reach(Asked())

    def no_more(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as host:
        host.setattr(threading.Thread, "start", no_more)
        reach.lost()
        assert not reach.away
    reach.lost()
    assert reach.away
    reach._ask.away = False
    within(20, lambda: not reach.away)


def is_busy_and_not_away(engine):
    reach = set_up(engine)
    with pytest.raises(OperationalError) as full:
        engine.connect()
    assert isinstance(refusal(full.value), Busy)
    assert not reach.away
    assert not reach.given_up(silent=2)
    within(20, lambda: not asking())
    assert not reach.away


def test_a_server_with_no_place_for_one_more_is_there(app, asked, postgres):
    """Whoever has a connection goes on, and whoever comes is told that it is busy: nobody that it is away."""
    with app.app_context():
        name = database.db.engines[None].url.database
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as operator:
        operator.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        engine = create_engine(f"{postgres.replace('shoreline@', 'crowded@')}/{name}".replace(":", "+psycopg:", 1))
        try:
            is_busy_and_not_away(engine)
        finally:
            operator.execute("DROP ROLE crowded")


def test_an_answer_that_comes_too_late_is_given_back():
    class Connection:
        closed = False

        def close(self) -> None:
            self.closed = True

    made = Connection()

    def slowly() -> Connection:
        time.sleep(0.3)
        return made

    with pytest.raises(OutOfReach):
        in_time(slowly, 0.1)
    within(20, lambda: made.closed)
    assert in_time(Connection, 1).closed is False
