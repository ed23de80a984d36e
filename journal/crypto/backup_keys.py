"""The operator's key pair for backups: what seals them lies on the host, what opens them is kept off it."""

import hashlib
import os
import struct
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from .framing import BOX_OVERHEAD, PREFIX_BYTES, Kind, Layout, Refused, check, exactly, open_box, prefix, seal_box
from .labels import KEY_BYTES, Label, derive, info
from .password import ACCEPTED, SALT_BYTES, WORK, Work, stretch
from .xwing import XWING_PUBLIC_BYTES, xwing_private, xwing_public, xwing_public_bytes

PUBLIC_LAYOUT = Layout(Kind.BACKUP_KEY, XWING_PUBLIC_BYTES + KEY_BYTES, 0, 0)
SECRET_LAYOUT = Layout(Kind.BACKUP_SECRET, KEY_BYTES + KEY_BYTES, 0, 0)
_COSTS = struct.Struct(">IBB16s32s")
_WRAPPED = KEY_BYTES + BOX_OVERHEAD
WRAPPED_LAYOUT = Layout(Kind.BACKUP_SECRET_WRAPPED, _COSTS.size, _WRAPPED, _WRAPPED)
_WRAPPED_HEADER_END = PREFIX_BYTES + _COSTS.size


@dataclass(frozen=True)
class BackupKey:
    """The public half: anybody who has it can make a backup that only the operator opens."""

    public: bytes

    @classmethod
    def decode(cls, blob: bytes) -> "BackupKey":
        """The key of a blob, when it is whole: sealed to a key with a wrong bit, a backup would open to nobody."""
        check(blob, PUBLIC_LAYOUT)
        key = cls(blob[PREFIX_BYTES:-KEY_BYTES])
        if key.encode() != blob:
            raise Refused
        key.sealing_key()
        return key

    def encode(self) -> bytes:
        """The public key with its fingerprint behind it."""
        return self._named() + self.fingerprint

    @cached_property
    def fingerprint(self) -> bytes:
        """The 32 bytes that name this key."""
        return hashlib.sha256(info(Label.BACKUP_FINGERPRINT, self._named())).digest()

    def sealing_key(self) -> MLKEM768X25519PublicKey:
        """The key that a backup is sealed to."""
        return xwing_public(self.public)

    def _named(self) -> bytes:
        return prefix(PUBLIC_LAYOUT, 0) + self.public


@dataclass(frozen=True)
class BackupSecret:
    """The private half: it opens every backup that was ever sealed to its public one."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        exactly(self.seed, KEY_BYTES, "seed")

    @classmethod
    def generate(cls) -> "BackupSecret":
        """A new key pair."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def decode(cls, blob: bytes) -> "BackupSecret":
        """The key of a blob that is under no passphrase."""
        check(blob, SECRET_LAYOUT)
        secret = cls(blob[PREFIX_BYTES:-KEY_BYTES])
        if secret.public.fingerprint != blob[-KEY_BYTES:]:
            raise Refused
        return secret

    def encode(self) -> bytes:
        """The seed with the fingerprint of its public key behind it, so that a mistyped one is noticed."""
        return prefix(SECRET_LAYOUT, 0) + self.seed + self.public.fingerprint

    @cached_property
    def public(self) -> BackupKey:
        """The half that seals."""
        return BackupKey(xwing_public_bytes(self.seed))

    def opening_key(self) -> MLKEM768X25519PrivateKey:
        """The key that opens what was sealed to the public half."""
        return xwing_private(self.seed)

    def wrap(self, passphrase: str) -> bytes:
        """The key under a passphrase, by the same Argon2id as a password's."""
        salt = os.urandom(SALT_BYTES)
        return self.wrap_stretched(stretch(passphrase, WORK, salt), salt)

    def wrap_stretched(self, stretched: bytes, salt: bytes) -> bytes:
        """The wrap, given the already stretched passphrase."""
        fingerprint = self.public.fingerprint
        header = prefix(WRAPPED_LAYOUT, _WRAPPED) + _COSTS.pack(*WORK, salt, fingerprint)
        return header + seal_box(_cipher(stretched, fingerprint), self.seed, header)


def needs_passphrase(blob: bytes) -> bool:
    """Whether this private key is under a passphrase; Refused when it is no private key at all."""
    for layout, needed in ((SECRET_LAYOUT, False), (WRAPPED_LAYOUT, True)):
        if blob[1:2] == bytes([layout.kind]):
            check(blob, layout)
            return needed
    raise Refused


def open_backup_secret(blob: bytes, passphrase: str) -> BackupSecret:
    """The key under this passphrase."""
    work, salt, _ = _read(blob)
    return open_stretched_secret(blob, stretch(passphrase, work, salt))


def open_stretched_secret(blob: bytes, stretched: bytes) -> BackupSecret:
    """The key, given the already stretched passphrase."""
    _, _, fingerprint = _read(blob)
    header, box = blob[:_WRAPPED_HEADER_END], blob[_WRAPPED_HEADER_END:]
    secret = BackupSecret(open_box(_cipher(stretched, fingerprint), box, header))
    if secret.public.fingerprint != fingerprint:
        raise Refused
    return secret


def _read(blob: bytes) -> tuple[Work, bytes, bytes]:
    check(blob, WRAPPED_LAYOUT)
    memory, passes, lanes, salt, fingerprint = _COSTS.unpack_from(blob, PREFIX_BYTES)
    work = Work(memory, passes, lanes)
    if work not in ACCEPTED:
        raise Refused
    return work, salt, fingerprint


def _cipher(stretched: bytes, fingerprint: bytes) -> AESGCM:
    return AESGCM(derive(stretched, Label.BACKUP_KEY_WRAP, fingerprint))
