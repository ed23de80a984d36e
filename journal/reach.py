"""A store out of reach: found out once, told at once to everybody else, asked after until it is back."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from typing import Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

# A request may wait so long for a connection, and an answer be so long overdue when the store does not take a new
# connection meanwhile; whoever asks hears of it within three seconds.
CONNECTING = 2.0
SILENT, UNANSWERED = 0.8, 1.4
# The store takes connections, but this one statement gets no answer.
LONGEST = 30.0
ASKED_EVERY = 0.25


class Closing(Protocol):
    """What can be given back."""

    def close(self) -> None:
        """Give it back."""


Made = TypeVar("Made", bound=Closing)


class OutOfReach(SQLAlchemyError):
    """The store is known not to answer, so nobody waits for it."""


class Reach:
    """Whether one store answers this process. Its threads share it."""

    def __init__(self, ask: Callable[[], None]) -> None:
        self.away = False
        self._ask = ask
        self._guard = threading.Lock()
        self._asked_at: float | None = None

    def lost(self) -> None:
        """It did not answer: nobody waits for it until it answers again."""
        # Only with somebody who asks: nobody else would ever hear that it is back.
        self.doubt()
        with self._guard:
            self.away = self._asked_at is not None

    def doubt(self) -> None:
        """Ask, beside whoever waits, whether it is there."""
        with self._guard:
            if self._asked_at is not None:
                return
            # Where there may be no thread more, whoever comes next tries again.
            with suppress(RuntimeError):
                threading.Thread(target=self._ask_until_there, name="reach", daemon=True).start()
                self._asked_at = time.monotonic()

    def given_up(self, silent: float) -> bool:
        """Whether to wait no longer for an answer that is overdue by so many seconds."""
        if silent < SILENT:
            return False
        self.doubt()
        with self._guard:
            if self._asked_at is not None and time.monotonic() - self._asked_at > UNANSWERED:
                self.away = True
            return self.away or silent > LONGEST

    def _ask_until_there(self) -> None:
        while not self._answers():
            self.away = True
            time.sleep(ASKED_EVERY)
        with self._guard:
            self.away, self._asked_at = False, None

    def _answers(self) -> bool:
        try:
            self._ask()
        except Exception:
            return False
        return True


def in_time(make: Callable[[], Made], seconds: float = CONNECTING) -> Made:
    """What `make` makes, or `OutOfReach`; one that comes too late is closed. Names and several addresses take their
    own time to try, which no setting of a driver bounds as a whole.
    """
    promised: Future[Made] = Future()

    def work() -> None:
        try:
            made = make()
        except BaseException as error:
            if promised.set_running_or_notify_cancel():
                promised.set_exception(error)
            return
        if promised.set_running_or_notify_cancel():
            promised.set_result(made)
        else:
            made.close()

    threading.Thread(target=work, name="connecting", daemon=True).start()
    try:
        return promised.result(seconds)
    except NotInTime:
        if promised.cancel():
            raise OutOfReach from None
        return promised.result()
