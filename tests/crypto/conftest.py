import pytest

from journal.crypto import Peppers, ShareKeys, wrap_for_password

from .cast import PASSWORD, Keeper, new_peppers


@pytest.fixture(scope="session")
def maya() -> Keeper:
    return Keeper()


@pytest.fixture(scope="session")
def noor() -> Keeper:
    return Keeper()


@pytest.fixture(scope="session")
def okafor() -> Keeper:
    return Keeper()


@pytest.fixture
def share(maya: Keeper) -> ShareKeys:
    """A new share of Maya's, for ratings and story."""
    return maya.share()


@pytest.fixture(scope="session")
def peppers() -> Peppers:
    return new_peppers()


@pytest.fixture(scope="session")
def mayas_way_in(maya: Keeper) -> bytes:
    """Maya's bundle under her password; made once, because the work is meant to be slow."""
    return wrap_for_password(maya.bundle, PASSWORD, maya.account_id)
