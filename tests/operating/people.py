"""Maya, Noor and Dr Okafor at a server that really runs, and what they go on doing while the operator is at work."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from tests.cast import check_in, set_second_factor
from tests.http import Browserless, Reply
from tests.sharing.steps import keeps, lends

HELD = "2026-11-02T10:30:00-05:00"
LATER = "2026-11-04T10:30:00-05:00"
PASSWORD = "the ferry leaves at nine sharp"


@dataclass
class Three:
    """Each with a browser that stays signed in. `check_ins`: what Maya was told is kept."""

    maya: Browserless
    noor: Browserless
    okafor: Browserless
    names: dict[str, str]
    session: str
    share: str
    pin: str
    check_ins: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def arrive(cls, url: str, invitation: str) -> "Three":
        names = {name: f"{name}-{uuid4().hex[:8]}" for name in ("maya", "noor", "okafor")}
        maya, noor = (signed_up(url, names[name]) for name in ("maya", "noor"))
        okafor = signed_up(url, names["okafor"], invitation=invitation)
        set_second_factor(okafor)
        seen = {"If-Match": okafor.get("/settings").headers["ETag"]}
        assert okafor.put("/settings", {"display_name": "Dr Okafor"}, headers=seen).status_code == 200
        session = str(uuid4())
        facts = {"happened_at": HELD, "time_zone": "America/New_York", "written_at": HELD}
        assert maya.put(f"/sessions/{session}", {"ratings": facts}).status_code == 201
        three = cls(maya, noor, okafor, names, session, "", keeps(maya, okafor))
        three.writes(maya, "next_day", session)
        three.share = lends(maya, three.pin, [session])
        return three

    def at(self, url: str) -> "Three":
        """The same browsers at another address of the same journal."""
        moved = {name: Browserless(url, dict(getattr(self, name).cookies)) for name in ("maya", "noor", "okafor")}
        return replace(self, **moved)

    def writes(self, maya: Browserless, moment: str = "anytime", session: str | None = None) -> Reply:
        """One more check-in; it counts once the server said that it is kept."""
        made, number = str(uuid4()), len(self.check_ins)
        story = {"texts": {"story.line": f"Gull {number}."}}
        told = maya.put(f"/check-ins/{made}", check_in(session, moment, LATER, story, answers={"emo.mood_now": 4}))
        if told.status_code == 201:
            self.check_ins[made] = told.json
        return told

    def all_is_there(self) -> None:
        """Each is signed in still, and all that was kept reads as it did."""
        for browser in (self.maya, self.noor, self.okafor):
            assert browser.get("/account").status_code == 200
        for made, as_kept in self.check_ins.items():
            assert self.maya.get(f"/check-ins/{made}").json == as_kept
        brief = self.okafor.get(f"/desk/{self.share}/brief")
        assert [it["id"] for it in brief.json["sessions"]] == [self.session]
        assert self.okafor.get(f"/desk/{self.share}/sessions/{self.session}").json["unopened"] == 0

    def mayas_turn(self) -> list[Reply]:
        return [self.writes(self.maya), self.maya.get("/check-ins"), self.maya.get("/shares"), self.maya.get("/today")]

    def noors_turn(self) -> list[Reply]:
        """In with her password on another browser, and out again; the first one stays."""
        other = Browserless(self.noor.url)
        came = other.post("/sign-ins", {"login_name": self.names["noor"], "password": PASSWORD})
        return [came, other.get("/account"), other.delete("/sign-ins/current"), self.noor.get("/account")]

    def okafors_turn(self) -> list[Reply]:
        desk = [f"/desk/{self.share}/brief", f"/desk/{self.share}/sessions/{self.session}", "/desk"]
        return [self.okafor.get(path) for path in desk]


def signed_up(url: str, login_name: str, **more: str) -> Browserless:
    browser = Browserless(url)
    joined = browser.post("/accounts", {"login_name": login_name, "password": PASSWORD, **more})
    assert joined.status_code == 201, joined.body
    return browser


@dataclass
class Load:
    """What came of every request: statuses, and what failed with why."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def count(self, replies: list[Reply]) -> None:
        self.statuses.update(reply.status_code for reply in replies)
        self.failed += [f"{reply.status_code} {reply.body[:200]!r}" for reply in replies if reply.status_code >= 400]


@contextmanager
def going_on(three: Three) -> Iterator[Load]:
    """All three, each in a thread of their own, until the block ends."""
    load, over = Load(), threading.Event()

    def lives(turn: Callable[[], list[Reply]], rest: float) -> None:
        while not over.is_set():
            try:
                load.count(turn())
            except (OSError, ValueError) as error:
                load.failed.append(repr(error))
            over.wait(rest)

    # Noor's costs an Argon2id.
    turns = ((three.mayas_turn, 0.1), (three.noors_turn, 0.5), (three.okafors_turn, 0.2))
    threads = [threading.Thread(target=lives, args=turn) for turn in turns]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        over.set()
        for thread in threads:
            thread.join()
