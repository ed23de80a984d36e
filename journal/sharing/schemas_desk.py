"""The shapes of the reviewer's desk on the wire."""

from marshmallow import Schema, fields, validate

from journal.accounts.fields import Shape, Utc
from journal.sessions.fields import Text, When
from journal.sessions.schemas import Dose
from journal.sharing.schemas import WORDS, AsLent, Reply
from journal.trends.schemas import Bother, Breakthrough, Lift, MoodPoint


class DeskShare(Shape):
    """A share on the desk. `new` counts check-ins since the last review; with `opens` false, all else is absent."""

    id = fields.UUID(required=True)
    opens = fields.Boolean(required=True)
    patient = fields.String()
    what_for = fields.String()
    sections = fields.List(fields.String())
    until = When()
    met = fields.String(metadata={"description": "`in_person`, or `link`: how the patient came to know of you"})
    digits = fields.List(fields.String(), metadata={"description": "the patient's keys, to be compared"})
    new = fields.Integer()
    check_ins = fields.Integer()
    newest_at = Utc(metadata={"description": "the hour in which something was last lent"})
    reviewed_at = When()
    ask = fields.Boolean(metadata={"description": "the patient would like to be asked about something"})


class Desk(Schema):
    """All shares with this reviewer, newest unread first. `own_key_differs`: another's keys are published as yours."""

    now = When(required=True)
    own_key_differs = fields.Boolean(required=True)
    shares = fields.List(fields.Nested(DeskShare), required=True)


class BriefQuery(Schema):
    """Which session to tell of; the latest that is lent where none is named."""

    session = fields.UUID(load_default=None)


class LentVisit(Schema):
    """A lent session in the line, by its date; numbers would tell of those that are not lent."""

    id = fields.UUID(required=True)
    happened_at = When(required=True)
    time_zone = fields.String()
    route = fields.String()
    dose = fields.Nested(Dose)
    new = fields.Integer(required=True, metadata={"description": "check-ins lent since the last review"})


class Since(Schema):
    """A check-in lent, or changed, since the last review."""

    check_in_id = fields.UUID(required=True)
    session_id = fields.UUID()
    moment = fields.String(required=True)
    happened_at = When(required=True)
    changed = fields.Boolean(required=True)


class Change(Schema):
    """A rating of this session beside that of the session before; `by` is the difference, with its sign."""

    term = fields.String()
    item = fields.String()
    list = fields.String(required=True)
    first = fields.Integer(required=True)
    second = fields.Integer(required=True)
    by = fields.Integer(required=True)


class BotheredNow(Schema):
    """What bothered in this session: how bad at worst and when it had passed; and in the session before."""

    term = fields.String(required=True)
    now = fields.Nested(Bother, required=True)
    before = fields.Nested(Bother)


class Detachment(Schema):
    """How far away it felt at its strongest."""

    now = fields.Integer()
    before = fields.Integer()


class Moods(Schema):
    """Mood around both sessions, at real hours."""

    now = fields.List(fields.Nested(MoodPoint), required=True)
    before = fields.List(fields.Nested(MoodPoint), required=True)


class Band(Schema):
    """A published range of totals, and where it was published."""

    name = fields.String(required=True)
    lowest = fields.Integer(required=True)
    highest = fields.Integer(required=True)
    source = fields.String(required=True)


class BandedTotal(Schema):
    """A questionnaire answered once."""

    check_in_id = fields.UUID(required=True)
    happened_at = When(required=True)
    total = fields.Integer()
    band = fields.Nested(Band)


class BandedTotals(Schema):
    """A questionnaire by date, the latest last."""

    instrument = fields.String(required=True)
    highest = fields.Integer(required=True, metadata={"description": "the highest total there can be"})
    points = fields.List(fields.Nested(BandedTotal), required=True)


class Brief(Shape):
    """The integration brief: one session against the one before, from nothing but what is lent."""

    share = fields.Nested(DeskShare, required=True)
    now = When(required=True)
    ask = fields.String()
    sessions = fields.List(fields.Nested(LentVisit), required=True)
    apart = fields.Integer(required=True, metadata={"description": "lent check-ins that belong to no session"})
    session = fields.Nested(LentVisit)
    before = fields.Nested(LentVisit)
    since = fields.List(fields.Nested(Since), required=True)
    changes = fields.List(fields.Nested(Change), required=True)
    first_time = fields.List(fields.String(), required=True)
    bothered = fields.List(fields.Nested(BotheredNow), required=True)
    detachment = fields.Nested(Detachment, required=True)
    breakthrough = fields.Nested(Breakthrough)
    mood = fields.Nested(Moods, required=True)
    lift = fields.Nested(Lift)
    instruments = fields.List(fields.Nested(BandedTotals), required=True)
    own_terms = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    replies = fields.List(fields.Nested(Reply), required=True)
    unopened = fields.Integer(required=True, metadata={"description": "rows that are not as they were sealed"})


class LentRows(AsLent):
    """Check-ins as the patient wrote them."""

    unopened = fields.Integer(required=True)


class ReplyDraft(Schema):
    """Words for the patient."""

    text = Text(WORDS, required=True)


class Reviewed(Schema):
    """When a share was last marked as reviewed."""

    reviewed_at = When(required=True)


class ReturnDraft(Schema):
    """Give the check-ins of this share back to their patient's new journal, which shares with you too.

    `digits`: those of the new journal's keys, as the patient read them out; they are compared here too.
    """

    to = fields.UUID(required=True, metadata={"description": "the share of the new journal"})
    digits = fields.List(
        fields.String(validate=validate.Length(equal=5)), required=True, validate=validate.Length(equal=12)
    )


class GivenBack(Schema):
    """What was given back."""

    sessions = fields.Integer(required=True)
    check_ins = fields.Integer(required=True)
