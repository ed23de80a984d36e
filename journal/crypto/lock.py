"""The lock: the outer layer of every wrap, under the host's pepper and the account's lock key."""

from dataclasses import dataclass, field

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
from .identity import ACCOUNT_BYTES
from .labels import KEY_BYTES, Label, derive, expand

INNER_MAX = 8192
PEPPER_ID_BYTES = 4
PLACE_ID_MAX = 64

# Where a wrap lives. Numbers are for ever; FORMAT.md lists those kept free for later.
LOCK_KINDS = {"password": 1, "recovery": 2, "sign_in": 3, "entering": 6, "share": 7, "returned": 8, "export": 9}

LAYOUT = Layout(Kind.LOCK, PEPPER_ID_BYTES, BOX_OVERHEAD + 1, BOX_OVERHEAD + INNER_MAX)
_HEADER_END = PREFIX_BYTES + PEPPER_ID_BYTES
# Where a wrap names its pepper, as SQL counts: from 1, and how many bytes.
PEPPER_ID_AT = (PREFIX_BYTES + 1, PEPPER_ID_BYTES)


@dataclass(frozen=True)
class Pepper:
    """The host's secret, with a short public id so that two can be in use during a rotation."""

    secret: bytes = field(repr=False)
    id: bytes

    @classmethod
    def from_bytes(cls, secret: bytes) -> "Pepper":
        """A pepper from its 32 bytes."""
        exactly(secret, KEY_BYTES, "pepper")
        return cls(secret, expand(secret, Label.PEPPER_ID)[:PEPPER_ID_BYTES])


@dataclass(frozen=True)
class Peppers:
    """The pepper that closes, and during a rotation one more that only opens: the one to come, or the one before."""

    current: Pepper
    previous: Pepper | None = None
    coming: Pepper | None = None

    def __post_init__(self) -> None:
        ids = [pepper.id for pepper in self.all()]
        if len(set(ids)) != len(ids):
            raise ValueError("the peppers in use must differ from one another")

    def all(self) -> list[Pepper]:
        """Every pepper that opens."""
        return [pepper for pepper in (self.current, self.previous, self.coming) if pepper]

    def named(self, pepper_id: bytes) -> Pepper:
        """The pepper with this id, else Refused."""
        for pepper in self.all():
            if pepper.id == pepper_id:
                return pepper
        raise Refused


def pepper_id_of(blob: bytes) -> bytes:
    """The id of the pepper that a lock was closed with, for telling that it is not this host's."""
    check(blob, LAYOUT)
    return blob[PREFIX_BYTES:_HEADER_END]


class Lock:
    """One account's lock; without its lock key, or without the pepper, nothing below it opens."""

    def __init__(self, peppers: Peppers, lock_key: bytes, account_id: bytes) -> None:
        self._peppers = peppers
        self._lock_key = exactly(lock_key, KEY_BYTES, "lock key")
        self._account_id = exactly(account_id, ACCOUNT_BYTES, "account id")
        # By pepper id: one lock opens at every request of its account.
        self._ciphers: dict[bytes, AESGCM] = {}

    def close(self, inner: bytes, kind: str, place_id: bytes) -> bytes:
        """The wrap with its outer layer, bound to this account, kind and place."""
        if not 1 <= len(inner) <= INNER_MAX:
            raise ValueError("a wrap has 1 to 8192 bytes")
        pepper = self._peppers.current
        header = prefix(LAYOUT, BOX_OVERHEAD + len(inner)) + pepper.id
        return header + seal_box(self._cipher(pepper), inner, self._aad(header, kind, place_id))

    def open(self, blob: bytes, kind: str, place_id: bytes) -> bytes:
        """The wrap inside, when blob, account, kind and place are those it was closed for."""
        check(blob, LAYOUT)
        header, box = blob[:_HEADER_END], blob[_HEADER_END:]
        pepper = self._peppers.named(header[PREFIX_BYTES:])
        try:
            aad = self._aad(header, kind, place_id)
        except ValueError:
            # A row changed behind our back can ask for a place that cannot exist.
            raise Refused from None
        return open_box(self._cipher(pepper), box, aad)

    def relock(self, blob: bytes, kind: str, place_id: bytes) -> bytes:
        """The same wrap under the current pepper; the blob itself when it already is."""
        inner = self.open(blob, kind, place_id)
        if blob[PREFIX_BYTES:_HEADER_END] == self._peppers.current.id:
            return blob
        return self.close(inner, kind, place_id)

    def _cipher(self, pepper: Pepper) -> AESGCM:
        cipher = self._ciphers.get(pepper.id)
        if cipher is None:
            key = derive(pepper.secret, Label.LOCK, self._account_id, salt=self._lock_key)
            cipher = self._ciphers[pepper.id] = AESGCM(key)
        return cipher

    def _aad(self, header: bytes, kind: str, place_id: bytes) -> bytes:
        if kind not in LOCK_KINDS or not 1 <= len(place_id) <= PLACE_ID_MAX:
            raise ValueError("unknown kind, or a place id that is not 1 to 64 bytes")
        return header + self._account_id + bytes([LOCK_KINDS[kind], len(place_id)]) + place_id
