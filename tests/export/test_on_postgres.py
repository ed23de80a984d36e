"""The stories of coming in, undoing and the token once more, on the other database."""

from uuid import uuid4

import pytest

from tests.cast import join
from tests.export.test_imports import (  # noqa: F401  collected here again, on another app
    TestAllOrNothing,
    TestComingIn,
    TestUndoing,
    file,
)
from tests.export.test_token import (  # noqa: F401
    test_a_new_pepper_keeps_it,
    test_it_goes_with_signing_out_everywhere_and_with_the_account,
    test_it_is_over_after_fifteen_minutes,
    test_it_takes_out_what_its_owner_would,
)
from tests.stores import Stores, new_app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def app(tmp_path_factory, postgres):
    return new_app(Stores.postgres(tmp_path_factory.mktemp("export"), postgres, f"export_{uuid4().hex[:8]}"))


@pytest.fixture(scope="module")
def the_cast(app):
    return {name: join(app, name) for name in ("maya", "noor")}
