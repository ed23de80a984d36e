"""The reviewer's desk over HTTP. Every route but the list leaves an entry in the patient's log."""

from typing import Any
from uuid import UUID

from flask import Blueprint

from journal.accounts.service import Owner
from journal.sharing import schemas, schemas_desk, schemas_people, service
from journal.web.contract import Answer, answers, expects, expects_query, for_reviewer

blueprint = Blueprint("desk", __name__, url_prefix="/api/v1")

Json = dict[str, Any]


@blueprint.post("/cards")
@for_reviewer
@expects(schemas_people.CardDraft())
@answers(schemas_people.CardMade(), 201, also={409: "set a display name first"})
def make_card(owner: Owner, draft: Json) -> Json:
    """Make a card of yours for a patient to scan or to open."""
    found: Json = schemas_people.CardMade().dump(service.make_card(owner, draft["purpose"]))
    return found


@blueprint.get("/desk")
@for_reviewer
@answers(schemas_desk.Desk())
def read_desk(owner: Owner) -> Json:
    """List the patients who share with you, newest unread first. Opens no section of any journal."""
    return service.desk(owner)


@blueprint.get("/desk/<uuid:share_id>/brief")
@for_reviewer
@expects_query(schemas_desk.BriefQuery())
@answers(schemas_desk.Brief())
def read_brief(owner: Owner, query: Json, share_id: UUID) -> Json:
    """Read one session against the one before, from what is lent."""
    return service.brief(owner, share_id, query["session"])


@blueprint.get("/desk/<uuid:share_id>/sessions/<uuid:session_id>")
@for_reviewer
@answers(schemas_desk.LentRows())
def read_lent_session(owner: Owner, share_id: UUID, session_id: UUID) -> Json:
    """Read a lent session and its lent check-ins as they were written."""
    return service.lent_session(owner, share_id, session_id)


@blueprint.get("/desk/<uuid:share_id>/apart")
@for_reviewer
@answers(schemas_desk.LentRows())
def read_lent_apart(owner: Owner, share_id: UUID) -> Json:
    """Read the lent check-ins that belong to no session."""
    return service.lent_apart(owner, share_id)


@blueprint.put("/desk/<uuid:share_id>/replies/<uuid:reply_id>")
@for_reviewer
@expects(schemas_desk.ReplyDraft())
@answers(schemas.Reply(), 201, also={200: "sent twice", 412: "another reply has this id", 422: "too many"})
def reply(owner: Owner, draft: Json, share_id: UUID, reply_id: UUID) -> Answer:
    """Write to the patient, who reads it when they next sign in."""
    kept, made = service.reply(owner, share_id, reply_id, draft["text"])
    return Answer(kept, 201 if made else 200)


@blueprint.post("/desk/<uuid:share_id>/reviewed")
@for_reviewer
@answers(schemas_desk.Reviewed(), 201)
def mark_reviewed(owner: Owner, share_id: UUID) -> Json:
    """Say that you have reviewed what the last brief told; the patient sees when."""
    return {"reviewed_at": service.mark_reviewed(owner, share_id)}


@blueprint.post("/desk/<uuid:share_id>/returned")
@for_reviewer
@expects(schemas_desk.ReturnDraft())
@answers(schemas_desk.GivenBack(), 201, also={409: "the digits are not those of that journal's keys"})
def give_back(owner: Owner, draft: Json, share_id: UUID) -> Json:
    """Give everything this share lends back to its patient's new journal."""
    return service.give_back(owner, share_id, draft["to"], draft["digits"])
