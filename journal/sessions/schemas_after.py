"""The shapes of what comes after a check-in: re-reading it, and being reminded of the next."""

from marshmallow import Schema, fields

from journal.sessions.fields import TimeZone, WallClock, When
from journal.sessions.reminders import OFF


def _reminder() -> WallClock:
    described = "a time on the clocks of `zone`, such as 2026-11-21T18:00; or off, to take out what an earlier file put"
    return WallClock(OFF, metadata={"description": described})


class RemindersQuery(Schema):
    """When to be reminded of which follow-up. What is left out is not in the file."""

    next_day = _reminder()
    third_day = _reminder()
    week = _reminder()
    month = _reminder()
    zone = TimeZone(metadata={"description": "an IANA name; the session's own where it is left out"})


class NotReread(Schema):
    """A check-in that was written in the hours after a dose and is still to be re-read."""

    check_in_id = fields.UUID(required=True)
    session_id = fields.UUID()
    moment = fields.String(required=True)
    happened_at = When(required=True)
    held_until = When(required=True)
    open = fields.Boolean(required=True, metadata={"description": "the hold has ended, so it can be re-read"})


class Rereading(Schema):
    """What is still to be re-read, oldest first. `hold_hours`: how long the hold is."""

    hold_hours = fields.Integer(required=True)
    items = fields.List(fields.Nested(NotReread), required=True)
