"""Real parts for every test: an app on real stores, and the cast who use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Person, join, join_therapist
from tests.stores import Stores, close_all, new_app, postgres_server


@pytest.fixture(scope="session", autouse=True)
def tidy() -> Iterator[None]:
    """Connections are given back before the stores go."""
    yield
    close_all()


@pytest.fixture(scope="session")
def postgres(tidy: None) -> Iterator[str]:
    """The address of a real PostgreSQL server of this run's own, without a database's name."""
    with postgres_server() as url:
        yield url
        close_all()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Stores:
    """SQLite stores, migrated, shared by the tests of one process: people keep them apart, as in life."""
    return Stores.sqlite(tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session")
def app(stores: Stores):
    return new_app(stores)


@pytest.fixture(scope="session")
def the_cast(app) -> dict[str, Person]:
    """Signed up once: every password costs a real Argon2id."""
    return {name: join(app, name) for name in ("maya", "noor")}


@pytest.fixture
def maya(the_cast, app) -> Person:
    """Keeps a journal."""
    return the_cast["maya"].fresh(app)


@pytest.fixture
def noor(the_cast, app) -> Person:
    """Keeps another, and must never see Maya's."""
    return the_cast["noor"].fresh(app)


@pytest.fixture(scope="session")
def the_therapists(app) -> dict[str, Person]:
    """Signed up once, by invitation, each with a second factor."""
    names = {"okafor": "Dr Okafor", "lind": "Dr Lind"}
    return {name: join_therapist(app, name, display_name) for name, display_name in names.items()}


@pytest.fixture
def okafor(the_therapists, app) -> Person:
    """Reviews what is shared with her."""
    return the_therapists["okafor"].still_in().fresh(app)


@pytest.fixture
def lind(the_therapists, app) -> Person:
    """Has no share."""
    return the_therapists["lind"].still_in().fresh(app)


@pytest.fixture
def visitor(app) -> Person:
    """Is nobody."""
    return Person.nobody(app)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path
