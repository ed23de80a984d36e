"""The shapes of exports, of the file that comes back in, and of imports."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from journal.accounts.fields import Line, Shape, Utc
from journal.accounts.schemas import Settings
from journal.export.json_file import FORMAT, VERSION
from journal.export.material import KINDS
from journal.export.writers import WRITERS
from journal.sessions.fields import Truth
from journal.sessions.schemas import (
    AdditionDraft,
    AdditionRatings,
    AdditionStory,
    CheckInDraft,
    CourseDraft,
    SessionDraft,
)
from journal.sharing.schemas import NAME, WHAT_FOR

SOURCES = ("shoreline", "daylio", "bearable")


class MadeFor(Schema):
    """Whom a copy is made for."""

    name = Line(NAME, required=True, metadata={"description": "whom it is for, as the file and the access log say it"})
    what_for = Line(WHAT_FOR)


class ExportDraft(Schema):
    """What to take along. Days are as they were told, and both belong to the span; without `kinds` everything is."""

    format = fields.String(required=True, validate=validate.OneOf([*WRITERS]))
    since = fields.Date(metadata={"description": "a date, 2026-11-20"})
    until = fields.Date(metadata={"description": "a date, 2026-11-20"})
    kinds = fields.List(fields.String(validate=validate.OneOf(sorted(KINDS))), validate=validate.Length(1, len(KINDS)))
    story = Truth(required=True, metadata={"description": "whether words are taken along, or ratings alone"})
    shared_with = fields.Nested(
        MadeFor, metadata={"description": "for a copy that somebody else gets: it says what you consented to"}
    )
    progress = Truth(load_default=False, metadata={"description": "of a PDF: lines that tell how far it is, before it"})

    @validates_schema
    def has_an_order(self, data: dict[str, object], **_: object) -> None:
        """A span that ends before it begins would be an empty file, and look like a lost journal."""
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:  # type: ignore[operator]
            raise ValidationError("Give a last day that is not before the first.", "until")


class ExportToken(Shape):
    """A token for exports, told this once; send it as `Authorization: Bearer ...`."""

    token = fields.String(required=True)
    expires_at = Utc(required=True)


class JournalChoice(Schema):
    """What was chosen to be in the file; a day that is absent was no limit."""

    since = fields.Date()
    until = fields.Date()
    kinds = fields.List(fields.String(validate=validate.OneOf(sorted(KINDS))), required=True)
    story = Truth(required=True)


class JournalMadeFor(MadeFor):
    """Whom the file was made for, and what that person may do with it."""

    notice = fields.String(required=True)


class JournalCourse(CourseDraft):
    """A course."""

    id = fields.UUID(required=True)


class JournalAddition(AdditionDraft):
    """A sensation of the patient's own; without words it has no label."""

    id = fields.UUID(required=True)
    ratings = fields.Nested(AdditionRatings, required=True)
    story = fields.Nested(AdditionStory)


class JournalSession(SessionDraft):
    """A dosing session."""

    id = fields.UUID(required=True)


class JournalCheckIn(CheckInDraft):
    """A check-in; `session_id` names the session it belongs to."""

    id = fields.UUID(required=True)


class JournalHead(Schema):
    """What a file is, before its rows."""

    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    version = fields.Integer(required=True, strict=True, validate=validate.Equal(VERSION))
    made_at = Utc(required=True)
    catalogue = fields.String(required=True, metadata={"description": "the version of the catalogue that names terms"})
    whole = Truth(required=True, metadata={"description": "nothing of the journal was left out by choice"})
    unopened = fields.Integer(
        required=True, strict=True, metadata={"description": "rows that were not as they were sealed, and are missing"}
    )
    choice = fields.Nested(JournalChoice, required=True)
    settings = fields.Nested(Settings, required=True)
    shared_with = fields.Nested(JournalMadeFor)


class Journal(JournalHead):
    """A journal as a file. Each list is in the order of time."""

    courses = fields.List(fields.Nested(JournalCourse), required=True)
    additions = fields.List(fields.Nested(JournalAddition), required=True)
    sessions = fields.List(fields.Nested(JournalSession), required=True)
    check_ins = fields.List(fields.Nested(JournalCheckIn), required=True)


class ImportQuery(Schema):
    """Which journal a file is from, and what it does not say itself."""

    source = fields.String(
        required=True, data_key="from", validate=validate.OneOf(SOURCES), metadata={"description": "whose file it is"}
    )
    mood_scale = fields.Integer(
        load_default=None,
        validate=validate.OneOf((5, 10)),
        metadata={"description": "of Bearable: what its moods go up to; without it a file with a mood above 5 says 10"},
    )


class RowError(Schema):
    """What is wrong in a row, and what to do. The first row of a table is its header."""

    row = fields.Integer(required=True)
    detail = fields.String(required=True)


class ImportPreview(Shape):
    """What an import would do. It does nothing at all as long as there are `errors`."""

    rows = fields.Integer(required=True)
    courses = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    check_ins = fields.Integer(required=True)
    additions = fields.Integer(required=True)
    already = fields.Integer(required=True, metadata={"description": "rows that are in the journal just so"})
    first = fields.String(metadata={"description": "when the earliest of it happened"})
    last = fields.String()
    wrong = fields.Integer(required=True, metadata={"description": "how many errors there are; not all may be shown"})
    errors = fields.List(fields.Nested(RowError), required=True)
    remarks = fields.List(fields.String(), required=True, metadata={"description": "what to know before it is kept"})
    sample = fields.List(fields.Nested(CheckInDraft), required=True)


class Imported(Shape):
    """What was kept. `import_id` is absent where everything was there already."""

    import_id = fields.UUID()
    kept = fields.Integer(required=True)
    already = fields.Integer(required=True)


class Import(Shape):
    """An import that can be undone."""

    id = fields.UUID(required=True)
    source = fields.String(data_key="from")
    made_at = Utc()
    kept = fields.Integer()
    opens = fields.Boolean(required=True)


class Imports(Schema):
    """Every import that was not undone, the latest first."""

    imports = fields.List(fields.Nested(Import), required=True)


class Undone(Schema):
    """What became of the rows an import had added. Those that were changed or deleted since are left as they are."""

    removed = fields.Integer(required=True)
    stayed = fields.Integer(required=True)
