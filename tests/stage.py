"""A room's stage: an app of its own, its cast, and the way behind its back. Conftests import the fixtures."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from tests.cast import Person
from tests.described import Description
from tests.sessions.stored import Stored


@dataclass
class Stage:
    """The app on one database, its cast, and the way behind its back."""

    app: Flask
    cast: dict[str, Person]
    stored: Stored


@pytest.fixture(name="app")
def the_app(stage: Stage) -> Flask:
    return stage.app


@pytest.fixture(name="the_cast")
def the_stages_cast(stage: Stage) -> dict[str, Person]:
    return stage.cast


@pytest.fixture(name="database")
def behind(stage: Stage) -> Stored:
    return stage.stored


@pytest.fixture(autouse=True)
def described(request) -> Iterator[None]:
    """No answer of any story may differ from what the API says of itself, and none is an error of the server."""
    if "app" not in request.fixturenames:
        yield
        return
    description = Description.of(request.getfixturevalue("app"))
    yield
    assert description.take_surprises() == []
