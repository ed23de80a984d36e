"""The app as it is served: what a PDF tells while it is made arrives while it is made."""

import http.client
import json
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import pytest

from tests.http import API, Browserless
from tests.live import serving
from tests.sessions.bodies import SESSION
from tests.stores import Stores

pytestmark = pytest.mark.slow
DRAFT = json.dumps({"format": "pdf", "story": True, "progress": True}).encode()


def test_lines_come_before_the_file_is_there(tmp_path):
    stores = Stores.sqlite(tmp_path)
    with serving(stores.data, stores) as server:
        maya = Browserless(server.url)
        joined = maya.post("/accounts", {"login_name": uuid4().hex, "password": uuid4().hex + " sails"})
        assert joined.status_code == 201
        for _ in range(3):
            assert maya.put(f"/sessions/{uuid4()}", SESSION).status_code == 201

        connection, answer = asked(maya)
        while json.loads(answer.readline())["step"] != "setting":
            assert not answer.closed
        # It begins right after that line, and takes some tenths of a second.
        assert any(presses(server) for _ in range(500))
        size = next(it["bytes"] for line in answer if "bytes" in (it := json.loads(line)))
        assert len(answer.read()) == size
        connection.close()
        assert presses(server) == 0


def asked(maya: Browserless) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    parts = urlsplit(maya.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    cookies = "; ".join(f"{name}={value}" for name, value in maya.cookies.items())
    connection.request("POST", f"{API}/exports", DRAFT, {"Content-Type": "application/json", "Cookie": cookies})
    answer = connection.getresponse()
    assert answer.status == 200
    return connection, answer


def everything(server) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children(recursive=True)


def is_press(process: psutil.Process) -> bool:
    try:
        return any(word.endswith("press.py") for word in process.cmdline())
    except psutil.NoSuchProcess:
        return False


def presses(server) -> int:
    return sum(map(is_press, everything(server)))
