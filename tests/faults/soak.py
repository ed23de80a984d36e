"""A mixed load for as long as is asked: no error, and no more memory at the end than at the beginning.

python -m tests.faults.soak [--minutes 60] [--warm-up 5] [--engine sqlite|postgres]
"""

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from tests.faults.mixed import Figures, everybody
from tests.live import Server, serving
from tests.stores import Stores, close_all, new_app, postgres_server

GROWTH_MOST = 0.05
# Minutes before the others in which caches fill, pools open, modules load at their first use, and allocators find
# their size. SQLite alone keeps up to 2 MiB of pages for each connection.
WARM_UP = 5
LOOKS_EVERY = 0.5
MEBIBYTE = 1024 * 1024


@dataclass
class Memory:
    """The proportional memory of gunicorn's processes, looked at all the while.

    A password being stretched takes 64 MiB for a fifth of a second, and an export what it is made of; so of each
    minute the least counts, which is what they leave behind.
    """

    server: Server
    looks: list[float] = field(default_factory=list)

    def look(self, over: threading.Event) -> None:
        """Until it is over."""
        while not over.wait(LOOKS_EVERY):
            self.looks.append(self.now())

    def now(self) -> float:
        """MiB of master and workers. What sets a PDF comes and goes, and is not counted."""
        master = psutil.Process(self.server.process.pid)
        return sum(each.memory_full_info().pss for each in (master, *master.children())) / MEBIBYTE

    def take(self) -> float:
        """The least of the looks since this was asked last."""
        looks, self.looks = self.looks, []
        return min(looks)


def soak(minutes: int, warm_up: int, engine: str, folder: Path) -> bool:
    """A line a minute, then a verdict; whether it held."""
    with _served(engine, folder) as (server, app):
        figures, memory = Figures(), Memory(server)
        people = everybody(app, server.url, figures)
        close_all()
        with ThreadPoolExecutor(len(people) + 1) as pool:
            working = [pool.submit(each.work) for each in people]
            working.append(pool.submit(memory.look, figures.over))
            try:
                for number in range(-warm_up, 0):
                    _minute(number, figures, memory)
                figures.warm.set()
                measured = [_minute(number, figures, memory) for number in range(1, minutes + 1)]
            finally:
                figures.over.set()
            for each in working:
                each.result()
        return _verdict(measured, figures, server)


@contextmanager
def _served(engine: str, folder: Path) -> Iterator[tuple[Server, object]]:
    with ExitStack() as stack:
        stores = Stores.sqlite(folder)
        if engine == "postgres":
            stores = Stores.postgres(folder, stack.enter_context(postgres_server()), "soak")
        app = new_app(stores)
        yield stack.enter_context(serving(folder, stores)), app


def _minute(number: int, figures: Figures, memory: Memory) -> float:
    """Wait one, and tell of it; the memory in it."""
    time.sleep(60)
    taken, used = figures.take(), memory.take()
    middle, late = taken[len(taken) // 2], taken[len(taken) * 95 // 100]
    _say(
        f"{number:4} min  {len(taken):6} requests  {figures.errors.total():3} errors so far  "
        f"p50 {middle * 1000:5.0f} ms  p95 {late * 1000:5.0f} ms  {used:6.1f} MiB"
    )
    return used


def _verdict(measured: list[float], figures: Figures, server: Server) -> bool:
    """The last minutes against the first ones after the warm-up; the errors of all."""
    few = max(1, len(measured) // 5)
    before, after = median(measured[:few]), median(measured[-few:])
    growth, crashed = after / before - 1, server.log().count("Traceback")
    held = not figures.errors and not crashed and growth <= GROWTH_MOST
    for what, times in figures.errors.most_common(10):
        _say(f"  {times} times {what}")
    _say(
        f"{'held' if held else 'did NOT hold'}: {figures.errors.total()} errors (bar 0), {crashed} tracebacks, memory "
        f"{before:.1f} -> {after:.1f} MiB, {growth:+.1%} (bar {GROWTH_MOST:+.0%})"
    )
    return held


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> int:
    """1 when it did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--warm-up", type=int, default=WARM_UP)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 0 if soak(asked.minutes, asked.warm_up, asked.engine, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
