"""A mixed load: everybody who uses Shoreline, doing what they do, each on a thread of their own.

Journals stay as long as they are: what is written beyond that is deleted, so that growth is never the journal's.
"""

import random
import threading
import time
from collections import Counter, deque
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask

from tests.cast import Person, check_in, join, join_therapist
from tests.deposits.phone import Phone, document
from tests.faults.wire import Wire
from tests.http import Reply
from tests.sharing.steps import draft, keeps, lends

SESSIONS, KEPT = 12, 150
AT = "2026-{month:02}-20T10:30:00-05:00"
LATER = "2026-{month:02}-21T15:00:00-05:00"
NOW = "2026-11-24T09:00:00-05:00"
LINE = {"texts": {"story.line": "Warm light over the water, and then the room again."}}
NEW_PASSWORD = "the ferry leaves at nine sharp"
PHONES = 6
# How long an answer may take before it is an error; how long they do take is in the figures.
PATIENCE = 120.0
# The server closes a connection that was quiet for two seconds.
QUIET = 1.0
# Whoever pauses no longer than this does not at all until it is warm: every connection is opened, every cache filled.
IN_HASTE = 0.2
# So often what is rare is done at the beginning, so that every worker has loaded what it takes while it warms up.
RARE_AT_FIRST = 6

Json = dict[str, Any]


class Figures:
    """What was asked and how long it took, over everybody; taken minute by minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = list[float]()
        self.errors: Counter[str] = Counter()
        self.warm, self.over = threading.Event(), threading.Event()

    def note(self, seconds: float, wrong: str | None) -> None:
        """One request."""
        with self._lock:
            self._taken.append(seconds)
            if wrong:
                self.errors[wrong] += 1

    def take(self) -> list[float]:
        """The seconds of every request since this was asked last, the shortest first."""
        with self._lock:
            taken, self._taken = self._taken, []
        return sorted(taken)


@dataclass
class Somebody:
    """One person at one device. `turn` is what they do each time, after a `pause` of so many seconds or so."""

    person: Person
    url: str
    figures: Figures
    rng: random.Random
    pause: float = 0.05
    wire: Wire = field(init=False)
    used_at: float = 0.0

    def __post_init__(self) -> None:
        self.wire = Wire.of(self.person, self.url)
        self.wire.patience = PATIENCE

    def work(self) -> None:
        """Turn after turn, until it is over."""
        with closing(self.wire):
            while not self.figures.over.is_set():
                self.turn()
                if self.figures.warm.is_set() or self.pause > IN_HASTE:
                    self.figures.over.wait(self.rng.uniform(0.5, 1.5) * self.pause)

    def turn(self) -> None:
        raise NotImplementedError

    def does(self, method: str, path: str, body: Any = None, *, wants: tuple[int, ...] = (200,), **headers: str) -> Any:
        """Ask, and count; what came back, or None where it was not as it is wanted."""
        if time.monotonic() - self.used_at > QUIET:
            self.wire.close()
        began = time.monotonic()
        reply = self.wire.ask(method, path, body, headers)
        self.used_at = time.monotonic()
        taken = self.used_at - began
        wrong = f"no answer in {taken:.1f} s: {self.wire.why}" if reply is None else _wrong(reply, wants)
        self.figures.note(taken, wrong and f"{method} {_without_ids(path)}: {wrong}")
        return None if wrong else reply

    def signs_in(self) -> None:
        """On a browser that nobody knows."""
        self.wire.cookies.clear()
        self.does("POST", "/sign-ins", self.person.what_lets_in(), wants=(201,))


def _without_ids(path: str) -> str:
    return "/".join(part for part in path.partition("?")[0].split("/") if len(part) < 36)


def _wrong(reply: Reply, wants: tuple[int, ...]) -> str | None:
    return None if reply.status_code in wants else f"{reply.status_code} {reply.body[:160]!r}"


@dataclass
class Writing(Somebody):
    """Keeps check-ins, revises them, adds notes, has deposits filed, and deletes what is more than `KEPT`."""

    mine: deque[str] = field(default_factory=deque)

    def turn(self) -> None:
        row, mood = str(uuid4()), self.rng.randrange(11)
        self.does("PUT", f"/check-ins/{row}", self._body(mood), wants=(201,))
        self.mine.append(row)
        other = self.rng.choice(self.mine)
        found = self.does("GET", f"/check-ins/{other}")
        if found is not None and self.rng.random() < 0.3:
            self.does("PUT", f"/check-ins/{other}", self._body(10 - mood), **{"If-Match": found.headers["ETag"]})
        if self.rng.random() < 0.1:
            note = {"written_at": NOW, "text": "And gulls."}
            self.does("PUT", f"/check-ins/{other}/notes/{uuid4()}", note)
        if self.rng.random() < 0.05:
            filing = self.does("POST", "/deposits/filing", {})
            self.mine.extend(it["check_in_id"] for it in (filing.json["filed"] if filing else ()))
        while len(self.mine) > KEPT:
            self.does("DELETE", f"/check-ins/{self.mine.popleft()}", wants=(204,))

    def _body(self, mood: int) -> Json:
        return check_in(None, "anytime", NOW, LINE, answers={"emo.mood_now": mood}, noticed={"sens.tingling": {}})


@dataclass
class Reading(Somebody):
    """Looks at today, at trends, at lists, at the log, and at what a share would lend."""

    sessions: list[str] = field(default_factory=list)

    def turn(self) -> None:
        if not self.sessions:
            page = self.does("GET", "/sessions?limit=50")
            self.sessions = [it["id"] for it in page.json["items"]] if page else []
            return
        first, second = self.rng.sample(self.sessions, 2)
        scope = {"sections": ["ratings", "story"], "covers": "sessions", "session_ids": [first, second]}
        for path in ("/today", "/trends", f"/trends/comparison?first={first}&second={second}"):
            self.does("GET", path)
        for path in ("/check-ins?limit=50", "/access-log", "/shares", "/rereading"):
            self.does("GET", path)
        self.does("POST", "/shares/preview", scope)


@dataclass
class AtTheDoor(Somebody):
    """Signs in, looks, signs out; now and then somebody new signs up and leaves for good."""

    turns: int = 0

    def turn(self) -> None:
        self.signs_in()
        self.does("GET", "/account")
        self.does("GET", "/sign-ins")
        self.does("DELETE", "/sign-ins/current", wants=(204,))
        self.turns += 1
        if self.turns <= RARE_AT_FIRST or self.turns % 10 == 0:
            self.wire.cookies.clear()
            name = f"ida-{uuid4().hex[:8]}"
            self.does("POST", "/accounts", {"login_name": name, "password": NEW_PASSWORD}, wants=(201,))
            self.does("PUT", f"/check-ins/{uuid4()}", check_in(None, "anytime", NOW, LINE), wants=(201,))
            self.does("DELETE", "/account", wants=(204,))


@dataclass
class TakingOut(Somebody):
    """Takes the journal out in every format; on paper once in a while, as it is in life."""

    turns: int = 0

    def turn(self) -> None:
        self.turns += 1
        self.signs_in()
        for kind in ("json", "csv", "fhir"):
            self.does("POST", "/exports", {"format": kind, "story": True})
        if self.turns <= RARE_AT_FIRST or self.turns % 15 == 0:
            self.does("POST", "/exports", {"format": "pdf", "story": True})
        self.does("DELETE", "/sign-ins/current", wants=(204,))


@dataclass
class Pocket(Somebody):
    """The phones of a patient hand in, each as often as it may."""

    phones: list[Phone] = field(default_factory=list)

    def turn(self) -> None:
        phone, deposit = self.rng.choice(self.phones), uuid4()
        sealed = phone.seal(document("anytime", NOW, answers={"emo.mood_now": 4}, finished=True), deposit)
        self.does("PUT", f"/deposits/{deposit}", sealed, wants=(201,), Authorization=f"Bearer {phone.token}")


@dataclass
class AtTheDesk(Somebody):
    """A therapist reads what is lent: the list, the brief, a session as it was written."""

    share: str = ""

    def turn(self) -> None:
        self.does("GET", "/desk")
        brief = self.does("GET", f"/desk/{self.share}/brief")
        if brief is not None:
            session = self.rng.choice(brief.json["sessions"])["id"]
            self.does("GET", f"/desk/{self.share}/brief?session={session}")
            self.does("GET", f"/desk/{self.share}/sessions/{session}")
        if self.rng.random() < 0.1:
            self.does("POST", f"/desk/{self.share}/reviewed", wants=(201,))


@dataclass
class Lending(Somebody):
    """Makes a share of one session and takes it back, every few minutes."""

    body: Json = field(default_factory=dict)

    def turn(self) -> None:
        share = str(uuid4())
        self.does("PUT", f"/shares/{share}", self.body, wants=(201,))
        self.does("GET", f"/shares/{share}")
        self.does("DELETE", f"/shares/{share}", wants=(204,))


def everybody(app: Flask, url: str, figures: Figures) -> list[Somebody]:
    """Maya and Noor with a year of sessions each, and Dr Okafor who reads what Maya lends."""
    okafor, maya, noor = join_therapist(app, "okafor", "Dr Okafor"), join(app, "maya"), join(app, "noor")
    sessions = [_a_month(person, month) for person in (noor, maya) for month in range(1, 1 + SESSIONS)][SESSIONS:]
    pin = keeps(maya, okafor)
    share = lends(maya, pin, sessions)
    phones = [Phone.of(noor, app) for _ in range(PHONES)]

    def on(kind: type[Somebody], person: Person, pause: float, **more: Any) -> Somebody:
        return kind(person, url, figures, random.Random(f"{kind.__name__} {person.name}"), pause, **more)

    return [
        on(Writing, maya, 0.05), on(Writing, noor, 0.05), on(Reading, maya, 0.2), on(Reading, noor, 0.2),
        on(AtTheDoor, maya, 2), on(TakingOut, noor, 4), on(Pocket, noor, 1.5, phones=phones),
        on(AtTheDesk, okafor, 0.2, share=share), on(Lending, maya, 120, body=draft(maya, pin, sessions[-1:])),
    ]  # fmt: skip


def _a_month(person: Person, month: int) -> str:
    """A session of that month and two check-ins about it."""
    at, later = AT.format(month=month), LATER.format(month=month)
    if month == SESSIONS:
        at, later = AT.format(month=month - 1), LATER.format(month=month - 1)
    session = person.has_session(at, route="iv", number=month)
    said = {"answers": {"emo.mood_now": month % 11}, "noticed": {"sens.tingling": {"intensity": month % 10}}}
    person.checks_in(session, "next_day", later, LINE, **said)
    person.checks_in(session, "week", later, LINE, **said)
    return session
