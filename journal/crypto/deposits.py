"""Deposits: what a phone sealed to its owner's public key, and nobody but the owner opens."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .framing import PREFIX_BYTES, Kind, Layout, Refused, check, exactly, prefix
from .identity import ACCOUNT_BYTES, IdentityBundle, PublicIdentity
from .labels import KEY_BYTES, Label, info
from .padding import SMALLEST_BUCKET, pad, unpad

MAC_BYTES = 32
HPKE_OVERHEAD = 32 + 16  # the encapsulated key, the tag
LARGEST_DEPOSIT_BUCKET = 128 * 1024
# What a document may have: the bucket holds its length and the MAC too.
DEPOSIT_MAX = LARGEST_DEPOSIT_BUCKET - 4 - MAC_BYTES

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
LAYOUT = Layout(
    Kind.DEPOSIT, ACCOUNT_BYTES, SMALLEST_BUCKET + HPKE_OVERHEAD, LARGEST_DEPOSIT_BUCKET + HPKE_OVERHEAD
)
_HEADER_END = PREFIX_BYTES + ACCOUNT_BYTES
# The longest there is, in bytes; a server need not read further.
DEPOSIT_BLOB_MAX = _HEADER_END + LARGEST_DEPOSIT_BUCKET + HPKE_OVERHEAD


@dataclass(frozen=True)
class DepositPlace:
    """Where a deposit belongs: the account, the device that sealed it, and its own id, 16 bytes each."""

    account_id: bytes
    device_id: bytes
    deposit_id: bytes

    def __post_init__(self) -> None:
        for value in (self.account_id, self.device_id, self.deposit_id):
            exactly(value, ACCOUNT_BYTES, "an id")

    def encode(self) -> bytes:
        """The three ids, one after the other."""
        return self.account_id + self.device_id + self.deposit_id


def seal_deposit(public: PublicIdentity, device_key: bytes, place: DepositPlace, document: bytes) -> bytes:
    """Seal a document as a phone does; ValueError when it is longer than DEPOSIT_MAX."""
    if len(document) > DEPOSIT_MAX:
        raise ValueError(f"a deposit holds at most {DEPOSIT_MAX} bytes")
    padded = pad(_mac(device_key, place, document) + document)
    header = prefix(LAYOUT, len(padded) + HPKE_OVERHEAD) + place.device_id
    return header + _SUITE.encrypt(padded, public.deposit_key(), _bound(header, place))


def open_deposit(bundle: IdentityBundle, device_key: bytes, place: DepositPlace, blob: bytes) -> bytes:
    """The document that the holder of `device_key` sealed to this owner at this place, else Refused.

    Anybody can seal to a public key. The MAC inside says that it was this phone.
    """
    check(blob, LAYOUT)
    header, sealed = blob[:_HEADER_END], blob[_HEADER_END:]
    if header[PREFIX_BYTES:] != place.device_id:
        raise Refused
    try:
        padded = _SUITE.decrypt(sealed, bundle.deposit_key(), _bound(header, place))
    except (InvalidTag, ValueError):
        raise Refused from None
    inner = unpad(padded)
    mac, document = inner[:MAC_BYTES], inner[MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(device_key, place, document)):
        raise Refused
    return document


def device_of(blob: bytes) -> bytes:
    """The id of the device that a deposit says it is from: 16 bytes, for finding the key that will tell."""
    check(blob, LAYOUT)
    return blob[PREFIX_BYTES:_HEADER_END]


def _bound(header: bytes, place: DepositPlace) -> bytes:
    return info(Label.DEPOSIT_INFO, header + place.encode())


def _mac(device_key: bytes, place: DepositPlace, document: bytes) -> bytes:
    exactly(device_key, KEY_BYTES, "device key")
    return hmac.digest(device_key, info(Label.DEPOSIT_MAC, place.encode() + document), sha256)
