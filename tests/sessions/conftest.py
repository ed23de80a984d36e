"""The stories of this room, on both databases; every answer in them is held to what the API says of itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete

from journal.database import db, writing
from journal.sessions.models import Addition, CheckIn, Course, DosingSession
from tests.cast import Person, join
from tests.described import Description
from tests.sessions.stored import Stored
from tests.stores import Stores, new_app


@dataclass
class Stage:
    """The app on one database, its cast, and the way behind its back."""

    app: Flask
    cast: dict[str, Person]
    stored: Stored


Stages = Callable[[str], Stage]


@pytest.fixture(scope="session")
def stages(tmp_path_factory, request) -> Iterator[Stages]:
    """Each is made when a test first asks for it."""
    made: dict[str, Stage] = {}

    def make(engine: str) -> Stage:
        folder = tmp_path_factory.mktemp(f"sessions-{engine}")
        if engine == "sqlite":
            stores = Stores.sqlite(folder)
        else:
            stores = Stores.postgres(folder, request.getfixturevalue("postgres"), "journal_of_sessions")
        app = new_app(stores)
        return Stage(app, {name: join(app, name) for name in ("maya", "noor")}, Stored(app))

    def on(engine: str) -> Stage:
        if engine not in made:
            made[engine] = make(engine)
        return made[engine]

    yield on
    for stage in made.values():
        stage.stored.close()


@pytest.fixture
def engine(request) -> str:
    """SQLite, unless the test asks for more with `on_both`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def app(engine, stages) -> Flask:
    return stages(engine).app


@pytest.fixture
def the_cast(engine, stages) -> dict[str, Person]:
    return stages(engine).cast


@pytest.fixture
def database(engine, stages) -> Stored:
    return stages(engine).stored


@pytest.fixture(autouse=True)
def described(request) -> Iterator[None]:
    """No answer of any story may differ from what the API says of itself."""
    if "app" not in request.fixturenames:
        yield
        return
    description = Description.of(request.getfixturevalue("app"))
    yield
    assert description.take_surprises() == []


@pytest.fixture
def maya(the_cast, app) -> Person:
    """Keeps a journal; in every story she begins it."""
    begin_anew(app)
    return the_cast["maya"].fresh(app)


def begin_anew(app: Flask) -> None:
    """Empty every journal: stories that read a whole journal must not meet each other's."""
    with app.app_context(), writing() as connection:
        for model in (CheckIn, DosingSession, Course, Addition):
            connection.execute(delete(db.metadata.tables[model.__tablename__]))
