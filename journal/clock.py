"""The time, in one place, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present, aware, in UTC."""
    return _stopped_at.get() or datetime.now(UTC)


def this_hour() -> datetime:
    """The present, to the hour: all that the database may know of when a row was stored."""
    return now().replace(minute=0, second=0, microsecond=0)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment`, which must be aware."""
    token = _stopped_at.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)
