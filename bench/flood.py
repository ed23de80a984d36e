"""Two hundred sign-ins at once, while others write: how long those wait, what it takes of memory, who is told to wait.

Everybody at the door does what the answer asks for: comes back when Retry-After says so, until let in.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

from bench.report import Measured
from tests.cast import check_in
from tests.faults.patient import AT, PASSWORD, Patient
from tests.faults.wire import Wire
from tests.live import Server, serving
from tests.stores import Stores, postgres

# A name of its own for every fourth: five tries of one name are free, and all of them may be under way at once.
AT_ONCE, NAMES, WRITERS = 200, 50, 4
QUIET_SECONDS = 6.0
# Between two writes of one person; nobody writes without a pause.
PAUSE = 0.05
MEMORY = 1024.0


@dataclass
class Flood:
    """What became of those at the door."""

    answers: Counter[int] = field(default_factory=Counter)
    without_retry_after: int = 0
    longest: float = 0.0
    seconds: float = 0.0
    most_memory: float = 0.0


def measure() -> Iterator[Measured]:
    """On each engine, one run: quiet, flooded, quiet again."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        yield from _flooded(server, "SQLite")
    with postgres() as database, tempfile.TemporaryDirectory() as folder:
        stores = Stores.postgres(Path(folder), database.url, "journal")
        with serving(Path(folder), stores) as server:
            yield from _flooded(server, "PostgreSQL")


def _flooded(server: Server, engine: str) -> Iterator[Measured]:
    names = [Patient.joined(server.url).login_name for _ in range(NAMES)]
    tabs = [Patient.joined(server.url) for _ in range(WRITERS)]
    with _writing(tabs) as before:
        time.sleep(QUIET_SECONDS)
    with _writing(tabs) as during:
        flood = _at_the_door(server, names)
    with _writing(tabs) as after:
        time.sleep(QUIET_SECONDS)
    quiet = _p95(before + after)
    note = f"({1000 * quiet:.0f} ms quiet, {1000 * _p95(during):.0f} ms; {len(during)} writes in {flood.seconds:.0f} s)"
    yield Measured(f"{engine}: p95 of a write, flooded against quiet", [_p95(during) / quiet], 3.0, False, note)
    note = f"({flood.most_memory:.0f} MiB)"
    yield Measured(f"{engine}: memory of all processes, of 1 GiB", [flood.most_memory / MEMORY], 1.0, False, note)
    answers = ", ".join(f"{times} x {status}" for status, times in sorted(flood.answers.items()))
    unasked = sum(times for status, times in flood.answers.items() if status not in (201, 503))
    note = f"({answers}; longest answer {flood.longest:.1f} s)"
    wrong = float(unasked + flood.without_retry_after + (flood.answers[201] != AT_ONCE))
    yield Measured(f"{engine}: answers other than let in, or when to come", [wrong], 0.0, False, note)


@contextmanager
def _writing(tabs: list[Patient]) -> Iterator[list[float]]:
    """Everybody writes; yields how long each write takes, all acknowledged."""
    over, took = threading.Event(), list[float]()

    def work(tab: Patient) -> None:
        while not over.wait(PAUSE):
            body = check_in(tab.session, "next_day", AT)
            began = time.perf_counter()
            reply = tab.wire.put(f"/check-ins/{uuid4()}", body)
            took.append(time.perf_counter() - began)
            assert reply.status_code == 201, reply.body
        tab.wire.close()

    threads = [threading.Thread(target=work, args=(tab,)) for tab in tabs]
    for thread in threads:
        thread.start()
    try:
        yield took
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def _at_the_door(server: Server, names: list[str]) -> Flood:
    """The crowd is a process of its own: what it takes is not the writers' to wait for."""
    flood, began = Flood(), time.perf_counter()
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench.flood", server.url, str(AT_ONCE), *names], stdout=subprocess.PIPE
    )
    while crowd.poll() is None:
        flood.most_memory = max(flood.most_memory, memory(server))
        time.sleep(0.25)
    flood.seconds = time.perf_counter() - began
    answers, flood.without_retry_after, flood.longest = json.loads(crowd.communicate()[0])
    flood.answers.update({int(status): times for status, times in answers.items()})
    return flood


def crowd(url: str, at_once: int, names: list[str]) -> None:
    """Everybody at once, each until let in; prints what they were answered."""
    flood, guard, start = Flood(), threading.Lock(), threading.Barrier(at_once)

    def come_in(name: str) -> None:
        status = 0
        start.wait()
        while status != 201:
            wire, began = Wire(url), time.perf_counter()
            reply = wire.post("/sign-ins", {"login_name": name, "password": PASSWORD})
            wire.close()
            status, asked = reply.status_code, reply.headers["Retry-After"]
            with guard:
                flood.answers[status] += 1
                flood.longest = max(flood.longest, time.perf_counter() - began)
                flood.without_retry_after += status != 201 and not asked
            if status != 201:
                time.sleep(int(asked or 1))

    threads = [threading.Thread(target=come_in, args=(names[number % len(names)],)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps([flood.answers, flood.without_retry_after, flood.longest]))


def memory(server: Server) -> float:
    """MiB of all processes of a server, what they share counted once."""
    total = 0
    for process in _family(server.process.pid):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


if __name__ == "__main__":
    crowd(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
