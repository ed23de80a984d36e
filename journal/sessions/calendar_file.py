"""An iCalendar file (RFC 5545) that says nothing of why: neutral titles, and an alarm when each event begins.

It names no METHOD: it is a file that somebody adds to a calendar of theirs, no message between people, and a METHOD
would ask for an organizer. Calendars know an event by its UID, which is the same in every file for the same session
and moment and tells neither; the higher SEQUENCE replaces the lower. An event that an earlier file may have put there
is taken out by STATUS:CANCELLED with its UID, a higher SEQUENCE and no alarm: calendars remove it, hide it or strike
it through, and none of them rings. What is not in a file at all stays in the calendar as it was. Times are in UTC, so
no time zone has to come along; free, so nobody who looks for a free hour finds one taken; and private.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

LENGTH = timedelta(minutes=10)
# Whoever reads the file learns no more from who made it than from its titles.
MADE_BY = "-//Calendar file//EN"
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Reminder:
    """One event: for which session and moment, when it begins, and whether it is to be taken out of the calendar."""

    session_id: UUID
    moment: str
    at: datetime
    cancelled: bool = False


def calendar_file(reminders: Iterable[Reminder], title: str, now: datetime) -> bytes:
    """The file as it is made now; one made later replaces it event by event."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for reminder in reminders:
        calendar.add_component(_event(reminder, title, now))
    made: bytes = calendar.to_ical()
    return made


def _event(reminder: Reminder, title: str, now: datetime) -> Event:
    at = reminder.at.astimezone(UTC)
    event = Event()
    event.add("uid", str(uuid5(reminder.session_id, reminder.moment)))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int((now - _BEGINNING).total_seconds()))
    event.add("dtstart", at)
    event.add("dtend", at + LENGTH)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if reminder.cancelled else "CONFIRMED")
    if not reminder.cancelled:
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(0))
    return alarm
