"""When something goes wrong inside: one shape outside, and nothing of what was typed in the log."""

import logging
from uuid import uuid4

import pytest
from sqlalchemy import event

from journal.database import db
from journal.web.contract import for_anyone
from tests.cast import API, Person, check_in, join
from tests.stores import Stores, app_of, free_port, new_app, settings
from tests.web.told import the_log

WORDS = "wisteria on the wall"
AT = "2026-11-20T11:30:00-05:00"


@pytest.fixture(scope="module")
def broken(new_stores):
    """An app with a bug in it."""
    app = new_app(new_stores("broken"))

    @for_anyone
    def stumble():
        said = {"note": WORDS}
        raise ValueError(f"cannot keep {said}")

    app.add_url_rule(f"{API}/stumble", "stumble", stumble, methods=["GET", "POST"])
    return app


def test_a_bug_is_a_problem_that_says_nothing_of_the_inside(broken):
    answer = Person.nobody(broken).post("/stumble", json={"note": WORDS})

    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert answer.json["type"] == "/problems/internal"
    for inside in (WORDS, "ValueError", "stumble", "Traceback", ".py"):
        assert inside not in answer.get_data(as_text=True)


def test_the_log_says_where_and_which_request_but_not_what_was_said(broken, caplog):
    with caplog.at_level(logging.DEBUG), the_log() as lines:
        answer = Person.nobody(broken).get("/stumble")

    trouble = lines[0]
    assert (trouble["event"], trouble["error"]) == ("surprise", "ValueError")
    assert trouble["where"].startswith("test_problems.py:")
    assert trouble["request_id"] == answer.headers["X-Request-Id"]
    assert WORDS not in str(lines) + caplog.text


@pytest.fixture
def storeless(tmp_path):
    """An app whose database does not answer."""
    nowhere = f"postgresql://shoreline@127.0.0.1:{free_port()}"
    return app_of(settings(Stores(tmp_path, f"{nowhere}/journal", f"{nowhere}/keyring")))


def test_a_store_that_does_not_answer_is_told_as_out_of_reach(storeless, caplog):
    visitor = Person.nobody(storeless)
    with the_log() as lines:
        answer = visitor.post("/sign-ins", json={"login_name": WORDS, "password": WORDS})

    assert (answer.status_code, answer.json["type"]) == (503, "/problems/store-unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert (lines[0]["event"], lines[0]["error"]) == ("store-unavailable", "OperationalError")
    assert WORDS not in str(lines) + caplog.text
    assert visitor.get("/catalogue").status_code == 200


@pytest.fixture
def without_room(tmp_path):
    """An app whose SQLite file may not grow; what is there has a page or two left."""
    app = new_app(Stores.sqlite(tmp_path))
    maya = join(app, "maya")
    with app.app_context():
        [engine] = [engine for bind, engine in db.engines.items() if bind is None]
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 1"))
        engine.dispose()
    return maya


def test_a_full_disk_is_told_as_that_and_reading_goes_on(without_room, caplog):
    maya, refused = without_room, None
    with the_log() as lines:
        for _ in range(50):
            said = {"texts": {"story.line": WORDS * 50}}
            refused = maya.put(f"/check-ins/{uuid4()}", check_in(None, "anytime", AT, said))
            if refused.status_code != 201:
                break

    assert (refused.status_code, refused.json["type"]) == (507, "/problems/storage-full"), refused.json
    assert int(refused.headers["Retry-After"]) > 0
    assert [line["error"] for line in lines if line["event"] == "storage-full"] == ["OperationalError"]
    assert WORDS not in str(lines) + caplog.text
    assert maya.get("/check-ins").status_code == 200


NOWHERE = ["/api/v1/nowhere", "/nowhere", "/api/v2/sessions", "/%2e%2e/config.py", "/api/v1//today"]


@pytest.mark.parametrize("path", NOWHERE)
def test_nowhere_is_not_here(broken, path):
    answer = Person.nobody(broken).client.get(path)

    assert (answer.status_code, answer.json["type"]) == (404, "/problems/not-found")
