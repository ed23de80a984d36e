"""What a patient can do with courses, sessions and check-ins. Every public verb here commits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from journal import clock
from journal.accounts.service import Owner, keep_hold, read_settings
from journal.content import instruments
from journal.errors import ChangedElsewhere, DoesNotOpen, Fault, Invalid, NotFound
from journal.sessions import forgetting, rows
from journal.sessions.answers import NOTES_MOST
from journal.sessions.hold import end_of_hold
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Document, Draft, Kept, Kind, Opened, Unopened

NOTE_TRIES = 20

# For the rooms above and for the operator's commands.
when_forgotten, replay_erasures, replay_in = forgetting.when_forgotten, forgetting.replay, forgetting.replay_in


@dataclass(frozen=True)
class Journal:
    """All sessions and check-ins of an owner that open, and how many did not."""

    sessions: list[Opened] = field(default_factory=list)
    check_ins: list[Opened] = field(default_factory=list)
    unopened: int = 0


def read_check_in(owner: Owner, row_id: UUID) -> Opened:
    """One check-in, opened; `NotFound` when it is not there or not the owner's."""
    return rows.read(CHECK_IN, owner, row_id)


def every_session(owner: Owner) -> list[Opened]:
    """Every session of the owner that opens, with its words."""
    return [row for row in rows.every(SESSION, owner) if isinstance(row, Opened)]


def keep_course(owner: Owner, row_id: UUID, draft: Draft, expected: int | None) -> Kept:
    """Keep a course."""
    return rows.keep(COURSE, owner, row_id, draft, expected)


def keep_session(owner: Owner, row_id: UUID, draft: Draft, expected: int | None) -> Kept:
    """Keep a dosing session; its course, when it names one, must be there."""
    course = draft.links.get("course_id")
    if course is not None and not rows.exists(COURSE, owner, course):
        raise Invalid(faults=[Fault("#/course_id", "There is no such course. Keep it first.")])
    if expected is not None:
        _keep_its_hold(owner, row_id, draft.ratings["happened_at"])
    return rows.keep(SESSION, owner, row_id, draft, expected)


def keep_check_in(owner: Owner, row_id: UUID, draft: Draft, expected: int | None) -> Kept:
    """Keep a check-in, partial or whole. A questionnaire within 14 days of another of its kind is refused."""
    if draft.ratings.get("instruments"):
        refuse_too_close(whole_journal(owner).check_ins, row_id, draft)
    return rows.keep(CHECK_IN, owner, row_id, draft, expected)


def keep_addition(owner: Owner, row_id: UUID, draft: Draft, expected: int | None) -> Kept:
    """Keep a sensation of the patient's own."""
    return rows.keep(ADDITION, owner, row_id, draft, expected)


def forget_course(owner: Owner, row_id: UUID, expected: int | None) -> None:
    """Delete a course. Its sessions stay; they are let go of first, so that nothing names what is gone."""
    if expected is not None and (course := rows.read(COURSE, owner, row_id)).revision != expected:
        raise rows.conflict(course)
    for session in rows.every(SESSION, owner):
        if isinstance(session, Opened):
            _let_go(owner, session, row_id)
    forgetting.forget(COURSE, owner, row_id, expected)


def _let_go(owner: Owner, session: Opened, course: UUID) -> None:
    """Take a session out of a course, whatever else is said of it or becomes of it meanwhile."""
    row_id = UUID(session.id)
    while session.links.get("course_id") == str(course):
        try:
            session = rows.keep(SESSION, owner, row_id, Draft(session.ratings, session.story), session.revision).row
        except ChangedElsewhere:
            if not rows.exists(SESSION, owner, row_id):
                return
            session = rows.read(SESSION, owner, row_id)


def forget(kind: Kind, owner: Owner, row_id: UUID, expected: int | None) -> None:
    """Delete a row; a session takes its check-ins along."""
    if kind is SESSION:
        _keep_its_hold(owner, row_id)
    forgetting.forget(kind, owner, row_id, expected)


def _keep_its_hold(owner: Owner, row_id: UUID, moved_to: str | None = None) -> None:
    """A hold that is on stays, when its session is deleted or said to have been at another time."""
    try:
        begun = datetime.fromisoformat(rows.read(SESSION, owner, row_id).ratings["happened_at"]).astimezone(UTC)
    except (NotFound, DoesNotOpen):
        return
    if moved_to is not None and datetime.fromisoformat(moved_to) == begun:
        return
    settings = read_settings(owner)
    until = end_of_hold(begun, timedelta(hours=settings.hold_hours), settings.hold_lengths_before)
    if begun <= clock.now() < until:
        keep_hold(owner, begun, until)


def add_note(kind: Kind, owner: Owner, row_id: UUID, note: Document) -> Opened:
    """Add words to a row without rewriting what was there; a note sent twice is added once."""
    for _ in range(NOTE_TRIES):
        current = rows.read(kind, owner, row_id)
        notes = (current.story or {}).get("notes", [])
        same = next((known for known in notes if known["id"] == note["id"]), None)
        if same == note:
            return current
        if same is not None:
            raise rows.conflict(current)
        if len(notes) >= NOTES_MOST:
            raise Invalid(f"At most {NOTES_MOST} notes can be added. Write this one in a check-in of its own.")
        story = {**(current.story or {}), "notes": [*notes, note]}
        links = {name: UUID(link) for name, link in current.links.items()}
        try:
            return rows.keep(kind, owner, row_id, Draft(current.ratings, story, links), current.revision).row
        except ChangedElsewhere:
            continue  # Somebody else revised the row meanwhile; the note still belongs to it.
    raise rows.conflict(current)


def whole_journal(owner: Owner, *, stories: bool = False) -> Journal:
    """Every session and check-in of the owner, opened; the stories of check-ins only when asked for."""
    found: dict[str, list[Opened]] = {"session": [], "check_in": []}
    unopened = 0
    for kind in (SESSION, CHECK_IN):
        for row in rows.every(kind, owner, story=stories and kind is CHECK_IN):
            if isinstance(row, Unopened):
                unopened += 1
            else:
                found[kind.name].append(row)
    return Journal(found["session"], found["check_in"], unopened)


def refuse_too_close(check_ins: Iterable[Opened], row_id: UUID, draft: Draft) -> None:
    """Raise `Invalid` where a questionnaire in the draft lies within 14 days of another of its kind."""
    at = datetime.fromisoformat(draft.ratings["happened_at"])
    answered: dict[str, list[datetime]] = {}
    for other in check_ins:
        if other.id != str(row_id):
            for name in other.ratings.get("instruments", ()):
                answered.setdefault(name, []).append(datetime.fromisoformat(other.ratings["happened_at"]))
    faults = [
        Fault(
            f"#/ratings/instruments/{name}",
            f"It asks about two weeks, so {instruments.MIN_DAYS} days must lie between two of them. Leave it out here.",
        )
        for name in draft.ratings["instruments"]
        if instruments.too_close(answered.get(name, ()), at)
    ]
    if faults:
        raise Invalid(faults=faults)
