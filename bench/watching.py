"""What the log's line and the figures of a request cost it, in microseconds of processor time."""

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.report import Measured
from journal.web import logs, metrics
from tests.cast import API
from tests.stores import Stores, new_app

# Many short rounds of each in turn: on a busy machine a long one says more about its neighbours.
ROUNDS, REQUESTS = 61, 200


def measure() -> Iterator[Measured]:
    """Requests that do next to nothing, told and counted, against the same with nobody watching and no hooks for it."""
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "ab") as log:
        app = new_app(Stores.sqlite(Path(folder)))
        metrics.count_in(tempfile.mkdtemp(dir=metrics.MEMORY if metrics.MEMORY.is_dir() else folder))
        logs.speak(20, lambda line: os.write(log.fileno(), line))
        gc.collect()
        gc.freeze()
        hooks = [(each, each[:]) for each in (app.before_request_funcs[None], app.after_request_funcs[None])]
        bare, watched = [], []
        for _ in range(ROUNDS):
            for each, _ in hooks:
                each[:] = [hook for hook in each if hook.__module__ != logs.__name__]
            bare.append(_microseconds(app))
            for each, before in hooks:
                each[:] = before
            watched.append(_microseconds(app))
        metrics.end()
        # The quickest of each: the round that no neighbour took the caches from.
        note = f"(of {min(bare):.0f} for a request that does nothing)"
        cost = min(watched) - min(bare)
        yield Measured("microseconds of a request for log and metrics", [cost], 25, at_least=False, note=note)


def _microseconds(app: Flask) -> float:
    environs = [EnvironBuilder(f"{API}/registration").get_environ() for _ in range(REQUESTS)]
    began = time.process_time()
    for environ in environs:
        _, status, _ = run_wsgi_app(app.wsgi_app, environ)
        assert status.startswith("200"), status
    return (time.process_time() - began) / REQUESTS * 1e6
