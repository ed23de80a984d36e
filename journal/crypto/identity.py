"""The identity bundle of an account (its secrets), and the public identity others seal to."""

import hashlib
import os
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from .framing import PREFIX_BYTES, SUITE, Kind, Layout, Refused, check, exactly, prefix
from .labels import KEY_BYTES, Label, info
from .xwing import XWING_PUBLIC_BYTES, xwing_private, xwing_public, xwing_public_bytes

ACCOUNT_BYTES = 16
SIGNATURE_BYTES = 64

_BUNDLE = struct.Struct(">IB32s32s32s32s")
_PUBLIC = struct.Struct(f">16sI32s{XWING_PUBLIC_BYTES}s32s")
_BUNDLE_LAYOUT = Layout(Kind.IDENTITY_BUNDLE, _BUNDLE.size, 0, 0)
PUBLIC_LAYOUT = Layout(Kind.PUBLIC_IDENTITY, _PUBLIC.size + SIGNATURE_BYTES, 0, 0)
BUNDLE_BYTES = PREFIX_BYTES + _BUNDLE.size


@dataclass(frozen=True)
class IdentityBundle:
    """Every secret of an account; whoever holds it is the account."""

    deposit_secret: bytes = field(repr=False)
    share_secret: bytes = field(repr=False)
    signing_secret: bytes = field(repr=False)
    root_key: bytes = field(repr=False)
    epoch: int = 1
    lowest_suite: int = SUITE

    def __post_init__(self) -> None:
        for secret in (self.deposit_secret, self.share_secret, self.signing_secret, self.root_key):
            exactly(secret, KEY_BYTES, "a secret of the bundle")
        if not (1 <= self.epoch < 1 << 32 and 1 <= self.lowest_suite <= SUITE):
            raise ValueError("epoch out of range, or a suite we do not know")

    @classmethod
    def generate(cls, epoch: int = 1) -> "IdentityBundle":
        """A new account's secrets."""
        deposit, share, signing, root = (os.urandom(KEY_BYTES) for _ in range(4))
        return cls(deposit, share, signing, root, epoch=epoch)

    def encode(self) -> bytes:
        """The bundle in the clear; only ever the plaintext of a wrap."""
        secrets = (self.deposit_secret, self.share_secret, self.signing_secret, self.root_key)
        return prefix(_BUNDLE_LAYOUT, 0) + _BUNDLE.pack(self.epoch, self.lowest_suite, *secrets)

    @classmethod
    def decode(cls, blob: bytes) -> "IdentityBundle":
        """The bundle that `encode` wrote; refused when it asks for a newer suite than this one."""
        check(blob, _BUNDLE_LAYOUT)
        epoch, lowest_suite, deposit, share, signing, root = _BUNDLE.unpack_from(blob, PREFIX_BYTES)
        try:
            return cls(deposit, share, signing, root, epoch, lowest_suite)
        except ValueError:
            raise Refused from None

    def public(self, account_id: bytes) -> bytes:
        """The public identity: three public keys bound to the account, signed by itself."""
        exactly(account_id, ACCOUNT_BYTES, "account id")
        signer = Ed25519PrivateKey.from_private_bytes(self.signing_secret)
        deposit = X25519PrivateKey.from_private_bytes(self.deposit_secret).public_key()
        body = prefix(PUBLIC_LAYOUT, 0) + _PUBLIC.pack(
            account_id,
            self.epoch,
            deposit.public_bytes_raw(),
            xwing_public_bytes(self.share_secret),
            signer.public_key().public_bytes_raw(),
        )
        return body + signer.sign(_to_sign(body))

    def deposit_key(self) -> X25519PrivateKey:
        """What opens an HPKE seal of KEM X25519 (a deposit)."""
        return X25519PrivateKey.from_private_bytes(self.deposit_secret)

    def share_key(self) -> MLKEM768X25519PrivateKey:
        """What opens an HPKE seal of KEM MLKEM768_X25519 (a share)."""
        return xwing_private(self.share_secret)


@dataclass(frozen=True)
class PublicIdentity:
    """The keys others use for an account, checked against its own signature.

    The fingerprint, 32 bytes, names exactly these keys of exactly this account; pins keep it.
    """

    account_id: bytes
    epoch: int
    deposit_public: bytes
    share_public: bytes
    signing_public: bytes
    fingerprint: bytes

    @classmethod
    def decode(cls, blob: bytes, account_id: bytes) -> "PublicIdentity":
        """The public identity of this account and no other, its signature verified."""
        check(blob, PUBLIC_LAYOUT)
        account, epoch, deposit, share, signing = _PUBLIC.unpack_from(blob, PREFIX_BYTES)
        body, signature = blob[:-SIGNATURE_BYTES], blob[-SIGNATURE_BYTES:]
        if account != account_id or epoch < 1:
            raise Refused
        try:
            Ed25519PublicKey.from_public_bytes(signing).verify(signature, _to_sign(body))
        except (InvalidSignature, ValueError):
            raise Refused from None
        xwing_public(share)
        fingerprint = hashlib.sha256(info(Label.FINGERPRINT, body)).digest()
        return cls(account, epoch, deposit, share, signing, fingerprint)

    def deposit_key(self) -> X25519PublicKey:
        """The key a phone seals deposits to (HPKE, KEM X25519)."""
        return X25519PublicKey.from_public_bytes(self.deposit_public)

    def share_key(self) -> MLKEM768X25519PublicKey:
        """The key a share is sealed to (HPKE, KEM MLKEM768_X25519)."""
        return xwing_public(self.share_public)


def _to_sign(body: bytes) -> bytes:
    return info(Label.PUBLIC_IDENTITY, body)
