"""The stories of this room, on both databases; every answer in them is held to what the API says of itself."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from journal.database import db, writing
from journal.sessions.models import Addition, CheckIn, Course, DosingSession
from tests.cast import Person, join
from tests.sessions.stored import Stored
from tests.stage import Stage, behind, described, the_app, the_stages_cast  # noqa: F401  fixtures
from tests.stores import new_app


@pytest.fixture(scope="session")
def stage(new_stores) -> Iterator[Stage]:
    app = new_app(new_stores("sessions"))
    yield Stage(app, {name: join(app, name) for name in ("maya", "noor")}, stored := Stored(app))
    stored.close()


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
