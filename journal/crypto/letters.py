"""Cards, by which two people come to know each other's keys, and letters, signed and sealed from one to the other."""

import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .framing import PREFIX_BYTES, TAG_BYTES, Kind, Layout, Refused, check, exactly, prefix
from .identity import ACCOUNT_BYTES, SIGNATURE_BYTES, IdentityBundle, PublicIdentity
from .labels import KEY_BYTES, Label, expand, info
from .padding import SMALLEST_BUCKET, pad, unpad
from .xwing import ENCAPSULATED_BYTES, XWING_SUITE

# Why a card was made, and what a letter is about. Numbers are for ever.
CARD_PURPOSES = {"in_person": 1, "link": 2}
LETTER_PURPOSES = {"share": 1, "returned": 2}
NAME_BYTES = 160
LARGEST_LETTER_BUCKET = 4096
LETTER_MAX = LARGEST_LETTER_BUCKET - 4 - SIGNATURE_BYTES
DIGIT_GROUPS, GROUP_DIGITS, GROUP_BYTES = 12, 5, 5

_CARD = struct.Struct(">B16s32sQB")
_CARD_LAYOUT = Layout(Kind.CARD, _CARD.size, 1 + SIGNATURE_BYTES, NAME_BYTES + SIGNATURE_BYTES)
_LETTER = struct.Struct(">B16s16s16s")
LETTER_LAYOUT = Layout(
    Kind.LETTER,
    _LETTER.size,
    ENCAPSULATED_BYTES + SMALLEST_BUCKET + TAG_BYTES,
    ENCAPSULATED_BYTES + LARGEST_LETTER_BUCKET + TAG_BYTES,
)
_LETTER_HEADER_END = PREFIX_BYTES + _LETTER.size


@dataclass(frozen=True)
class Card:
    """Somebody's name and the fingerprint of their keys, for a while (`expires_at` in seconds of Unix time)."""

    purpose: str
    account_id: bytes
    fingerprint: bytes
    expires_at: int
    name: str


@dataclass(frozen=True)
class LetterPlace:
    """Where a letter belongs: what it is about, from whom, to whom, and its id, 16 bytes each."""

    purpose: str
    sender: bytes
    recipient: bytes
    letter_id: bytes

    def encode(self) -> bytes:
        """Purpose and the three ids, one after the other."""
        for value in (self.sender, self.recipient, self.letter_id):
            exactly(value, ACCOUNT_BYTES, "an id")
        if self.purpose not in LETTER_PURPOSES:
            raise ValueError("a letter about nothing known")
        return _LETTER.pack(LETTER_PURPOSES[self.purpose], self.sender, self.recipient, self.letter_id)


def make_card(bundle: IdentityBundle, public: PublicIdentity, purpose: str, expires_at: int, name: str) -> bytes:
    """A card of one's own, signed; ValueError for a name of no or more than 160 bytes."""
    encoded = name.encode()
    if not 1 <= len(encoded) <= NAME_BYTES:
        raise ValueError(f"a name has 1 to {NAME_BYTES} bytes")
    if purpose not in CARD_PURPOSES or not 0 <= expires_at < 1 << 64:
        raise ValueError("a card for nothing known, or for ever")
    fixed = (CARD_PURPOSES[purpose], public.account_id, public.fingerprint, expires_at, len(encoded))
    body = prefix(_CARD_LAYOUT, len(encoded) + SIGNATURE_BYTES) + _CARD.pack(*fixed) + encoded
    return body + _sign(bundle, _card_signed(body))


def read_card(blob: bytes) -> Card:
    """What a card says of itself. Believe it only after `verify_card`."""
    check(blob, _CARD_LAYOUT)
    number, account_id, fingerprint, expires_at, length = _CARD.unpack_from(blob, PREFIX_BYTES)
    encoded = blob[PREFIX_BYTES + _CARD.size : -SIGNATURE_BYTES]
    purpose = next((name for name, known in CARD_PURPOSES.items() if known == number), None)
    if purpose is None or length != len(encoded):
        raise Refused
    try:
        return Card(purpose, account_id, fingerprint, expires_at, encoded.decode())
    except UnicodeDecodeError:
        raise Refused from None


def verify_card(blob: bytes, public: PublicIdentity) -> Card:
    """The card, when it names exactly these keys and they signed it; else Refused."""
    card = read_card(blob)
    if (card.account_id, card.fingerprint) != (public.account_id, public.fingerprint):
        raise Refused
    _verify(public, blob[-SIGNATURE_BYTES:], _card_signed(blob[:-SIGNATURE_BYTES]))
    return card


def digits(fingerprint: bytes) -> tuple[str, ...]:
    """A fingerprint as 12 groups of 5 digits, to be compared by eye or read out."""
    exactly(fingerprint, KEY_BYTES, "fingerprint")
    raw = expand(fingerprint, Label.DIGITS, length=DIGIT_GROUPS * GROUP_BYTES)
    groups = (raw[at : at + GROUP_BYTES] for at in range(0, len(raw), GROUP_BYTES))
    return tuple(f"{int.from_bytes(group) % 10**GROUP_DIGITS:0{GROUP_DIGITS}}" for group in groups)


def seal_letter(bundle: IdentityBundle, recipient: PublicIdentity, place: LetterPlace, document: bytes) -> bytes:
    """A letter from the bundle's holder; ValueError when it is longer than LETTER_MAX."""
    if len(document) > LETTER_MAX:
        raise ValueError(f"a letter holds at most {LETTER_MAX} bytes")
    if place.recipient != recipient.account_id:
        raise ValueError("a letter goes to whom it names")
    padded_size = len(pad(bytes(SIGNATURE_BYTES) + document))
    header = prefix(LETTER_LAYOUT, ENCAPSULATED_BYTES + padded_size + TAG_BYTES) + place.encode()
    signature = _sign(bundle, _letter_signed(header, recipient.fingerprint, document))
    try:
        return header + XWING_SUITE.encrypt(pad(signature + document), recipient.share_key(), _bound(header))
    except ValueError:
        # Somebody else's X25519 key of low order: it is well signed, and nothing can be sealed to it.
        raise Refused from None


def open_letter(
    bundle: IdentityBundle, own_fingerprint: bytes, sender: PublicIdentity, place: LetterPlace, blob: bytes
) -> bytes:
    """What the sender wrote to exactly these keys, at this place; else Refused.

    The signature covers the recipient's fingerprint too: a letter handed on to somebody else is not one to them.
    """
    check(blob, LETTER_LAYOUT)
    header, sealed = blob[:_LETTER_HEADER_END], blob[_LETTER_HEADER_END:]
    try:
        if header[PREFIX_BYTES:] != place.encode() or place.sender != sender.account_id:
            raise Refused
        inner = unpad(XWING_SUITE.decrypt(sealed, bundle.share_key(), _bound(header)))
    except (InvalidTag, ValueError):
        raise Refused from None
    signature, document = inner[:SIGNATURE_BYTES], inner[SIGNATURE_BYTES:]
    _verify(sender, signature, _letter_signed(header, own_fingerprint, document))
    return document


def _card_signed(body: bytes) -> bytes:
    return info(Label.CARD, body)


def _bound(header: bytes) -> bytes:
    return info(Label.LETTER_INFO, header)


def _letter_signed(header: bytes, recipient_fingerprint: bytes, document: bytes) -> bytes:
    return info(Label.LETTER_SIGNATURE, header + recipient_fingerprint + document)


def _sign(bundle: IdentityBundle, message: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(bundle.signing_secret).sign(message)


def _verify(public: PublicIdentity, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public.signing_public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise Refused from None
