"""What goes into an export: the rows that were chosen, opened and in the order of time. Every writer reads this."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from journal import clock
from journal.accounts.service import Owner, read_settings
from journal.content import own_terms
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Kind, Opened

KINDS = frozenset({"sessions", "check_ins", "additions", "courses"})
_OF: dict[str, Kind] = {"courses": COURSE, "sessions": SESSION, "check_ins": CHECK_IN, "additions": ADDITION}
# Settings that are words of the patient's own, or tell of other people.
_WORDS = frozenset({"display_name", "own_contact", "clinic", "usual_place"})


@dataclass(frozen=True)
class Choice:
    """What the patient chose to take along. Both ends of a span are days as they were told, and belong to it."""

    since: date | None = None
    until: date | None = None
    kinds: frozenset[str] = KINDS
    story: bool = True

    @property
    def has_span(self) -> bool:
        """Whether only a part of the time is wanted."""
        return self.since is not None or self.until is not None

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the journal was left out."""
        return self.story and not self.has_span and self.kinds == KINDS

    def spans(self, day: date) -> bool:
        """Whether a day lies in the span."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Shared:
    """Whom a copy is made for, which `sections` the patient consented to share, and what for."""

    whom: str
    sections: tuple[str, ...]
    what_for: str = ""


@dataclass(frozen=True)
class Material:
    """Everything chosen, the oldest first. `unopened`: rows that are not as they were sealed, and so not in it."""

    choice: Choice
    settings: dict[str, Any]
    courses: list[Opened]
    sessions: list[Opened]
    check_ins: list[Opened]
    additions: list[Opened]
    unopened: int
    made_at: datetime
    time_zone: str
    name: str
    account_id: str
    shared: Shared | None = None


@dataclass
class _Reading:
    """Rows of one kind after another, and how many of them did not open."""

    owner: Owner
    choice: Choice
    unopened: int = field(default=0)

    def all(self, name: str, order: Callable[[Opened], Any]) -> list[Opened]:
        """Every row of a kind that opens, in order; none where the kind was not chosen."""
        if name not in self.choice.kinds:
            return []
        return sorted(self._opened(_OF[name]), key=order)

    def _opened(self, kind: Kind) -> Iterator[Opened]:
        for row in rows.every(kind, self.owner, story=self.choice.story):
            if isinstance(row, Opened):
                yield row
            else:
                self.unopened += 1


def gathered(owner: Owner, choice: Choice, shared: Shared | None = None) -> Material:
    """Read and open what was chosen; without `story` no story is read at all.

    A check-in goes by its own day. A session is taken when its day or that of a check-in of it is in the span; a
    course with its sessions, or when it began in the span; a sensation of one's own with the check-ins that name it.
    """
    read = _Reading(owner, choice)
    check_ins = [row for row in read.all("check_ins", happened) if choice.spans(day_of(row))]
    sessions = _with_check_ins(read.all("sessions", happened), check_ins, choice)
    courses = _with_sessions(read.all("courses", _begun), sessions, choice)
    additions = _named_in(read.all("additions", _id), check_ins, choice)
    settings = read_settings(owner).values
    shown = settings if choice.story else {name: value for name, value in settings.items() if name not in _WORDS}
    zone = settings.get("time_zone") or _latest_zone(check_ins or sessions)
    name = settings.get("display_name", "") if choice.story else ""
    account_id = str(UUID(bytes=owner.account_id))
    read_rows = (courses, sessions, check_ins, additions, read.unopened)
    return Material(choice, shown, *read_rows, clock.now(), zone, name, account_id, shared)


def happened(row: Opened) -> tuple[datetime, str]:
    """What sessions and check-ins are ordered by."""
    return datetime.fromisoformat(row.ratings["happened_at"]).astimezone(UTC), row.id


def day_of(row: Opened) -> date:
    """The day it happened, as it was told."""
    return date.fromisoformat(row.ratings["happened_at"][:10])


def _begun(course: Opened) -> tuple[str, str]:
    return course.ratings.get("started_on", ""), course.id


def _id(row: Opened) -> str:
    return row.id


def _with_check_ins(sessions: list[Opened], check_ins: list[Opened], choice: Choice) -> list[Opened]:
    told = {row.links.get("session_id") for row in check_ins}
    return [row for row in sessions if choice.spans(day_of(row)) or row.id in told]


def _with_sessions(courses: list[Opened], sessions: list[Opened], choice: Choice) -> list[Opened]:
    taken = {row.links.get("course_id") for row in sessions}
    return [row for row in courses if not choice.has_span or row.id in taken or _began_in(row, choice)]


def _began_in(course: Opened, choice: Choice) -> bool:
    began = course.ratings.get("started_on")
    return began is not None and choice.spans(date.fromisoformat(began))


def _named_in(additions: list[Opened], check_ins: list[Opened], choice: Choice) -> list[Opened]:
    if not choice.has_span:
        return additions
    named = own_terms(row.ratings for row in check_ins)
    return [row for row in additions if row.id in named]


def _latest_zone(dated: list[Opened]) -> str:
    return dated[-1].ratings["time_zone"] if dated else "UTC"
