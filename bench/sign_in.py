"""A sign-in against one Argon2id, which is what it has to cost."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.report import Measured
from journal.crypto import spend_password_work
from tests.cast import join
from tests.stores import Stores, new_app

ROUNDS = 15


def measure() -> Iterator[Measured]:
    """The whole request, in turn with the bare hash."""
    with tempfile.TemporaryDirectory() as folder:
        app = new_app(Stores.sqlite(Path(folder)))
        maya = join(app, "maya")
        body = {"login_name": maya.login_name, "password": maya.password}
        ratios = []
        for _ in range(ROUNDS):
            bare = _wall(lambda: spend_password_work(maya.password))
            whole = _wall(lambda: maya.post("/sign-ins", json=body))
            ratios.append(whole / bare)
    yield Measured("sign-in against one Argon2id", ratios, 1.15, at_least=False)


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
