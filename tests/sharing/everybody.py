"""Everybody who might ask for what is Maya's, each with a client, and the ids of all that is hers."""

from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from journal import clock, database
from journal.accounts import sign_ins
from journal.accounts.models import SIGN_INS
from journal.accounts.sign_ins import Browser
from journal.sharing import service
from tests.accounts.people import in_hand, with_cookies
from tests.cast import Person, check_in, join_therapist
from tests.deposits.phone import Phone, document
from tests.export.files import bring_in, own_file
from tests.sharing.steps import RATINGS, WORDS, card_of, draft, gives_back, keeps, lends

HELD, LATER = "2026-11-02T10:30:00-05:00", "2026-11-04T10:30:00-05:00"
SAID = [f"{word}-murmuration" for word in ("story", "note", "place", "label", "course", "added")]
STORY, NOTE, PLACE, LABEL, COURSE, ADDED = SAID
DAY = timedelta(days=1)


@dataclass
class Everybody:
    """The actors by name, and what they ask for: ids by their names in the routes."""

    app: Flask
    people: dict[str, Person]
    phone: Phone
    ids: dict[str, str]
    shares: dict[str, str]
    # What is sent: a deposit, a share, a card.
    sealed: bytes
    draft: dict[str, Any]
    card: str
    # What the owner's program shows.
    token: str

    def ask(self, who: str, method: str, path: str, **request: Any) -> TestResponse:
        """As one of them. The clock of who was idle has gone on."""
        if who == "phone":
            return self.phone.open(method, path, **request)
        if who == "program":
            bearer = {"Authorization": f"Bearer {self.token}"}
            return Person.nobody(self.app).client.open(path, method=method, headers=bearer, **request)
        idle = clock.at(clock.now() + timedelta(minutes=16)) if who == "idle" else nullcontext()
        with idle:
            # On a client of its own: an answer may take the cookie away.
            return self.people[who].fresh(self.app).client.open(path, method=method, **request)

    def share_of(self, who: str) -> str:
        """The share that somebody asks for: their own, whatever became of it, or the live one."""
        return self.shares.get(who, self.shares["live"])

    def at(self, app: Flask) -> "Everybody":
        """The same people in front of another app on the same stores."""
        people = {name: person.fresh(app) for name, person in self.people.items()}
        return replace(self, app=app, people=people, phone=replace(self.phone, app=app))


def gathered(app: Flask, maya: Person, noor: Person, okafor: Person, lind: Person) -> Everybody:
    """Maya writes, lends and takes back, and everybody else comes to the door."""
    ids = writes(maya)
    more = {name: join_therapist(app, name.split()[0], "Dr Ames") for name in ("expired", "taken back", "ratings only")}
    more |= {name: join_therapist(app, name, "Dr Ames") for name in ("others", "disabled")}
    people = {"owner": maya, "other patient": noor, "live": okafor, "no share": lind, **more}
    pin, shares = keeps(maya, okafor), {}
    for name, sections in (("live", WORDS), ("taken back", WORDS), ("ratings only", RATINGS), ("disabled", WORDS)):
        shares[name] = lends(maya, keeps(maya, people[name]), [ids["session_id"]], sections)
    with clock.at(clock.now() - 2 * DAY):
        until = (clock.now() + DAY).isoformat(timespec="seconds")
        shares["expired"] = lends(maya, keeps(maya, people["expired"]), [ids["session_id"]], until=until)
    theirs = noor.has_session(HELD)
    noor.checks_in(theirs, "next_day", LATER)
    shares["of noor"] = lends(noor, keeps(noor, people["others"]), [theirs])
    ids |= comes_back(maya, noor, okafor, shares["live"], theirs)
    assert maya.delete(f"/shares/{shares['taken back']}").status_code == 204
    with app.app_context():
        assert service.disable_therapist(people["disabled"].login_name) == 1
    people = {name: person if name == "disabled" else begun(app, person) for name, person in people.items()}
    people |= {"visitor": Person.nobody(app)} | stale(app, okafor)
    phone, deposit = Phone.of(maya, app), uuid4()
    sealed = phone.seal(document("anytime", HELD), deposit)
    assert phone.put(deposit, sealed).status_code == 201
    ids |= {"decision": str(phone.deposits(document("anytime", HELD))), "deposit_id": str(deposit)}
    ids |= {"device_id": str(phone.device), "pin_id": pin, "name": another_name(app, maya)}
    body = draft(maya, pin, [ids["session_id"]])
    ids["import_id"] = bring_in(maya, "shoreline", own_file()).json["import_id"]
    token = maya.post("/export-tokens").json["token"]
    return Everybody(app, people, phone, ids, shares, sealed, body, card_of(okafor, "link"), token)


def writes(maya: Person) -> dict[str, str]:
    """One row of every kind, with words in each."""
    kinds = ("courses", "sessions", "check-ins", "additions")
    ids = {kind: str(uuid4()) for kind in kinds}
    facts = {"happened_at": HELD, "time_zone": "America/New_York", "written_at": HELD}
    told = check_in(ids["sessions"], "next_day", LATER, {"texts": {"story.line": STORY}}, answers={"emo.mood_now": 4})
    told["ratings"]["noticed"] = {f"own.{ids['additions']}": {"intensity": 3}}
    bodies = {
        "courses": {"ratings": {}, "story": {"name": COURSE}},
        "sessions": {"ratings": facts, "story": {"place": PLACE, "note": NOTE}},
        "additions": {"ratings": {"list": "noticed"}, "story": {"label": LABEL}},
        "check-ins": told,
    }
    for kind, body in bodies.items():
        assert maya.put(f"/{kind}/{ids[kind]}", body).status_code == 201, kind
    added = {"written_at": LATER, "text": ADDED}
    assert maya.put(f"/check-ins/{ids['check-ins']}/notes/{uuid4()}", added).status_code == 200
    return ids | {"session_id": ids["sessions"], "note_id": str(uuid4()), "reply_id": str(uuid4())}


def comes_back(maya: Person, noor: Person, okafor: Person, new: str, theirs: str) -> dict[str, str]:
    """Two returns that wait for Maya, of what Noor had lent, who takes that back."""
    old = lends(noor, keeps(noor, okafor), [theirs])
    for _ in range(2):
        gives_back(okafor, old, new, maya)
    assert noor.delete(f"/shares/{old}").status_code == 204
    taken, refused = (each["id"] for each in maya.get("/returned").json["returned"])
    return {"taking": taken, "return_id": refused}


def stale(app: Flask, okafor: Person) -> dict[str, Person]:
    """Dr Okafor, who has a live share: signed out, gone for a while, and with the password alone."""
    found = {name: begun(app, okafor, second_factor=name != "half") for name in ("ended", "idle", "half")}
    kept = found["ended"].fresh(app)
    assert found["ended"].delete("/sign-ins/current").status_code == 204
    return found | {"ended": kept}


def begun(app: Flask, person: Person, *, second_factor: bool = True) -> Person:
    """Somebody signed in once more, a while ago, without the Argon2id that a password costs."""
    who, a_while_ago = in_hand(app, person), clock.now() - timedelta(minutes=6)
    with app.app_context(), database.writing() as c:
        signed_in = sign_ins.begin(c, who, Browser("Firefox"), second_factor, stepped_up_at=a_while_ago)
    return replace(person, client=with_cookies(app, sign_in=signed_in.token.cookie_value).client)


def another_name(app: Flask, maya: Person) -> str:
    """The name of a sign-in of Maya's elsewhere."""
    listed = begun(app, maya).get("/sign-ins").json["sign_ins"]
    return next(each["id"] for each in listed if each["current"])


@dataclass
class KeptSignIns:
    """Signing out, undone: the rows are put back as they were."""

    app: Flask

    def __enter__(self) -> None:
        with self.app.app_context(), database.reading() as c:
            self._rows = [row._asdict() for row in c.execute(select(SIGN_INS))]

    def __exit__(self, *_: object) -> None:
        with self.app.app_context(), database.writing() as c:
            there = set(c.execute(select(SIGN_INS.c.id)).scalars())
            for row in self._rows:
                if row["id"] not in there:
                    c.execute(insert(SIGN_INS).values(row))


def bodies(world: Everybody) -> dict[str, Any]:
    """What is sent to a route, by how it ends; where nothing is named, an empty object."""
    facts = {"happened_at": HELD, "time_zone": "America/New_York", "written_at": HELD}
    return {
        "courses/<uuid:row_id>": {"ratings": {}},
        "sessions/<uuid:row_id>": {"ratings": facts},
        "check-ins/<uuid:row_id>": check_in(None, "anytime", HELD),
        "additions/<uuid:row_id>": {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}},
        "/notes/<uuid:note_id>": {"written_at": LATER, "text": "Later."},
        "/decision": {"keep": "mine"},
        "devices/<uuid:device_id>": {"name": "The old one"},
        "deposits/<uuid:deposit_id>": world.sealed,
        "cards/reading": {"card": world.card},
        "pins/<uuid:pin_id>": {"card": world.card},
        "shares/<uuid:share_id>": world.draft,
        "shares/preview": {"sections": ["ratings"], "covers": "from_now_on"},
        "/until": {"until": world.draft["until"]},
        "/ask": {"text": ""},
        "/replies/<uuid:reply_id>": {"text": "See you then."},
        "/returned": {"to": world.shares["live"], "digits": ["00000"] * 12},
        "/cards": {"purpose": "link"},
        "/exports": {"format": "json", "story": True},
        "/imports": own_file(),
        "/imports/preview": own_file(),
        "/confirmation": {"code": "000000"},
    }
