"""Maya keeps a journal, Noor keeps another; Dr Okafor is one Maya may share with."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from journal.crypto import IdentityBundle, Keyring, Lock, Pepper, Peppers, Place, PublicIdentity, Refused, ShareKeys

from . import by_hand

PASSWORD = "varm Strandäng vid havet"


@dataclass(frozen=True)
class Keeper:
    account_id: bytes = field(default_factory=lambda: os.urandom(16))
    bundle: IdentityBundle = field(default_factory=IdentityBundle.generate)
    lock_key: bytes = field(default_factory=lambda: os.urandom(32))
    row_id: bytes = field(default_factory=lambda: os.urandom(16))

    @cached_property
    def keyring(self) -> Keyring:
        return Keyring(self.bundle, self.account_id)

    @cached_property
    def public(self) -> PublicIdentity:
        return PublicIdentity.decode(self.bundle.public(self.account_id), self.account_id)

    def share(self, *, story: bool = True) -> ShareKeys:
        return ShareKeys.generate(os.urandom(16), self.account_id, story=story)

    def place(self, **changes: Any) -> Place:
        return replace(Place("check_in", self.row_id, self.account_id, "story", 1), **changes)

    def lock(self, peppers: Peppers) -> Lock:
        return Lock(peppers, self.lock_key, self.account_id)


def in_hand(share: ShareKeys) -> ShareKeys:
    """The same keys, as they come out of the letter."""
    return ShareKeys(share.share_id, share.owner, share.secrets["ratings"], share.secrets.get("story"))


def signed(keeper: Keeper, label: str, message: bytes) -> bytes:
    """What the holder's key gives under a label, right or wrong."""
    key = Ed25519PrivateKey.from_private_bytes(keeper.bundle.signing_secret)
    return key.sign(by_hand.info(label, message))


def new_peppers() -> Peppers:
    return Peppers(Pepper.from_bytes(os.urandom(32)))


def refuses(open_it: Callable[..., object], *what: object) -> bool:
    """Whether this is refused; any other failure is a failure of the test."""
    try:
        open_it(*what)
    except Refused:
        return True
    return False


def each_bit_flipped(blob: bytes) -> Iterator[bytes]:
    for bit in range(8 * len(blob)):
        yield flipped(blob, bit)


def flipped(blob: bytes, bit: int) -> bytes:
    changed = bytearray(blob)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
