"""The shapes of courses, sessions, check-ins and additions on the wire. Unknown fields are refused."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from journal.content import choices
from journal.content.catalogue import catalogue
from journal.sessions import answers
from journal.sessions.fields import Amount, ByName, Described, Text, TimeZone, Truth, When
from journal.web.lean import Lean
from journal.web.pages import PageQuery

LINE = 300
PROSE = 20_000
_YES_NO = validate.OneOf(choices.YES_NO)
_ANSWERS = "Send an object: each answer by its question."
_PICKS = "Send an object: each term with its details, or {}."


def _yes_no() -> fields.String:
    return fields.String(validate=_YES_NO)


class Note(Lean):
    """Something added later, without rewriting what was there."""

    id = fields.UUID(required=True)
    written_at = When(required=True)
    text = Text(PROSE, required=True)


class NoteDraft(Lean):
    """A note to add; its id is in the address."""

    written_at = When(required=True)
    text = Text(PROSE, required=True)


class Dose(Lean):
    """What was given, as far as the patient knows."""

    amount = Amount(
        validate=validate.Range(0, 10_000, min_inclusive=False), allow_nan=False, metadata={"exclusiveMinimum": 0}
    )
    unit = fields.String(required=True, validate=validate.OneOf(choices.DOSE_UNITS))


class BloodPressure(Lean):
    """A reading as the patient was told it, in mmHg. It is kept, never judged."""

    systolic = fields.Integer(required=True, strict=True, validate=validate.Range(1, 400))
    diastolic = fields.Integer(required=True, strict=True, validate=validate.Range(1, 400))
    told_by_staff = _yes_no()
    at = When()


class CourseRatings(Lean):
    """The numbers of a course."""

    planned_sessions = fields.Integer(strict=True, validate=validate.Range(1, 1000))
    started_on = fields.Date(metadata={"description": "a date, 2026-11-20"})


class CourseStory(Lean):
    """The words of a course."""

    name = Text(LINE)
    plan = Text(PROSE)


class SessionRatings(Lean):
    """The facts of a session. Times keep the offset they were typed with; durations are minutes."""

    happened_at = When(required=True)
    time_zone = TimeZone(required=True)
    written_at = When(required=True)
    number = fields.Integer(strict=True, validate=validate.Range(1, 10_000))
    route = fields.String(validate=validate.OneOf(choices.ROUTES))
    dose = fields.Nested(Dose)
    duration_min = fields.Integer(strict=True, validate=validate.Range(1, 24 * 60))
    position = fields.String(validate=validate.OneOf(choices.POSITIONS))
    setting = fields.String(validate=validate.OneOf(choices.SETTINGS))
    staff_present = _yes_no()
    antinausea_given = _yes_no()
    dose_adjusted = _yes_no()
    water = _yes_no()
    rest = _yes_no()
    blood_pressure = fields.Nested(BloodPressure)
    pulse = fields.Integer(strict=True, validate=validate.Range(1, 400), metadata={"description": "beats a minute"})


class SessionStory(Lean):
    """The words of a session."""

    place = Text(LINE)
    staff_role = Text(LINE)
    note = Text(PROSE)
    notes = fields.List(fields.Nested(Note), validate=validate.Length(max=answers.NOTES_MOST))


class Detail(Schema):
    """What can be said of one picked term. Which keys a term takes is in the catalogue.

    For readers: `answers` checks picks against the catalogue, key by key.
    """

    intensity = fields.Integer(strict=True, validate=validate.Range(0, 10))
    worst = fields.Integer(strict=True, validate=validate.Range(0, 10))
    direction = fields.List(fields.String(), validate=validate.Length(max=10))
    aspects = fields.List(fields.String(), validate=validate.Length(max=10))
    where = fields.List(fields.String(), validate=validate.Length(max=10))
    valence = fields.Integer(strict=True, validate=validate.Range(-2, 2))
    passed = fields.String(validate=validate.OneOf(choices.PASSED))


class Instrument(Lean):
    """The answers to a questionnaire, in its order; null where one was left open. Whole, it has a total."""

    answers = fields.List(
        fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 3)), required=True
    )
    difficulty = fields.Integer(strict=True, validate=validate.Range(0, 3))


class CheckInRatings(Lean):
    """The answers of a check-in that are not words of the patient's own. What was not answered is absent, never 0."""

    moment = fields.String(required=True, validate=validate.OneOf(list(catalogue().moment)))
    happened_at = When(required=True)
    time_zone = TimeZone(required=True)
    written_at = When(required=True)
    revised_at = When(metadata={"description": "when a stored check-in was last changed by the patient"})
    reread_at = When(metadata={"description": "when the patient last re-read it and let it stand"})
    finished = Truth(metadata={"description": "the patient came to its end"})
    answers = Described(fields.Raw(metadata={"type": ["integer", "string"]}), _ANSWERS)
    noticed = Described(fields.Nested(Detail), _PICKS)
    bothered = Described(fields.Nested(Detail), _PICKS)
    none = fields.List(fields.String(validate=validate.OneOf(("noticed", "bothered"))))
    emotions = fields.List(fields.String(validate=validate.OneOf(choices.EMOTIONS)))
    still_here = fields.List(fields.String(), metadata={"description": "terms not gone yet; [] says all are gone"})
    instruments = ByName(keys=fields.String(), values=fields.Nested(Instrument))


class CheckInStory(Lean):
    """The words of a check-in, by the catalogue's prompts, and notes added later."""

    texts = ByName(keys=fields.String(), values=Text(PROSE))
    notes = fields.List(fields.Nested(Note), validate=validate.Length(max=answers.NOTES_MOST))


class AdditionRatings(Lean):
    """Which list a sensation of the patient's own stands in; `retired` ones are no longer offered."""

    list = fields.String(required=True, validate=validate.OneOf(("noticed", "bothered")))
    retired = Truth()


class AdditionStory(Lean):
    """What the patient calls it."""

    label = Text(60, required=True)


class CourseDraft(Lean):
    """A course to keep."""

    ratings = fields.Nested(CourseRatings, required=True)
    story = fields.Nested(CourseStory)


class SessionDraft(Lean):
    """A session to keep."""

    course_id = fields.UUID()
    ratings = fields.Nested(SessionRatings, required=True)
    story = fields.Nested(SessionStory)


class CheckInDraft(Lean):
    """A check-in to keep. Only one for `anytime` may stand without a session."""

    session_id = fields.UUID()
    ratings = fields.Nested(CheckInRatings, required=True)
    story = fields.Nested(CheckInStory)

    @validates_schema
    def fits_the_catalogue(self, data: dict[str, object], **_: object) -> None:
        """Every id is the catalogue's or the patient's own, and every value one its question can have."""
        faults = answers.faults(data)
        if faults:
            raise ValidationError(faults)


class AdditionDraft(Lean):
    """A sensation of the patient's own to keep."""

    ratings = fields.Nested(AdditionRatings, required=True)
    story = fields.Nested(AdditionStory, required=True)


class _Kept(Schema):
    id = fields.UUID(required=True)
    revision = fields.Integer(required=True, metadata={"description": "also the ETag"})


class Course(CourseDraft, _Kept):
    """A course, as kept."""


class DosingSession(SessionDraft, _Kept):
    """A session, as kept."""


class CheckIn(CheckInDraft, _Kept):
    """A check-in, as kept."""


class Addition(AdditionDraft, _Kept):
    """A sensation of the patient's own, as kept."""


class CheckInQuery(PageQuery):
    """Which check-ins to list."""

    session = fields.UUID(load_default=None, metadata={"description": "only those of this session"})


class Step(Schema):
    """One thing to do."""

    kind = fields.String(required=True, validate=validate.OneOf(("check_in", "session")))
    session_id = fields.UUID()
    moment = fields.String()
    check_in_id = fields.UUID(metadata={"description": "one begun earlier, to go on with"})
    opens_at = When()
    closes_at = When()


class SessionHead(Schema):
    """A session in a line."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    happened_at = When(required=True)
    time_zone = fields.String()
    route = fields.String()


class Superseded(Schema):
    """A follow-up that a later session closed."""

    session_id = fields.UUID(required=True)
    moment = fields.String(required=True)


class InstrumentsDue(Schema):
    """Whether 14 days have passed since each questionnaire was last answered."""

    phq8 = fields.Boolean(required=True)
    gad7 = fields.Boolean(required=True)


class Today(Schema):
    """What to do next."""

    now = When(required=True)
    next = fields.Nested(Step)
    open = fields.List(fields.Nested(Step), required=True)
    later = fields.List(fields.Nested(Step), required=True)
    superseded = fields.List(fields.Nested(Superseded), required=True)
    session = fields.Nested(SessionHead)
    instruments_due = fields.Nested(InstrumentsDue, required=True)
    unopened = fields.Integer(required=True, metadata={"description": "rows that are not as they were sealed"})


_UNOPENED = {
    "description": "a row that is not as it was sealed: all there is to say is that it is there",
    "type": "object",
    "properties": {"id": {"type": "string", "format": "uuid"}, "opens": {"const": False}},
    "required": ["id", "opens"],
    "additionalProperties": False,
}


def page_of(kept: type[Schema]) -> Schema:
    """A page of rows: `items`, and `next` where there are more."""
    row = {"anyOf": [{"$ref": f"#/components/schemas/{kept.__name__}"}, _UNOPENED]}
    items = fields.List(fields.Raw(metadata=row), required=True)
    shape: dict[str, fields.Field[Any]] = {"items": items, "next": fields.String()}
    return Schema.from_dict(shape, name=f"{kept.__name__}Page")()
