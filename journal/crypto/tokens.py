"""Random keys and tokens, and what a database may keep of them."""

import os
import re
import secrets
import unicodedata

from .framing import exactly
from .labels import KEY_BYTES, Label, derive, expand

_PURPOSE = re.compile(r"[a-z][a-z-]{0,31}")


def new_key() -> bytes:
    """32 random bytes: a pepper, a lock key, an index key."""
    return os.urandom(KEY_BYTES)


def new_token() -> str:
    """256 random bits as 43 characters that fit a cookie or a link."""
    return secrets.token_urlsafe(KEY_BYTES)


def token_hash(purpose: str, token: str) -> bytes:
    """What the database keeps of a random token; only for tokens of 80 random bits or more."""
    return derive(_utf8(token), Label.TOKEN_HASH, _purpose(purpose))


def subject_hash(index_key: bytes, purpose: str, subject: str) -> bytes:
    """A blind name for something guessable (an address, a login name), under a key kept elsewhere."""
    exactly(index_key, KEY_BYTES, "index key")
    return expand(index_key, Label.SUBJECT_HASH, _purpose(purpose) + b"\0" + _utf8(subject))


def normalise_login_name(name: str) -> str:
    """The one spelling of a login name: without outer spaces, NFKC, case folded."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return folded.strip()


def login_index(index_key: bytes, login_name: str) -> bytes:
    """The blind index by which an account is found; equal for every spelling of the same name."""
    exactly(index_key, KEY_BYTES, "index key")
    return expand(index_key, Label.LOGIN_INDEX, _utf8(normalise_login_name(login_name)))


def _purpose(purpose: str) -> bytes:
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError("a purpose is 1 to 32 letters a-z and hyphens")
    return purpose.encode()


def _utf8(text: str) -> bytes:
    # Lone surrogates can arrive in JSON; they are a name nobody has, not a reason to fail.
    return text.encode("utf-8", "surrogatepass")
