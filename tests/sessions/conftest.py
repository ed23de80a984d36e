"""The stories of this room, on both databases; every answer in them is held to what the API says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import delete

from journal.database import db, writing
from journal.sessions.models import Addition, CheckIn, Course, DosingSession
from tests.cast import Person, join
from tests.described import Description
from tests.sessions.stored import Stored
from tests.stores import new_app


@dataclass
class Stage:
    """The app on one database, its cast, and the way behind its back."""

    app: Flask
    cast: dict[str, Person]
    stored: Stored


@pytest.fixture(scope="session")
def stage(new_stores) -> Iterator[Stage]:
    app = new_app(new_stores("sessions"))
    yield Stage(app, {name: join(app, name) for name in ("maya", "noor")}, stored := Stored(app))
    stored.close()


@pytest.fixture
def app(stage) -> Flask:
    return stage.app


@pytest.fixture
def the_cast(stage) -> dict[str, Person]:
    return stage.cast


@pytest.fixture
def database(stage) -> Stored:
    return stage.stored


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
