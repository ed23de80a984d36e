"""A calendar file for the follow-ups of a session: it works on every phone, and nobody is told."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from journal import clock
from journal.accounts.service import Owner
from journal.content.messages import wording
from journal.content.moments import FOLLOW_UPS
from journal.content.structure import Moment
from journal.errors import Fault, Invalid
from journal.sessions import rows
from journal.sessions.calendar_file import Reminder, calendar_file
from journal.sessions.kinds import SESSION
from journal.sessions.moments import SessionAt, window

OFF = "off"


def reminders(owner: Owner, session_id: UUID, asked: Mapping[str, str], zone: str | None) -> bytes:
    """The file with what was asked for: by moment, a time on the clocks of `zone`, or "off" to take it out again."""
    if not asked:
        raise Invalid(faults=[Fault("?", f"Give a time for one of {', '.join(each.id for each in FOLLOW_UPS)}.")])
    session = rows.read(SESSION, owner, session_id)
    happened_at = SessionAt(session.id, datetime.fromisoformat(session.ratings["happened_at"]))
    here = ZoneInfo(zone or session.ratings["time_zone"])
    wanted = [(moment, asked[moment.id]) for moment in FOLLOW_UPS if moment.id in asked]
    if faults := list(_faults(happened_at, wanted, here)):
        raise Invalid("Choose times in which the check-ins are open.", faults=faults)
    found = [_reminder(session_id, happened_at, moment, text, here) for moment, text in wanted]
    return calendar_file(found, wording()["reminder"], clock.now())


def _faults(session: SessionAt, wanted: list[tuple[Moment, str]], here: ZoneInfo) -> Iterator[Fault]:
    for moment, text in wanted:
        opens, closes = window(session, moment)
        if text != OFF and not opens <= _instant(text, here) < closes:
            first, last = (at.astimezone(here).strftime("%Y-%m-%d %H:%M") for at in (opens, closes))
            yield Fault(f"?/{moment.id}", f"Choose a time from {first} to {last}, while it is open.")


def _reminder(session_id: UUID, session: SessionAt, moment: Moment, text: str, here: ZoneInfo) -> Reminder:
    if text == OFF:
        return Reminder(session_id, moment.id, window(session, moment)[0], cancelled=True)
    return Reminder(session_id, moment.id, _instant(text, here))


def _instant(text: str, here: ZoneInfo) -> datetime:
    """An hour that a change of clocks skipped moves on by the gap; one that came twice is the first of the two."""
    return datetime.fromisoformat(text).replace(tzinfo=here)
