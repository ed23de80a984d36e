"""How it grows: with a thousand to a million check-ins in the database, and with 10 to 1,000 sessions in a journal.

What one person asks for costs the same however many others there are: each is asked of the three databases in turn, and
told as a ratio to the smallest. What reads a whole journal is told a session, as a ratio to one of a hundred.
"""

import json
import time
from collections.abc import Callable, Iterator
from statistics import median
from uuid import uuid4

from flask import Flask

from bench import crowd, export
from bench.bare import as_served
from bench.engines import ENGINES, stores_on
from bench.posting import AT, STORY, TYPICAL
from bench.report import Measured
from bench.trends import cpu, somebody
from bench.trends import fill as fill_journal
from journal.trends import service
from tests.cast import Person, check_in, join
from tests.stores import close_all, new_app

SIZES = (1_000, 100_000, 1_000_000)
JOURNALS = (10, 100, 500, 1000)
SESSIONS, ROUNDS, BAR = 12, 12, 1.2
# How often each is asked for in a round, of every database in turn.
EACH = {"PUT check-in": 25, "GET check-in": 25, "GET check-ins": 10, "GET trends": 5, "POST sign-in": 1}
JOURNAL_ROUNDS, PER_SESSION_BAR = 5, 1.25

Asks = dict[str, Callable[[], object]]


def measure() -> Iterator[Measured]:
    """On either engine."""
    for engine in ENGINES:
        with stores_on(engine) as new:
            towns = {size: _town(new_app(new(f"with_{size}")), size) for size in SIZES}
            yield from _of_databases(engine, towns)
        with stores_on(engine) as new:
            yield from _of_journals(engine, new_app(new("journals")))


def _town(app: Flask, size: int) -> Asks:
    """A database with so many check-ins of others, and what a patient asks of it."""
    maya = join(app, "maya")
    crowd.fill(app, size)
    with app.app_context():
        fill_journal(somebody(app, maya), SESSIONS)
    session = maya.has_session(AT)
    kept = maya.checks_in(session, "landing", AT, STORY, **TYPICAL)
    body = json.dumps(check_in(session, "landing", AT, STORY, **TYPICAL))
    who = {"login_name": maya.login_name, "password": maya.password}
    return {
        "PUT check-in": lambda: _done(maya, "PUT", f"/check-ins/{uuid4()}", body, 201),
        "GET check-in": lambda: _done(maya, "GET", f"/check-ins/{kept}", None, 200),
        "GET check-ins": lambda: _done(maya, "GET", "/check-ins", None, 200),
        "GET trends": lambda: _done(maya, "GET", "/trends", None, 200),
        "POST sign-in": lambda: _done(maya, "POST", "/sign-ins", json.dumps(who), 201),
    }


def _done(who: Person, method: str, path: str, body: str | None, status: int) -> None:
    answer = who.client.open(f"/api/v1{path}", method=method, data=body, content_type="application/json")
    assert answer.status_code == status, answer.json


def _of_databases(engine: str, towns: dict[int, Asks]) -> Iterator[Measured]:
    as_served()
    smallest = SIZES[0]
    for ask, times in EACH.items():
        rounds = [_round(towns, ask, times) for _ in range(ROUNDS + 1)][1:]
        milliseconds = {size: median(it[size] for it in rounds) * 1000 for size in SIZES}
        for size in SIZES[1:]:
            ratios = [it[size] / it[smallest] for it in rounds]
            note = f"({milliseconds[smallest]:.2f} and {milliseconds[size]:.2f} ms)"
            yield Measured(f"{engine}: {ask} at {size:,} check-ins against {smallest:,}", ratios, BAR, note=note)
    close_all()


def _round(towns: dict[int, Asks], ask: str, times: int) -> dict[int, float]:
    """The median of asking each database in turn, in seconds."""
    found: dict[int, list[float]] = {size: [] for size in towns}
    for _ in range(times):
        for size, town in towns.items():
            began = time.perf_counter()
            town[ask]()
            found[size].append(time.perf_counter() - began)
    return {size: median(seconds) for size, seconds in found.items()}


def _of_journals(engine: str, app: Flask) -> Iterator[Measured]:
    found: dict[str, dict[int, list[float]]] = {}
    for sessions in JOURNALS:
        with app.app_context():
            owner = somebody(app)
            export.fill(owner, sessions)
            as_served()
            for what, work in {
                "trends": lambda owner=owner: service.trends(owner),
                "export as json": lambda owner=owner: export.take_out(owner, "json"),
            }.items():
                work()
                spent = [cpu(work) / sessions for _ in range(JOURNAL_ROUNDS)]
                found.setdefault(what, {})[sessions] = spent
    for what, by_sessions in found.items():
        of_a_hundred = median(by_sessions[100])
        for sessions, spent in by_sessions.items():
            ratios = [each / of_a_hundred for each in spent]
            bar = PER_SESSION_BAR if sessions > 100 else None
            note = f"({median(spent) * sessions * 1000:.1f} ms)"
            yield Measured(f"{engine}: {what}, a session of {sessions:,} against one of 100", ratios, bar, note=note)
