"""FHIR of 5,000 check-ins against the bare cost of opening them, in CPU time; and the memory it takes meanwhile."""

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.bare import as_served
from bench.report import Measured
from bench.trends import fill, somebody
from journal.accounts.service import Owner
from journal.export import fhir
from journal.export.material import Choice, gathered
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from tests.stores import Stores, new_app

ROUNDS = 7
SESSIONS = 1000
MIB = 2**20


def measure() -> Iterator[Measured]:
    """A journal of its own, filed as the API would."""
    with tempfile.TemporaryDirectory() as folder:
        app = new_app(Stores.sqlite(Path(folder)))
        with app.app_context():
            owner = somebody(app)
            fill(owner, SESSIONS)
            yield from measured(owner)


def measured(owner: Owner) -> Iterator[Measured]:
    """FHIR of a journal that is there already, from rows to the last byte, against opening the same rows."""
    opened = bare(owner)
    as_served()
    ratios = [cpu(lambda: written(owner)) / cpu(lambda: bare(owner)) for _ in range(ROUNDS)]
    yield Measured("FHIR against opening", ratios, 3.0, at_least=False, note=f"({opened} rows)")
    yield Measured("MiB at most while FHIR is written", [grown(owner)], 100.0, at_least=False)


def bare(owner: Owner) -> int:
    """Fetch, open and check every row, and keep it; how many there were."""
    return len([row for kind in (COURSE, SESSION, CHECK_IN, ADDITION) for row in rows.every(kind, owner)])


def written(owner: Owner) -> int:
    """The whole bundle as it is streamed; how many bytes there were."""
    return sum(map(len, fhir.chunks(gathered(owner, Choice()))))


def grown(owner: Owner) -> float:
    """The most memory that was taken at once, in MiB."""
    tracemalloc.start()
    written(owner)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / MIB


def cpu(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began
