"""What there is to do and when: which check-ins are open, which open later, which a new session has closed. Pure.

Every window is counted in real elapsed hours from the session, whatever the clocks on the wall did meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from journal.content.moments import BEFORE, FOLLOW_UPS, LANDING
from journal.content.structure import Moment


@dataclass(frozen=True, slots=True)
class SessionAt:
    """A dosing session and its time; one in the future is planned."""

    id: str
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class CheckInAt:
    """A check-in and its time; until it is finished it is partial, and can be gone on with."""

    id: str
    session_id: str | None
    moment: str
    happened_at: datetime
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. Without `session_id` it begins with a new session."""

    kind: Literal["check_in", "session"]
    moment: str | None = None
    session_id: str | None = None
    check_in_id: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The step as GET /today shows it; what it does not have is absent."""
        members = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in members.items()
            if value is not None
        }


@dataclass(frozen=True, slots=True)
class Superseded:
    """A follow-up that a later session closed before it was answered. It was not missed."""

    session_id: str
    moment: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do now and later. `session_id`: the latest session that has happened."""

    next: Step | None
    open: tuple[Step, ...]
    later: tuple[Step, ...]
    superseded: tuple[Superseded, ...]
    session_id: str | None


Written = Mapping[tuple[str | None, str], CheckInAt]


def steps(sessions: Iterable[SessionAt], check_ins: Iterable[CheckInAt], now: datetime) -> Steps:
    """What there is to do at `now`.

    The landing check-in is among the open ones at any time, until it is finished: for the session of the last twelve
    hours, or for one that is yet to be told of. Follow-ups are those of the latest session alone.
    """
    course = sorted(sessions, key=lambda session: session.happened_at)
    written = _written(check_ins)
    happened = [session for session in course if session.happened_at <= now]
    current = happened[-1] if happened else None
    planned = next((session for session in course if session.happened_at > now), None)
    known = [*_landing(current, written, now), *_before(planned, written), *_follow_ups(current, planned, written)]
    still = [step for step in known if step.closes_at is None or now < step.closes_at]
    is_open = [step for step in still if _has_opened(step, now) or step.moment == LANDING.id]
    return Steps(
        next=_next(is_open, course, now),
        open=(*is_open, *_anew(current, planned, now)),
        later=tuple(sorted((step for step in still if step not in is_open), key=_opening)),
        superseded=_closed_last(course, written, now),
        session_id=current.id if current else None,
    )


def superseded(
    sessions: Iterable[SessionAt], check_ins: Iterable[CheckInAt], now: datetime
) -> Iterator[Superseded]:
    """Every follow-up that was closed by the session after it, oldest session first."""
    course = sorted(sessions, key=lambda session: session.happened_at)
    written = _written(check_ins)
    for earlier, later in pairwise(course):
        yield from _closed_by(earlier, later, written, now)


def _written(check_ins: Iterable[CheckInAt]) -> Written:
    """The check-in that stands for each session and moment: a finished one before a partial, then the latest."""
    order = sorted(check_ins, key=lambda check_in: (check_in.finished, check_in.happened_at))
    return {(check_in.session_id, check_in.moment): check_in for check_in in order}


def _after(session: SessionAt, hours: float | None) -> datetime | None:
    """So many real hours after a session, told in the offset of the session."""
    if hours is None:
        return None
    elapsed = session.happened_at.astimezone(UTC) + timedelta(hours=hours)
    return elapsed.astimezone(session.happened_at.tzinfo)


def _step(session: SessionAt, moment: Moment, written: Written) -> Step | None:
    """The check-in of a moment; None when it is finished."""
    begun = written.get((session.id, moment.id))
    if begun is not None and begun.finished:
        return None
    return Step(
        "check_in",
        moment.id,
        session.id,
        begun.id if begun else None,
        _after(session, moment.opens_after_hours),
        _after(session, moment.offered_until_hours),
    )


def _landing(current: SessionAt | None, written: Written, now: datetime) -> Iterator[Step]:
    if current is None or not _just_happened(current, now):
        yield Step("check_in", LANDING.id)
    elif step := _step(current, LANDING, written):
        yield step


def _just_happened(session: SessionAt, now: datetime) -> bool:
    until = _after(session, LANDING.offered_until_hours)
    return until is not None and now < until


def _before(planned: SessionAt | None, written: Written) -> Iterator[Step]:
    if planned is not None and (step := _step(planned, BEFORE, written)):
        yield step


def _follow_ups(current: SessionAt | None, planned: SessionAt | None, written: Written) -> Iterator[Step]:
    """Those of the latest session that the planned one leaves room for."""
    if current is None or (planned is not None and (planned.id, BEFORE.id) in written):
        return
    for moment in FOLLOW_UPS:
        step = _step(current, moment, written)
        if step is None or step.opens_at is None or step.closes_at is None:
            continue
        if planned is None or step.closes_at <= planned.happened_at:
            yield step
        elif step.opens_at < planned.happened_at:
            yield Step("check_in", moment.id, current.id, step.check_in_id, step.opens_at, planned.happened_at)


def _anew(current: SessionAt | None, planned: SessionAt | None, now: datetime) -> Iterator[Step]:
    """What can be begun at any time: a check-in before a session not told of yet, and a session."""
    if planned is None and (current is None or not _just_happened(current, now)):
        yield Step("check_in", BEFORE.id)
    yield Step("session")


def _has_opened(step: Step, now: datetime) -> bool:
    return step.opens_at is None or step.opens_at <= now


def _opening(step: Step) -> datetime:
    return step.opens_at or datetime.min.replace(tzinfo=UTC)


def _next(is_open: Sequence[Step], course: Sequence[SessionAt], now: datetime) -> Step | None:
    """The most pressing: what was not begun before what was, then what closes first. To begin with: a session."""
    if not course:
        return Step("session")
    ready = [step for step in is_open if step.closes_at and _has_opened(step, now)]
    return min(ready, key=lambda step: (step.check_in_id is not None, step.closes_at), default=None)


def _closed_last(course: Sequence[SessionAt], written: Written, now: datetime) -> tuple[Superseded, ...]:
    """What the latest session closed, or the check-in before the planned one."""
    for earlier, later in reversed(list(pairwise(course))):
        if _closing(later, written) <= now:
            return tuple(_closed_by(earlier, later, written, now))
    return ()


def _closing(later: SessionAt, written: Written) -> datetime:
    """When a session closes what was open: as it begins, or with the check-in before it, which counts as the last."""
    before = written.get((later.id, BEFORE.id))
    return min(later.happened_at, before.happened_at) if before else later.happened_at


def _closed_by(earlier: SessionAt, later: SessionAt, written: Written, now: datetime) -> Iterator[Superseded]:
    closing = _closing(later, written)
    for moment in FOLLOW_UPS:
        until = _after(earlier, moment.offered_until_hours)
        if closing <= now and until and until > closing and (earlier.id, moment.id) not in written:
            yield Superseded(earlier.id, moment.id)
