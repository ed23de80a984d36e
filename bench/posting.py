"""A check-in kept, against a bare durable insert in the same stack, and against itself with the sealing taken out.

The first over HTTP, by gunicorn; the second within one process and one store, where sealing is all that differs.
"""

import gc
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench import load
from bench.report import Measured
from journal.crypto import Keyring, Place, SealedSection
from tests.cast import check_in, join
from tests.http import API, Browserless
from tests.live import Server, serving
from tests.stores import Stores, new_app

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
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), app="bench.wsgi:app") as server:
        yield _against_bare(server)
    with tempfile.TemporaryDirectory() as folder:
        yield _against_unsealed(new_app(Stores.sqlite(Path(folder))))


def _against_bare(server: Server) -> Measured:
    patient = _joined(server)
    ratios, rates = [], []
    for _ in range(ROUNDS):
        # Between two of what it is held against, so that a disk or a neighbour that slows down slows both.
        before = load.rate(server.url, _bare(server))
        kept = load.rate(server.url, _check_ins(server, *patient))
        after = load.rate(server.url, _bare(server))
        ratios.append(2 * kept / (before + after))
        rates.append(kept)
    note = f"({median(rates):.0f} check-ins a second)"
    return Measured("PUT check-in against a bare durable insert", ratios, 0.55, at_least=True, note=note)


def _against_unsealed(app: Flask) -> Measured:
    maya = join(app, "maya")
    session, seal = maya.has_session(AT), Keyring.seal
    cookie = "; ".join(f"{each.key}={each.value}" for each in maya.client._cookies.values())
    ratios = []
    gc.collect()
    gc.freeze()
    for _ in range(2 * ROUNDS):
        sealed = _seconds(app, session, cookie)
        Keyring.seal = unsealed  # type: ignore[method-assign]
        plain = _seconds(app, session, cookie)
        Keyring.seal = seal  # type: ignore[method-assign]
        ratios.append(plain / sealed)
    return Measured("PUT check-in against itself unsealed", ratios, 0.95, at_least=True)


def unsealed(_keyring: Keyring, _place: Place, plaintext: bytes) -> SealedSection:
    """As long as a sealed one, and not sealed."""
    room = 512
    while room < len(plaintext) + 4:
        room *= 2
    return SealedSection(bytes(70), plaintext.ljust(room, b"\0"))


def _seconds(app: Flask, session: str, cookie: str) -> float:
    """Processor time of a few hundred check-ins kept, each sent to the application as gunicorn would."""
    body = json.dumps(check_in(session, "landing", AT, STORY, **TYPICAL)).encode()
    requests = [
        EnvironBuilder(
            f"{API}/check-ins/{uuid4()}", method="PUT", data=body, content_type="application/json",
            headers={"Cookie": cookie}, base_url="https://localhost",
        ).get_environ()
        for _ in range(REQUESTS // 4)
    ]  # fmt: skip
    began = time.process_time()
    for environ in requests:
        _, status, _ = run_wsgi_app(app.wsgi_app, environ)
        assert status.startswith("201"), status
    return time.process_time() - began


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
