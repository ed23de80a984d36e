"""Sections: what a patient wrote, each revision under a key of its own, bound to its place."""

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from typing import NamedTuple, Protocol

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
    "share": 8, "pin": 9, "review": 10, "log": 11, "import": 12,
}  # fmt: skip
SECTIONS = {"ratings": 1, "story": 2}
# What is lent at all: never a profile, a phone's key, a pin, or another share.
LENDABLE_KINDS = frozenset({"session", "check_in", "course", "addition"})

_PLACE = struct.Struct(">BB16s16sQI")
EPOCH = struct.Struct(">I")
_BODY = struct.Struct(">I32s")
KEY_LAYOUT = Layout(Kind.SECTION_KEY, EPOCH.size, KEY_BYTES + BOX_OVERHEAD, KEY_BYTES + BOX_OVERHEAD)
BODY_LAYOUT = Layout(Kind.SECTION_BODY, _BODY.size, SMALLEST_BUCKET + BOX_OVERHEAD, LARGEST_BUCKET + BOX_OVERHEAD)
KEY_HEADER_END = PREFIX_BYTES + EPOCH.size
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


class Lendable(Protocol):
    """What a section can be lent to: keys that wrap its key."""

    owner: bytes

    def wrap(self, section: str, section_key: bytes, bound: bytes, body: bytes, epoch: int) -> bytes:
        """A section's key, for whoever holds these."""


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
        body_key, commitment = split(section_key)
        header = prefix(BODY_LAYOUT, len(padded) + BOX_OVERHEAD) + _BODY.pack(self._epoch, commitment)
        body = header + seal_box(AESGCM(body_key), padded, header + bound)
        header = prefix(KEY_LAYOUT, KEY_BYTES + BOX_OVERHEAD) + EPOCH.pack(self._epoch)
        return SealedSection(header + seal_box(self._wrap, section_key, header + around(bound, body)), body)

    def open(self, place: Place, sealed: SealedSection) -> bytes:
        """What was sealed at this place, by this owner, in this revision; else Refused."""
        section_key, bound = self._unwrap(place, sealed)
        return open_body(sealed.body, bound, section_key)

    def lend(self, place: Place, sealed: SealedSection, share: Lendable) -> bytes:
        """The section's key, wrapped once more: for whoever holds the share. The body stays as it is."""
        if share.owner != self._owner or place.kind not in LENDABLE_KINDS:
            raise ValueError("not this account's share, or nothing that is lent")
        section_key, bound = self._unwrap(place, sealed)
        committed_key(sealed.body, section_key)
        return share.wrap(place.section, section_key, bound, sealed.body, self._epoch)

    def _unwrap(self, place: Place, sealed: SealedSection) -> tuple[bytes, bytes]:
        """The section key at this place, and what binds it there."""
        key, body = sealed
        if epoch_of(key, body, KEY_LAYOUT) != self._epoch:
            raise Refused
        try:
            bound = self._bind(place)
        except ValueError:
            # A row changed behind our back can ask for a place that cannot exist.
            raise Refused from None
        header, box = key[:KEY_HEADER_END], key[KEY_HEADER_END:]
        return open_box(self._wrap, box, header + around(bound, body)), bound

    def _bind(self, place: Place) -> bytes:
        return bind(place, self._owner, self._epoch)


def open_body(body: bytes, bound: bytes, section_key: bytes) -> bytes:
    """The body, when it commits to the key it is opened with."""
    header, box = body[:_BODY_HEADER_END], body[_BODY_HEADER_END:]
    return unpad(open_box(AESGCM(committed_key(body, section_key)), box, header + bound))


def committed_key(body: bytes, section_key: bytes) -> bytes:
    """The key of a body, when the body commits to this section key; else Refused."""
    body_key, expected = split(section_key)
    _, commitment = _BODY.unpack_from(body, PREFIX_BYTES)
    if not hmac.compare_digest(commitment, expected):
        raise Refused
    return body_key


def epoch_of(key: bytes, body: bytes, key_layout: Layout) -> int:
    """The epoch that both columns name."""
    check(key, key_layout)
    check(body, BODY_LAYOUT)
    (key_epoch,) = EPOCH.unpack_from(key, PREFIX_BYTES)
    body_epoch, _ = _BODY.unpack_from(body, PREFIX_BYTES)
    if key_epoch != body_epoch:
        raise Refused
    return int(key_epoch)


def bind(place: Place, owner: bytes, epoch: int) -> bytes:
    """A place as bytes; ValueError for one that is not the owner's, or cannot be."""
    if place.owner != owner or len(place.row_id) != ACCOUNT_BYTES:
        raise ValueError("not a place of this account")
    try:
        kind, section = PLACE_KINDS[place.kind], SECTIONS[place.section]
        return _PLACE.pack(kind, section, place.row_id, place.owner, place.revision, epoch)
    except (KeyError, struct.error):
        raise ValueError("not a place of this account") from None


def around(bound: bytes, body: bytes) -> bytes:
    """What a section's key is wrapped around: its place, and the hash of the very bytes of the body."""
    # The key is wrapped around the very bytes of the body: somebody lent this one section's key could
    # otherwise seal other words with it, and the owner would take them for her own.
    return bound + hashlib.sha256(body).digest()


def split(section_key: bytes) -> tuple[bytes, bytes]:
    """A section key's two halves: what seals the body, and what commits to it without telling it."""
    both = expand(section_key, Label.SECTION_KEY, length=2 * KEY_BYTES)
    return both[:KEY_BYTES], both[KEY_BYTES:]
