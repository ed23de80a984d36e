"""Taking 5,000 check-ins out, against the bare cost of fetching and opening them, in CPU time; and in memory."""

import gc
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import orjson
from sqlalchemy import select

from bench.bare import as_served
from bench.report import Measured
from bench.trends import _ratings, somebody
from journal.accounts.service import Owner
from journal.crypto import Place, SealedSection
from journal.database import reading, writing
from journal.export.material import Choice, gathered
from journal.export.writers import WRITERS
from journal.sessions.kinds import CHECK_IN, SESSION
from journal.sessions.rows import Draft
from journal.sessions.together import New, keep_new
from tests.stores import Stores, new_app

ROUNDS = 9
SESSIONS, CHECK_INS = 1000, 5000
MOMENTS = ("before", "landing", "next_day", "third_day", "week")
MEBIBYTE = 1024 * 1024
MEMORY_MOST = 100


def measure() -> Iterator[Measured]:
    """Every kind of file there is a writer for, whole, with its words. Paper takes its time, and shows it."""
    with tempfile.TemporaryDirectory() as folder:
        app = new_app(Stores.sqlite(Path(folder)))
        with app.app_context():
            owner = somebody(app)
            fill(owner)
            for kind in sorted(WRITERS.keys() - {"pdf"}):
                yield _time(owner, kind)
                yield _memory(owner, kind)


def _time(owner: Owner, kind: str) -> Measured:
    opened = open_all(owner)
    as_served()
    take_out(owner, kind)
    ratios = []
    for _ in range(ROUNDS):
        bare = _cpu(lambda: open_all(owner))
        whole = _cpu(lambda: take_out(owner, kind))
        ratios.append(whole / bare)
    note = f"({opened} sections)"
    return Measured(f"{CHECK_INS} check-ins as {kind} against opening", ratios, 3, at_least=False, note=note)


def _memory(owner: Owner, kind: str) -> Measured:
    """The most that Python held at once beyond what it held before, in hundreds of MiB: the bar is one."""
    gc.collect()
    tracemalloc.start()
    size = take_out(owner, kind)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    note = f"({most / MEBIBYTE:.0f} MiB; the file has {size / MEBIBYTE:.1f})"
    share = most / MEBIBYTE / MEMORY_MOST
    return Measured(f"memory for it, of {MEMORY_MOST} MiB", [share], 1, at_least=False, note=note)


def take_out(owner: Owner, kind: str) -> int:
    """The whole way from rows to the last piece; the size of the file."""
    return sum(len(piece) for piece in WRITERS[kind].write(gathered(owner, Choice())))


def open_all(owner: Owner) -> int:
    """Fetch, open and parse every section of sessions and check-ins; how many there were."""
    opened = 0
    for kind in (SESSION, CHECK_IN):
        table = kind.model.__table__
        with reading() as c:
            found = c.execute(select(table).where(table.c.account_id == owner.account_id)).all()
        for row in found:
            for section in ("ratings", "story"):
                body = getattr(row, section)
                if body is not None:
                    place = Place(kind.name, row.id, owner.account_id, section, row.revision)
                    sealed = SealedSection(getattr(row, f"{section}_key"), body)
                    orjson.loads(owner.keyring.open(place, sealed))
                    opened += 1
    return opened


def fill(owner: Owner, sessions: int = SESSIONS) -> None:
    """So many sessions with five check-ins each; every one of those has words, and some questionnaires."""
    new = []
    for number in range(sessions):
        at = f"{1990 + number // 324}-{1 + number // 27 % 12:02}-{1 + number % 27:02}T10:00:00-05:00"
        session = uuid4()
        facts = {"happened_at": at, "time_zone": "America/New_York", "written_at": at, "route": "iv"}
        new.append(New(SESSION, session, Draft(facts, {"place": "The room with the plants"})))
        for place, moment in enumerate(MOMENTS):
            ratings = _ratings(moment, at.replace("T10", f"T{11 + place}"), number)
            if moment == "week" and number % 27 == 0:
                ratings["instruments"] = {"phq8": {"answers": [1] * 8}, "gad7": {"answers": [0] * 7}}
            story = {"texts": {"story.line": f"Something opened a little, the {number}th time. " * 4}}
            new.append(New(CHECK_IN, uuid4(), Draft(ratings, story, {"session_id": session})))
    with writing() as c:
        keep_new(c, owner, new)


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
