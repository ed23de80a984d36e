"""What the log's line and the figures of a request cost it, in microseconds of processor time."""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.report import Measured
from journal.web import logs, metrics
from tests.cast import API
from tests.stores import Stores, new_app

ROUNDS, WARM = 5, 200
REQUESTS = 2000


def measure() -> Iterator[Measured]:
    """Requests that do next to nothing, told and counted, against the same with nobody watching and no hook for it."""
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "ab") as log:
        app = new_app(Stores.sqlite(Path(folder)))
        metrics.count_in(tempfile.mkdtemp(dir=metrics.MEMORY if metrics.MEMORY.is_dir() else folder))
        logs.speak(20, lambda line: os.write(log.fileno(), line))
        gc.collect()
        gc.freeze()
        rounds = [_round(app) for _ in range(ROUNDS)]
        metrics.end()
        note = f"(of {median(bare for bare, _ in rounds):.0f} for a request that does nothing)"
        costs = [watched - bare for bare, watched in rounds]
        yield Measured("microseconds of a request for log and metrics", costs, 25, at_least=False, note=note)


def _round(app: Flask) -> tuple[float, float]:
    """The medians without and with. One of each in turn, so that a busy machine is as busy for both."""
    hooks = app.after_request_funcs[None]
    watching = hooks[:]
    blind = [hook for hook in watching if hook.__module__ != logs.__name__]
    bare, watched = list[float](), list[float]()
    for number in range(WARM + REQUESTS):
        for kept, taken in ((blind, bare), (watching, watched)):
            hooks[:] = kept
            spent = _microseconds(app)
            if number >= WARM:
                taken.append(spent)
    return median(bare), median(watched)


def _microseconds(app: Flask) -> float:
    environ = EnvironBuilder(f"{API}/registration").get_environ()
    began = time.process_time_ns()
    _, status, _ = run_wsgi_app(app.wsgi_app, environ)
    spent = time.process_time_ns() - began
    assert status.startswith("200"), status
    return spent / 1000
