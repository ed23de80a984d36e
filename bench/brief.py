"""The brief of fifty lent sessions, against the bare cost of opening the sections it uses, in CPU time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from flask import Flask
from sqlalchemy import and_, select
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.bare import as_served
from bench.engines import ENGINES, stores_on
from bench.report import Measured
from bench.trends import cpu, fill, owner_of
from journal import clock
from journal.crypto import Place, SealedSection
from journal.database import reading
from journal.sessions import rows
from journal.sessions.kinds import CHECK_IN, SESSION
from journal.sessions.rows import Kind
from journal.sharing import grants, identities
from journal.sharing.as_lent import as_lent
from journal.sharing.brief import brief
from journal.sharing.models import LENT, SHARES
from journal.sharing.reading import Review, digest
from tests.cast import API, Person, join, join_therapist
from tests.stores import new_app

ROUNDS, SESSIONS, BAR = 25, 50, 2.0
SECTIONS = ("ratings", "story")

Json = dict[str, Any]
Opened = dict[bytes, dict[str, Json]]


@dataclass(frozen=True)
class Desk:
    """A therapist, and one share that is theirs to read."""

    app: Flask
    therapist: Person
    held: grants.Held

    def get_brief(self) -> Json:
        """The whole request, sent to the application as gunicorn would."""
        cookie = "; ".join(f"{each.key}={each.value}" for each in self.therapist.client._cookies.values())
        environ = EnvironBuilder(
            f"{API}/desk/{grants.name_of(self.held.share_id)}/brief",
            headers={"Cookie": cookie}, base_url="https://localhost",
        ).get_environ()  # fmt: skip
        body, status, _ = run_wsgi_app(self.app.wsgi_app, environ)
        assert status.startswith("200"), status
        return orjson.loads(b"".join(body))

    def open_all(self) -> tuple[Opened, Opened]:
        """Fetch and open every section that is lent, and parse it: of sessions, and of check-ins."""
        return self._opened(SESSION), self._opened(CHECK_IN)

    def _opened(self, kind: Kind) -> Opened:
        columns = kind.model.__table__.c
        same = and_(LENT.c.row_id == columns.id, LENT.c.revision == columns.revision)
        this = and_(LENT.c.share_id == self.held.share_id, LENT.c.kind == kind.name)
        found: Opened = {}
        for section in SECTIONS:
            query = select(columns.id, columns.revision, LENT.c.key, columns[section]).join(LENT, same)
            with reading() as connection:
                sealed = connection.execute(query.where(this, LENT.c.section == section)).all()
            for row_id, revision, key, body in sealed:
                place = Place(kind.name, row_id, self.held.patient.account_id, section, revision)
                plain = self.held.keys.open(place, SealedSection(key, body))
                found.setdefault(row_id, {})[section] = orjson.loads(plain)
        return found


def measure() -> Iterator[Measured]:
    """The brief from opened rows; and the whole request, before anything was reviewed and after all of it was."""
    for engine in ENGINES:
        with stores_on(engine) as new:
            desk = a_desk(new_app(new("brief")))
            yield _from_rows(desk, engine)
            yield _whole(desk, f"{engine}: GET brief against opening, nothing reviewed")
            share = grants.name_of(desk.held.share_id)
            assert desk.therapist.post(f"/desk/{share}/reviewed").status_code == 201
            yield _whole(desk, f"{engine}: GET brief against opening, all reviewed")


def _from_rows(desk: Desk, engine: str) -> Measured:
    """Opening and the brief from its rows, all of them shown before, so that each is looked at for a change."""
    with desk.app.app_context():
        sessions, check_ins = (_as_lent(found) for found in desk.open_all())
    review = Review("", 1, seen={row["id"]: (digest(row), 1) for row in check_ins})

    def tell() -> Json:
        return brief(sessions, check_ins, review.unseen({row["id"]: (digest(row), 1) for row in check_ins}), None)

    assert len(tell()["sessions"]) == SESSIONS
    return _measured(desk, f"{engine}: opening and the brief against opening", tell, 1)


def _whole(desk: Desk, what: str) -> Measured:
    told = desk.get_brief()
    assert (len(told["sessions"]), told["unopened"]) == (SESSIONS, 0)
    return _measured(desk, what, desk.get_brief, 0)


def _measured(desk: Desk, what: str, work: Callable[[], object], opened: int) -> Measured:
    """The work against opening; `opened` adds the opening that it does not do itself."""
    with desk.app.app_context():
        sections = sum(len(sections) for found in desk.open_all() for sections in found.values())
    as_served()
    ratios = []
    for _ in range(ROUNDS):
        # The request has a context of its own.
        with desk.app.app_context():
            bare = cpu(desk.open_all)
        ratios.append(opened + cpu(work) / bare)
    return Measured(what, ratios, BAR, at_least=False, note=f"({sections} sections)")


def a_desk(app: Flask) -> Desk:
    """A therapist to whom a patient lends fifty sessions with all their words."""
    maya, okafor = join(app, "maya"), join_therapist(app, "okafor", "Dr Okafor")
    with app.app_context():
        patient = owner_of(app, maya)
        fill(patient, SESSIONS)
        sessions = [row.id for row in rows.every(SESSION, patient, story=False)]
    share = _lend(maya, _met(maya, okafor), sessions)
    with app.app_context():
        reviewer = owner_of(app, okafor)
        with reading() as connection:
            row = connection.execute(select(SHARES).where(SHARES.c.id == share.bytes)).one()
        return Desk(app, okafor, grants.in_hand(reviewer, identities.own(reviewer), row))


def _met(patient: Person, therapist: Person) -> str:
    """The patient keeps the therapist's keys, met in person; the pin's id."""
    card = therapist.post("/cards", json={"purpose": "in_person"}).json["card"]
    pin = str(uuid4())
    assert patient.put(f"/pins/{pin}", {"card": card}).status_code == 201
    return pin


def _lend(patient: Person, pin: str, sessions: list[str]) -> UUID:
    """Share these sessions, then lend every check-in that waits; those still to be re-read are so by it."""
    share = uuid4()
    draft = {
        "pin_id": pin, "name": "Maya", "sections": list(SECTIONS), "covers": "sessions",
        "session_ids": sessions, "until": (clock.now() + timedelta(days=30)).isoformat(), "ask": "The water.",
    }  # fmt: skip
    made = patient.put(f"/shares/{share}", draft)
    assert made.status_code == 201, made.json
    (waiting,) = patient.get("/shares/waiting").json["shares"]
    decisions = {
        "check_ins": [
            {"id": it["check_in_id"], "revision": it["revision"], "share": True} for it in waiting["check_ins"]
        ],
        "sessions": [{"id": it["id"], "revision": it["revision"]} for it in waiting["sessions"]],
    }
    decided = patient.put(f"/shares/{share}/decisions", decisions)
    assert decided.status_code == 200, decided.json
    return share


def _as_lent(found: Opened) -> list[Json]:
    return [
        as_lent(str(UUID(bytes=row_id)), it["ratings"], it.get("story"), it["ratings"].get("session_id"))
        for row_id, it in found.items()
    ]
