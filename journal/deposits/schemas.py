"""The shapes of phones and deposits on the wire, and of the document inside a seal. Unknown fields are refused."""

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from journal.accounts.fields import Line, Shape, Utc
from journal.sessions import answers
from journal.sessions.fields import Truth
from journal.sessions.schemas import AdditionDraft, CheckIn, CheckInDraft, DosingSession, SessionDraft

NAME = 60
REPLACES_MOST = 2_000
ADDITIONS_MOST = 50


class DeviceDraft(Schema):
    """A phone to keep; without a name it is called what its browser calls itself."""

    name = Line(NAME)


class DeviceName(Schema):
    """What to call a phone."""

    name = Line(NAME, required=True)


class Device(Shape):
    """A phone that is kept. `dropped_at`: it can hand in nothing any more."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    paired_at = Utc(required=True, metadata={"description": "to the hour"})
    last_deposit_at = Utc(metadata={"description": "to the hour"})
    dropped_at = Utc(metadata={"description": "to the hour"})


class Devices(Schema):
    """Every phone that was kept."""

    devices = fields.List(fields.Nested(Device), required=True)


class Paired(Schema):
    """What a phone keeps to hand in sealed check-ins; bytes are base64url without padding. Told this once."""

    device = fields.Nested(Device, required=True)
    account_id = fields.UUID(required=True)
    token = fields.String(required=True)
    device_key = fields.String(required=True)
    public_identity = fields.String(required=True)


class DepositedSession(SessionDraft):
    """A session that the phone tells of."""

    id = fields.UUID(required=True)


class DepositedCheckIn(CheckInDraft):
    """A check-in from a phone, which may not know of which session it is."""

    id = fields.UUID(required=True)
    based_on = fields.Integer(
        strict=True, validate=validate.Range(1, 2**31 - 1), metadata={"description": "the revision it was written over"}
    )

    @validates_schema
    def fits_the_catalogue(self, data: dict[str, object], **_: object) -> None:
        """As for every check-in, but for the session, which is found when it is filed."""
        faults = answers.faults(data)
        faults.pop("session_id", None)
        if faults:
            raise ValidationError(faults)


class DepositedAddition(AdditionDraft):
    """A sensation of the patient's own, named on the phone."""

    id = fields.UUID(required=True)


class DepositDocument(Schema):
    """What is inside a seal."""

    check_in = fields.Nested(DepositedCheckIn, required=True)
    session = fields.Nested(DepositedSession)
    additions = fields.List(fields.Nested(DepositedAddition), validate=validate.Length(max=ADDITIONS_MOST))
    replaces = fields.List(fields.UUID(), validate=validate.Length(max=REPLACES_MOST))


class Filed(Schema):
    """A deposit that is in the journal now. `added` is false where it was there already."""

    id = fields.UUID(required=True)
    device_id = fields.UUID(required=True)
    check_in_id = fields.UUID(required=True)
    added = Truth(required=True)


class Filing(Schema):
    """What became of the deposits. `waiting`: how many need a decision. `more`: ask again."""

    filed = fields.List(fields.Nested(Filed), required=True)
    waiting = fields.Integer(required=True)
    more = Truth(required=True)


class Nothing(Schema):
    """No members."""


class FaultShown(Schema):
    """One thing that keeps a deposit from being filed."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)


class Mine(Schema):
    """What the phone says, as it was written; not checked where it could not be filed for that."""

    check_in = fields.Raw(required=True, metadata={"type": "object"})
    session = fields.Raw(metadata={"type": "object"})
    additions = fields.List(fields.Raw(metadata={"type": "object"}))


class Stored(Schema):
    """What the journal says."""

    check_in = fields.Nested(CheckIn)
    session = fields.Nested(DosingSession)


class WaitingDeposit(Shape):
    """A deposit that is not in the journal, and why."""

    id = fields.UUID(required=True)
    device_id = fields.UUID()
    device_name = fields.String()
    stored_at = Utc(required=True, metadata={"description": "to the hour"})
    state = fields.String(required=True, validate=validate.OneOf(["waiting", "conflict", "refused"]))
    reason = fields.String(validate=validate.OneOf(["does-not-open", "invalid", "no-session"]))
    errors = fields.List(fields.Nested(FaultShown))
    mine = fields.Nested(Mine)
    stored = fields.Nested(Stored)


class WaitingDeposits(Schema):
    """Everything from phones that is not in the journal."""

    items = fields.List(fields.Nested(WaitingDeposit), required=True)


class Decision(Schema):
    """Which version to keep; `anytime` keeps the phone's without a session.

    What is stored of the check-in goes in If-Match, what is stored of the session here, where there is any.
    """

    keep = fields.String(required=True, validate=validate.OneOf(["mine", "stored", "anytime"]))
    session_revision = fields.Integer(strict=True, validate=validate.Range(1, 2**31 - 1))


class Decided(Schema):
    """What the deposit became."""

    check_in_id = fields.UUID(required=True)
