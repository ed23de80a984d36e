"""Courses, sessions, check-ins, the patient's own sensations, and what to do today, over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response
from marshmallow import Schema

from journal.accounts.service import Owner
from journal.sessions import reminders, rereading, rows, schemas, schemas_after, service, today
from journal.sessions.drafts import draft_of
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Document, Draft, Kept, Kind
from journal.web import cursor, pages
from journal.web.conditional import if_match
from journal.web.contract import Answer, answers, expects, expects_query, for_patient

blueprint = Blueprint("sessions", __name__, url_prefix="/api/v1")

CONFLICT = {412: "it was changed elsewhere; `current` holds what is stored"}
KEPT = {200: "kept as a new revision, or sent twice", **CONFLICT}


@dataclass(frozen=True)
class Collection:
    """The routes of one kind of row, which are the same for all four."""

    path: str
    kind: Kind
    noun: str
    draft: type[Schema]
    kept: type[Schema]
    keep: Callable[[Owner, UUID, Draft, int | None], Kept]
    forget: Callable[[Owner, UUID, int | None], None]

    def open_routes(self) -> None:
        """Put list, read, keep and delete on the blueprint."""
        one = f"{self.path}/<uuid:row_id>"
        name = self.kind.name
        blueprint.add_url_rule(self.path, f"list_{name}", self._list(), methods=["GET"])
        blueprint.add_url_rule(one, f"read_{name}", self._read(), methods=["GET"])
        blueprint.add_url_rule(one, f"keep_{name}", self._keep(), methods=["PUT"])
        blueprint.add_url_rule(one, f"forget_{name}", self._forget(), methods=["DELETE"])

    def _list(self) -> Callable[..., Any]:
        query_schema = schemas.CheckInQuery if self.kind is CHECK_IN else pages.PageQuery

        @for_patient
        @expects_query(query_schema())
        @answers(schemas.page_of(self.kept))
        def list_rows(owner: Owner, query: Document) -> Document:
            links = {"session_id": query["session"]} if query.get("session") else {}
            items, following = rows.page(self.kind, owner, query["limit"], cursor.parse(query["cursor"]), **links)
            page: Document = {"items": [item.as_json() for item in items]}
            return page | {"next": str(following)} if following else page

        list_rows.__doc__ = f"List every {self.noun}, newest stored first."
        return list_rows

    def _read(self) -> Callable[..., Any]:
        @for_patient
        @answers(self.kept())
        def read_row(owner: Owner, row_id: UUID) -> Answer:
            row = rows.read(self.kind, owner, row_id)
            return Answer(row.as_json(), headers={"ETag": rows.etag(row.revision)})

        read_row.__doc__ = f"Read one {self.noun}."
        return read_row

    def _keep(self) -> Callable[..., Any]:
        @for_patient
        @expects(self.draft())
        @answers(self.kept(), 201, also=KEPT, conditional=True)
        def keep_row(owner: Owner, loaded: Document, row_id: UUID) -> Answer:
            return _kept(self.keep(owner, row_id, draft_of(loaded), if_match()))

        keep_row.__doc__ = f"Keep a {self.noun} under an id of your making; sent twice it is kept once."
        return keep_row

    def _forget(self) -> Callable[..., Any]:
        @for_patient
        @answers(None, 204, also=CONFLICT, conditional=True)
        def forget_row(owner: Owner, row_id: UUID) -> Answer:
            self.forget(owner, row_id, if_match())
            return Answer(status=204)

        forget_row.__doc__ = f"Delete a {self.noun} for good."
        return forget_row


def _forgetting(kind: Kind) -> Callable[[Owner, UUID, int | None], None]:
    return lambda owner, row_id, expected: service.forget(kind, owner, row_id, expected)


for _collection in (
    Collection("/courses", COURSE, "course", schemas.CourseDraft, schemas.Course,
               service.keep_course, service.forget_course),
    Collection("/sessions", SESSION, "session", schemas.SessionDraft, schemas.DosingSession,
               service.keep_session, _forgetting(SESSION)),
    Collection("/check-ins", CHECK_IN, "check-in", schemas.CheckInDraft, schemas.CheckIn,
               service.keep_check_in, _forgetting(CHECK_IN)),
    Collection("/additions", ADDITION, "sensation of your own", schemas.AdditionDraft, schemas.Addition,
               service.keep_addition, _forgetting(ADDITION)),
):  # fmt: skip
    _collection.open_routes()


@blueprint.put("/check-ins/<uuid:row_id>/notes/<uuid:note_id>")
@for_patient
@expects(schemas.NoteDraft())
@answers(schemas.CheckIn(), also=CONFLICT)
def note_on_check_in(owner: Owner, note: Document, row_id: UUID, note_id: UUID) -> Answer:
    """Add a note to a check-in without rewriting it."""
    return _as_it_is(service.add_note(CHECK_IN, owner, row_id, {"id": str(note_id), **note}))


@blueprint.put("/sessions/<uuid:row_id>/notes/<uuid:note_id>")
@for_patient
@expects(schemas.NoteDraft())
@answers(schemas.DosingSession(), also=CONFLICT)
def note_on_session(owner: Owner, note: Document, row_id: UUID, note_id: UUID) -> Answer:
    """Add a note to a session without rewriting it."""
    return _as_it_is(service.add_note(SESSION, owner, row_id, {"id": str(note_id), **note}))


@blueprint.get("/today")
@for_patient
@answers(schemas.Today())
def read_today(owner: Owner) -> Document:
    """The one thing to do next, what else is open, and what opens later."""
    return today.today(owner)


@blueprint.get("/rereading")
@for_patient
@answers(schemas_after.Rereading())
def read_rereading(owner: Owner) -> Document:
    """List every check-in that was written in the hours after a dose and is not yet re-read, oldest first."""
    return rereading.rereading(owner)


@blueprint.post("/check-ins/<uuid:row_id>/rereading")
@for_patient
@answers(schemas.CheckIn(), also={409: "the hold has not ended yet: `held_until`", **CONFLICT}, conditional=True)
def reread_check_in(owner: Owner, row_id: UUID) -> Answer:
    """Say that you have re-read a check-in as it stands, once its hold has ended."""
    return _as_it_is(rereading.reread(owner, row_id, if_match()))


@blueprint.get("/sessions/<uuid:row_id>/reminders.ics")
@for_patient
@expects_query(schemas_after.RemindersQuery())
@answers(media="text/calendar")
def read_reminders(owner: Owner, query: Document, row_id: UUID) -> Response:
    """Get a calendar file that reminds of follow-ups of a session, and says nothing of what for."""
    headers = {"Content-Disposition": 'attachment; filename="reminders.ics"'}
    return Response(reminders.reminders(owner, row_id, query), mimetype="text/calendar", headers=headers)


def _kept(kept: Kept) -> Answer:
    return Answer(
        kept.row.as_json(), status=201 if kept.created else 200, headers={"ETag": rows.etag(kept.row.revision)}
    )


def _as_it_is(row: rows.Opened) -> Answer:
    return Answer(row.as_json(), headers={"ETag": rows.etag(row.revision)})
