"""The cast of every test: Maya keeps a journal; Noor keeps another; a visitor is nobody."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.accounts import service as accounts

PASSWORD = "{name} walks the harbour wall"
API = "/api/v1"
TZ = "America/New_York"


@dataclass
class Person:
    """Someone with a client of their own. Verbs take a path below /api/v1."""

    name: str
    client: FlaskClient
    login_name: str = ""
    password: str = ""
    recovery_code: str = ""
    account: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def nobody(cls, app: Flask) -> "Person":
        return cls("visitor", _client(app))

    def fresh(self, app: Flask) -> "Person":
        """The same person on a client that shares the sign-in but none of the next test's cookies."""
        other = Person(self.name, _client(app), self.login_name, self.password, self.recovery_code, self.account)
        for key, cookie in self.client._cookies.items():
            other.client._cookies[key] = cookie
        return other

    def elsewhere(self, app: Flask) -> "Person":
        """The same person signed in on another device."""
        other = Person(self.name, _client(app), self.login_name, self.password, self.recovery_code, self.account)
        body = {"login_name": self.login_name, "password": self.password}
        assert other.post("/sign-ins", json=body).status_code == 201
        return other

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
    password = PASSWORD.format(name=login_name)
    person = Person(name, _client(app), login_name, password)
    body = {"login_name": login_name, "password": password}
    answer = person.post("/accounts", json=body | ({"invitation": invitation} if invitation else {}))
    assert answer.status_code == 201, answer.json
    person.recovery_code = answer.json["recovery_code"]
    person.account = answer.json["account"]
    return person


def enter(app: Flask, name: str) -> Person:
    """Sign a therapist up by invitation; the second factor is still to be set up."""
    with app.app_context():
        return join(app, name, accounts.invite("therapist"))


def _client(app: Flask) -> FlaskClient:
    client = app.test_client()
    # The cookies are Secure; a test's client must say that it came over TLS.
    client.environ_base["wsgi.url_scheme"] = "https"
    return client
