"""Phones, deposits and their filing over HTTP."""

import base64
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, request

from journal.accounts.devices import described
from journal.accounts.service import Owner
from journal.crypto import DEPOSIT_BLOB_MAX
from journal.deposits import schemas, service
from journal.deposits.placing import Told
from journal.deposits.service import Case, Checked, Depositor, Room, Seen
from journal.sessions import rows
from journal.sessions.drafts import draft_of
from journal.web.conditional import if_match
from journal.web.contract import (
    Answer,
    answers,
    dumped,
    expects,
    expects_bytes,
    for_depositor,
    for_patient,
    loaded_by,
)

blueprint = Blueprint("deposits", __name__, url_prefix="/api/v1")

Json = dict[str, Any]

TAKEN = {
    204: "it was here already",
    401: "the token is not accepted",
    409: "something else has this id",
    413: "larger than a deposit can be",
    429: "too many in an hour; see Retry-After",
    507: "too much waits for a sign-in",
}


@blueprint.get("/devices")
@for_patient
@answers(schemas.Devices())
def list_devices(owner: Owner) -> Json:
    """List the phones you keep."""
    return dumped(schemas.Devices(), {"devices": service.listed(owner)})


@blueprint.post("/devices")
@for_patient
@expects(schemas.DeviceDraft())
@answers(schemas.Paired(), 201)
def pair_device(owner: Owner, draft: Json) -> Json:
    """Keep this phone; what it needs for handing in sealed check-ins is told this once."""
    paired = service.pair(owner, draft.get("name") or described(request.user_agent.string))
    return {
        "device": dumped(schemas.Device(), paired.device),
        "account_id": paired.account_id,
        "token": paired.token,
        "device_key": _base64url(paired.device_key),
        "public_identity": _base64url(paired.public_identity),
    }


@blueprint.put("/devices/<uuid:device_id>")
@for_patient
@expects(schemas.DeviceName())
@answers(schemas.Device())
def rename_device(owner: Owner, draft: Json, device_id: UUID) -> Json:
    """Call a phone something else."""
    return dumped(schemas.Device(), service.rename(owner, device_id, draft["name"]))


@blueprint.delete("/devices/<uuid:device_id>")
@for_patient
@answers(None, 204)
def drop_device(owner: Owner, device_id: UUID) -> Answer:
    """Drop a phone: it can hand in nothing any more."""
    service.drop(owner, device_id)
    return Answer(status=204)


@blueprint.put("/deposits/<uuid:deposit_id>")
@for_depositor
@expects_bytes(DEPOSIT_BLOB_MAX)
@answers(None, 201, also=TAKEN)
def hand_in(depositor: Depositor, blob: bytes, deposit_id: UUID) -> Answer:
    """Hand in a sealed check-in under an id of your making; sent twice it is kept once."""
    return _taken(service.receive(depositor, deposit_id, blob, _room()))


@blueprint.put("/devices/<uuid:device_id>/deposits/<uuid:deposit_id>")
@for_patient
@expects_bytes(DEPOSIT_BLOB_MAX)
@answers(None, 201, also={status: why for status, why in TAKEN.items() if status != 401})
def hand_in_for(owner: Owner, blob: bytes, device_id: UUID, deposit_id: UUID) -> Answer:
    """Hand in what one of your phones still holds, also after it was dropped."""
    return _taken(service.receive(service.of_owner(owner, device_id), deposit_id, blob, _room()))


@blueprint.post("/deposits/filing")
@for_patient
@expects(schemas.Nothing())
@answers(schemas.Filing())
def file_deposits(owner: Owner, _: Json) -> Json:
    """Put what your phones handed in into the journal."""
    return dumped(schemas.Filing(), service.file(owner, check))


@blueprint.get("/deposits")
@for_patient
@answers(schemas.WaitingDeposits())
def list_deposits(owner: Owner) -> Json:
    """List what your phones handed in and is not in the journal, and why."""
    return {"items": [_shown(case) for case in service.waiting(owner, check)]}


@blueprint.post("/deposits/<uuid:deposit_id>/decision")
@for_patient
@expects(schemas.Decision())
@answers(
    schemas.Decided(),
    also={409: "it does not open", 412: "the stored version is another one by now", 422: "it cannot be kept like this"},
    conditional=True,
)
def decide_on_deposit(owner: Owner, decision: Json, deposit_id: UUID) -> Json:
    """Say which version to keep."""
    seen = Seen(if_match(), decision.get("session_revision"))
    return {"check_in_id": service.decide(owner, deposit_id, decision["keep"], seen, check)}


@blueprint.delete("/deposits/<uuid:deposit_id>")
@for_patient
@answers(None, 204)
def remove_deposit(owner: Owner, deposit_id: UUID) -> Answer:
    """Let go of a deposit that is not in the journal, for good."""
    service.remove(owner, deposit_id)
    return Answer(status=204)


def check(document: Json) -> Checked:
    """The document of a deposit as it can be kept, or `Invalid`."""
    loaded = loaded_by(schemas.DepositDocument(), document)
    check_in = loaded["check_in"]
    # Whoever holds a phone that is kept can write; only somebody who can read has re-read anything.
    check_in["ratings"].pop("reread_at", None)
    return Checked(
        check_in_id=check_in["id"],
        draft=draft_of(check_in),
        based_on=check_in.get("based_on"),
        told=_told(loaded.get("session")),
        additions=tuple((each["id"], draft_of(each)) for each in loaded.get("additions", ())),
        replaces=tuple(loaded.get("replaces", ())),
    )


def _told(session: Json | None) -> Told | None:
    if session is None:
        return None
    draft = draft_of(session)
    return Told(session["id"], draft.ratings, draft.story, session.get("course_id"))


def _shown(case: Case) -> Json:
    row = case.row
    stored: Json = {}
    if case.stored is not None:
        stored["check_in"] = case.stored.as_json()
    if case.disputed is not None:
        stored["session"] = case.disputed.as_json()
    said = case.document or {}
    mine = {name: said[name] for name in ("check_in", "session", "additions") if name in said}
    shown = dumped(
        schemas.WaitingDeposit(only=("id", "device_id", "device_name", "stored_at", "state", "reason", "errors")),
        {
            "id": rows.named(row.id),
            "device_id": rows.named(row.device_id),
            "device_name": case.about.name if case.about else None,
            "stored_at": row.stored_at,
            "state": case.state,
            "reason": case.reason if case.state == "refused" else None,
            "errors": [{"pointer": fault.pointer, "detail": fault.detail} for fault in case.faults] or None,
        },
    )
    return shown | ({"mine": mine} if mine else {}) | ({"stored": stored} if stored else {})


def _taken(new: bool) -> Answer:
    return Answer(status=201 if new else 204)


def _room() -> Room:
    return Room(an_hour=current_app.extensions["settings"].deposits_an_hour)



def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
