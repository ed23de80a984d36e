"""The keys of two people: one's own, from the bundle in hand; the other's, as the database has them."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from journal.accounts.service import Owner, public_identity
from journal.crypto import PublicIdentity, Refused, digits

THERAPIST = "therapist"


@dataclass(frozen=True)
class Published:
    """What the database says of an account. `public` is None where its keys are not ones anybody signed."""

    role: str
    blob: bytes
    public: PublicIdentity | None
    disabled: bool

    @property
    def reviews(self) -> bool:
        """Whether it is the account of somebody who can review."""
        return self.role == THERAPIST and not self.disabled


def published(account_id: bytes) -> Published | None:
    """The account's keys as the database has them now; None for no such account. Only a pin says whose they are."""
    found = public_identity(account_id)
    if found is None:
        return None
    try:
        public = _decoded(found.identity, account_id)
    except (Refused, TypeError):
        public = None
    return Published(found.role, found.identity, public, found.disabled)


def own(owner: Owner) -> PublicIdentity:
    """The public identity of who is signed in, made from their own secrets and not read from the database."""
    return PublicIdentity.decode(owner.bundle.public(owner.account_id), owner.account_id)


def own_digits(owner: Owner) -> list[str]:
    """The digits of one's own keys."""
    return list(digits(own(owner).fingerprint))


def own_key_differs(owner: Owner) -> bool:
    """Whether the database publishes other keys as those of who is signed in."""
    found = public_identity(owner.account_id)
    return found is None or found.identity != owner.bundle.public(owner.account_id)


# The same bytes verify the same way every time; a desk asks for each patient at every look.
@lru_cache(maxsize=512)
def _decoded(blob: bytes, account_id: bytes) -> PublicIdentity:
    return PublicIdentity.decode(blob, account_id)


def text_id(raw: bytes) -> str:
    """An id as it is written."""
    return str(UUID(bytes=raw))
