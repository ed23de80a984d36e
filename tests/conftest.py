"""Real parts for every test: an app on real stores, and the cast who use it."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cast import Person, join, join_therapist
from tests.stores import NewStores, Stores, close_all, new_app, postgres_server

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Operating a host, and what goes wrong with one, is servers and commands of its own in every test."""
    for item in items:
        if item.path.parent in (HERE / "operating", HERE / "faults"):
            item.add_marker(pytest.mark.slow)


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


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def engine(request) -> str:
    """Whatever needs a store runs on both engines; in the everyday suite on SQLite alone."""
    return request.param


@pytest.fixture(scope="session")
def new_stores(engine, request, tmp_path_factory) -> NewStores:
    """New stores on the engine, by a name that says whose they are."""

    def make(name: str) -> Stores:
        folder = tmp_path_factory.mktemp(name)
        if engine == "sqlite":
            return Stores.sqlite(folder)
        return Stores.postgres(folder, request.getfixturevalue("postgres"), f"{name}_{uuid4().hex[:8]}")

    return make


@pytest.fixture(scope="session")
def stores(new_stores) -> Stores:
    """Shared by the tests of one process: people keep them apart, as in life."""
    return new_stores("stores")


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
