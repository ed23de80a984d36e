"""The shapes of shares and the access log on the wire. Unknown fields are refused."""

from marshmallow import Schema, fields, validate

from journal.accounts.fields import Line, Shape, Utc
from journal.sessions.fields import Text, Truth, When
from journal.sessions.schemas import CheckInRatings, CheckInStory, SessionRatings, SessionStory

NAME = 80
WHAT_FOR = 200
WORDS = 4000
MOST_ROWS = 1000
SECTIONS = ("ratings", "story")
COVERS = ("sessions", "from_now_on")
STATES = ("live", "expired", "taken_back", "ended_by_operator", "reviewer_left", "does_not_open")


class SeenRow(Schema):
    """A row as it was looked at."""

    id = fields.UUID(required=True)
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(1))


class LendDecision(SeenRow):
    """Whether a check-in is lent, as it was looked at, or kept back."""

    share = Truth(required=True)


class ShareScope(Schema):
    """What a share is about. `session_ids` belongs to covers `sessions` and to nothing else."""

    sections = fields.List(
        fields.String(validate=validate.OneOf(SECTIONS)),
        required=True,
        metadata={"description": '["ratings"], or ["ratings", "story"]'},
    )
    covers = fields.String(required=True, validate=validate.OneOf(COVERS))
    session_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_ROWS))


class ShareDraft(ShareScope):
    """A share to make. `check_ins` and `sessions` are those the preview showed, at the revisions it showed."""

    pin_id = fields.UUID(required=True)
    name = Line(NAME, required=True, metadata={"description": "what the reviewer will know the patient by"})
    what_for = Line(WHAT_FOR)
    until = When(required=True)
    check_ins = fields.List(fields.Nested(SeenRow), load_default=list, validate=validate.Length(max=MOST_ROWS))
    sessions = fields.List(fields.Nested(SeenRow), load_default=list, validate=validate.Length(max=MOST_ROWS))
    ask = Text(WORDS, metadata={"description": "please ask me about ..."})
    not_verified = Truth(
        load_default=False, metadata={"description": "true to share with somebody who was never verified"}
    )


class Until(Schema):
    """A new end."""

    until = When(required=True)


class Ask(Schema):
    """What the patient would like to be asked about; empty takes it away."""

    text = fields.String(required=True, validate=validate.Length(max=WORDS))


class LendDecisions(Schema):
    """What becomes of check-ins that a share covers."""

    check_ins = fields.List(fields.Nested(LendDecision), load_default=list, validate=validate.Length(max=MOST_ROWS))
    sessions = fields.List(
        fields.Nested(SeenRow),
        load_default=list,
        validate=validate.Length(max=MOST_ROWS),
        metadata={"description": "the sessions they belong to, as they were looked at; they go along"},
    )


class SharedWith(Schema):
    """The reviewer of a share, as the patient kept them."""

    pin_id = fields.UUID(required=True)
    name = fields.String(required=True)
    verified = fields.String(required=True)
    key_differs = fields.Boolean(required=True)


class LentCheckIn(Shape):
    """A check-in that a share lends, or that was kept back from it."""

    check_in_id = fields.UUID(required=True)
    session_id = fields.UUID()
    moment = fields.String(required=True)
    happened_at = When(required=True)


class Share(Shape):
    """Who can read what, until when. `lent` and `waiting` count check-ins."""

    id = fields.UUID(required=True)
    reviewer = fields.Nested(SharedWith)
    name = fields.String()
    what_for = fields.String()
    sections = fields.List(fields.String())
    covers = fields.String()
    session_ids = fields.List(fields.UUID())
    made_at = When()
    until = When()
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    ended_at = Utc()
    lent = fields.Integer(required=True)
    lent_check_ins = fields.List(fields.Nested(LentCheckIn), required=True)
    waiting = fields.Integer(required=True)
    last_opened_at = When()
    reviewed_at = When()
    unread_replies = fields.Integer(required=True)
    ask = fields.String()


class Shares(Shape):
    """All shares, the live ones first. `held_until`: until then nothing more can be lent."""

    shares = fields.List(fields.Nested(Share), required=True)
    held_until = When()


class Reply(Schema):
    """What the reviewer wrote to the patient."""

    id = fields.UUID(required=True)
    at = When(required=True)
    text = fields.String(required=True)


class ShareDetail(Share):
    """One share with all that belongs to it."""

    kept_back = fields.List(fields.Nested(LentCheckIn), required=True)
    replies = fields.List(fields.Nested(Reply), required=True)


class WaitingCheckIn(LentCheckIn):
    """A check-in that a share covers and that waits for the patient. `held`: not before `held_until`."""

    revision = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("held", "ready")))
    held_until = When()
    changed = fields.Boolean(required=True, metadata={"description": "it was lent before, and changed since"})
    to_reread = fields.Boolean(required=True, metadata={"description": "written in a hold and not re-read since"})


class WaitingSession(Schema):
    """A session that goes along with its check-ins."""

    id = fields.UUID(required=True)
    revision = fields.Integer(required=True)
    happened_at = When(required=True)
    route = fields.String()


class WaitingShare(Schema):
    """What waits in one share."""

    share_id = fields.UUID(required=True)
    reviewer = fields.String(required=True)
    sections = fields.List(fields.String(), required=True)
    check_ins = fields.List(fields.Nested(WaitingCheckIn), required=True)
    sessions = fields.List(fields.Nested(WaitingSession), required=True)


class AllWaiting(Schema):
    """Everything that waits for the patient's word, share by share."""

    shares = fields.List(fields.Nested(WaitingShare), required=True)


class SessionAsLent(Shape):
    """A session as a reviewer sees it. Its number is left out: it would tell of those that are not lent."""

    id = fields.UUID(required=True)
    ratings = fields.Nested(SessionRatings, required=True)
    story = fields.Nested(SessionStory)


class CheckInAsLent(Shape):
    """A check-in as a reviewer sees it: as written, and nothing of what is not lent."""

    id = fields.UUID(required=True)
    session_id = fields.UUID()
    ratings = fields.Nested(CheckInRatings, required=True)
    story = fields.Nested(CheckInStory)


class AsLent(Schema):
    """Rows as a reviewer sees them. `own_terms`: labels of sensations of the patient's own, where words are lent."""

    sessions = fields.List(fields.Nested(SessionAsLent), required=True)
    check_ins = fields.List(fields.Nested(CheckInAsLent), required=True)
    own_terms = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class Preview(AsLent):
    """What a share would show at once (`check_ins`, `sessions`), at which revisions, and what would wait."""

    seen_check_ins = fields.List(fields.Nested(SeenRow), required=True)
    seen_sessions = fields.List(fields.Nested(SeenRow), required=True)
    waiting = fields.List(fields.Nested(WaitingCheckIn), required=True)


class LogQuery(Schema):
    """Where to go on."""

    before = fields.Integer(load_default=None, validate=validate.Range(1, 2**31 - 1))


class LogEntry(Shape):
    """Something done with a share. `by` is `patient`, `reviewer` or `operator`; an entry may no longer open."""

    number = fields.Integer(required=True)
    at = When()
    by = fields.String()
    name = fields.String(metadata={"description": "the reviewer of the share"})
    what = fields.String(required=True)
    share_id = fields.UUID()
    check_ins = fields.List(fields.Nested(LentCheckIn))
    session_ids = fields.List(fields.UUID())
    sections = fields.List(fields.String())
    count = fields.Integer(metadata={"description": "so many check-ins: all that was lent then"})
    format = fields.String(metadata={"description": "what an export was; `since`, `until`, `kinds`: what was in it"})
    story = fields.Boolean()
    since = fields.String(metadata={"format": "date"})
    until = fields.String(metadata={"format": "date"})
    kinds = fields.List(fields.String())
    shared_with = fields.String(metadata={"description": "whom an export was made for"})


class AccessLog(Shape):
    """The log, newest first. `whole` is false where entries are missing, or were changed."""

    entries = fields.List(fields.Nested(LogEntry), required=True)
    next = fields.Integer(metadata={"description": "`before` of the next page"})
    whole = fields.Boolean(required=True)


class ReturnedRows(Schema):
    """Check-ins that a reviewer gave back to this journal."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    stored_at = Utc(required=True)
    opens = fields.Boolean(required=True)
    sessions = fields.Integer(required=True)
    check_ins = fields.Integer(required=True)


class AllReturned(Schema):
    """Everything given back and not taken yet."""

    returned = fields.List(fields.Nested(ReturnedRows), required=True)


class TakenIn(Schema):
    """What became of it: kept now, here already, not possible to keep."""

    kept = fields.Integer(required=True)
    already = fields.Integer(required=True)
    refused = fields.Integer(required=True)
