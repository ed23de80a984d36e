"""The second factor: codes of six digits that change every half minute (RFC 6238), from a secret two devices share."""

import os

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from .framing import exactly

SECRET_BYTES = 20
DIGITS = 6
STEP_SECONDS = 30
# The clocks of two devices differ, and a code is typed slowly: the step before and the next are taken too.
DRIFT = 1


def new_factor_secret() -> bytes:
    """20 random bytes, as RFC 4226 recommends."""
    return os.urandom(SECRET_BYTES)


def matching_step(secret: bytes, code: str, at: int, after: int = -1) -> int | None:
    """The step whose code this is, around `at` (seconds since 1970) and later than step `after`; None for no such step.

    Keep the answer and give it as `after` the next time, so that no code works twice.
    """
    totp, given, now = _totp(secret), code.encode("utf-8", "surrogatepass"), at // STEP_SECONDS
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        fits = step >= 0 and bytes_eq(totp.generate(step * STEP_SECONDS), given)
        if fits and step > after and found is None:
            found = step
    return found


def code_at(secret: bytes, at: int) -> str:
    """The code an authenticator app shows at `at`, in seconds since 1970."""
    return _totp(secret).generate(at).decode()


def provisioning_uri(secret: bytes, issuer: str, login_name: str) -> str:
    """What an authenticator app reads from a QR code."""
    return _totp(secret).get_provisioning_uri(login_name, issuer)


def _totp(secret: bytes) -> TOTP:
    # SHA-1 because every authenticator app knows it; HMAC does not rest on what SHA-1 has lost.
    return TOTP(exactly(secret, SECRET_BYTES, "second factor's secret"), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
