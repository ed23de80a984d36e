"""Somebody made up, at the API's door."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

API = "/api/v1"


class DemoRefused(RuntimeError):
    """The API did not take a part of what was made up."""


@dataclass(frozen=True)
class Door:
    """The API as one person uses it. Paths are below /api/v1."""

    client: FlaskClient

    @classmethod
    def of(cls, app: Flask) -> "Door":
        """A new person at the door of this app."""
        client = app.test_client()
        # The cookies are Secure, and this client is no browser on localhost.
        client.environ_base["wsgi.url_scheme"] = "https"
        return cls(client)

    def send(self, method: str, path: str, body: Any = None, if_match: str | None = None) -> Any:
        """Send a request that must be taken; what it answers."""
        headers = {"If-Match": if_match} if if_match else {}
        # In a context of its own, or whoever asked before from this command would still be signed in.
        with self.client.application.app_context():
            answer = self.client.open(API + path, method=method, json=body, headers=headers)
        if answer.status_code >= 300:
            raise DemoRefused(f"{method} {path}: {answer.get_data(as_text=True)}")
        return answer.json if answer.data else None

    def etag(self, path: str) -> str | None:
        """The ETag of what is there now."""
        with self.client.application.app_context():
            return self.client.get(API + path).headers.get("ETag")
