"""Who writes while things die: patients in two browsers each, their phones, and a therapist whose reading is logged."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.cast import Person, check_in
from tests.deposits.phone import Phone, document
from tests.faults.wire import Wire
from tests.http import Reply

AT = "2026-11-20T11:30:00-05:00"
# How often somebody gives up a write that was not answered, so that nobody knows what became of it.
GIVES_UP = 0.15
REVISES = 0.2
PHONES_PART = 0.2
FILES_EVERY = 60
# No answer, or one that says to come back.
COME_BACK = (429, 502, 503, 507)

Json = dict[str, Any]


class Progress:
    """How many writes were acknowledged, over all writers; and what else was answered."""

    def __init__(self, writes: int) -> None:
        self.writes = writes
        self.acknowledged = self.given_up = self.sent_again = self.signed_in_again = 0
        self.surprises: Counter[str] = Counter()
        self.stopped = False
        self._changed = threading.Condition()

    @property
    def over(self) -> bool:
        """Whether all is written, or never will be."""
        return self.stopped or self.acknowledged >= self.writes

    def note(self, what: str) -> None:
        """One more of something."""
        with self._changed:
            setattr(self, what, getattr(self, what) + 1)
            self._changed.notify_all()

    def surprised(self, by: str) -> None:
        """Something that nothing here should answer, whatever dies."""
        with self._changed:
            self.surprises[by] += 1

    def reached(self, writes: int, seconds: float) -> bool:
        """Wait until so many writes are acknowledged; False when they are not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.acknowledged >= writes or self.stopped, seconds)


@dataclass
class Written:
    """A row as its writer knows it: the states in which it may be found, each a revision and its content.

    None stands for a row that is not there. More than one state: a write was given up without an answer.
    """

    states: list[tuple[int, Json] | None]

    @property
    def known(self) -> bool:
        return len(self.states) == 1


@dataclass
class Journal:
    """One patient, and all that was written into the journal by whatever way."""

    person: Person
    session: str
    phones: list[Phone]
    rows: dict[str, Written] = field(default_factory=dict)


@dataclass
class Writer:
    """Somebody who sends until it is acknowledged. Every choice is of a seed's."""

    name: str
    journal: Journal
    progress: Progress
    wire: Wire
    rng: random.Random
    done: int = 0

    def work(self) -> None:
        """Write until all is written."""
        with closing(self.wire):
            while not self.progress.over:
                self.write()

    def write(self) -> None:
        raise NotImplementedError

    def sent(self, send: Callable[[], Reply | None], accepted: tuple[int, ...]) -> bool:
        """Send until it is acknowledged; False when it was given up without an answer."""
        while True:
            reply = send()
            if reply is not None and reply.status_code in accepted:
                self.progress.note("acknowledged")
                self.done += 1
                return True
            if self.progress.stopped or (reply is None and self.rng.random() < GIVES_UP):
                self.progress.note("given_up")
                return False
            self.not_yet(reply)
            self.progress.note("sent_again")

    def not_yet(self, reply: Reply | None) -> None:
        """Wait a moment, or sign in again, as what came back asks for."""
        if reply is not None and reply.status_code == 401:
            self.signs_in()
        elif reply is None or reply.status_code in COME_BACK:
            time.sleep(self.rng.uniform(0.02, 0.1))
        else:
            self.progress.surprised(f"{self.name}: {reply.status_code} {reply.body[:300]!r}")
            time.sleep(0.1)

    def signs_in(self) -> None:
        """Once more: PostgreSQL empties the sign-ins when it crashes."""
        reply = self.wire.ask("POST", "/sign-ins", self.journal.person.what_lets_in())
        if reply is not None and reply.status_code == 201:
            self.progress.note("signed_in_again")
        elif reply is None or reply.status_code in COME_BACK:
            time.sleep(self.rng.uniform(0.05, 0.2))
        else:
            self.progress.surprised(f"{self.name} signs in: {reply.status_code} {reply.body[:300]!r}")
            time.sleep(0.1)

    def new_id(self) -> str:
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def says(self) -> tuple[Json, Json]:
        """Answers, and words that are in no other row."""
        line = f"{self.name} {self.rng.getrandbits(64):016x}" + " and warm light over the water" * self.rng.randrange(
            40
        )
        return {"emo.mood_now": self.rng.randrange(11)}, {"story.line": line}


class Browser(Writer):
    """A patient signed in: keeps check-ins and revises them, and has deposits filed now and then."""

    mine: list[str]

    def write(self) -> None:
        self.mine = getattr(self, "mine", [])
        if self.mine and self.rng.random() < REVISES:
            self._revise(self.rng.choice(self.mine))
        else:
            self._keep()
        if self.done % FILES_EVERY == FILES_EVERY - 1:
            self._file()

    def _keep(self) -> None:
        row, body = self.new_id(), self._body()
        written = self.journal.rows[row] = Written([None, (1, body)])
        if self.sent(lambda: self.wire.ask("PUT", f"/check-ins/{row}", body), (200, 201)):
            written.states = [(1, body)]
            self.mine.append(row)

    def _revise(self, row: str) -> None:
        written, body = self.journal.rows[row], self._body()
        [before] = written.states
        assert before is not None
        seen = before[0]
        written.states = [before, (seen + 1, body)]
        headers = {"If-Match": f'"{seen}"'}
        if self.sent(lambda: self.wire.ask("PUT", f"/check-ins/{row}", body, headers), (200,)):
            written.states = [(seen + 1, body)]
        else:
            self.mine.remove(row)

    def _file(self) -> None:
        """Whatever becomes of it: what was handed in is filed once, now or later."""
        self.done += 1
        reply = self.wire.ask("POST", "/deposits/filing", {})
        if reply is None or reply.status_code != 200:
            self.not_yet(reply)

    def _body(self) -> Json:
        answers, texts = self.says()
        return check_in(self.journal.session, "next_day", AT, {"texts": texts}, answers=answers)


class Pocket(Writer):
    """A patient's phones: they hand in and are never signed in."""

    def write(self) -> None:
        if self.done > 1 + self.progress.acknowledged * PHONES_PART / 2:
            time.sleep(0.01)
            return
        phone = self.journal.phones[self.done % len(self.journal.phones)]
        deposit, row = UUID(self.new_id()), self.new_id()
        answers, texts = self.says()
        said = document("anytime", AT, row=row, answers=answers, texts=texts, finished=True)
        blob = phone.seal(said, deposit)
        body = {name: said["check_in"][name] for name in ("ratings", "story")}
        written = self.journal.rows[row] = Written([None, (1, body)])
        token = {"Authorization": f"Bearer {phone.token}"}
        if self.sent(lambda: self.wire.ask("PUT", f"/deposits/{deposit}", blob, token), (201, 204)):
            written.states = [(1, body)]

    def not_yet(self, reply: Reply | None) -> None:
        if reply is not None and reply.status_code == 401:
            self.progress.surprised(f"{self.name}: its token was refused")
        super().not_yet(reply)


@dataclass
class Desk:
    """A therapist who reads the brief of a share all the while: each reading is an entry in the patient's log."""

    person: Person
    share: str
    progress: Progress
    wire: Wire
    asked: int = 0
    read: int = 0

    def work(self) -> None:
        """Read until all is written."""
        with closing(self.wire):
            while not self.progress.over:
                self._reads()
                time.sleep(0.05)

    def _reads(self) -> None:
        self.asked += 1
        reply = self.wire.ask("GET", f"/desk/{self.share}/brief")
        if reply is not None and reply.status_code == 200:
            self.read += 1
        elif reply is not None and reply.status_code == 401:
            self._sign_in()
        elif reply is not None and reply.status_code not in COME_BACK:
            self.progress.surprised(f"desk: {reply.status_code} {reply.body[:300]!r}")

    def _sign_in(self) -> None:
        """With a code that works now; where there is none left for this half minute, later."""
        authenticator = self.person.authenticator
        assert authenticator is not None
        if authenticator.last_step > time.time() // 30 and not authenticator.recovery_codes:
            return
        reply = self.wire.ask("POST", "/sign-ins", self.person.what_lets_in())
        if reply is not None and reply.status_code == 201:
            self.progress.note("signed_in_again")
