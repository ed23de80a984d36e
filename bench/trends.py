"""Trends over 12, 100 and 500 sessions, against the bare cost of opening that many sections, in CPU time."""

import time
from collections.abc import Callable, Iterator
from uuid import uuid4

import orjson
from flask import Flask, g
from sqlalchemy import select

from bench.bare import as_served
from bench.engines import ENGINES, stores_on
from bench.report import Measured
from journal.accounts.service import Owner
from journal.crypto import Place, SealedSection
from journal.database import reading
from journal.sessions import rows
from journal.sessions.kinds import CHECK_IN, SESSION
from journal.trends import service
from tests.cast import Person, join
from tests.stores import new_app

ROUNDS = 15
MOMENTS = ("before", "landing", "next_day", "third_day", "week")


def measure() -> Iterator[Measured]:
    """The whole reading, from rows to JSON, against fetching and opening the same sections and parsing them."""
    for engine in ENGINES:
        with stores_on(engine) as new:
            app = new_app(new("trends"))
            for sessions in (12, 100, 500):
                with app.app_context():
                    owner = somebody(app)
                    fill(owner, sessions)
                    yield _measured(owner, sessions, engine)


def _measured(owner: Owner, sessions: int, engine: str) -> Measured:
    opened = open_all(owner)
    as_served()
    orjson.dumps(service.trends(owner))
    ratios = []
    for _ in range(ROUNDS):
        bare = cpu(lambda: open_all(owner))
        whole = cpu(lambda: orjson.dumps(service.trends(owner)))
        ratios.append(whole / bare)
    note = f"({opened} sections)"
    return Measured(f"{engine}: trends over {sessions} sessions against opening", ratios, 2.0, note=note)


def somebody(app: Flask, person: Person | None = None) -> Owner:
    """A patient, signed in; a new one unless it is said who."""
    return owner_of(app, person or join(app, "maya"))


def owner_of(app: Flask, person: Person) -> Owner:
    """Somebody who is signed in, as the services know them."""
    with app.test_client() as client:
        client._cookies.update(person.client._cookies)
        client.environ_base["wsgi.url_scheme"] = "https"
        assert client.get("/api/v1/account").status_code == 200
        owner: Owner = g.owner
    return owner


def open_all(owner: Owner) -> int:
    """Fetch and open every section that trends reads, and parse it; how many there were."""
    opened = 0
    for kind, sections in ((SESSION, ("ratings",)), (CHECK_IN, ("ratings", "story"))):
        table = kind.model.__table__.c
        columns = [table.id, table.revision, *(c for s in sections for c in (table[f"{s}_key"], table[s]))]
        with reading() as connection:
            found = connection.execute(select(*columns).where(table.account_id == owner.account_id)).all()
        for id_, revision, *sealed in found:
            for section, key, body in zip(sections, sealed[::2], sealed[1::2], strict=True):
                if body is not None:
                    place = Place(kind.name, id_, owner.account_id, section, revision)
                    orjson.loads(owner.keyring.open(place, SealedSection(key, body)))
                    opened += 1
    return opened


def fill(owner: Owner, sessions: int) -> None:
    """As many sessions, each with five check-ins, filed as the API would."""
    for number in range(sessions):
        day, session = 1 + number % 27, uuid4()
        at = f"{2000 + number // 324}-{1 + number // 27 % 12:02}-{day:02}T10:00:00-05:00"
        facts = {"happened_at": at, "time_zone": "America/New_York", "written_at": at, "route": "iv"}
        rows.keep(SESSION, owner, session, rows.Draft(facts), None)
        for place, moment in enumerate(MOMENTS):
            ratings = _ratings(moment, at.replace("T10", f"T{11 + place}"), number)
            story = {"texts": {"story.line": "Something opened a little."}} if moment == "landing" else None
            rows.keep(CHECK_IN, owner, uuid4(), rows.Draft(ratings, story, {"session_id": session}), None)


def _ratings(moment: str, at: str, number: int) -> dict[str, object]:
    return {
        "moment": moment, "happened_at": at, "time_zone": "America/New_York", "written_at": at, "finished": True,
        "answers": {"emo.mood_now": number % 11, "emo.anxiety_now": 3, "day.sleep": 5, "brk.opened": "a_little"},
        "noticed": {"sens.tingling": {"intensity": number % 11, "passed": "same_day"}, "sens.floating": {}},
        "bothered": {"se.nausea": {"worst": 3, "passed": "within_2h"}},
    }  # fmt: skip


def cpu(work: Callable[[], object]) -> float:
    """Processor time, in seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began
