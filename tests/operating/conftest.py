"""A clinic on either engine, and an empty host beside it."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from journal.operating.backup import keys
from tests.operating.clinic import Clinic
from tests.stores import Stores, new_app


@pytest.fixture
def new_clinic(folder, request) -> Callable[..., Clinic]:
    """A host on stores of its own; all of them have one operator."""
    key = folder / "operator.key"

    def made(engine: str = "sqlite", **changes) -> Clinic:
        here = folder / f"host-{uuid4().hex[:8]}"
        backups = here / "backups"
        backups.mkdir(parents=True)
        if not key.exists():
            keys.make(key, None)
        if engine == "sqlite":
            stores = Stores.sqlite(here)
        else:
            stores = Stores.postgres(here, request.getfixturevalue("postgres"), f"clinic_{uuid4().hex[:8]}")
        app = new_app(stores, backup_key=keys.public_beside(key), **changes)
        return Clinic(here, stores, app, engine, key, backups)

    return made
