"""What to do next, worked out from the whole journal, because only its owner's keys can read a date."""

from datetime import datetime

from journal import clock
from journal.accounts.service import Owner
from journal.content import instruments
from journal.sessions import moments
from journal.sessions.rows import Document, Opened
from journal.sessions.service import Journal, whole_journal


def today(owner: Owner) -> Document:
    """The one thing to do next, what else is open, what opens later, and what the last session closed."""
    journal, now = whole_journal(owner), clock.now()
    found = moments.steps(map(_session_at, journal.sessions), map(_check_in_at, journal.check_ins), now)
    shown: Document = {
        "now": now.isoformat(timespec="seconds"),
        "open": [step.as_json() for step in found.open],
        "later": [step.as_json() for step in found.later],
        "superseded": [{"session_id": each.session_id, "moment": each.moment} for each in found.superseded],
        "instruments_due": instruments_due(journal, now),
        "unopened": journal.unopened,
    }
    if found.next is not None:
        shown["next"] = found.next.as_json()
    if found.session_id is not None:
        shown["session"] = _head(journal, found.session_id)
    return shown


def instruments_due(journal: Journal, now: datetime) -> dict[str, bool]:
    """Whether two weeks have passed since each questionnaire was last answered."""
    last: dict[str, datetime] = {}
    for check_in in journal.check_ins:
        at = datetime.fromisoformat(check_in.ratings["happened_at"])
        for name in check_in.ratings.get("instruments", ()):
            last[name] = max(at, last.get(name, at))
    return {each.id: instruments.due(last.get(each.id), now) for each in instruments.OFFERED}


def numbered(sessions: list[Opened]) -> list[tuple[int, Opened]]:
    """Sessions in the order they happened, each with its number: the patient's own, or its place in the line."""
    line = sorted(sessions, key=lambda session: datetime.fromisoformat(session.ratings["happened_at"]))
    return [(session.ratings.get("number", place), session) for place, session in enumerate(line, 1)]


def _head(journal: Journal, session_id: str) -> Document:
    number, session = next(pair for pair in numbered(journal.sessions) if pair[1].id == session_id)
    ratings = session.ratings
    facts: Document = {name: ratings[name] for name in ("happened_at", "time_zone", "route") if name in ratings}
    return {"id": session_id, "number": number, **facts}


def _session_at(session: Opened) -> moments.SessionAt:
    return moments.SessionAt(session.id, datetime.fromisoformat(session.ratings["happened_at"]))


def _check_in_at(check_in: Opened) -> moments.CheckInAt:
    ratings = check_in.ratings
    return moments.CheckInAt(
        check_in.id,
        check_in.links.get("session_id"),
        ratings["moment"],
        datetime.fromisoformat(ratings["happened_at"]),
        bool(ratings.get("finished", False)),
    )
