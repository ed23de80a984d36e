"""What a patient does over HTTP with people, shares, and the log of who read what."""

from typing import Any
from uuid import UUID

from flask import Blueprint

from journal.accounts.service import Owner
from journal.errors import Invalid
from journal.sessions.drafts import draft_of
from journal.sessions.rows import Draft
from journal.sessions.schemas import AdditionDraft, CheckInDraft, SessionDraft
from journal.sharing import schemas, schemas_people, service
from journal.web.contract import Answer, answers, dumped, expects, expects_query, for_owner, for_patient, loaded_by

blueprint = Blueprint("sharing", __name__, url_prefix="/api/v1")

Json = dict[str, Any]

KEY_DIFFERS = {409: "the keys published for them are not those that were kept, or a hold has not ended"}
HELD = {409: "the hold after a dose has not ended: `held_until`"}
CARD = {409: KEY_DIFFERS[409], 422: "the card cannot be used: damaged, not theirs, or past its time"}


@blueprint.get("/digits")
@for_owner
@answers(schemas_people.Digits())
def read_digits(owner: Owner) -> Json:
    """Read the digits of your own keys, to compare them with somebody in person."""
    return {"digits": service.own_digits(owner)}


@blueprint.post("/cards/reading")
@for_patient
@expects(schemas_people.CardShown())
@answers(schemas_people.CardRead(), also=CARD)
def read_card(owner: Owner, shown: Json) -> Json:
    """Check a card that a reviewer showed you: whose it is, and whether their keys are the ones it names."""
    return dumped(schemas_people.CardRead(), service.read_card(owner, shown["card"]))


@blueprint.get("/pins")
@for_patient
@answers(schemas_people.Pins())
def list_pins(owner: Owner) -> Json:
    """List the people whose keys you keep."""
    return dumped(schemas_people.Pins(), {"pins": service.pins(owner)})


@blueprint.put("/pins/<uuid:pin_id>")
@for_patient
@expects(schemas_people.CardToKeep())
@answers(schemas_people.Pin(), 201, also={200: "they were kept already", **CARD})
def keep_pin(owner: Owner, shown: Json, pin_id: UUID) -> Answer:
    """Keep the person a card is of; in person, they are verified by it."""
    pin, made = service.keep_pin(owner, pin_id, shown["card"], sent=shown["sent"])
    return Answer(dumped(schemas_people.Pin(), pin), 201 if made else 200)


@blueprint.post("/pins/<uuid:pin_id>/comparison")
@for_patient
@answers(schemas_people.Pin(), also=KEY_DIFFERS)
def compare_pin(owner: Owner, pin_id: UUID) -> Json:
    """Say that you compared the digits with them, and that they are the same."""
    return dumped(schemas_people.Pin(), service.compared(owner, pin_id))


@blueprint.delete("/pins/<uuid:pin_id>")
@for_patient
@answers(None, 204, also={409: "they still can read something: take that back first"})
def forget_pin(owner: Owner, pin_id: UUID) -> Answer:
    """Forget somebody."""
    service.forget_pin(owner, pin_id)
    return Answer(status=204)


@blueprint.get("/shares")
@for_patient
@answers(schemas.Shares())
def list_shares(owner: Owner) -> Json:
    """Read who can read what."""
    return service.list_shares(owner)


@blueprint.post("/shares/preview")
@for_patient
@expects(schemas.ShareScope())
@answers(schemas.Preview(), also={422: "sections, covers and sessions do not fit each other"})
def preview_share(owner: Owner, scope: Json) -> Json:
    """See exactly what a reviewer would see, before anything is lent."""
    return service.preview(owner, scope)


@blueprint.get("/shares/waiting")
@for_patient
@answers(schemas.AllWaiting())
def list_waiting(owner: Owner) -> Json:
    """List the check-ins that shares cover and that wait for your word."""
    return service.all_waiting(owner)


@blueprint.get("/shares/<uuid:share_id>")
@for_patient
@answers(schemas.ShareDetail())
def read_share(owner: Owner, share_id: UUID) -> Json:
    """Read one share: what it lends, what you kept back, and what was answered."""
    return service.read_share(owner, share_id)


@blueprint.put("/shares/<uuid:share_id>")
@for_patient
@expects(schemas.ShareDraft())
@answers(
    schemas.Share(),
    201,
    also={200: "sent twice", **KEY_DIFFERS, 412: "something changed since it was looked at", 422: "it cannot be made"},
)
def make_share(owner: Owner, draft: Json, share_id: UUID) -> Answer:
    """Lend parts of your journal to somebody you keep, until a date."""
    share, made = service.make_share(owner, share_id, draft)
    return Answer(share, 201 if made else 200)


@blueprint.delete("/shares/<uuid:share_id>")
@for_patient
@answers(None, 204)
def take_back(owner: Owner, share_id: UUID) -> Answer:
    """Take a share back: from now on nothing of it opens. What was read already cannot be unread."""
    service.take_back(owner, share_id)
    return Answer(status=204)


@blueprint.put("/shares/<uuid:share_id>/until")
@for_patient
@expects(schemas.Until())
@answers(schemas.Share(), also={**KEY_DIFFERS, 422: "not a time it can end at"})
def change_until(owner: Owner, draft: Json, share_id: UUID) -> Json:
    """Change when a share ends."""
    return service.change_until(owner, share_id, draft["until"])


@blueprint.put("/shares/<uuid:share_id>/ask")
@for_patient
@expects(schemas.Ask())
@answers(schemas.Share(), also=HELD)
def ask(owner: Owner, draft: Json, share_id: UUID) -> Json:
    """Say what you would like to be asked about; empty takes it away."""
    return service.ask(owner, share_id, draft["text"])


@blueprint.put("/shares/<uuid:share_id>/decisions")
@for_patient
@expects(schemas.LendDecisions())
@answers(
    schemas.Share(),
    also={**KEY_DIFFERS, 412: "something changed since it was looked at", 422: "not covered, or without its session"},
)
def decide(owner: Owner, draft: Json, share_id: UUID) -> Json:
    """Lend check-ins that a share covers, now that you have re-read them; or keep them back."""
    return service.decide(owner, share_id, draft)


@blueprint.post("/shares/<uuid:share_id>/replies-read")
@for_patient
@answers(None, 204)
def replies_read(owner: Owner, share_id: UUID) -> Answer:
    """Say that you have read the replies."""
    service.replies_read(owner, share_id)
    return Answer(status=204)


@blueprint.get("/access-log")
@for_patient
@expects_query(schemas.LogQuery())
@answers(schemas.AccessLog())
def read_access_log(owner: Owner, query: Json) -> Json:
    """Read who opened what and when, and every change to a share, newest first."""
    return service.access_log(owner, query["before"])


@blueprint.get("/returned")
@for_patient
@answers(schemas.AllReturned())
def list_returned(owner: Owner) -> Json:
    """List what reviewers gave back to this journal."""
    return dumped(schemas.AllReturned(), {"returned": service.returned(owner)})


@blueprint.post("/returned/<uuid:return_id>/taking")
@for_patient
@answers(schemas.TakenIn())
def take_returned(owner: Owner, return_id: UUID) -> Json:
    """Take what was given back into your journal."""
    return dumped(schemas.TakenIn(), service.take_returned(owner, return_id, _checked))


@blueprint.delete("/returned/<uuid:return_id>")
@for_patient
@answers(None, 204)
def refuse_returned(owner: Owner, return_id: UUID) -> Answer:
    """Remove what was given back."""
    service.refuse_returned(owner, return_id)
    return Answer(status=204)


_DRAFTS = {"session": SessionDraft(), "check_in": CheckInDraft(), "addition": AdditionDraft()}


def _checked(kind: str, document: Json) -> Draft | None:
    """What came back as a draft; None for what this journal would not take from its patient either."""
    try:
        return draft_of(loaded_by(_DRAFTS[kind], document))
    except (Invalid, KeyError):
        return None
