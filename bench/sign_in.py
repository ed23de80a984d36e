"""A sign-in against one Argon2id, which is what it has to cost."""

import time
from collections.abc import Callable, Iterator

from bench.engines import ENGINES, stores_on
from bench.report import Measured
from journal.crypto import spend_password_work
from tests.cast import join
from tests.stores import new_app

ROUNDS = 15


def measure() -> Iterator[Measured]:
    """The whole request, in turn with the bare hash."""
    for engine in ENGINES:
        with stores_on(engine) as new:
            maya = join(new_app(new("sign_in")), "maya")
            body = {"login_name": maya.login_name, "password": maya.password}
            ratios = []
            for _ in range(ROUNDS):
                bare = _wall(lambda maya=maya: spend_password_work(maya.password))
                whole = _wall(lambda maya=maya, body=body: maya.post("/sign-ins", json=body))
                ratios.append(whole / bare)
        yield Measured(f"{engine}: sign-in against one Argon2id", ratios, 1.15)


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
