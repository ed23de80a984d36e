"""A calendar file for the follow-ups of a session: it works on every phone, and nobody is told."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from journal import clock
from journal.accounts.service import Owner
from journal.content.messages import wording
from journal.content.moments import FOLLOW_UPS
from journal.content.structure import Moment
from journal.errors import Fault, Invalid
from journal.sessions import rows
from journal.sessions.calendar_file import Reminder, calendar_file
from journal.sessions.kinds import SESSION

OFF = "off"


def reminders(owner: Owner, session_id: UUID, asked: Mapping[str, str]) -> bytes:
    """The file with what was asked for: by moment, so many minutes after the session, or "off" to take it out again."""
    if not asked:
        raise Invalid(faults=[Fault("?", f"Give a time for one of {', '.join(each.id for each in FOLLOW_UPS)}.")])
    session = rows.read(SESSION, owner, session_id)
    happened_at = datetime.fromisoformat(session.ratings["happened_at"])
    wanted = [(moment, asked[moment.id]) for moment in FOLLOW_UPS if moment.id in asked]
    if faults := list(_faults(wanted)):
        raise Invalid("Choose times in which the check-ins are open.", faults=faults)
    found = [_reminder(session_id, happened_at, moment, text) for moment, text in wanted]
    return calendar_file(found, wording()["reminder"], clock.now())


def _faults(wanted: list[tuple[Moment, str]]) -> Iterator[Fault]:
    for moment, text in wanted:
        opens, closes = _window(moment)
        if text != OFF and not opens <= int(text) < closes:
            yield Fault(f"?/{moment.id}", f"Choose from {opens} to {closes - 1} minutes after the session.")


def _window(moment: Moment) -> tuple[int, int]:
    """When a follow-up opens and closes, in minutes after the session."""
    return int((moment.opens_after_hours or 0) * 60), int((moment.offered_until_hours or 0) * 60)


def _reminder(session_id: UUID, happened_at: datetime, moment: Moment, text: str) -> Reminder:
    """It begins at the full minute: so many whole minutes have passed by then, whatever second the session began at."""
    minutes = _window(moment)[0] if text == OFF else int(text)
    at = happened_at.astimezone(UTC) + timedelta(minutes=minutes)
    full = at.replace(second=0, microsecond=0)
    return Reminder(session_id, moment.id, full if full == at else full + timedelta(minutes=1), cancelled=text == OFF)
