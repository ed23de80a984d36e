"""What the cast's passwords are stretched to, with the real work, and once a run: they sign up hundreds of times, and
few stories are about what that costs. Whatever they keep opens for any other process too.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from unittest.mock import patch

from journal.crypto import IdentityBundle
from journal.crypto.password import SALT_BYTES, WORK, stretch, wrap_stretched

_one_at_a_time = RLock()
_stretched = cache(stretch)


@cache
def _salt(password: str) -> bytes:
    return os.urandom(SALT_BYTES)


def _wrapped(bundle: IdentityBundle, password: str, account_id: bytes) -> bytes:
    salt = _salt(password)
    return wrap_stretched(bundle, _stretched(password, WORK, salt), salt, account_id)


@contextmanager
def once_a_run() -> Iterator[None]:
    """In here a password is not stretched a second time with the same salt, and a new wrap has the salt of the last."""
    with (
        _one_at_a_time,
        patch("journal.accounts.ways_in.wrap_for_password", _wrapped),
        patch("journal.crypto.password.stretch", _stretched),
    ):
        yield
