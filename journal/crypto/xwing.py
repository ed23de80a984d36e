"""X-Wing (ML-KEM-768 with X25519) as HPKE's KEM: its keys, from a seed of 32 bytes."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from .framing import Refused

MLKEM_PUBLIC_BYTES = 1184
XWING_PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + 32
ENCAPSULATED_BYTES = 1088 + 32  # ML-KEM-768's ciphertext, X25519's public key
XWING_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def xwing_private(seed: bytes) -> MLKEM768X25519PrivateKey:
    """What opens an HPKE seal of KEM MLKEM768_X25519."""
    return MLKEM768X25519PrivateKey(*_halves(seed))


def xwing_public_bytes(seed: bytes) -> bytes:
    """The public key of a seed: ML-KEM-768's, then X25519's."""
    mlkem, x25519 = _halves(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def xwing_public(raw: bytes) -> MLKEM768X25519PublicKey:
    """What seals; Refused for an ML-KEM key whose coefficients are out of range (FIPS 203, 7.2)."""
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES])
        return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC_BYTES:]))
    except ValueError:
        raise Refused from None


def _halves(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    # X-Wing's own expansion, so that the 32-byte seed is the key whatever library opens it later.
    expanded = hashlib.shake_256(seed).digest(96)
    mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
    return mlkem, X25519PrivateKey.from_private_bytes(expanded[64:])
