"""What this room does: for its routes, and for the operator's commands."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from journal.accounts.service import Owner
from journal.sharing import making, overview, shares
from journal.sharing import pins as people
from journal.sharing.cards import make as make_card
from journal.sharing.desk import brief, desk, lent_apart, lent_session, mark_reviewed, reply
from journal.sharing.identities import own_digits
from journal.sharing.lending import take_everywhere
from journal.sharing.opening import destroy_keys_left, end_shut, open_letters
from journal.sharing.operating import disable_therapist, opened_by_pepper, relock, under_peppers
from journal.sharing.overview import all_waiting, preview
from journal.sharing.overview import listed as list_shares
from journal.sharing.overview import log as access_log
from journal.sharing.overview import read as read_share
from journal.sharing.pins import PinView, compared
from journal.sharing.pins import keep as keep_pin
from journal.sharing.pins import read as read_card
from journal.sharing.returning import Check, give_back
from journal.sharing.returning import refuse as refuse_returned
from journal.sharing.returning import take as take_returned
from journal.sharing.returning import waiting as returned
from journal.sharing.shares import replies_read, take_back

Json = dict[str, Any]

__all__ = [
    "Check",
    "access_log",
    "all_waiting",
    "ask",
    "brief",
    "change_until",
    "compared",
    "decide",
    "desk",
    "destroy_keys_left",
    "disable_therapist",
    "end_shut",
    "forget_pin",
    "give_back",
    "keep_pin",
    "lent_apart",
    "lent_session",
    "list_shares",
    "make_card",
    "make_share",
    "mark_reviewed",
    "open_letters",
    "opened_by_pepper",
    "own_digits",
    "pins",
    "preview",
    "read_card",
    "read_share",
    "refuse_returned",
    "relock",
    "replies_read",
    "reply",
    "returned",
    "take_back",
    "take_everywhere",
    "take_returned",
    "under_peppers",
]


def pins(owner: Owner) -> list[PinView]:
    """Everybody the patient keeps. A share past its end counts no more."""
    shares.sweep_over(owner)
    return people.views(owner)


def forget_pin(owner: Owner, pin_id: UUID) -> None:
    """Forget somebody, unless they can still read something."""
    shares.sweep_over(owner)
    people.forget(owner, pin_id)


def make_share(owner: Owner, share_id: UUID, draft: Mapping[str, Any]) -> tuple[Json, bool]:
    """Make a share; how it stands, and whether it is new."""
    made = making.make(owner, share_id, draft)
    return overview.as_listed(owner, share_id), made


def change_until(owner: Owner, share_id: UUID, until: str) -> Json:
    """Let a share end at another time; how it stands."""
    shares.change_until(owner, share_id, until)
    return overview.as_listed(owner, share_id)


def ask(owner: Owner, share_id: UUID, text: str) -> Json:
    """Say what the patient would like to be asked about; how the share stands."""
    shares.ask(owner, share_id, text)
    return overview.as_listed(owner, share_id)


def decide(owner: Owner, share_id: UUID, draft: Mapping[str, Any]) -> Json:
    """Lend or keep back check-ins that a share covers; how it stands."""
    shares.decide(owner, share_id, draft)
    return overview.as_listed(owner, share_id)
