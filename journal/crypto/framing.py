"""How every sealed blob begins, and the one refusal when anything about it is wrong."""

import os
import struct
from enum import IntEnum
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUITE = 1
PREFIX_BYTES = 6
NONCE_BYTES = 12
TAG_BYTES = 16
BOX_OVERHEAD = NONCE_BYTES + TAG_BYTES

_PREFIX = struct.Struct(">BBI")


class Refused(Exception):
    """What was asked does not open; it never says why, so nobody learns from asking."""

    def __init__(self) -> None:
        super().__init__("refused")


class Kind(IntEnum):
    """What a blob is. Numbers are for ever; FORMAT.md lists those kept free for later."""

    IDENTITY_BUNDLE = 0x01
    PUBLIC_IDENTITY = 0x02
    PASSWORD_WAY_IN = 0x10
    RECOVERY_WAY_IN = 0x11
    LOCK = 0x20
    SIGN_IN = 0x30
    SECTION_KEY = 0x40
    SECTION_BODY = 0x41
    LETTER = 0x50
    LENT_KEY = 0x51
    NOTE = 0x52
    CARD = 0x53
    DEPOSIT = 0x60
    BACKUP_KEY = 0x80
    BACKUP_SECRET = 0x81
    BACKUP_SECRET_WRAPPED = 0x82
    BACKUP_HEAD = 0x83


class Layout(NamedTuple):
    """The exact sizes, in bytes, of a kind: its fixed fields, then the shortest and longest rest."""

    kind: Kind
    fixed: int
    least: int
    most: int


def prefix(layout: Layout, rest: int) -> bytes:
    """Suite, kind, and the exact number of bytes that follow."""
    return _PREFIX.pack(SUITE, layout.kind, layout.fixed + rest)


def check(blob: bytes, layout: Layout) -> None:
    """Refuse anything that is not exactly one blob of this layout, in the one suite there is."""
    if not isinstance(blob, bytes) or not fits(blob, len(blob), layout):
        raise Refused


def fits(head: bytes, size: int, layout: Layout) -> bool:
    """Whether a blob of this size that begins so can be one of this layout; what is inside only its keys tell."""
    if len(head) < PREFIX_BYTES:
        return False
    suite, kind, following = _PREFIX.unpack_from(head)
    whole = following == size - PREFIX_BYTES and layout.least <= following - layout.fixed <= layout.most
    return bool(whole and suite == SUITE and kind == layout.kind)


def seal_box(cipher: AESGCM, plaintext: bytes, aad: bytes) -> bytes:
    """A fresh nonce, then the AES-256-GCM ciphertext with its tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, aad)


def open_box(cipher: AESGCM, box: bytes, aad: bytes) -> bytes:
    """The plaintext of a box sealed under the same key and the same AAD, else Refused."""
    try:
        return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], aad)
    except InvalidTag:
        raise Refused from None


def exactly(value: bytes, size: int, what: str) -> bytes:
    """The value itself when it is `size` bytes; a ValueError, since a wrong size is the caller's mistake."""
    if len(value) != size:
        raise ValueError(f"{what} must be {size} bytes")
    return value
