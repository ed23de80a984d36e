"""Pins: the people whose keys a patient keeps, sealed."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from journal import clock, documents
from journal.accounts.service import Owner
from journal.crypto import (
    Card,
    Place,
    PublicIdentity,
    Refused,
    SealedSection,
    digits,
    verify_card,
)
from journal.database import reading, writing
from journal.errors import DoesNotOpen, NotFound
from journal.sharing import cards, identities
from journal.sharing.access_log import log_own
from journal.sharing.cards import CardView
from journal.sharing.identities import Published
from journal.sharing.models import PINS, SHARES
from journal.sharing.refusals import CardRefused, InUse, KeyDiffers, Left

IN_PERSON, COMPARED, NOT_VERIFIED = "in_person", "compared", "not_verified"
MOST_PINS = 100


@dataclass(frozen=True)
class Pin:
    """Somebody kept: the fingerprint of their keys, and how the patient knows that it is theirs.

    `card` is the card they were met by, in person: whoever has it was there.
    """

    id: UUID
    revision: int
    reviewer_id: bytes
    name: str
    fingerprint: bytes
    verified: str
    met_at: datetime
    card: str = field(repr=False)


@dataclass(frozen=True)
class PinView:
    """A pin as its owner sees it."""

    id: str
    name: str
    verified: str
    digits: list[str]
    met_at: datetime
    key_differs: bool
    left: bool
    shares: int


def read(owner: Owner, text: str) -> CardView:
    """Whose card it is, checked against the keys published for them; `KeyDiffers` where it names others."""
    card, public = _checked(owner, text)
    kept = next((pin for pin in every(owner) if pin.reviewer_id == card.account_id), None)
    return cards.shown(card, public, _id(kept))


def keep(owner: Owner, pin_id: UUID, text: str, *, sent: bool) -> tuple[PinView, bool]:
    """Keep whom a card is of. Somebody kept already is kept once; met in person since, they are verified by it.

    Nobody is met by a card that was `sent`, whatever it says.
    """
    card, public = _checked(owner, text)
    met = card.purpose == IN_PERSON and not sent
    pins = every(owner)
    kept = next((pin for pin in pins if pin.reviewer_id == card.account_id), None)
    if kept is not None:
        if kept.verified != IN_PERSON and met:
            kept = _change(owner, replace(kept, verified=IN_PERSON, met_at=clock.now(), card=text))
        return view(owner, kept), False
    if len(pins) >= MOST_PINS or any(pin.id == pin_id for pin in pins):
        raise CardRefused("This person cannot be kept. Forget somebody you no longer share with first.")
    verified, shown = (IN_PERSON, text) if met else (NOT_VERIFIED, "")
    pin = Pin(pin_id, 1, card.account_id, card.name, public.fingerprint, verified, clock.now(), shown)
    known = {"account_id": owner.account_id, "id": pin_id.bytes, "created_at": clock.this_hour()}
    try:
        with writing() as c:
            c.execute(insert(PINS).values(known | _sealed(owner, pin)))
    except IntegrityError:  # The same request, sent twice at once.
        return view(owner, one(owner, pin_id)), False
    return view(owner, pin), True


def compared(owner: Owner, pin_id: UUID) -> PinView:
    """The patient compared the digits with them, and they are the same."""
    pin = one(owner, pin_id)
    check_keys(owner, pin)
    if pin.verified == NOT_VERIFIED:
        pin = _change(owner, replace(pin, verified=COMPARED))
    return view(owner, pin)


def forget(owner: Owner, pin_id: UUID) -> None:
    """Forget somebody, unless they can still read something."""
    pin = one(owner, pin_id)
    if _live(owner, pin.reviewer_id):
        raise InUse
    with writing() as c:
        c.execute(delete(PINS).where(_is(owner, pin_id)))


def views(owner: Owner) -> list[PinView]:
    """Everybody kept, the latest first."""
    return [view(owner, pin) for pin in every(owner)]


def view(owner: Owner, pin: Pin) -> PinView:
    """A pin with how its keys stand now."""
    there = identities.published(pin.reviewer_id)
    left = there is None or not there.reviews
    return PinView(
        str(pin.id),
        pin.name,
        pin.verified,
        list(digits(pin.fingerprint)),
        pin.met_at,
        differs(pin, there),
        left,
        _live(owner, pin.reviewer_id),
    )


def differs(pin: Pin, there: Published | None) -> bool:
    """Whether other keys are published for somebody than those that were kept."""
    return there is not None and (there.public is None or there.public.fingerprint != pin.fingerprint)


def check_keys(owner: Owner, pin: Pin) -> PublicIdentity:
    """The very keys that were kept, for use now; `KeyDiffers`, which is logged, or `Left`."""
    there = identities.published(pin.reviewer_id)
    if there is None or not there.reviews:
        raise Left
    if there.public is None or there.public.fingerprint != pin.fingerprint:
        log_own(owner, {"what": "key_differed", "name": pin.name})
        raise KeyDiffers
    return there.public


def every(owner: Owner) -> list[Pin]:
    """All pins, the latest first; `DoesNotOpen` where one was changed behind the application's back."""
    return [_opened(owner, row) for row in _rows(owner)]


def those_that_open(owner: Owner) -> Iterator[Pin]:
    """The pins that are as they were sealed, for showing what else there is; nothing is decided by them."""
    for row in _rows(owner):
        with suppress(DoesNotOpen):
            yield _opened(owner, row)


def one(owner: Owner, pin_id: UUID) -> Pin:
    """One pin; `NotFound` when it is not there or not the owner's."""
    with reading() as c:
        row = c.execute(select(PINS).where(_is(owner, pin_id))).one_or_none()
    if row is None:
        raise NotFound
    return _opened(owner, row)


def _rows(owner: Owner) -> Sequence[Any]:
    query = select(PINS).where(PINS.c.account_id == owner.account_id).order_by(PINS.c.created_at.desc(), PINS.c.id)
    with reading() as c:
        return c.execute(query).all()


def _checked(owner: Owner, text: str) -> tuple[Card, PublicIdentity]:
    blob, card = cards.opened(text)
    there = identities.published(card.account_id)
    if there is None or not there.reviews:
        raise CardRefused
    kept = next((pin for pin in every(owner) if pin.reviewer_id == card.account_id), None)
    if there.public is None or there.public.fingerprint != card.fingerprint or (kept and differs(kept, there)):
        log_own(owner, {"what": "key_differed", "name": kept.name if kept else card.name})
        raise KeyDiffers
    try:
        return verify_card(blob, there.public), there.public
    except Refused:
        raise CardRefused from None


def _change(owner: Owner, pin: Pin) -> Pin:
    changed = replace(pin, revision=pin.revision + 1)
    with writing() as c:
        this = and_(_is(owner, pin.id), PINS.c.revision == pin.revision)
        if c.execute(update(PINS).where(this).values(_sealed(owner, changed))).rowcount != 1:
            return one(owner, pin.id)
    return changed


def _sealed(owner: Owner, pin: Pin) -> dict[str, Any]:
    inside = asdict(pin) | {
        "id": None,
        "reviewer_id": pin.reviewer_id.hex(),
        "fingerprint": pin.fingerprint.hex(),
        "met_at": pin.met_at.isoformat(),
    }
    section = owner.keyring.seal(_place(owner, pin.id.bytes, pin.revision), orjson.dumps(inside))
    return {"revision": pin.revision, "about_key": section.key, "about": section.body}


def _opened(owner: Owner, row: Any) -> Pin:
    try:
        sealed = SealedSection(row.about_key, row.about)
        inside = orjson.loads(owner.keyring.open(_place(owner, row.id, row.revision), sealed))
    except (Refused, TypeError):
        raise DoesNotOpen from None
    return Pin(
        **documents.known(Pin, inside)
        | {
            "id": UUID(bytes=row.id),
            "revision": row.revision,
            "reviewer_id": bytes.fromhex(inside["reviewer_id"]),
            "fingerprint": bytes.fromhex(inside["fingerprint"]),
            "met_at": datetime.fromisoformat(inside["met_at"]),
        }
    )


def _live(owner: Owner, reviewer_id: bytes) -> int:
    count = select(func.count()).select_from(SHARES)
    with reading() as c:
        return int(
            c.execute(
                count.where(
                    SHARES.c.account_id == owner.account_id,
                    SHARES.c.reviewer_id == reviewer_id,
                    SHARES.c.letter.is_not(None),
                )
            ).scalar_one()
        )


def _id(pin: Pin | None) -> str | None:
    return None if pin is None else str(pin.id)


def _place(owner: Owner, pin_id: bytes, revision: int) -> Place:
    return Place("pin", row_id=pin_id, owner=owner.account_id, section="ratings", revision=revision)


def _is(owner: Owner, pin_id: UUID) -> Any:
    return and_(PINS.c.account_id == owner.account_id, PINS.c.id == pin_id.bytes)
