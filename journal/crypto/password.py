"""The way in by password: Argon2id, then a wrap of the identity bundle."""

import os
import struct
import unicodedata
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from .framing import (
    BOX_OVERHEAD,
    PREFIX_BYTES,
    Kind,
    Layout,
    Refused,
    check,
    exactly,
    open_box,
    prefix,
    seal_box,
)
from .identity import ACCOUNT_BYTES, BUNDLE_BYTES, IdentityBundle
from .labels import KEY_BYTES, Label, derive

PASSWORD_MAX = 128
# Typed in pieces (a letter, then its accents), 128 characters can arrive as more; beyond this nobody types.
_TYPED_MAX = 8 * PASSWORD_MAX
SALT_BYTES = 16

_HEADER = struct.Struct(">IBB16s")
LAYOUT = Layout(Kind.PASSWORD_WAY_IN, _HEADER.size, BUNDLE_BYTES + BOX_OVERHEAD, BUNDLE_BYTES + BOX_OVERHEAD)
_HEADER_END = PREFIX_BYTES + _HEADER.size


class Work(NamedTuple):
    """What one password costs: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


WORK = Work(64 * 1024, 3, 1)
# A list, not a range: less work would make guessing cheap, more would let a changed header fill the memory.
ACCEPTED = frozenset({WORK})


def normalise_password(password: str) -> str:
    """The password as it is stretched: NFC, every kind of space a plain one, nothing cut or folded."""
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in password)
    return unicodedata.normalize("NFC", spaced)


def stretch(password: str, work: Work, salt: bytes) -> bytes:
    """Argon2id of a password: about 0.15 s and 64 MiB; Refused when nobody can have such a password."""
    if len(password) > _TYPED_MAX:
        raise Refused
    normal = normalise_password(password)
    if not 1 <= len(normal) <= PASSWORD_MAX:
        raise Refused
    try:
        secret = normal.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused from None
    return Argon2id(
        salt=salt, length=KEY_BYTES, iterations=work.passes, lanes=work.lanes, memory_cost=work.memory
    ).derive(secret)


def wrap_for_password(bundle: IdentityBundle, password: str, account_id: bytes) -> bytes:
    """The bundle, openable by whoever knows the password of this account."""
    salt = os.urandom(SALT_BYTES)
    return wrap_stretched(bundle, stretch(password, WORK, salt), salt, account_id)


def open_with_password(blob: bytes, password: str, account_id: bytes) -> IdentityBundle:
    """The bundle; that it opens *is* the password check."""
    work, salt = read_header(blob)
    return open_stretched(blob, stretch(password, work, salt), account_id)


def spend_password_work(password: str) -> None:
    """The same work for a name that does not exist, so that nobody can tell by the time it takes."""
    stretch(password, WORK, os.urandom(SALT_BYTES))


def read_header(blob: bytes) -> tuple[Work, bytes]:
    """The work and the salt a wrap asks for; refused before any work when they are not ours."""
    check(blob, LAYOUT)
    *costs, salt = _HEADER.unpack_from(blob, PREFIX_BYTES)
    work = Work(*costs)
    if work not in ACCEPTED:
        raise Refused
    return work, salt


def wrap_stretched(bundle: IdentityBundle, stretched: bytes, salt: bytes, account_id: bytes) -> bytes:
    """The wrap, given the already stretched password."""
    exactly(account_id, ACCOUNT_BYTES, "account id")
    header = prefix(LAYOUT, BUNDLE_BYTES + BOX_OVERHEAD) + _HEADER.pack(*WORK, salt)
    return header + seal_box(_cipher(stretched, account_id), bundle.encode(), header + account_id)


def open_stretched(blob: bytes, stretched: bytes, account_id: bytes) -> IdentityBundle:
    """The bundle, given the already stretched password."""
    read_header(blob)
    header, box = blob[:_HEADER_END], blob[_HEADER_END:]
    return IdentityBundle.decode(open_box(_cipher(stretched, account_id), box, header + account_id))


def _cipher(stretched: bytes, account_id: bytes) -> AESGCM:
    return AESGCM(derive(stretched, Label.PASSWORD_WAY_IN, account_id))
