"""Maya, and a phone of hers, on both databases."""

from uuid import uuid4

import pytest

from tests.cast import join
from tests.deposits.phone import Phone
from tests.sessions.stored import Stored
from tests.stores import Stores, new_app


@pytest.fixture(scope="package", params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def served(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("deposits")
    if request.param == "sqlite":
        return new_app(Stores.sqlite(folder), deposits_an_hour=100_000)
    stores = Stores.postgres(folder, request.getfixturevalue("postgres"), f"deposits_{uuid4().hex[:8]}")
    return new_app(stores, deposits_an_hour=100_000)


@pytest.fixture
def maya(served):
    return join(served, "maya")


@pytest.fixture
def phone(maya, served):
    return Phone.of(maya, served)


@pytest.fixture
def stored(served):
    behind = Stored(served)
    yield behind
    behind.close()
