"""A check-in kept, against a bare durable insert in the same stack, and against itself with the sealing taken out."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

from bench import load
from bench.report import Measured
from tests.cast import check_in
from tests.http import API, Browserless
from tests.live import Server, serving

ROUNDS, REQUESTS = 9, 1200
AT = "2026-11-20T11:30:00-05:00"
TYPICAL = {
    "answers": {"emo.mood_now": 6, "diss.peak": 8, "brk.opened": "a_little"},
    "noticed": {"sens.tingling": {}, "sens.floating": {}, "perc.time": {}},
    "bothered": {"se.nausea": {"worst": 4}},
    "still_here": [],
}
STORY = {"texts": {"story.line": "Warm light over the water, and then the room again."}}


def measure() -> Iterator[Measured]:
    """Rounds of each kind in turn, so that a machine that grows slower does so for all."""
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        serving(Path(one), app="bench.wsgi:app") as sealed,
        serving(Path(other), app="bench.wsgi:app", BENCH_SEALING="off") as unsealed,
    ):
        yield from _compare(sealed, unsealed)


def _compare(sealed: Server, unsealed: Server) -> Iterator[Measured]:
    patients = {server.url: _joined(server) for server in (sealed, unsealed)}
    against_bare, against_unsealed, rates = [], [], []
    for _ in range(ROUNDS):
        # Each between two of what it is held against, so that a disk or a neighbour that slows down slows both.
        bare = load.rate(sealed.url, _bare(sealed))
        kept = load.rate(sealed.url, _check_ins(sealed, *patients[sealed.url]))
        bare_again = load.rate(sealed.url, _bare(sealed))
        plain = load.rate(unsealed.url, _check_ins(unsealed, *patients[unsealed.url]))
        kept_again = load.rate(sealed.url, _check_ins(sealed, *patients[sealed.url]))
        against_bare.append(2 * kept / (bare + bare_again))
        against_unsealed.append((kept + kept_again) / 2 / plain)
        rates.append(kept)
    note = f"({median(rates):.0f} check-ins a second)"
    yield Measured("PUT check-in against a bare durable insert", against_bare, 0.55, at_least=True, note=note)
    yield Measured("PUT check-in against itself unsealed", against_unsealed, 0.95, at_least=True)


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


def _check_ins(server: Server, cookie: str, session: str) -> list[bytes]:
    body = json.dumps(check_in(session, "landing", AT, STORY, **TYPICAL)).encode()
    host = server.url.removeprefix("http://")
    return [load.request("PUT", f"{API}/check-ins/{uuid4()}", host, body, cookie) for _ in range(REQUESTS)]


def _bare(server: Server) -> list[bytes]:
    host = server.url.removeprefix("http://")
    return [load.request("POST", "/bench/bare", host, b"x" * 1024)] * REQUESTS
