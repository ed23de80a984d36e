"""Writers write while workers, masters and the postmaster are killed at random; then everything is looked for.

python -m tests.faults.torture [--kills 100] [--writes 50000] [--engine sqlite|postgres] [--seed N]

The counts are those of each engine.
"""

import argparse
import random
import re
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.cast import join, join_therapist
from tests.deposits.phone import Phone
from tests.faults.afterwards import Found, found
from tests.faults.host import Host, host
from tests.faults.wire import Wire
from tests.faults.writers import AT, Browser, Desk, Journal, Pocket, Progress, Writer
from tests.sharing.steps import keeps, lends
from tests.stores import close_all, new_app

ENGINES = ("sqlite", "postgres")
# What one phone may hand in within an hour, with some to spare.
A_PHONE = 500
# The longest that nothing may be acknowledged before a run counts as stuck.
PATIENCE = 120
# Kills between two lines of how far it is.
SAID_EVERY = 10


@dataclass(frozen=True)
class Counts:
    """How much is killed and written on one engine; the same seed makes the same choices."""

    kills: int
    writes: int
    seed: int = field(default_factory=lambda: secrets.randbelow(2**32))


@dataclass
class Outcome:
    """What was done, and what was found afterwards."""

    engine: str
    counts: Counts
    progress: Progress
    found: Found
    killed: Counter[str]
    readings: int
    seconds: float
    log: str = field(repr=False)

    @property
    def well(self) -> bool:
        return self.found.nothing and not self.progress.surprises and not self.tracebacks

    @property
    def tracebacks(self) -> list[str]:
        """What the server's log tells of in Python's own words; but for gunicorn's, of a port that is not free yet."""
        _, *found = self.log.split("Traceback (most recent call last):")
        return [it for each in found if "gunicorn/sock.py" not in (it := re.split(r"\n[\[{]", each)[0][-1500:])]

    def lines(self) -> Iterator[str]:
        """For people."""
        progress, it = self.progress, self.found
        victims = ", ".join(f"{times} {victim}" for victim, times in sorted(self.killed.items()))
        yield f"{self.engine}, seed {self.counts.seed}: {self.killed.total()} kills ({victims}) in {self.seconds:.0f} s"
        yield (
            f"  {progress.acknowledged} writes acknowledged, {progress.sent_again} sent again, "
            f"{progress.given_up} given up; {progress.signed_in_again} sign-ins anew, {self.readings} briefs read"
        )
        yield (
            f"  lost {len(it.lost)}, twice {len(it.twice)}, torn {len(it.torn)}, of nobody {len(it.unknown)}, "
            f"otherwise wrong {len(it.wrong)}, answers that should not be {progress.surprises.total()}"
        )
        for what in ("lost", "twice", "torn", "unknown", "wrong"):
            yield from (f"    {what}: {line[:500]}" for line in getattr(it, what)[:5])
        yield from (f"    {times} times {answer}" for answer, times in progress.surprises.most_common(10))
        yield from (f"    in the log: {each}" for each in self.tracebacks[:3])


def torture(engine: str, counts: Counts, folder: Path, say: Callable[[str], None] = lambda _: None) -> Outcome:
    """Write, kill, and look; `say` is told how far it is."""
    progress, rng = Progress(counts.writes), random.Random(f"{counts.seed} {engine}")
    with host(engine, folder) as where:
        journals, desk = _people(where, progress, counts)
        where.start()
        began = time.monotonic()
        with _writing(_writers(journals, where, progress, counts), desk, progress):
            killed = _killing(where, progress, counts, rng, say)
        seconds = time.monotonic() - began
        where.start_afresh()
        result = found(where.url, where.stores, journals, desk)
        return Outcome(engine, counts, progress, result, killed, desk.read, seconds, where.server.log())


def _people(where: Host, progress: Progress, counts: Counts) -> tuple[list[Journal], Desk]:
    """Two patients with phones, one of whom lends a session to a therapist."""
    app = new_app(where.stores)
    okafor, journals = join_therapist(app, "okafor", "Dr Okafor"), []
    for name in ("maya", "noor"):
        person = join(app, name)
        phones = [Phone.of(person, app) for _ in range(1 + counts.writes // 5 // A_PHONE)]
        journals.append(Journal(person, person.has_session(AT), phones))
    maya = journals[0]
    share = lends(maya.person, keeps(maya.person, okafor), [maya.session])
    close_all()
    return journals, Desk(okafor, share, progress, Wire.of(okafor, where.url))


def _writers(journals: list[Journal], where: Host, progress: Progress, counts: Counts) -> list[Writer]:
    kinds = (("in one browser", Browser), ("in another", Browser), ("on the phone", Pocket))
    found: list[Writer] = []
    for journal in journals:
        for where_from, kind in kinds:
            name = f"{journal.person.name} {where_from}"
            wire = Wire.of(journal.person, where.url)
            found.append(kind(name, journal, progress, wire, random.Random(f"{counts.seed} {name}")))
    return found


@contextmanager
def _writing(writers: list[Writer], desk: Desk, progress: Progress) -> Iterator[None]:
    """All of them write while the block lasts, and until all is written."""
    with ThreadPoolExecutor(len(writers) + 1) as pool:
        working = [pool.submit(each.work) for each in (*writers, desk)]
        for each in working:
            each.add_done_callback(lambda done: done.exception() and _stop(progress))
        try:
            yield
            while not progress.over:
                before = progress.acknowledged
                if not progress.reached(before + 1, PATIENCE):
                    raise RuntimeError(f"nothing was acknowledged for {PATIENCE} s")
        finally:
            progress.stopped = True
            for each in working:
                each.result()  # What went wrong with a writer is more than that nobody wrote.


def _stop(progress: Progress) -> None:
    progress.stopped = True


def _killing(
    where: Host, progress: Progress, counts: Counts, rng: random.Random, say: Callable[[str], None]
) -> Counter[str]:
    """Kill at random moments, each after so many acknowledged writes and a little; every kind of victim in its turn."""
    killed: Counter[str] = Counter()
    moments = sorted(rng.sample(range(counts.writes // 50, counts.writes * 19 // 20), counts.kills))
    victims = [where.victims[number % len(where.victims)] for number in range(counts.kills)]
    rng.shuffle(victims)
    for moment, victim in zip(moments, victims, strict=True):
        if not progress.reached(moment, PATIENCE) or progress.stopped:
            raise RuntimeError(f"nothing was acknowledged for {PATIENCE} s, or a writer ended")
        time.sleep(rng.uniform(0, 0.05))
        where.kill(victim, rng)
        killed[victim] += 1
        if killed.total() % SAID_EVERY == 0:
            say(f"  {killed.total()} of {counts.kills} kills, {progress.acknowledged} of {counts.writes} writes")
    return killed


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> int:
    """Both engines, or one; 1 when anything was lost, twice, or otherwise not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--writes", type=int, default=50_000)
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    well = True
    for engine in (asked.engine,) if asked.engine else ENGINES:
        with tempfile.TemporaryDirectory() as folder:
            _say(f"{engine}, seed {asked.seed}")
            outcome = torture(engine, Counts(asked.kills, asked.writes, asked.seed), Path(folder), _say)
        _say("\n".join(outcome.lines()))
        well &= outcome.well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
