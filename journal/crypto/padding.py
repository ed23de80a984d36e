"""Padding: a sealed section tells its size only to the next power of two."""

import struct

from .framing import Refused

SMALLEST_BUCKET = 512
LARGEST_BUCKET = 1024 * 1024

_LENGTH = struct.Struct(">I")
SECTION_MAX = LARGEST_BUCKET - _LENGTH.size


def pad(plaintext: bytes) -> bytes:
    """The length, the bytes, then zeros up to 512 B, 1, 2, 4 ... 1024 KiB."""
    if len(plaintext) > SECTION_MAX:
        raise ValueError(f"a section holds at most {SECTION_MAX} bytes")
    needed = len(plaintext) + _LENGTH.size
    bucket = max(SMALLEST_BUCKET, 1 << (needed - 1).bit_length())
    return (_LENGTH.pack(len(plaintext)) + plaintext).ljust(bucket, b"\0")


def unpad(padded: bytes) -> bytes:
    """The bytes that were padded; refused when they could have been padded otherwise."""
    (length,) = _LENGTH.unpack_from(padded)
    plaintext = padded[_LENGTH.size : _LENGTH.size + length]
    if pad(plaintext) != padded:
        raise Refused
    return plaintext
