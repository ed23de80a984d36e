"""A clinic on either engine, and an empty host beside it."""

from collections.abc import Callable

import pytest

from tests.operating.clinic import Clinic, make_clinic


@pytest.fixture
def new_clinic(folder, request) -> Callable[..., Clinic]:
    """A host on stores of its own; all of them in one test have one operator."""

    def made(engine: str = "sqlite", **changes) -> Clinic:
        server = request.getfixturevalue("postgres") if engine == "postgres" else None
        return make_clinic(folder, server, **changes)

    return made
