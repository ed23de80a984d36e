"""How often a secret may be tried, kept in the database: the same over all workers and restarts."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, case, delete, literal, select, true, update

from journal import clock, database
from journal.accounts.models import TRIES
from journal.accounts.refusals import TooManySignUps, TooManyTries
from journal.database import Instant, insert_into

FREE = 5
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Pace:
    """Seconds to wait after the fifth try, the sixth and so on, the last for all after it; and the most tries ever."""

    waits: tuple[int, ...]
    most: int | None


# Five in the first minute, then ever slower; a hundred without a success are enough for anyone who knows the password.
PASSWORD = Pace((60, 120, 240, 480, 960, 1920, 3600), most=100)
# 130 random bits are not guessed, so this only slows the asking; locking it would lock the owner out for good.
RECOVERY = Pace((12,), most=None)


def reserve(subject: bytes, pace: Pace) -> None:
    """Count a try before it is made, so that tries at the same moment all count; `TooManyTries` when it may not be."""
    now = clock.now()
    with database.writing() as c:
        if c.execute(_count(c, subject, pace, now)).first() is not None:
            return
        seen = c.execute(select(TRIES.c.failures, TRIES.c.next_allowed_at).where(TRIES.c.subject == subject)).first()
    if seen is None:  # Forgotten in this very moment: its owner is in.
        raise TooManyTries(1)
    if pace.most is not None and seen.failures >= pace.most:
        raise TooManyTries(None)
    raise TooManyTries(math.ceil((seen.next_allowed_at - now).total_seconds()))


def forget(c: Connection, subjects: Iterable[bytes]) -> None:
    """After a success the count begins anew."""
    c.execute(delete(TRIES).where(TRIES.c.subject.in_(list(subjects))))


def take_turn(subject: bytes, an_hour: int) -> None:
    """Take one of `an_hour` turns at signing up, which come back evenly; `TooManySignUps` when none is left.

    All that is kept is when every turn will be free again.
    """
    now = clock.now()
    this = TRIES.c.subject == subject
    with database.writing() as c:
        first = insert_into(c, TRIES).values(subject=subject, failures=0, next_allowed_at=now)
        c.execute(first.on_conflict_do_nothing())
        all_free_at = c.execute(select(TRIES.c.next_allowed_at).where(this).with_for_update()).scalar_one()
        taken_until = max(all_free_at, now) + HOUR / an_hour
        if taken_until > now + HOUR:
            raise TooManySignUps(math.ceil((taken_until - now - HOUR).total_seconds()))
        c.execute(update(TRIES).where(this).values(next_allowed_at=taken_until))


def _count(c: Connection, subject: bytes, pace: Pace, now: datetime) -> Any:
    """One statement, so that both engines count right under any number of workers."""
    before = TRIES.c.failures
    waits = {FREE - 1 + place: _at(now, wait) for place, wait in enumerate(pace.waits)}
    next_allowed_at = case(
        (before < FREE - 1, _at(now, 0)),
        *((before == tries, at) for tries, at in waits.items()),
        else_=_at(now, pace.waits[-1]),
    )
    allowed = and_(TRIES.c.next_allowed_at <= now, true() if pace.most is None else before < pace.most)
    first = insert_into(c, TRIES).values(subject=subject, failures=1, next_allowed_at=now)
    return first.on_conflict_do_update(
        index_elements=[TRIES.c.subject],
        set_={"failures": before + 1, "next_allowed_at": next_allowed_at},
        where=allowed,
    ).returning(TRIES.c.failures)


def _at(now: datetime, wait: int) -> BindParameter[datetime]:
    return literal(now + timedelta(seconds=wait), Instant)
