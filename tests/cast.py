"""The cast: Maya keeps a journal, Noor another; Dr Okafor reviews, Dr Lind has no share; a visitor is nobody."""

import base64
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal import clock
from journal.accounts import service as accounts
from tests.stretched import once_a_run

PASSWORD = "{name} walks the harbour wall"
API = "/api/v1"
TZ = "America/New_York"


@dataclass
class Authenticator:
    """The app on a therapist's phone, and the list of recovery codes beside it. Never gives a code twice."""

    secret: str
    last_step: int = -1
    recovery_codes: list[str] = field(default_factory=list)

    def at(self, moment: datetime | None = None) -> str:
        """The six digits shown at a moment, or now, used or not."""
        totp = TOTP(base64.b32decode(self.secret), 6, SHA1(), 30)
        return totp.generate((moment or clock.now()).timestamp()).decode()

    def code(self) -> str:
        """A code that works now: of this half minute or the next, else a recovery code, else after a wait."""
        now = int(clock.now().timestamp()) // 30
        if self.last_step > now and self.recovery_codes:
            return self.recovery_codes.pop()
        while self.last_step > now:
            time.sleep(1)
            now = int(clock.now().timestamp()) // 30
        self.last_step = max(now, self.last_step + 1)
        return self.at(datetime.fromtimestamp(self.last_step * 30, UTC))


@dataclass
class Person:
    """Someone with a client of their own. Verbs take a path below /api/v1."""

    name: str
    client: FlaskClient
    login_name: str = ""
    password: str = ""
    recovery_code: str = ""
    account: dict[str, Any] = field(default_factory=dict)
    # A therapist's, once the second factor is set; shared by all their devices, as in life.
    authenticator: "Authenticator | None" = None

    @classmethod
    def nobody(cls, app: Flask) -> "Person":
        return cls("visitor", _client(app))

    def fresh(self, app: Flask) -> "Person":
        """The same person on a client that shares the sign-in but none of the next test's cookies."""
        other = self._on(_client(app))
        for key, cookie in self.client._cookies.items():
            other.client._cookies[key] = cookie
        return other

    def elsewhere(self, app: Flask) -> "Person":
        """The same person signed in on another device."""
        other = self._on(_client(app))
        with once_a_run():
            answer = other.post("/sign-ins", json=self.what_lets_in())
        assert answer.status_code == 201, answer.json
        return other

    def still_in(self) -> "Person":
        """Signed in again where the sign-in has ended: a therapist's does after 15 quiet minutes of a long run."""
        if self.get("/account").status_code == 401:
            with once_a_run():
                answer = self.post("/sign-ins", json=self.what_lets_in())
            assert answer.status_code == 201, answer.json
        return self

    def what_lets_in(self) -> dict[str, str]:
        """What the person gives to sign in, once: a therapist's code works no second time."""
        given = {"login_name": self.login_name, "password": self.password}
        return given | ({"code": self.authenticator.code()} if self.authenticator else {})

    def _on(self, client: FlaskClient) -> "Person":
        return replace(self, client=client)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.get(API + path, **kwargs)

    def post(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.post(API + path, **kwargs)

    def put(self, path: str, json: Any, if_match: str | None = None, **kwargs: Any) -> TestResponse:
        headers = {"If-Match": if_match} if if_match else {}
        return self.client.put(API + path, json=json, headers=headers, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.delete(API + path, **kwargs)

    def has_session(self, happened_at: str = "2026-11-20T10:30:00-05:00", **ratings: Any) -> str:
        """Record a session; its id."""
        made = str(uuid4())
        body = {"ratings": {"happened_at": happened_at, "time_zone": TZ, "written_at": happened_at, **ratings}}
        assert self.put(f"/sessions/{made}", body).status_code == 201
        return made

    def checks_in(self, session: str | None, moment: str, happened_at: str, story: Any = None, **ratings: Any) -> str:
        """Keep a check-in; its id."""
        made = str(uuid4())
        answer = self.put(f"/check-ins/{made}", check_in(session, moment, happened_at, story, **ratings))
        assert answer.status_code == 201, answer.json
        return made


def check_in(session: str | None, moment: str, happened_at: str, story: Any = None, **ratings: Any) -> dict[str, Any]:
    """The body of a check-in."""
    body: dict[str, Any] = {
        "ratings": {
            "moment": moment, "happened_at": happened_at, "time_zone": TZ, "written_at": happened_at,
            "finished": True, **ratings,
        }
    }  # fmt: skip
    if session:
        body["session_id"] = session
    if story:
        body["story"] = story
    return body


def join(app: Flask, name: str, invitation: str | None = None) -> Person:
    """Sign someone up: a patient, or whoever the invitation is for."""
    login_name = f"{name}-{uuid4().hex[:8]}"
    password = PASSWORD.format(name=name)
    person = Person(name, _client(app), login_name, password)
    body = {"login_name": login_name, "password": password}
    with once_a_run():
        answer = person.post("/accounts", json=body | ({"invitation": invitation} if invitation else {}))
    assert answer.status_code == 201, answer.json
    person.recovery_code = answer.json["recovery_code"]
    person.account = answer.json["account"]
    return person


def enter(app: Flask, name: str) -> Person:
    """Sign a therapist up by invitation; the second factor is still to be set up."""
    with app.app_context():
        return join(app, name, accounts.invite("therapist"))


def join_therapist(app: Flask, name: str, display_name: str) -> Person:
    """Sign a therapist up by invitation, with the second factor set and the name that patients will know them by."""
    person = enter(app, name)
    set_second_factor(person)
    assert person.put("/settings", {"display_name": display_name}, if_match='"1"').status_code == 200
    return person


def set_second_factor(person: Person) -> None:
    """Begin, and give the first code; the sign-in is whole after it."""
    begun = person.post("/second-factor")
    assert begun.status_code == 201, begun.json
    person.authenticator = Authenticator(begun.json["secret"])
    confirmed = person.post("/second-factor/confirmation", json={"code": person.authenticator.code()})
    assert confirmed.status_code == 201, confirmed.json
    person.authenticator.recovery_codes = confirmed.json["recovery_codes"]
    person.account = person.get("/account").json


def _client(app: Flask) -> FlaskClient:
    client = app.test_client()
    # The cookies are Secure; a test's client must say that it came over TLS.
    client.environ_base["wsgi.url_scheme"] = "https"
    return client
