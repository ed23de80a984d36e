"""A check-in kept, against a bare durable insert in the same stack, and against itself with the sealing taken out.

All over HTTP, by gunicorn (bench/wsgi.py), in turn.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench import load
from bench.bare import BARE, UNSEALED
from bench.engines import ENGINES, stores_on
from bench.report import Measured
from journal.database import db
from tests.cast import check_in
from tests.http import API, Browserless
from tests.live import Server, serving
from tests.stores import close_all, new_app

ROUNDS, REQUESTS, BAR, ITSELF = 11, 600, 0.7, 0.95
AT = "2026-11-20T11:30:00-05:00"
TYPICAL = {
    "answers": {"emo.mood_now": 6, "diss.peak": 8, "brk.opened": "a_little"},
    "noticed": {"sens.tingling": {}, "sens.floating": {}, "perc.time": {}},
    "bothered": {"se.nausea": {"worst": 4}},
    "still_here": [],
}
Each = dict[str, float]
STORY = {"texts": {"story.line": "Warm light over the water, and then the room again."}}


def measure() -> Iterator[Measured]:
    """Rounds of each kind in turn, so that a machine that grows slower does so for all."""
    for engine in ENGINES:
        with stores_on(engine) as new:
            stores = new("posting")
            app = new_app(stores)
            with app.app_context():
                BARE.metadata.create_all(db.engine)
            close_all()
            with serving(stores.data, stores, app="bench.wsgi:app") as server:
                yield from _compared(server, engine)


def _compared(server: Server, engine: str) -> Iterator[Measured]:
    """The check-in, and what nobody could undercut: the bare insert behind the same guard.

    In requests a second, and in the processor time of the workers.
    """
    patient = _joined(server)
    rates, spent = list[Each](), list[Each]()
    for _ in range(ROUNDS + 1):
        found = {name: _round(server, requests) for name, requests in _kinds(server, *patient)}
        # Between two of what it is held against, so that a disk or a neighbour that slows down slows both.
        for name in ("bare", "unsealed"):
            found[name] = tuple(sum(pair) / 2 for pair in zip(found[name], found.pop(f"{name} again"), strict=True))
        rates.append({name: rate for name, (rate, _) in found.items()})
        spent.append({name: 1 / seconds for name, (_, seconds) in found.items()})
    for what, rounds in (("", rates[1:]), (", in CPU time", spent[1:])):  # The first is for everybody's caches.
        note = f"({median(it['kept'] for it in rounds):.0f} check-ins a second{' of a core' if what else ''})"
        held = f"{engine}: PUT check-in against a bare durable insert{what}"
        yield Measured(held, _of(rounds, "kept"), None if what else BAR, at_least=True, note=note)
        held = f"{engine}: PUT check-in against itself unsealed{what}"
        yield Measured(held, _of(rounds, "kept", "unsealed"), ITSELF, at_least=True)
        yield Measured(f"{engine}: a bare insert behind the guard{what}", _of(rounds, "guarded"), None)
        yield Measured(f"{engine}: a bare insert without BEGIN and COMMIT{what}", _of(rounds, "alone"), None)


def _kinds(server: Server, cookie: str, session: str) -> Iterator[tuple[str, list[bytes]]]:
    yield "bare", _bare(server, "bare")
    yield "unsealed", _check_ins(server, cookie, session, f"?{UNSEALED}")
    yield "kept", _check_ins(server, cookie, session)
    yield "unsealed again", _check_ins(server, cookie, session, f"?{UNSEALED}")
    yield "guarded", _bare(server, "guarded", cookie)
    yield "alone", _bare(server, "alone")
    yield "bare again", _bare(server, "bare")


def _round(server: Server, requests: list[bytes]) -> tuple[float, ...]:
    """Requests a second, and the seconds of processor time that the workers spent on one."""
    before = _cpu_seconds(server)
    rate = load.rate(server.url, requests)
    return rate, (_cpu_seconds(server) - before) / len(requests)


def _cpu_seconds(server: Server) -> float:
    """What the workers have used so far, in themselves and in the kernel."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    stats = [Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split() for worker in workers]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


def _of(rounds: list[Each], name: str, held_against: str = "bare") -> list[float]:
    return [it[name] / it[held_against] for it in rounds]


def _joined(server: Server) -> tuple[str, str]:
    """A patient's cookie, and a session to hang check-ins on."""
    maya = Browserless(server.url)
    name = f"maya-{uuid4().hex[:8]}"
    joined = maya.post("/accounts", {"login_name": name, "password": "the ferry leaves at nine sharp"})
    assert joined.status_code == 201, joined.body
    session = str(uuid4())
    facts = {"happened_at": AT, "time_zone": "America/New_York", "written_at": AT}
    assert maya.put(f"/sessions/{session}", {"ratings": facts}).status_code == 201
    return "; ".join(f"{name}={value}" for name, value in maya.cookies.items()), session


def _check_ins(server: Server, cookie: str, session: str, how: str = "") -> list[bytes]:
    # As a browser writes it.
    body = json.dumps(check_in(session, "landing", AT, STORY, **TYPICAL), separators=(",", ":")).encode()
    host = server.url.removeprefix("http://")
    return [load.request("PUT", f"{API}/check-ins/{uuid4()}{how}", host, body, cookie) for _ in range(REQUESTS)]


def _bare(server: Server, which: str, cookie: str = "") -> list[bytes]:
    host = server.url.removeprefix("http://")
    return [load.request("POST", f"/bench/{which}", host, b"x" * 1024, cookie)] * REQUESTS
