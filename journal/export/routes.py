"""Taking a journal out, and bringing one in, over HTTP."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response

from journal.accounts.service import Owner
from journal.export import checking, json_schema, progress, schemas, service
from journal.export.found import Read
from journal.export.material import KINDS, Choice, Shared
from journal.export.writers import WRITERS
from journal.sharing.schemas_desk import BriefQuery
from journal.web.contract import (
    PATIENT,
    Answer,
    answers,
    dumped,
    expects,
    expects_bytes,
    expects_query,
    for_anyone,
    for_exporter,
    for_patient,
    for_reviewer,
    for_stepped_up_owner,
    only,
)
from journal.web.wire import respond

blueprint = Blueprint("export", __name__, url_prefix="/api/v1")

Json = dict[str, Any]

FILE_MOST = 16 * 1024 * 1024
MEDIA = (*dict.fromkeys(writer.media for writer in WRITERS.values()), progress.MEDIA)
NO_PAPER = {500: "it could not be put on paper"}
NOT_TAKEN = {400: "the bytes were not sent as bytes", 413: "the file is too large", 422: "it is no such file"}
NOT_KEPT = NOT_TAKEN | {412: "the journal was changed meanwhile", 422: "rows are wrong; none was kept"}


@blueprint.post("/exports")
@for_exporter
@expects(schemas.ExportDraft())
@answers(media=MEDIA, also=NO_PAPER)
def export_journal(owner: Owner, draft: Json) -> Response:
    """Take your journal out as a file.

    A PDF with `progress` comes as lines of JSON that tell how far it is, then a line with its name and size in bytes,
    then the file itself: `{"done": 3, "of": 13, "step": "telling"}`, where the step is `telling` or `setting`; at the
    end `{"bytes": 48211, "media": "application/pdf", "name": "..."}` with a line feed, and so many bytes. Where it
    cannot be made, the last line is `{"problem": {...}}`. Every other format is sent while it is made.
    """
    choice = Choice(draft.get("since"), draft.get("until"), frozenset(draft.get("kinds", KINDS)), draft["story"])
    made = service.export(owner, draft["format"], choice, _shared(draft), telling=draft["progress"])
    return _sent(made)


@blueprint.get("/desk/<uuid:share_id>/brief.pdf")
@for_reviewer
@expects_query(BriefQuery())
@answers(media="application/pdf", also=NO_PAPER)
def print_brief(owner: Owner, query: Json, share_id: UUID) -> Response:
    """Take the brief of one session along on a page."""
    return _sent(service.brief_on_paper(owner, share_id, query["session"]))


@blueprint.post("/export-tokens")
@only(PATIENT)
@for_stepped_up_owner
@answers(schemas.ExportToken(), 201)
def make_export_token(owner: Owner) -> Answer:
    """Make a token that can take your journal out for 15 minutes, and nothing else; it is told this once."""
    return Answer(dumped(schemas.ExportToken(), service.make_export_token(owner)), 201)


@blueprint.get("/export/schema.json")
@for_anyone
@answers(media="application/schema+json")
def read_export_schema() -> Response:
    """Read the JSON Schema of a journal as a file."""
    headers = {"Cache-Control": "public, max-age=3600"}
    return respond(json_schema.json_schema(), headers=headers, mimetype="application/schema+json")


@blueprint.post("/imports/preview")
@for_patient
@expects_query(schemas.ImportQuery())
@expects_bytes(FILE_MOST)
@answers(schemas.ImportPreview(), also=NOT_TAKEN)
def preview_import(owner: Owner, query: Json, raw: bytes) -> Json:
    """See what a file would bring into your journal, and which of its rows are wrong. Nothing is kept."""
    return service.weighed(owner, _read(owner, query, raw)).as_json()


@blueprint.post("/imports")
@for_patient
@expects_query(schemas.ImportQuery())
@expects_bytes(FILE_MOST)
@answers(schemas.Imported(), 201, also=NOT_KEPT)
def bring_in(owner: Owner, query: Json, raw: bytes) -> Answer:
    """Bring a file into your journal: all of it, or nothing."""
    return Answer(service.keep(owner, query["source"], _read(owner, query, raw)), 201)


@blueprint.get("/imports")
@for_patient
@answers(schemas.Imports())
def list_imports(owner: Owner) -> Json:
    """List what was brought in and can be undone."""
    return dumped(schemas.Imports(), {"imports": service.listed(owner)})


@blueprint.delete("/imports/<uuid:import_id>")
@for_patient
@answers(schemas.Undone(), also={409: "the note of it does not open"})
def undo_import(owner: Owner, import_id: UUID) -> Json:
    """Remove what an import added, as far as nobody changed it since."""
    return service.undo(owner, import_id)


def _shared(draft: Json) -> Shared | None:
    """Whom the copy is for. What the patient consents to is what was chosen."""
    told = draft.get("shared_with")
    sections = ("ratings", "story") if draft["story"] else ("ratings",)
    return None if told is None else Shared(told["name"], sections, told.get("what_for", ""))


def _sent(made: service.Export) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    if made.media == progress.MEDIA:
        # Not a file yet; and a proxy that waits for all of it would keep from the patient how far it is.
        headers |= {"Content-Disposition": "inline", "X-Accel-Buffering": "no"}
    return Response(made.pieces, mimetype=made.media, headers=headers)


def _read(owner: Owner, query: Json, raw: bytes) -> Read:
    zone = "UTC" if query["source"] == "shoreline" else service.zone_of(owner)
    return checking.read(query["source"], raw, zone, query["mood_scale"])
