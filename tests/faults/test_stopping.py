"""The server is asked to stop, or to load itself anew, while people write: what was asked is answered."""

import http.client
import json
import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import psutil
import pytest

from tests.cast import API, check_in
from tests.faults.patient import AT, Patient, within
from tests.live import Server, serving

pytestmark = pytest.mark.slow

TABS = 12


@dataclass
class Tab:
    """Writes without a pause, on a connection that is kept or on a new one each time."""

    maya: Patient
    keeps: bool
    became: Counter[str] = field(default_factory=Counter)
    sent: list[str] = field(default_factory=list)
    over: bool = False
    connection: http.client.HTTPConnection | None = None

    def work(self) -> None:
        while not self.over:
            self.became[self.write()] += 1
            if not self.keeps:
                self.leave()
        self.leave()

    def write(self) -> str:
        """`refused` when nobody listens any more; `unanswered` when somebody did, and then was gone."""
        if self.connection is None:
            host, _, port = self.maya.wire.url.removeprefix("http://").partition(":")
            self.connection = http.client.HTTPConnection(host, int(port), timeout=30)
        row, body = str(uuid4()), json.dumps(check_in(self.maya.session, "next_day", AT))
        cookies = "; ".join(f"{name}={value}" for name, value in self.maya.wire.cookies.items())
        try:
            if self.connection.sock is None:
                self.connection.connect()
        except ConnectionRefusedError:
            self.over = True
            return "refused"
        try:
            headers = {"Cookie": cookies, "Content-Type": "application/json"}
            self.connection.request("PUT", f"{API}/check-ins/{row}", body, headers)
            response = self.connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            self.leave()
            return f"unanswered: {type(error).__name__}"
        if response.status == 201:
            self.sent.append(row)
        return str(response.status)

    def leave(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


@pytest.fixture
def served(folder):
    with serving(folder) as server:
        yield server


def writing(served: Server) -> tuple[Patient, list[Tab], list[threading.Thread]]:
    maya = Patient.joined(served.url)
    tabs = [Tab(maya, keeps=number % 3 != 0) for number in range(TABS)]
    threads = [threading.Thread(target=tab.work) for tab in tabs]
    for thread in threads:
        thread.start()
    within(60, lambda: all(tab.sent for tab in tabs))
    return maya, tabs, threads


def what_became(tabs: list[Tab], threads: list[threading.Thread]) -> Counter[str]:
    for thread in threads:
        thread.join(90)
        assert not thread.is_alive()
    tabs[0].maya.wire.close()
    return sum((tab.became for tab in tabs), Counter[str]())


def test_a_reload_fails_nobody(served):
    maya, tabs, threads = writing(served)
    for _ in range(2):
        os.kill(served.process.pid, signal.SIGHUP)
        time.sleep(3)
    for tab in tabs:
        tab.over = True
    became = what_became(tabs, threads)
    assert set(became) == {"201"}, became
    assert maya.journal() == dict.fromkeys([row for tab in tabs for row in tab.sent], 1)


def test_a_stop_answers_whoever_was_let_in(served, folder):
    _, tabs, threads = writing(served)
    os.kill(served.process.pid, signal.SIGTERM)
    became = what_became(tabs, threads)
    assert served.process.wait(90) == 0
    assert set(became) == {"201", "refused"}, became
    with serving(folder) as again:
        maya = tabs[0].maya
        maya.wire.url = again.url
        assert maya.journal() == dict.fromkeys([row for tab in tabs for row in tab.sent], 1)


def test_workers_follow_their_master_soon_whoever_is_still_asking(served):
    """Until they are gone the next master has no port to listen at."""
    _, tabs, threads = writing(served)
    workers = psutil.Process(served.process.pid).children()
    served.process.kill()
    _, alive = psutil.wait_procs(workers, 20)
    assert not alive
    became = what_became(tabs, threads)
    assert set(became) == {"201", "refused"}, became
