"""Dr Okafor on her way in, by invitation. Modules of her stories import the fixtures."""

import pytest

from tests.cast import Person, enter, join_therapist


@pytest.fixture(name="half")
def half_in(app) -> Person:
    """Dr Okafor, just signed up by invitation."""
    return enter(app, "okafor")


@pytest.fixture(name="okafor")
def wholly_in(app) -> Person:
    """Dr Okafor, with a second factor."""
    return join_therapist(app, "okafor", "Dr Okafor")


def slug(answer) -> tuple[int, str]:
    """An answer's status, and which problem it is."""
    return answer.status_code, answer.json["type"].removeprefix("/problems/")
