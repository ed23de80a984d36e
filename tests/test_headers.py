"""Exactly these headers, on every response: answers, errors and files alike."""

import pytest

from journal.database import db
from tests.cast import join
from tests.stores import Stores, new_app
from tests.web.told import the_log

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types shoreline-worker"
)
EXACT = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
REQUESTS = {
    "an answer": ("GET", "/api/v1/registration", {}),
    "the catalogue": ("GET", "/api/v1/catalogue", {}),
    "the app": ("GET", "/", {}),
    "its worker": ("GET", "/sw.js", {}),
    "its manifest": ("GET", "/manifest.webmanifest", {}),
    "the API page": ("GET", "/docs/api", {}),
    "nobody signed in": ("GET", "/api/v1/today", {}),
    "not here": ("GET", "/nowhere", {}),
    "not that way": ("DELETE", "/api/v1/catalogue", {}),
    "not JSON": ("POST", "/api/v1/sign-ins", {"data": "{", "content_type": "application/json"}),
    "not to be read": ("POST", "/api/v1/sign-ins", {"data": "a=b", "content_type": "text/plain"}),
    "too large": ("POST", "/api/v1/sign-ins", {"data": b" " * 300_000, "content_type": "application/json"}),
    "cross-site": ("POST", "/api/v1/sign-ins", {"headers": {"Origin": "https://elsewhere.example"}}),
    "options": ("OPTIONS", "/api/v1/today", {}),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_every_response_has_exactly_these(app, request_):
    method, path, options = request_
    response = app.test_client().open(path, method=method, **options)

    assert {name: response.headers.get(name) for name in EXACT} == EXACT
    assert len(response.headers["X-Request-Id"]) == 32
    assert "Cache-Control" in response.headers
    assert "Strict-Transport-Security" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", ["/api/v1/today", "/api/v1/account", "/api/v1/registration", "/nowhere"])
def test_nothing_personal_may_be_kept_by_a_cache(app, path):
    assert app.test_client().get(path).headers["Cache-Control"] == "no-store"


def test_a_bug_says_nothing_of_what_was_typed(tmp_path, caplog):
    from journal.web.contract import for_anyone

    app = new_app(Stores.sqlite(tmp_path))

    def broken():
        raise ValueError("Warm light over the water")

    app.add_url_rule("/broken", "broken", for_anyone(broken))

    with the_log() as lines:
        response = app.test_client().get("/broken")

    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert {name: response.headers.get(name) for name in EXACT} == EXACT
    assert b"Warm" not in response.data
    assert "Warm" not in caplog.text + str(lines)
    assert (lines[0]["event"], lines[0]["error"]) == ("surprise", "ValueError")


def test_a_failure_at_the_door_is_logged_by_the_id_that_was_answered(tmp_path):
    app = new_app(Stores.sqlite(tmp_path))
    maya = join(app, "maya")
    with app.app_context():
        db.engines["keyring"].dispose()
    (tmp_path / "keyring" / "keyring.sqlite3").rename(tmp_path / "taken away")
    (tmp_path / "keyring" / "keyring.sqlite3").mkdir()

    with the_log() as lines:
        response = maya.get("/account")

    assert response.status_code == 503
    assert {line["request_id"] for line in lines} == {response.headers["X-Request-Id"]}
    assert lines[0]["event"] == "store-unavailable"


def test_over_tls_browsers_are_told_to_stay_there(tmp_path):
    app = new_app(Stores.sqlite(tmp_path), origin="https://journal.example")
    response = app.test_client().get("/api/v1/registration")
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize("name", ["not here", "not that way", "not JSON", "not to be read", "too large", "cross-site"])
def test_every_refusal_has_one_shape(app, name):
    method, path, options = REQUESTS[name]
    response = app.test_client().open(path, method=method, **options)

    assert response.mimetype == "application/problem+json"
    assert set(response.json) <= {"type", "title", "status", "detail", "errors"}
    assert response.json["status"] == response.status_code
    assert response.json["type"].startswith("/problems/")
    assert response.json["detail"].endswith(".")
