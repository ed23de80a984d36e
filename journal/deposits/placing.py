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


@dataclass(frozen=True)
class Written:
    """What decides where a check-in belongs."""

    moment: str
    at: datetime
    session_id: str | None
    told: Told | None = None


@dataclass(frozen=True)
class Placed:
    """The session a check-in hangs on, if any, and what of that session is to be kept before it.

    `session`: a new one, or a known one with what the phone adds; `over`: what that is written over. `told_before`: the
    phone told of this very session earlier, so that it may have been changed elsewhere since.
    """

    session_id: str | None
    session: Told | None = None
    over: Known | None = None
    told_before: bool = False


def place(written: Written, sessions: Sequence[Known]) -> Placed | None:
    """Where it belongs; None when it needs a session and there is none it could be of."""
    told = written.told
    if told is not None:
        return _with_its_session(written, told, sessions)
    if written.session_id is not None or written.moment == "anytime":
        return Placed(written.session_id)
    session = _latest_open(written, sessions)
    return None if session is None else Placed(session.id)


def _with_its_session(written: Written, told: Told, sessions: Sequence[Known]) -> Placed:
    same = next((session for session in sessions if session.id == str(told.id)), None)
    if same is not None:
        return _told_again(same, told)
    near = _near(told, sessions)
    if near is None:
        return Placed(str(told.id), told)
    return Placed(near.id, *_added(near, told, written))


def _told_again(same: Known, told: Told) -> Placed:
    if _agree(same, told) and datetime.fromisoformat(told.ratings["happened_at"]) == same.at:
        return Placed(same.id)
    ratings = {**same.ratings, **told.ratings, "written_at": same.ratings["written_at"]}
    story = {**(same.story or {}), **(told.story or {})} or None
    return Placed(same.id, Told(told.id, ratings, story), same, told_before=True)


def _near(told: Told, sessions: Sequence[Known]) -> Known | None:
    """A session so near in time that it is the same one, if nothing that was told contradicts it."""
    at = datetime.fromisoformat(told.ratings["happened_at"])
    fitting = [session for session in sessions if _could_be(session, at) and _agree(session, told)]
    return min(fitting, key=lambda session: abs(session.at - at), default=None)


def _could_be(session: Known, at: datetime) -> bool:
    ahead = session.at - at
    return abs(ahead) <= NEAR or timedelta(0) < ahead <= SOON


def _agree(session: Known, told: Told) -> bool:
    pairs = ((session.ratings, told.ratings), (session.story or {}, told.story or {}))
    return all(
        known.get(name, value) == value for known, new in pairs for name, value in new.items() if name not in TIMES
    )


def _added(near: Known, told: Told, written: Written) -> tuple[Told | None, Known | None]:
    """What the phone adds to a known session. One planned for later that has begun by now took place as told."""
    ratings = {**told.ratings, **near.ratings}
    if near.at > written.at and written.moment != "before":
        ratings |= {name: told.ratings[name] for name in ("happened_at", "time_zone")}
    story = {**(told.story or {}), **(near.story or {})} or None
    if (ratings, story) == (near.ratings, near.story):
        return None, None
    return Told(UUID(near.id), ratings, story), near


def _latest_open(written: Written, sessions: Sequence[Known]) -> Known | None:
    """The latest session whose window for this moment holds the time it was written."""
    moment = catalogue().moment[written.moment]
    opens, until = moment.opens_after_hours, moment.offered_until_hours
    if moment not in FOLLOW_UPS or opens is None or until is None:
        return max((s for s in sessions if abs(s.at - written.at) <= NEAR), key=lambda s: s.at, default=None)
    within = [s for s in sessions if _hours(s.at, written.at, least=0, most=until)]
    return max(within, key=lambda session: session.at, default=None)


def _hours(start: datetime, at: datetime, *, least: float, most: float) -> bool:
    elapsed = (at.astimezone(UTC) - start.astimezone(UTC)) / timedelta(hours=1)
    return least <= elapsed <= most
