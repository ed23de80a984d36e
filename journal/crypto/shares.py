"""Shares: keys that two people hold, which open the sections that one lent the other."""

import os
import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .framing import BOX_OVERHEAD, PREFIX_BYTES, Kind, Layout, Refused, check, exactly, open_box, prefix, seal_box
from .identity import ACCOUNT_BYTES
from .labels import KEY_BYTES, Label, derive
from .padding import LARGEST_BUCKET, SMALLEST_BUCKET, pad, unpad
from .sections import (
    EPOCH,
    KEY_HEADER_END,
    LENDABLE_KINDS,
    Place,
    SealedSection,
    around,
    bind,
    epoch_of,
    open_body,
)

# What two people tell each other within a share. Numbers are for ever.
NOTE_KINDS = {"ask": 1, "reply": 2, "reviewed": 3, "log": 4, "returned": 5}

_REVISION = struct.Struct(">Q")
LENT_LAYOUT = Layout(Kind.LENT_KEY, EPOCH.size, KEY_BYTES + BOX_OVERHEAD, KEY_BYTES + BOX_OVERHEAD)
NOTE_LAYOUT = Layout(Kind.NOTE, 1, SMALLEST_BUCKET + BOX_OVERHEAD, LARGEST_BUCKET + BOX_OVERHEAD)
_NOTE_HEADER_END = PREFIX_BYTES + 1


class ShareKeys:
    """The keys of one share, in the hands of its owner and of one reviewer: they open what was lent, and no more.

    `ratings` is always there. Without `story` no story opens, whatever wraps lie about.
    """

    def __init__(self, share_id: bytes, owner: bytes, ratings: bytes, story: bytes | None = None) -> None:
        self.share_id = exactly(share_id, ACCOUNT_BYTES, "share id")
        self.owner = exactly(owner, ACCOUNT_BYTES, "account id")
        self.secrets = {"ratings": exactly(ratings, KEY_BYTES, "share key")}
        if story is not None:
            self.secrets["story"] = exactly(story, KEY_BYTES, "share key")
        context = share_id + owner
        self._wraps = {name: AESGCM(derive(key, Label.SHARE_WRAP, context)) for name, key in self.secrets.items()}
        self._notes = AESGCM(derive(ratings, Label.SHARE_NOTE, context))

    @classmethod
    def generate(cls, share_id: bytes, owner: bytes, *, story: bool) -> "ShareKeys":
        """A new share's keys."""
        return cls(share_id, owner, os.urandom(KEY_BYTES), os.urandom(KEY_BYTES) if story else None)

    def wrap(self, section: str, section_key: bytes, bound: bytes, body: bytes, epoch: int) -> bytes:
        """A section's key for this share; ValueError where the share has no key for such a section."""
        if section not in self._wraps:
            raise ValueError("this share does not lend that section")
        header = prefix(LENT_LAYOUT, KEY_BYTES + BOX_OVERHEAD) + EPOCH.pack(epoch)
        return header + seal_box(self._wraps[section], section_key, header + around(bound, body))

    def open(self, place: Place, lent: SealedSection) -> bytes:
        """What the owner sealed at this place and lent to this share; else Refused."""
        key, body = lent
        epoch = epoch_of(key, body, LENT_LAYOUT)
        if place.section not in self._wraps or place.kind not in LENDABLE_KINDS:
            raise Refused
        try:
            bound = bind(place, self.owner, epoch)
        except ValueError:
            raise Refused from None
        header, box = key[:KEY_HEADER_END], key[KEY_HEADER_END:]
        section_key = open_box(self._wraps[place.section], box, header + around(bound, body))
        return open_body(body, bound, section_key)

    def seal_note(self, kind: str, note_id: bytes, revision: int, plaintext: bytes) -> bytes:
        """Words between the two, or an entry of their log; ValueError when longer than SECTION_MAX."""
        padded, place = pad(plaintext), self._note_place(kind, note_id, revision)
        start = prefix(NOTE_LAYOUT, len(padded) + BOX_OVERHEAD)
        return start + place[:1] + seal_box(self._notes, padded, start + place)

    def open_note(self, kind: str, note_id: bytes, revision: int, blob: bytes) -> bytes:
        """What either of the two sealed as this note; else Refused."""
        check(blob, NOTE_LAYOUT)
        try:
            place = self._note_place(kind, note_id, revision)
        except ValueError:
            # A row changed behind our back can ask for a note that cannot exist.
            raise Refused from None
        if blob[PREFIX_BYTES:_NOTE_HEADER_END] != place[:1]:
            raise Refused
        return unpad(open_box(self._notes, blob[_NOTE_HEADER_END:], blob[:PREFIX_BYTES] + place))

    def _note_place(self, kind: str, note_id: bytes, revision: int) -> bytes:
        exactly(note_id, ACCOUNT_BYTES, "note id")
        try:
            return bytes([NOTE_KINDS[kind]]) + self.share_id + self.owner + note_id + _REVISION.pack(revision)
        except (KeyError, struct.error):
            raise ValueError("not a note of this share") from None
