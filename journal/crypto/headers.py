"""What anybody can check of a sealed value without a key: that it is exactly one blob of its kind."""

from . import deposits, identity, letters, lock, password, recovery, sections, shares
from .framing import Layout, check, fits

# The kinds that a store keeps by themselves or inside a lock.
_LAYOUTS: dict[str, Layout] = {
    "lock": lock.LAYOUT,
    "password_way_in": password.LAYOUT,
    "recovery_way_in": recovery.LAYOUT,
    "section_key": sections.KEY_LAYOUT,
    "section_body": sections.BODY_LAYOUT,
    "letter": letters.LETTER_LAYOUT,
    "lent_key": shares.LENT_LAYOUT,
    "note": shares.NOTE_LAYOUT,
    "deposit": deposits.LAYOUT,
    "public_identity": identity.PUBLIC_LAYOUT,
}
SEALED_KINDS = frozenset(_LAYOUTS)


def check_header(kind: str, blob: bytes) -> None:
    """Refused unless the blob is one of this kind, as far as its first bytes and its length tell."""
    check(blob, _LAYOUTS[kind])


def may_be(kind: str, head: bytes, size: int) -> bool:
    """Whether a blob of this size that begins so can be one of this kind."""
    return fits(head, size, _LAYOUTS[kind])
