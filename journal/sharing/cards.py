"""Cards, by which a reviewer and a patient meet: made by the one, and read by the other before anything is kept."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from journal import clock
from journal.accounts.service import Owner, read_settings
from journal.crypto import Card, PublicIdentity, Refused, digits, make_card, read_card
from journal.sharing import identities
from journal.sharing.refusals import CardRefused, NameNeeded

LASTS = {"in_person": timedelta(minutes=10), "link": timedelta(days=14)}


@dataclass(frozen=True)
class CardView:
    """A card, as its maker or its reader sees it."""

    name: str
    purpose: str
    expires_at: datetime
    digits: list[str]
    card: str = ""
    pin_id: str | None = None


def make(owner: Owner, purpose: str) -> CardView:
    """A card of the reviewer's own, signed. It is on no list: whoever is shown it has it."""
    name = read_settings(owner).values.get("display_name")
    if not name:
        raise NameNeeded
    public = identities.own(owner)
    expires_at = (clock.now() + LASTS[purpose]).replace(microsecond=0)
    blob = make_card(owner.bundle, public, purpose, int(expires_at.timestamp()), name)
    text = base64.urlsafe_b64encode(blob).decode().rstrip("=")
    return CardView(name, purpose, expires_at, list(digits(public.fingerprint)), text)


def opened(text: str) -> tuple[bytes, Card]:
    """What a card says of itself, in its time; believe it only after it was held against somebody's keys."""
    try:
        blob = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        card = read_card(blob)
    except (Refused, ValueError, binascii.Error):
        raise CardRefused from None
    if not _lasts(card):
        raise CardRefused
    return blob, card


def shown(card: Card, public: PublicIdentity, pin_id: str | None) -> CardView:
    """A card that was held against these keys, and the pin of whom it is of, where they are kept already."""
    expires_at = datetime.fromtimestamp(card.expires_at, UTC)
    return CardView(card.name, card.purpose, expires_at, list(digits(public.fingerprint)), pin_id=pin_id)


def _lasts(card: Card) -> bool:
    """Whether it is not past its time, nor made to last longer than its kind does."""
    now = clock.now()
    return now.timestamp() < card.expires_at <= (now + LASTS[card.purpose]).timestamp() + 60
