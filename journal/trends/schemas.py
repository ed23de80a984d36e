"""The shapes of the series. Every member that was not told is absent; hours are real ones from the session."""

from marshmallow import Schema, fields

from journal.sessions.fields import When
from journal.sessions.schemas import Dose, SessionHead

RATING = {"minimum": 0, "maximum": 10}


def _rating(*, required: bool = False) -> fields.Integer:
    return fields.Integer(metadata=RATING, required=required)


class Visit(SessionHead):
    """A session in the line."""

    dose = fields.Nested(Dose)
    course_id = fields.UUID()


class Pick(Schema):
    """One term in one session. No point at all: its list was not answered. `chosen: false`: answered without it."""

    session_id = fields.UUID(required=True)
    chosen = fields.Boolean(required=True)
    value = _rating()
    at_hours = fields.Float()
    moment = fields.String()
    direction = fields.List(fields.String())
    aspects = fields.List(fields.String())
    where = fields.List(fields.String())
    valence = fields.Integer(metadata={"minimum": -2, "maximum": 2})
    passed = fields.String()
    still_here = fields.Boolean()


class Sensation(Schema):
    """One term across sessions."""

    term = fields.String(required=True)
    list = fields.String(required=True)
    points = fields.List(fields.Nested(Pick), required=True)


class SessionValue(Schema):
    """One rating of a session."""

    session_id = fields.UUID(required=True)
    value = _rating(required=True)


class MoodPoint(Schema):
    """A mood, and when it was told."""

    check_in_id = fields.UUID(required=True)
    moment = fields.String(required=True)
    hours = fields.Float(required=True, metadata={"description": "from the session; negative before it"})
    value = _rating(required=True)


class MoodCurve(Schema):
    """The moods of one session."""

    session_id = fields.UUID(required=True)
    points = fields.List(fields.Nested(MoodPoint), required=True)


class Lift(Schema):
    """How long mood was told to be above where it started: at least one, less than the other; nothing between."""

    session_id = fields.UUID(required=True)
    state = fields.String(required=True, metadata={"enum": ["no_baseline", "not_above", "back", "still_above"]})
    baseline = _rating()
    highest = _rating()
    last_above_hours = fields.Float()
    first_back_hours = fields.Float()


class Bother(Schema):
    """How bad it was at worst, and when it had passed."""

    session_id = fields.UUID(required=True)
    worst = _rating()
    passed = fields.String()
    still_here = fields.Boolean()


class Bothered(Schema):
    """One term of what bothered, where it was chosen."""

    term = fields.String(required=True)
    points = fields.List(fields.Nested(Bother), required=True)


class Line(Schema):
    """What the patient wrote."""

    prompt_id = fields.String(required=True)
    text = fields.String(required=True)
    check_in_id = fields.UUID(required=True)


class Breakthrough(Schema):
    """What opened up in a session."""

    session_id = fields.UUID(required=True)
    opened = fields.String()
    items = fields.Dict(keys=fields.String(), values=_rating(), required=True)
    lines = fields.List(fields.Nested(Line), required=True)


class Total(Schema):
    """A questionnaire answered once; no total where an answer is missing."""

    check_in_id = fields.UUID(required=True)
    session_id = fields.UUID()
    happened_at = When(required=True)
    total = fields.Integer()


class Totals(Schema):
    """A questionnaire by date."""

    instrument = fields.String(required=True)
    points = fields.List(fields.Nested(Total), required=True)


class Trends(Schema):
    """All series."""

    sessions = fields.List(fields.Nested(Visit), required=True)
    sensations = fields.List(fields.Nested(Sensation), required=True)
    detachment = fields.List(fields.Nested(SessionValue), required=True)
    mood = fields.List(fields.Nested(MoodCurve), required=True)
    lift = fields.List(fields.Nested(Lift), required=True)
    bothered = fields.List(fields.Nested(Bothered), required=True)
    breakthroughs = fields.List(fields.Nested(Breakthrough), required=True)
    instruments = fields.List(fields.Nested(Totals), required=True)
    unopened = fields.Integer(required=True, metadata={"description": "rows that are not as they were sealed"})


class BothMoods(Schema):
    """The moods of both."""

    first = fields.List(fields.Nested(MoodPoint))
    second = fields.List(fields.Nested(MoodPoint))


class ComparedRow(Schema):
    """One term or question in both sessions; absent where it was not asked."""

    term = fields.String()
    item = fields.String()
    list = fields.String(required=True)
    first = fields.Raw(metadata={"description": "a Pick for a term, the answer for a question"})
    second = fields.Raw()


class ComparedBother(Schema):
    """One term of what bothered in both sessions."""

    term = fields.String(required=True)
    first = fields.Nested(Bother)
    second = fields.Nested(Bother)


class BothBreakthroughs(Schema):
    """What opened up in both."""

    first = fields.Nested(Breakthrough)
    second = fields.Nested(Breakthrough)


class Comparison(Schema):
    """Two sessions side by side."""

    first = fields.Nested(Visit, required=True)
    second = fields.Nested(Visit, required=True)
    mood = fields.Nested(BothMoods, required=True)
    rows = fields.List(fields.Nested(ComparedRow), required=True)
    new_in_second = fields.List(fields.String(), required=True)
    only_in_first = fields.List(fields.String(), required=True)
    bothered = fields.List(fields.Nested(ComparedBother), required=True)
    breakthroughs = fields.Nested(BothBreakthroughs, required=True)


class ComparisonQuery(Schema):
    """Which two."""

    first = fields.UUID(required=True)
    second = fields.UUID(required=True)
