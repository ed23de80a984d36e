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

ROUNDS, REQUESTS = 9, 1000


def measure() -> Iterator[Measured]:
    """Requests that do next to nothing, told and counted, against the same with nobody watching."""
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "ab") as log:
        app = new_app(Stores.sqlite(Path(folder)))
        metrics.count_in(tempfile.mkdtemp(dir=folder if not metrics.MEMORY.is_dir() else metrics.MEMORY))
        watched = metrics._here.meters
        gc.collect()
        gc.freeze()
        costs, bare = [], []
        for _ in range(ROUNDS):
            metrics._here.meters = None
            logs.be_silent()
            bare.append(_microseconds(app))
            metrics._here.meters = watched
            logs.speak(20, lambda line: os.write(log.fileno(), line))
            costs.append(_microseconds(app) - bare[-1])
        logs.be_silent()
        metrics.end()
        note = f"(of {median(bare):.0f} for a request that does nothing)"
        yield Measured("microseconds of a request for log and metrics", costs, 25, at_least=False, note=note)


def _microseconds(app: Flask) -> float:
    environs = [EnvironBuilder(f"{API}/registration").get_environ() for _ in range(REQUESTS)]
    began = time.process_time()
    for environ in environs:
        _, status, _ = run_wsgi_app(app.wsgi_app, environ)
        assert status.startswith("200"), status
    return (time.process_time() - began) / REQUESTS * 1e6
