"""Maya, and a phone of hers, on both databases."""


import pytest

from tests.cast import join
from tests.deposits.phone import Phone
from tests.sessions.stored import Stored
from tests.stores import new_app


@pytest.fixture(scope="package")
def served(new_stores):
    return new_app(new_stores("deposits"), deposits_an_hour=100_000)


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
