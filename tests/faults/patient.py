"""A patient at a served app who writes, is refused now and then, and knows what was acknowledged."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.cast import TZ, check_in
from tests.faults.wire import Wire
from tests.http import Reply

AT = "2026-11-20T11:30:00-05:00"
# A server closes a connection that was quiet for two seconds.
KEPT_OPEN = 1.0
PASSWORD = "the ferry leaves at nine sharp"
# Longer than what a block of any disk has left.
STORY = {"texts": {"story.line": "Warm light over the water, and then the room again. " * 30}}


@dataclass
class Patient:
    """Maya at her phone, signed in, with a session to hang check-ins on."""

    wire: Wire
    login_name: str
    session: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answers: list[tuple[int, float]] = field(default_factory=list)
    heard_at: float = 0.0

    @classmethod
    def joined(cls, url: str) -> "Patient":
        wire, name, session = Wire(url), f"maya-{uuid4().hex[:8]}", str(uuid4())
        joined = wire.post("/accounts", {"login_name": name, "password": PASSWORD})
        assert joined.status_code == 201, joined.body
        facts = {"happened_at": AT, "time_zone": TZ, "written_at": AT}
        assert wire.put(f"/sessions/{session}", {"ratings": facts}).status_code == 201
        return cls(wire, name, session)

    def __del__(self) -> None:
        self.wire.close()

    def beside(self) -> "Patient":
        """The same patient in another tab, with a connection of its own."""
        return Patient(Wire(self.wire.url, dict(self.wire.cookies)), self.login_name, self.session)

    def writes(self, row: str | None = None) -> Reply | None:
        """Keep a check-in, once; what is refused is remembered, to be sent again."""
        row = row or str(uuid4())
        began = time.monotonic()
        if began - self.heard_at > KEPT_OPEN:
            self.wire.close()
        reply = self.wire.ask("PUT", f"/check-ins/{row}", check_in(self.session, "next_day", AT, STORY))
        self.heard_at = time.monotonic()
        self.answers.append((reply.status_code if reply else 0, self.heard_at - began))
        kept = reply is not None and reply.status_code in (200, 201)
        (self.acknowledged if kept else self.refused).append(row)
        return reply

    def sends_again(self) -> list[int]:
        """What was refused, under its own id; the statuses."""
        again, self.refused = self.refused, []
        return [reply.status_code if (reply := self.writes(row)) else 0 for row in again]

    def signs_in_again(self) -> Reply:
        """In this tab."""
        return self.wire.post("/sign-ins", {"login_name": self.login_name, "password": PASSWORD})

    def as_signed_in(self, other: "Patient") -> "Patient":
        """With the cookies of another tab of the same browser."""
        self.wire.cookies = dict(other.wire.cookies)
        return self

    def signs_in(self) -> Reply | None:
        """At another browser."""
        wire = Wire(self.wire.url)
        try:
            return wire.ask("POST", "/sign-ins", {"login_name": self.login_name, "password": PASSWORD})
        finally:
            wire.close()

    def journal(self) -> Counter[str]:
        """How often each check-in is there."""
        found, path = Counter[str](), "/check-ins?limit=100"
        while path:
            page = self.wire.get(path)
            assert page.status_code == 200, page.body
            found.update(item["id"] for item in page.json["items"] if item.get("opens") is not False)
            path = f"/check-ins?limit=100&cursor={page.json['next']}" if "next" in page.json else ""
        return found


def problem(reply: Reply | None) -> tuple[int, str]:
    """Status and last part of the type of a refusal, which says when to come back."""
    assert reply is not None, "no answer"
    assert reply.headers["Content-Type"] == "application/problem+json", (reply.status_code, reply.body)
    assert int(reply.headers["Retry-After"]) > 0
    return reply.status_code, reply.json["type"].rpartition("/")[2]


def all_at_once(tabs: list[Patient], work: Any) -> None:
    """Each does its work in a thread of its own; what one stumbles over is raised."""
    wrong: list[BaseException] = []

    def do(tab: Patient) -> None:
        try:
            work(tab)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=do, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


class Lateness:
    """By how much this machine itself is late, at its worst, while a block runs: somebody who has nothing to do but to
    get up in time. What is measured on busy cores is not all the app's.
    """

    def __init__(self) -> None:
        self.worst = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._get_up)

    def _get_up(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            time.sleep(0.02)
            self.worst = max(self.worst, time.monotonic() - began - 0.02)

    @property
    def of_all_hands(self) -> float:
        """A request passes through three hands that can each be late: who asks, who answers, who hears the answer."""
        return 3 * self.worst

    def __enter__(self) -> "Lateness":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


def within(seconds: float, done: Any) -> float:
    """How long it took until `done()`; it must be before the seconds are over, and what this machine itself is late."""
    began = time.monotonic()
    with Lateness() as late:
        while not done():
            assert time.monotonic() - began < seconds + late.of_all_hands, f"not within {seconds} s, {late.worst} late"
            time.sleep(0.05)
    return time.monotonic() - began
