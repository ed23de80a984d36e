"""The shapes of what comes after a check-in: re-reading it, and being reminded of the next."""

from marshmallow import Schema, fields

from journal.sessions.fields import Minutes, When
from journal.sessions.reminders import OFF


def _reminder() -> Minutes:
    described = "whole minutes after the session, such as 2010; or off, to take out what an earlier file put there"
    return Minutes(OFF, metadata={"description": described})


class RemindersQuery(Schema):
    """When to be reminded of which follow-up. What is left out is not in the file.

    An address may be kept by whatever carries it, so it tells how long after the session, and never the day.
    """

    next_day = _reminder()
    third_day = _reminder()
    week = _reminder()
    month = _reminder()


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
