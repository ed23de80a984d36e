"""A grant: what one share lends and until when. The reviewer has it in a signed letter, the patient in a sealed copy.

The letter is signed by the patient's key, sealed to the reviewer's, bound to both and to the share, and locked by the
host under a key of the share's own. Taking back destroys that key, so that no old backup gives the letter back.
"""

import base64
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from journal import documents
from journal.accounts.service import Owner, share_lock
from journal.crypto import (
    LetterPlace,
    Lock,
    Place,
    PublicIdentity,
    Refused,
    SealedSection,
    ShareKeys,
    open_letter,
    seal_letter,
)
from journal.sharing import identities

LOCK = "share"
FROM_NOW_ON, SESSIONS = "from_now_on", "sessions"


@dataclass(frozen=True)
class Grant:
    """What both sides know of a share. Times are text with their offset, as they were told."""

    name: str
    sections: list[str]
    covers: str
    made_at: str
    until: str
    what_for: str = ""
    card: str = field(default="", repr=False)
    revision: int = 1

    @property
    def story(self) -> bool:
        """Whether words are lent too."""
        return "story" in self.sections

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return now >= datetime.fromisoformat(self.until)


@dataclass(frozen=True)
class Copy:
    """The patient's side of a share.

    `letter` is the hash of the letter the reviewer has: another one there is noticed. `kept_back`: check-ins that the
    patient decided not to lend. `replies_read`: ids of replies she has seen. `sent`: the hash of the request that made
    it, by which the same one sent twice is known. `end_told`: that the operator ended it is in the log.
    """

    grant: Grant
    pin_id: str
    pin_name: str
    reviewer_id: str
    secrets: dict[str, str] = field(repr=False)
    session_ids: list[str] = field(default_factory=list)
    letter: str = ""
    kept_back: list[str] = field(default_factory=list)
    replies_read: list[str] = field(default_factory=list)
    ask_revision: int = 0
    sent: str = ""
    end_told: bool = False

    def keys(self, share_id: bytes, owner: bytes) -> ShareKeys:
        """The share's keys."""
        return keys_of(share_id, owner, self.secrets)


@dataclass(frozen=True)
class Held:
    """A grant as its reviewer has it in hand: with the keys, and whose it is."""

    share_id: bytes
    patient: PublicIdentity
    grant: Grant
    keys: ShareKeys


def secrets_of(keys: ShareKeys) -> dict[str, str]:
    """The keys as they stand in a letter and in the copy."""
    return {name: base64.b64encode(key).decode() for name, key in keys.secrets.items()}


def written(owner: Owner, to: PublicIdentity, grant: Grant, keys: ShareKeys, lock: Lock) -> tuple[bytes, str]:
    """The letter of a grant to exactly these keys, locked; and the hash by which the patient knows it again."""
    place = LetterPlace("share", owner.account_id, to.account_id, keys.share_id)
    document = orjson.dumps({"grant": documents.written(grant), "keys": secrets_of(keys)})
    letter = seal_letter(owner.bundle, to, place, document)
    return lock.close(letter, LOCK, keys.share_id), sha256(letter).hexdigest()


def is_same_letter(row: Any, copy: Copy) -> bool:
    """Whether the letter in a row of shares is the one the patient wrote last, lying before whom she wrote it to."""
    if row.ended_at is not None or row.reviewer_id != bytes.fromhex(copy.reviewer_id):
        return False
    try:
        letter = share_lock(row.id, row.account_id).open(row.letter, LOCK, row.id)
    except (Refused, TypeError):
        return False
    return sha256(letter).hexdigest() == copy.letter


def in_hand(reviewer: Owner, own: PublicIdentity, row: Any) -> Held:
    """The grant in a row of shares, opened by its reviewer; Refused when anything about it is not as it was written."""
    there = identities.published(row.account_id)
    if there is None or there.public is None:
        raise Refused
    letter = share_lock(row.id, row.account_id).open(row.letter, LOCK, row.id)
    place = LetterPlace("share", row.account_id, reviewer.account_id, row.id)
    found = orjson.loads(open_letter(reviewer.bundle, own.fingerprint, there.public, place, letter))
    keys = keys_of(row.id, row.account_id, found["keys"])
    return Held(row.id, there.public, _grant(found["grant"]), keys)


def sealed(owner: Owner, share_id: bytes, copy: Copy, revision: int) -> dict[str, Any]:
    """The patient's copy as columns of shares."""
    document = documents.written(copy) | {"grant": documents.written(copy.grant)}
    section = owner.keyring.seal(_place(owner, share_id, revision), orjson.dumps(document))
    return {"revision": revision, "about_key": section.key, "about": section.body}


def opened(owner: Owner, row: Any) -> Copy:
    """The patient's copy in a row of shares; Refused when it is not as it was sealed."""
    try:
        sealed_copy = SealedSection(row.about_key, row.about)
        found = orjson.loads(owner.keyring.open(_place(owner, row.id, row.revision), sealed_copy))
    except TypeError:
        raise Refused from None
    return Copy(**documents.known(Copy, found) | {"grant": _grant(found["grant"])})


def _grant(found: dict[str, Any]) -> Grant:
    return Grant(**documents.known(Grant, found))


def changed(copy: Copy, **changes: Any) -> Copy:
    """The copy with its grant changed in some fields, and one revision on."""
    return replace(copy, grant=replace(copy.grant, revision=copy.grant.revision + 1, **changes))


def keys_of(share_id: bytes, owner: bytes, secrets: dict[str, str]) -> ShareKeys:
    """The keys that `secrets_of` wrote."""
    raw = {name: base64.b64decode(text) for name, text in secrets.items()}
    return ShareKeys(share_id, owner, raw["ratings"], raw.get("story"))


def _place(owner: Owner, share_id: bytes, revision: int) -> Place:
    return Place("share", row_id=share_id, owner=owner.account_id, section="ratings", revision=revision)


def name_of(share_id: bytes) -> str:
    """A share's id as it is written."""
    return str(UUID(bytes=share_id))
