"""Files the made-up journal the way a phone would: over the API, so that all of it is checked and sealed."""

import secrets
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from journal import clock
from journal.accounts import service as accounts
from journal.demo.course import demo_journal

API = "/api/v1"


class DemoRefused(RuntimeError):
    """The API did not take a part of the made-up journal."""


def fill(app: Flask) -> tuple[str, str]:
    """Make a patient with a whole journal; the login name and the password to sign in with."""
    login_name, password = f"demo-{secrets.token_hex(2)}", accounts.passphrase()
    client = app.test_client()
    # The cookies are Secure, and this client is no browser on localhost.
    client.environ_base["wsgi.url_scheme"] = "https"
    joining = {"login_name": login_name, "password": password}
    if app.extensions["settings"].registration != "open":
        joining["invitation"] = accounts.invite("patient")
    _send(client, "POST", "/accounts", joining)
    _send(client, "POST", "/account/recovery-code/confirmation")
    journal = demo_journal(clock.now())
    _send(client, "PUT", "/settings", journal.settings, _etag(client, "/settings"))
    for path, rows in (
        ("courses", journal.courses),
        ("additions", journal.additions),
        ("sessions", journal.sessions),
        ("check-ins", journal.check_ins),
    ):
        for row_id, body in rows.items():
            _send(client, "PUT", f"/{path}/{row_id}", body)
    for path, body in journal.notes:
        _send(client, "PUT", f"/{path}", body)
    _send(client, "DELETE", "/sign-ins/current")
    return login_name, password


def _send(client: FlaskClient, method: str, path: str, body: Any = None, if_match: str | None = None) -> None:
    headers = {"If-Match": if_match} if if_match else {}
    answer = client.open(API + path, method=method, json=body, headers=headers)
    if answer.status_code >= 300:
        raise DemoRefused(f"{method} {path}: {answer.get_data(as_text=True)}")


def _etag(client: FlaskClient, path: str) -> str | None:
    return client.get(API + path).headers.get("ETag")
