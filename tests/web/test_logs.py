"""The log says where, when and which request; and never a word of anybody's, however it may have come there."""

import ast
import http.client
import json
import logging
import secrets
import socket
import string
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Response

import journal
from journal.web import logs
from journal.web.contract import for_anyone
from tests.cast import API, Person
from tests.live import Server, serving
from tests.secrecy.search import found_in
from tests.stores import Stores, new_app
from tests.web.stumbling import MISTAKES, ROUTE
from tests.web.told import the_log

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("logs")]

KEYS = {
    "time", "level", "logger", "event", "request_id", "method", "route", "status", "ms", "worker", "store", "engine",
    "error", "where",
}  # fmt: skip
WORD = "".join(secrets.choice(string.ascii_lowercase) for _ in range(20))


@pytest.fixture(scope="module")
def stumbled(tmp_path_factory) -> Iterator[Server]:
    """A server to which the word was said in every way, as an operator's is: told from `info` on."""
    folder = tmp_path_factory.mktemp("stumbled")
    production = {"SHORELINE_ENV": "production", "PYTHONWARNINGS": "", "GUNICORN_CMD_ARGS": "--access-logfile -"}
    with serving(folder, app="tests.web.stumbling:make()", **production) as server:
        say_everywhere(server)
        for mistake in (*(mistake.__name__ for mistake in MISTAKES), "broken_off"):
            say(server, "POST", f"/stumble/{mistake}", WORD)
        for mess in MALFORMED:
            send_raw(server, mess)
        yield server


def say(server: Server, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse | None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    try:
        connection.request(method, path, body.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        return answer
    except http.client.HTTPException:
        return None  # broken off
    finally:
        connection.close()


def say_everywhere(server: Server) -> None:
    said = {"Content-Type": "application/json", "Cookie": f"__Host-shoreline={WORD}; theme={WORD}"}
    more = dict.fromkeys(("User-Agent", "Referer", "X-Request-Id", "X-Forwarded-For", "Authorization"), WORD)
    for method, path in (
        ("GET", f"/{WORD}"), ("GET", f"{API}/{WORD}?{WORD}={WORD}"), ("GET", f"{API}/sessions?cursor={WORD}"),
        ("POST", f"{API}/sign-ins?{WORD}"), ("PUT", f"{API}/check-ins/{WORD}"), (WORD.upper(), f"/{WORD}"),
        ("DELETE", f"{API}/sign-ins/{WORD}"), ("GET", f"/health?{WORD}"), ("GET", f"/today/{WORD}"),
    ):  # fmt: skip
        say(server, method, path, json.dumps({"login_name": WORD, "password": WORD, WORD: WORD}), **said, **more)


# What gunicorn refuses before the app sees it.
MALFORMED = [
    f"GET /{WORD} HTTP/9.{WORD}\r\nHost: x\r\nCookie: {WORD}\r\n\r\n",
    f"{WORD}\r\n\r\n",
    f"GET /{WORD} \x00 HTTP/1.1\r\n\r\n",
    f"G€T /{WORD} HTTP/1.1\r\n\r\n",
    f"GET /{WORD * 300} HTTP/1.1\r\nHost: x\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: x\r\n{WORD} {WORD}: {WORD}\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {WORD * 600}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{WORD}-{number}: {WORD}\r\n" for number in range(200)) + "\r\n",
    f"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {WORD}\r\n\r\n",
    f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {WORD}\r\n\r\n",
    f"POST /stumble/raised HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{WORD}\r\n\r\n",
    f"PROXY TCP4 {WORD}\r\nGET / HTTP/1.1\r\n\r\n",
]


def send_raw(server: Server, mess: str) -> None:
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), 10) as connection:
        connection.sendall(mess.encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def lines_of(server: Server) -> list[dict]:
    """What was said since it serves; before that `first_start` may have greeted."""
    written = server.log().splitlines()
    return [json.loads(line) for line in written[next(at for at, it in enumerate(written) if it[0] == "{") :]]


def test_the_word_is_in_no_line(stumbled):
    assert found_in([stumbled.folder / "log"], [WORD, WORD.upper()]) == {}


def test_every_mistake_was_made_and_told(stumbled):
    lines = lines_of(stumbled)
    told = {(line["event"], line.get("error")) for line in lines}

    assert {("surprise", "ValueError"), ("surprise", "RuntimeError"), ("uncaught", "ValueError")} <= told
    assert {("store-unavailable", "OperationalError"), ("warning", "UserWarning")} <= told
    assert {("request-broken", "ValueError"), ("unlisted", None), ("worker-started", None)} <= told
    assert sum(line["event"] == "malformed-request" for line in lines) >= len(MALFORMED) - 2
    places = {line.get("where", "").split(":")[0] for line in lines}
    assert {"stumbling.py", "base.py"} <= places  # base.py is gunicorn's, of what it refused itself


def test_every_line_is_an_object_of_the_keys_that_are_allowed(stumbled, app):
    routes = {rule.rule for rule in app.url_map.iter_rules()} | {"none", ROUTE}
    for line in lines_of(stumbled):
        assert set(line) <= KEYS
        assert {"time", "level", "logger", "event", "worker"} <= set(line)
        assert datetime.fromisoformat(line["time"]).utcoffset().total_seconds() == 0
        assert line["event"] in logs.EVENTS | set(logs.GUNICORN.values())
        assert line.get("method", "GET") in logs.METHODS | {"other"}
        assert line.get("route", "none") in routes


def test_a_request_is_told_by_its_route_and_the_id_in_its_answer(stumbled):
    answer = say(stumbled, "GET", f"{API}/registration?{WORD}")
    [line] = [line for line in lines_of(stumbled) if line.get("request_id") == answer.headers["X-Request-Id"]]

    told = {key: line[key] for key in ("level", "event", "method", "route", "status")}
    assert told == {
        "level": "info", "event": "request", "method": "GET", "route": f"{API}/registration", "status": 200,
    }  # fmt: skip
    assert 0 < line["ms"] < 30_000


def test_trouble_has_the_id_of_its_request_too(stumbled):
    answer = say(stumbled, "POST", "/stumble/raised", WORD)
    told = [line for line in lines_of(stumbled) if line.get("request_id") == answer.headers["X-Request-Id"]]

    assert [(line["event"], line.get("error")) for line in told] == [("surprise", "ValueError"), ("request", None)]
    assert answer.status == told[1]["status"] == 500


def test_an_id_of_somebody_elses_making_is_not_taken(stumbled):
    answer = say(stumbled, "GET", f"{API}/registration", **{"X-Request-Id": "0" * 32})
    assert answer.headers["X-Request-Id"] != "0" * 32


def test_supervisors_who_ask_every_few_seconds_are_not_told_of(stumbled):
    assert say(stumbled, "GET", "/health").status == say(stumbled, "GET", "/ready").status == 204
    assert not [line for line in lines_of(stumbled) if line.get("route") in ("/health", "/ready")]


def test_nobody_can_turn_on_an_access_log_of_gunicorns(stumbled):
    """It was asked for, and is not there."""
    before = len(lines_of(stumbled))
    say(stumbled, "GET", f"/{WORD}?{WORD}")
    assert [line["event"] for line in lines_of(stumbled)[before:]] == ["request"]


def test_what_would_have_been_written_without_all_this(app):
    """The word does come as far as the record, so that these tests can fail."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = records.append  # type: ignore[method-assign]
    logging.getLogger("sqlalchemy.pool").addHandler(handler)
    logging.getLogger("sqlalchemy.pool").error("kept %s", WORD, exc_info=ValueError(WORD))
    logging.getLogger("sqlalchemy.pool").removeHandler(handler)

    assert WORD in logging.Formatter().format(records[0])
    said = logs.said_of(records[0])
    assert WORD not in str(said)
    assert (said["event"], said["error"], said["where"].split(":")[0]) == ("unlisted", "ValueError", "test_logs.py")


def test_a_stream_is_told_when_it_is_over(tmp_path):
    app = new_app(Stores.sqlite(tmp_path))
    app.add_url_rule("/stream", "stream", for_anyone(lambda: Response(iter([b"one", b"two"]))))
    with the_log() as lines, app.test_client().get("/stream", buffered=False) as answer:
        chunks = answer.iter_encoded()
        assert (next(chunks), lines) == (b"one", [])
        answer.close()
        assert [(line["route"], line["status"]) for line in lines] == [("/stream", 200)]


@pytest.mark.parametrize("level", [logging.ERROR, logging.INFO])
def test_requests_are_told_from_info_on(app, level):
    with the_log(level) as lines:
        Person.nobody(app).get("/registration")
    assert len(lines) == (level == logging.INFO)


def test_a_person_who_reads_along_gets_words(app):
    written: list[bytes] = []
    record = logging.makeLogRecord({"name": "journal", "levelno": 40, "msg": "surprise", "error": KeyError(WORD)})
    record.filename, record.lineno = "rows.py", 7
    logs.Out(logging.ERROR, written.append, plain=True).tell(logs.said_of(record))

    [line] = written
    assert line.decode().endswith("error surprise error=KeyError where=rows.py:7\n")


def test_a_log_that_cannot_be_written_fails_no_request(app):
    def full(_line: bytes) -> None:
        raise OSError(28, "No space left on device")

    logs.speak(logging.INFO, full)
    try:
        assert Person.nobody(app).get("/registration").status_code == 200
    finally:
        logs.be_silent()


def test_every_event_that_the_code_names_is_listed():
    """So that none comes out as `unlisted`."""
    named = {}
    for file in Path(journal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            is_log = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_log and getattr(node.func.value, "id", "") in ("log", "_log", "logger"):
                named[f"{file.name}:{node.lineno}"] = node.args[0]

    assert len(named) >= 5
    for where, name in named.items():
        if isinstance(name, ast.Attribute) and name.attr == "slug":
            continue  # of a refusal; those that a store is the reason for are listed by their names
        options = (name.body, name.orelse) if isinstance(name, ast.IfExp) else (name,)
        assert {getattr(option, "value", None) for option in options} <= logs.EVENTS, where
