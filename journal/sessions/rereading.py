"""What is still to be re-read, worked out from the whole journal, because only its owner's keys can read a date."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from journal import clock
from journal.accounts.service import Owner, Settings, read_settings
from journal.content.moments import BEFORE
from journal.errors import Problem
from journal.sessions import rows
from journal.sessions.hold import Held, Holds, Words
from journal.sessions.kinds import CHECK_IN, SESSION
from journal.sessions.rows import Document, Draft, Opened
from journal.sessions.service import Journal, whole_journal


class StillHeld(Problem):
    """What was written after a dose cannot be re-read before the hold has ended."""

    slug, status, title = "still-held", 409, "The hold has not ended yet"
    detail = "Nothing was changed. Re-read it after `held_until`, when the hold that you set has ended."


def rereading(owner: Owner) -> Document:
    """Every check-in that is not yet re-read, oldest first, and from when on it can be."""
    journal, now, settings = whole_journal(owner, stories=True), clock.now(), read_settings(owner)
    holds, line = _holds(journal.sessions, settings), sorted(journal.check_ins, key=_happened_at)
    begun = _begun(journal.sessions)
    found = ((each, holds.held(words_of(each, begun))) for each in line)
    items = [_item(each, state, now) for each, state in found if state.waits]
    return {"hold_hours": settings.hold_hours, "items": items}


def reread(owner: Owner, row_id: UUID, expected: int | None) -> Opened:
    """The patient has re-read a check-in as it stands. Sent twice, or with nothing to re-read, it changes nothing."""
    check_in, now = rows.read(CHECK_IN, owner, row_id), clock.now()
    sessions = [row for row in rows.every(SESSION, owner, story=False) if isinstance(row, Opened)]
    state = _holds(sessions, read_settings(owner)).held(words_of(check_in, _begun(sessions)))
    if not state.waits:
        return check_in
    if not state.is_open(now):
        raise StillHeld(members={"held_until": _told(state, check_in)})
    if expected != check_in.revision:
        raise rows.conflict(check_in)
    at = now.astimezone(ZoneInfo(check_in.ratings["time_zone"])).isoformat(timespec="seconds")
    links = {name: UUID(link) for name, link in check_in.links.items()}
    draft = Draft({**check_in.ratings, "reread_at": at}, check_in.story, links)
    return rows.keep(CHECK_IN, owner, row_id, draft, expected).row


def may_be_shown(journal: Journal, check_in: Opened, settings: Settings) -> bool:
    """Whether anybody but the patient may be shown this check-in, of a journal that was read with its stories.

    The time of a session that does not open is not known, so neither is the hold of what was told of it: it stays.
    """
    held = Standing(journal, settings).of_check_in(check_in)
    return held is not None and not held.waits


class Standing:
    """How the rows of one journal, read with its stories, stand with its holds."""

    def __init__(self, journal: Journal, settings: Settings) -> None:
        self._begun = _begun(journal.sessions)
        self._holds = _holds(journal.sessions, settings)

    def of_check_in(self, check_in: Opened) -> Held | None:
        """How it stands with a check-in; None where the time of its session is not known, and so no hold either."""
        if check_in.links.get("session_id") not in (None, *self._begun):
            return None
        return self._holds.held(words_of(check_in, self._begun))

    def of_session(self, session: Opened) -> Held:
        """How it stands with what was written of a session itself. It is not re-read by itself."""
        ratings, notes = session.ratings, (session.story or {}).get("notes", ())
        told = [ratings["written_at"], *(note["written_at"] for note in notes)]
        return self._holds.held(Words([max(datetime.fromisoformat(at), _happened_at(session)) for at in told]))

    def held_until(self, now: datetime) -> datetime | None:
        """The end of the hold that now lies in; None outside one."""
        return self._holds.held(Words([now])).until


def words_of(check_in: Opened, begun: Mapping[str, datetime]) -> Words:
    """When the words of an opened check-in, its story among them, were written and re-read.

    What was said after a session was not written before it, whatever a phone's clock says.
    """
    ratings, notes = check_in.ratings, (check_in.story or {}).get("notes", ())
    told = [ratings["written_at"], ratings.get("revised_at"), *(note["written_at"] for note in notes)]
    written = [datetime.fromisoformat(at) for at in told if at]
    session_at = begun.get(check_in.links.get("session_id", ""))
    if session_at is not None and ratings.get("moment") != BEFORE.id:
        written = [max(at, session_at) for at in written]
    reread_at = ratings.get("reread_at")
    return Words(written, datetime.fromisoformat(reread_at) if reread_at else None)


def _begun(sessions: Sequence[Opened]) -> dict[str, datetime]:
    return {session.id: _happened_at(session) for session in sessions}


def _holds(sessions: Sequence[Opened], settings: Settings) -> Holds:
    length, before = timedelta(hours=settings.hold_hours), settings.hold_lengths_before
    return Holds(map(_happened_at, sessions), length, before, settings.holds_by_themselves)


def _happened_at(row: Opened) -> datetime:
    return datetime.fromisoformat(row.ratings["happened_at"])


def _told(state: Held, check_in: Opened) -> str:
    """The end of the hold on the patient's clock."""
    return state.until.astimezone(ZoneInfo(check_in.ratings["time_zone"])).isoformat() if state.until else ""


def _item(check_in: Opened, state: Held, now: datetime) -> Document:
    ratings = check_in.ratings
    return {
        "check_in_id": check_in.id,
        **check_in.links,
        "moment": ratings["moment"],
        "happened_at": ratings["happened_at"],
        "held_until": _told(state, check_in),
        "open": state.is_open(now),
    }
