"""Where a deposited check-in belongs: a phone that is signed out cannot know which sessions there are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from journal.content.catalogue import catalogue
from journal.content.moments import FOLLOW_UPS

# Two dosing sessions never lie this near: a check-in that tells of one tells of that one.
NEAR = timedelta(hours=6)
# A session planned for later today that began early.
SOON = timedelta(hours=12)
# What a phone proposes of itself, without a word of the patient's.
TIMES = frozenset({"happened_at", "time_zone", "written_at"})

Facts = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A session that is in the journal."""

    id: str
    revision: int
    ratings: Facts
    story: Facts | None
    links: dict[str, str]

    @property
    def at(self) -> datetime:
        """When it happened, or will."""
        return datetime.fromisoformat(self.ratings["happened_at"])

    def as_json(self) -> Facts:
        """The session as the API shows it."""
        shown: Facts = {"id": self.id, "revision": self.revision, **self.links, "ratings": self.ratings}
        return shown if self.story is None else shown | {"story": self.story}


@dataclass(frozen=True)
class Told:
    """A session that a phone tells of."""

    id: UUID
    ratings: Facts
    story: Facts | None = None
    course: UUID | None = None


@dataclass(frozen=True)
class Written:
    """What decides where a check-in belongs."""

    moment: str
    at: datetime
    session_id: str | None
    told: Told | None = None


@dataclass(frozen=True)
class Before:
    """What became of an earlier seal of the same check-in.

    The session it hangs on now, and which revision of that session the phone itself made; 0 where it made none.
    """

    session_id: str | None
    session_revision: int


@dataclass(frozen=True)
class Placed:
    """The session a check-in hangs on, if any, and what of that session is to be kept before it.

    `session`: a new one, or a known one with what the phone adds; `over`: what that is written over. `disputed`: the
    phone and the journal say different things of it.
    """

    session_id: str | None
    session: Told | None = None
    over: Known | None = None
    disputed: bool = False


def place(written: Written, sessions: Sequence[Known], before: Before | None = None) -> Placed | None:
    """Where it belongs; None when it needs a session and there is none it could be of.

    A check-in that is in the journal stays where it is, whatever sessions were told of or moved since.
    """
    told = written.told
    if before is not None:
        return _stays(before, written, sessions)
    if told is not None:
        return _with_its_session(written, told, sessions)
    if written.session_id is not None or written.moment == "anytime":
        return _known_or_none(written.session_id, sessions)
    session = _latest_open(written, sessions)
    return None if session is None else Placed(session.id)


def _known_or_none(session_id: str | None, sessions: Sequence[Known]) -> Placed | None:
    there = session_id is None or any(session.id == session_id for session in sessions)
    return Placed(session_id) if there else None


def _stays(before: Before, written: Written, sessions: Sequence[Known]) -> Placed | None:
    kept = next((session for session in sessions if session.id == before.session_id), None)
    if kept is None or written.told is None:
        return _known_or_none(before.session_id, sessions)
    return _told_again(kept, written.told, written.at, by_phone=kept.revision == before.session_revision)


def _with_its_session(written: Written, told: Told, sessions: Sequence[Known]) -> Placed:
    same = next((session for session in sessions if session.id == str(told.id)), None)
    if same is not None:
        return _told_again(same, told, written.at, by_phone=False)
    near = _near(told, sessions)
    if near is None:
        return Placed(str(told.id), told)
    return Placed(near.id, *_added(near, told, written))


def _told_again(kept: Known, told: Told, at: datetime, *, by_phone: bool) -> Placed:
    """A session that is told of once more. `by_phone`: nobody has changed it since this phone did.

    The phone's time counts for a session it told of itself, or that took place as it told; another's keeps its own.
    """
    its_time = kept.id == str(told.id) or (by_phone and _was_planned(kept) and kept.at <= at)
    left_out = {"written_at"} if its_time else TIMES
    facts = {name: value for name, value in told.ratings.items() if name not in left_out}
    words = told.story or {}
    ratings, story = {**kept.ratings, **facts}, {**(kept.story or {}), **words} or None
    if (ratings, story) == (kept.ratings, kept.story):
        return Placed(kept.id)
    contradicted = _contradicts(kept.ratings, facts) or _contradicts(kept.story or {}, words)
    added = Told(UUID(kept.id), ratings, story)
    return Placed(kept.id, added, kept, disputed=contradicted and not by_phone)


def _contradicts(kept: Facts, told: Facts) -> bool:
    return any(kept.get(name, value) != value for name, value in told.items())


def _near(told: Told, sessions: Sequence[Known]) -> Known | None:
    """A session so near in time that it is the same one, if nothing that was told contradicts it."""
    at = datetime.fromisoformat(told.ratings["happened_at"])
    fitting = [session for session in sessions if _could_be(session, at) and _agree(session, told)]
    return min(fitting, key=lambda session: abs(session.at - at), default=None)


def _could_be(session: Known, at: datetime) -> bool:
    ahead = session.at - at
    return abs(ahead) <= NEAR or (timedelta(0) < ahead <= SOON and _was_planned(session))


def _was_planned(session: Known) -> bool:
    """Told of before it was to happen, so that its time was a plan."""
    return datetime.fromisoformat(session.ratings["written_at"]) < session.at


def _agree(session: Known, told: Told) -> bool:
    facts = {name: value for name, value in told.ratings.items() if name not in TIMES}
    return not _contradicts(session.ratings, facts) and not _contradicts(session.story or {}, told.story or {})


def _added(near: Known, told: Told, written: Written) -> tuple[Told | None, Known | None]:
    """What the phone adds to a known session. One planned for later that has begun by now took place as told."""
    ratings = {**told.ratings, **near.ratings}
    if near.at > written.at and written.moment != "before" and _was_planned(near):
        ratings |= {name: told.ratings[name] for name in ("happened_at", "time_zone")}
    story = {**(told.story or {}), **(near.story or {})} or None
    if (ratings, story) == (near.ratings, near.story):
        return None, None
    return Told(UUID(near.id), ratings, story), near


def _latest_open(written: Written, sessions: Sequence[Known]) -> Known | None:
    """The latest session whose window for this moment holds the time it was written; one that comes early is taken
    for the latest session before it."""
    moment = catalogue().moment[written.moment]
    opens, until = moment.opens_after_hours, moment.offered_until_hours
    if moment not in FOLLOW_UPS or opens is None or until is None:
        return max((s for s in sessions if abs(s.at - written.at) <= NEAR), key=lambda s: s.at, default=None)
    for least in (opens, 0):
        within = [s for s in sessions if _hours(s.at, written.at, least=least, most=until)]
        if within:
            return max(within, key=lambda session: session.at)
    return None


def _hours(start: datetime, at: datetime, *, least: float, most: float) -> bool:
    elapsed = (at.astimezone(UTC) - start.astimezone(UTC)) / timedelta(hours=1)
    return least <= elapsed <= most
