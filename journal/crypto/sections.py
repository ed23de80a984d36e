"""Sections: what a patient wrote, each revision under a key of its own, bound to its place."""

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
from .identity import ACCOUNT_BYTES, IdentityBundle
from .labels import KEY_BYTES, Label, derive, expand
from .padding import LARGEST_BUCKET, SMALLEST_BUCKET, pad, unpad

# Numbers are for ever; a new kind or section takes the next one.
PLACE_KINDS = {
    "session": 1, "check_in": 2, "course": 3, "addition": 4, "profile": 5, "sign_in_about": 6, "device": 7,
}  # fmt: skip
SECTIONS = {"ratings": 1, "story": 2}

_PLACE = struct.Struct(">BB16s16sQI")
_EPOCH = struct.Struct(">I")
_BODY = struct.Struct(">I32s")
_KEY_LAYOUT = Layout(Kind.SECTION_KEY, _EPOCH.size, KEY_BYTES + BOX_OVERHEAD, KEY_BYTES + BOX_OVERHEAD)
_BODY_LAYOUT = Layout(Kind.SECTION_BODY, _BODY.size, SMALLEST_BUCKET + BOX_OVERHEAD, LARGEST_BUCKET + BOX_OVERHEAD)
_KEY_HEADER_END = PREFIX_BYTES + _EPOCH.size
_BODY_HEADER_END = PREFIX_BYTES + _BODY.size


@dataclass(frozen=True)
class Place:
    """Where a section belongs: it opens there, and nowhere else."""

    kind: str
    row_id: bytes
    owner: bytes
    section: str
    revision: int


class SealedSection(NamedTuple):
    """A sealed section as two columns: its wrapped key, and its padded body."""

    key: bytes
    body: bytes


class Keyring:
    """The keys in hand of one signed-in owner: seals and opens the sections of that account."""

    def __init__(self, bundle: IdentityBundle, account_id: bytes) -> None:
        self._owner = exactly(account_id, ACCOUNT_BYTES, "account id")
        self._epoch = bundle.epoch
        # Made once: this is the hot path, hundreds of sections open under it in one request.
        self._wrap = AESGCM(derive(bundle.root_key, Label.SECTION_WRAP, account_id))

    def seal(self, place: Place, plaintext: bytes) -> SealedSection:
        """Seal one revision of one section; ValueError when it is longer than SECTION_MAX."""
        padded, bound = pad(plaintext), self._bind(place)
        section_key = os.urandom(KEY_BYTES)
        body_key, commitment = _split(section_key)
        header = prefix(_BODY_LAYOUT, len(padded) + BOX_OVERHEAD) + _BODY.pack(self._epoch, commitment)
        body = header + seal_box(AESGCM(body_key), padded, header + bound)
        header = prefix(_KEY_LAYOUT, KEY_BYTES + BOX_OVERHEAD) + _EPOCH.pack(self._epoch)
        return SealedSection(header + seal_box(self._wrap, section_key, header + _around(bound, body)), body)

    def open(self, place: Place, sealed: SealedSection) -> bytes:
        """What was sealed at this place, by this owner, in this revision; else Refused."""
        key, body = sealed
        commitment = self._read_headers(key, body)
        try:
            bound = self._bind(place)
        except ValueError:
            # A row changed behind our back can ask for a place that cannot exist.
            raise Refused from None
        header, box = key[:_KEY_HEADER_END], key[_KEY_HEADER_END:]
        body_key, expected = _split(open_box(self._wrap, box, header + _around(bound, body)))
        if not hmac.compare_digest(commitment, expected):
            raise Refused
        header, box = body[:_BODY_HEADER_END], body[_BODY_HEADER_END:]
        return unpad(open_box(AESGCM(body_key), box, header + bound))

    def _read_headers(self, key: bytes, body: bytes) -> bytes:
        check(key, _KEY_LAYOUT)
        check(body, _BODY_LAYOUT)
        (key_epoch,) = _EPOCH.unpack_from(key, PREFIX_BYTES)
        body_epoch, commitment = _BODY.unpack_from(body, PREFIX_BYTES)
        if key_epoch != self._epoch or body_epoch != self._epoch:
            raise Refused
        return bytes(commitment)

    def _bind(self, place: Place) -> bytes:
        if place.owner != self._owner or len(place.row_id) != ACCOUNT_BYTES:
            raise ValueError("not a place of this account")
        try:
            kind, section = PLACE_KINDS[place.kind], SECTIONS[place.section]
            return _PLACE.pack(kind, section, place.row_id, place.owner, place.revision, self._epoch)
        except (KeyError, struct.error):
            raise ValueError("not a place of this account") from None


def _around(bound: bytes, body: bytes) -> bytes:
    # The key is wrapped around the very bytes of the body: somebody lent this one section's key could
    # otherwise seal other words with it, and the owner would take them for her own.
    return bound + hashlib.sha256(body).digest()


def _split(section_key: bytes) -> tuple[bytes, bytes]:
    """A section key's two halves: what seals the body, and what commits to it without telling it."""
    both = expand(section_key, Label.SECTION_KEY, length=2 * KEY_BYTES)
    return both[:KEY_BYTES], both[KEY_BYTES:]
