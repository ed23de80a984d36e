"""Backups: any number of bytes sealed to the operator's key, in chunks, so that memory stays small."""

import hashlib
import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .backup_keys import BackupKey, BackupSecret
from .framing import NONCE_BYTES, PREFIX_BYTES, TAG_BYTES, Kind, Layout, Refused, check, prefix
from .labels import KEY_BYTES, Label, expand, info
from .lock import PEPPER_ID_BYTES, Pepper, Peppers
from .xwing import ENCAPSULATED_BYTES, XWING_SUITE

# What a backup is of. Numbers are for ever.
BACKUP_PARTS = {"database": 1, "keyring": 2}
CHUNK_BYTES = 64 * 1024

_SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES
_FIXED = struct.Struct(">B32s")
_SEALED_KEY = ENCAPSULATED_BYTES + KEY_BYTES + TAG_BYTES
_LAYOUT = Layout(Kind.BACKUP_HEAD, _FIXED.size, _SEALED_KEY, _SEALED_KEY)
_FIXED_END = PREFIX_BYTES + _FIXED.size
BACKUP_HEAD_BYTES = _FIXED_END + _SEALED_KEY
_TRAILER_BYTES = PEPPER_ID_BYTES + KEY_BYTES


class BackupSealer:
    """Seals one backup: first `head`, then what `seal` gives for each piece, then what `finish` gives."""

    def __init__(self, key: BackupKey, part: str, pepper: Pepper) -> None:
        fixed = prefix(_LAYOUT, _SEALED_KEY) + _FIXED.pack(BACKUP_PARTS[part], key.fingerprint)
        file_key = os.urandom(KEY_BYTES)
        try:
            self.head = fixed + XWING_SUITE.encrypt(file_key, key.sealing_key(), _bound(fixed))
        except ValueError:
            # An X25519 key of low order: nothing can be sealed to it.
            raise Refused from None
        self._chunks = _Chunks(file_key, self.head)
        self._pepper = pepper
        self._digest = hashlib.sha256(self.head)
        self._waiting = bytearray()

    def seal(self, piece: bytes) -> bytes:
        """The chunks that are full by now; the last bytes wait, for only the end says which chunk is the last."""
        self._digest.update(piece)
        return self._full(piece)

    def finish(self) -> bytes:
        """What is left, with the mark of the host that made the backup."""
        mark = self._pepper.id + _origin(self._pepper, self._digest.digest())
        return self._full(mark) + self._chunks.seal(bytes(self._waiting), last=True)

    def _full(self, piece: bytes) -> bytes:
        self._waiting += piece
        out = bytearray()
        while len(self._waiting) > CHUNK_BYTES:
            out += self._chunks.seal(bytes(self._waiting[:CHUNK_BYTES]), last=False)
            del self._waiting[:CHUNK_BYTES]
        return bytes(out)


class BackupOpener:
    """Opens one backup, piece by piece. Nothing is to be believed whole before `finish` was not refused."""

    def __init__(self, secret: BackupSecret, part: str, head: bytes) -> None:
        if part_of(head) != part or recipient_of(head) != secret.public.fingerprint:
            raise Refused
        fixed, sealed = head[:_FIXED_END], head[_FIXED_END:]
        try:
            file_key = XWING_SUITE.decrypt(sealed, secret.opening_key(), _bound(fixed))
        except (InvalidTag, ValueError):
            raise Refused from None
        self._chunks = _Chunks(file_key, head)
        self._digest = hashlib.sha256(head)
        self._waiting, self._opened = bytearray(), bytearray()

    def open(self, piece: bytes) -> bytes:
        """What was sealed, as far as it can be told from the bytes so far."""
        self._waiting += piece
        while len(self._waiting) > _SEALED_CHUNK:
            self._opened += self._chunks.open(bytes(self._waiting[:_SEALED_CHUNK]), last=False)
            del self._waiting[:_SEALED_CHUNK]
        return self._told()

    def finish(self) -> bytes:
        """The rest; Refused when this is not where the backup ends."""
        self._opened += self._chunks.open(bytes(self._waiting), last=True)
        if len(self._opened) < _TRAILER_BYTES:
            raise Refused
        return self._told()

    @property
    def mark(self) -> bytes:
        """The mark of the host that made it, once finished; from a host that has the pepper, of this backup alone."""
        return bytes(self._opened)

    @property
    def pepper_id(self) -> bytes:
        """The id of the pepper of the host that made it, once finished."""
        return bytes(self._opened[:PEPPER_ID_BYTES])

    def is_from(self, peppers: Peppers) -> bool:
        """Whether a holder of one of these peppers made it, once finished. Anybody can seal to a public key."""
        try:
            expected = _origin(peppers.named(self.pepper_id), self._digest.digest())
        except Refused:
            return False
        return hmac.compare_digest(expected, bytes(self._opened[PEPPER_ID_BYTES:]))

    def _told(self) -> bytes:
        # The last bytes are the mark, wherever they fall.
        size = max(0, len(self._opened) - _TRAILER_BYTES)
        told = bytes(self._opened[:size])
        del self._opened[:size]
        self._digest.update(told)
        return told


def part_of(head: bytes) -> str:
    """What a backup says it is of."""
    number, _ = _read(head)
    for name, known in BACKUP_PARTS.items():
        if known == number:
            return name
    raise Refused


def recipient_of(head: bytes) -> bytes:
    """The fingerprint of the key that a backup says it was sealed to."""
    return _read(head)[1]


class _Chunks:
    """Chunks under a key of this backup alone: its number and whether it is the last are the nonce of each."""

    def __init__(self, file_key: bytes, head: bytes) -> None:
        self._cipher = AESGCM(expand(file_key, Label.BACKUP_PAYLOAD, hashlib.sha256(head).digest()))
        self._number = 0

    def seal(self, plaintext: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), plaintext, None)

    def open(self, sealed: bytes, *, last: bool) -> bytes:
        if not TAG_BYTES < len(sealed) <= _SEALED_CHUNK:
            raise Refused
        try:
            return self._cipher.decrypt(self._nonce(last), sealed, None)
        except InvalidTag:
            raise Refused from None

    def _nonce(self, last: bool) -> bytes:
        nonce = self._number.to_bytes(NONCE_BYTES - 1) + bytes([last])
        self._number += 1
        return nonce


def _read(head: bytes) -> tuple[int, bytes]:
    check(head, _LAYOUT)
    number, recipient = _FIXED.unpack_from(head, PREFIX_BYTES)
    return number, recipient


def _bound(fixed: bytes) -> bytes:
    return info(Label.BACKUP_INFO, fixed)


def _origin(pepper: Pepper, digest: bytes) -> bytes:
    return expand(pepper.secret, Label.BACKUP_ORIGIN, digest)
