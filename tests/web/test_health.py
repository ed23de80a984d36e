"""Whether it is there, and whether it can serve: a status for a proxy, and not a word for a stranger."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text

from journal.database import db
from journal.web import health
from tests.cast import Person
from tests.stores import Stores, new_app
from tests.web.told import the_log


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def app(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("health")
    if request.param == "sqlite":
        return new_app(Stores.sqlite(folder))
    return new_app(Stores.postgres(folder, request.getfixturevalue("postgres"), "health"))


@pytest.fixture
def ask(app, monkeypatch):
    """Asks as a stranger does, and gets no answer that was kept."""
    monkeypatch.setattr(health, "FRESH", 0.0)
    # A busy machine is not a store that is away; one story below is of the second it has in life.
    monkeypatch.setattr(health, "PATIENCE", 30.0)
    client = Person.nobody(app).client
    assert client.get("/ready").status_code == 204
    return client.get


def says_nothing(answer) -> None:
    assert answer.headers["Cache-Control"] == "no-store"
    if answer.status_code == 204:
        assert answer.data == b""
    else:
        assert answer.json == {"type": "/problems/not-ready", "title": "Not ready", "status": 503, "detail": ""}
        assert int(answer.headers["Retry-After"]) > 0


class Away:
    """A store that cannot be reached for a while."""

    def __init__(self, app, bind) -> None:
        with app.app_context():
            self.engine = db.engines[bind]

    def __enter__(self) -> None:
        if self.engine.dialect.name == "sqlite":
            self.file = Path(self.engine.url.database)
            self.file.rename(f"{self.file}.away")
        else:
            self._let_in(False)

    def __exit__(self, *_) -> None:
        if self.engine.dialect.name == "sqlite":
            Path(f"{self.file}.away").rename(self.file)
        else:
            self._let_in(True)

    def _let_in(self, whoever: bool) -> None:
        import psycopg

        name = self.engine.url.database
        server = self.engine.url.set(drivername="postgresql", database="postgres").render_as_string(False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {whoever}')
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


def well_again(ask) -> bool:
    """A connection that broke meanwhile may be noticed by the first who takes it."""
    return any(ask("/ready").status_code == 204 for _ in range(3))


@pytest.mark.parametrize(("bind", "name"), [(None, "database"), ("keyring", "keyring")])
def test_with_a_store_away_it_is_not_ready_and_still_there(app, ask, bind, name):
    with the_log() as lines, Away(app, bind):
        answers = [ask("/ready") for _ in range(3)]
        assert {answer.status_code for answer in answers} == {503}
        says_nothing(answers[0])
        alive = ask("/health")
        assert alive.status_code == 204
        says_nothing(alive)
    told = [(line["event"], line["store"]) for line in lines if "store" in line]
    assert told == [("not-ready", name)]  # once, however often it is asked

    with the_log() as lines:
        assert well_again(ask)
    assert [(line["event"], line["store"]) for line in lines if "store" in line] == [("ready-again", name)]


@pytest.mark.parametrize("bind", [None, "keyring"])
def test_with_a_schema_that_is_behind_it_is_not_ready(app, ask, bind):
    table = health.STORES["keyring" if bind else "database"][1]
    for behind in ("0001", None):
        with the_log() as lines, as_revision(app, bind, table, behind):
            answer = ask("/ready")
            assert answer.status_code == 503
            says_nothing(answer)
            assert ask("/health").status_code == 204
        assert [(line["event"], line["store"]) for line in lines if "store" in line] == [("not-ready", "schema")]
        assert well_again(ask)


def test_a_later_releases_schema_is_served(app, ask):
    """Stores are brought forward first, then one process after another."""
    with as_revision(app, None, "alembic_version_journal", "9999"):
        assert ask("/ready").status_code == 204


class as_revision:  # noqa: N801
    """The store says it is of another revision, or of none."""

    def __init__(self, app, bind, table, revision) -> None:
        with app.app_context():
            self.engine, self.table, self.revision = db.engines[bind], table, revision

    def __enter__(self) -> None:
        with self.engine.begin() as connection:
            self.before = connection.execute(text(f"SELECT version_num FROM {self.table}")).scalar_one()
            connection.execute(text(f"DELETE FROM {self.table}"))
            self._put(connection, self.revision)

    def __exit__(self, *_) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(f"DELETE FROM {self.table}"))
            self._put(connection, self.before)

    def _put(self, connection, revision) -> None:
        if revision is not None:
            connection.execute(text(f"INSERT INTO {self.table} VALUES (:revision)"), {"revision": revision})


def test_a_store_that_hangs_is_given_a_second(app, ask, monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 1.0)
    with app.app_context():
        engine = db.engines[None]
    if engine.dialect.name == "sqlite":
        pytest.skip("nothing makes a reader of SQLite wait")
    with engine.begin() as connection:
        connection.execute(text("LOCK TABLE alembic_version_journal IN ACCESS EXCLUSIVE MODE"))
        # It hangs until the block ends, and there is an answer before that.
        assert ask("/ready").status_code == 503
        looking = [thread for thread in threading.enumerate() if thread.name == "ready"]
        assert ask("/ready").status_code == 503
        # No second one was sent after the first.
        assert [thread for thread in threading.enumerate() if thread.name == "ready"] == looking
        assert ask("/health").status_code == 204
    monkeypatch.setattr(health, "PATIENCE", 30.0)
    assert well_again(ask)


def test_strangers_cannot_make_the_stores_work(app, ask, monkeypatch):
    monkeypatch.setattr(health, "FRESH", 60.0)
    statements = []
    with app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    assert {ask("/ready").status_code for _ in range(50)} == {204}

    assert 2 <= len(statements) <= 8
    app.extensions.pop("ready")


def test_health_asks_no_store(app, ask):
    statements = []
    with app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    answer = ask("/health")

    assert (answer.status_code, statements) == (204, [])
    says_nothing(answer)
    assert ask("/ready").status_code == 204
    assert statements
