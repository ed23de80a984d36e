"""The stories of sharing, on both databases, in a week of 2024; every answer is held to what the API says of itself."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete

from journal import clock
from journal.database import KEYRING, db, writing
from tests.cast import Person, join, join_therapist
from tests.sessions.stored import Stored
from tests.sharing.between import NOW, STORY, Journal, lends, meets, writes
from tests.stage import Stage, behind, described, the_app, the_stages_cast  # noqa: F401  fixtures
from tests.stores import new_app

# Children before their parents.
EMPTIED = (
    "returned_rows", "returns", "access_log", "access_log_heads", "reviews", "share_notes", "lent", "shares", "pins",
    "check_ins", "dosing_sessions", "courses", "additions",
)  # fmt: skip


@pytest.fixture(scope="session")
def stage(new_stores) -> Iterator[Stage]:
    app = new_app(new_stores("sharing"))
    cast = {name: join(app, name) for name in ("maya", "noor")}
    for name, shown in (("okafor", "Dr Okafor"), ("lind", "Dr Lind")):
        cast[name] = join_therapist(app, name, shown)
    yield Stage(app, cast, stored := Stored(app))
    stored.close()


@pytest.fixture
def the_therapists(the_cast) -> dict[str, Person]:
    return the_cast


@pytest.fixture
def maya(the_cast, app) -> Iterator[Person]:
    """Keeps a journal; in every story she begins it, and shares nothing yet. It is a week after her session."""
    begin_anew(app)
    with clock.at(NOW):
        yield the_cast["maya"].fresh(app)


@pytest.fixture
def journal(maya) -> Journal:
    """Two sessions of hers, told of."""
    return writes(maya)


@pytest.fixture
def pin(maya, okafor, journal) -> str:
    """Dr Okafor, whom she met in person."""
    return meets(maya, okafor)


@pytest.fixture
def share(maya, pin, journal) -> str:
    """All of it, words too, lent to Dr Okafor."""
    return lends(maya, pin, STORY, journal.sessions, ask="The garden")


def begin_anew(app: Flask) -> None:
    """Empty every journal and whatever was lent of it."""
    with app.app_context():
        with writing() as connection:
            for name in EMPTIED:
                connection.execute(delete(db.metadata.tables[name]))
        with writing(KEYRING) as connection:
            connection.execute(delete(db.metadatas[KEYRING].tables["share_keys"]))
