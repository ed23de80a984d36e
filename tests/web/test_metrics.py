"""Figures: summed over all workers, whatever becomes of one; on this machine alone; and nothing of anybody in them."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from prometheus_client import Metric, values
from prometheus_client.parser import text_string_to_metric_families

from journal.errors import Busy
from journal.web import logs, metrics
from tests.http import API, Browserless
from tests.live import ROOT, Server, serving
from tests.stores import free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("metrics")]

WORD = "wisteriaonthewall"
DOCS = Path(__file__).parents[2] / "docs" / "operating" / "watching.md"
RULE = f"{API}/registration"


@dataclass
class Watched:
    """A server of two workers, and the port where its figures are."""

    server: Server
    port: int

    def page(self) -> str:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()

    def families(self) -> dict[str, Metric]:
        return {family.name: family for family in text_string_to_metric_families(self.page())}

    def value(self, name: str, **labels: str) -> float:
        """The sum of the samples of this name with these labels."""
        found = [sample for family in self.families().values() for sample in family.samples if sample.name == name]
        return sum(it.value for it in found if labels.items() <= it.labels.items())

    def asked(self) -> float:
        return self.value("shoreline_request_seconds_count", route=RULE, method="GET", status="2xx")

    def ask(self, times: int) -> None:
        for _ in range(times):
            assert Browserless(self.server.url).get("/registration").status_code == 200

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.server.process.pid).children()

    def places(self) -> set[str]:
        """Whose files there are: the master's and those of the places of the workers."""
        [folder] = left_in_memory(self.port)
        return {it.stem.rpartition("_")[2] for it in folder.iterdir()}


@pytest.fixture(scope="module")
def watched(tmp_path_factory) -> Iterator[Watched]:
    folder, port = tmp_path_factory.mktemp("watched"), free_port()
    with serving(folder, workers=2, SHORELINE_METRICS_PORT=str(port)) as server:
        yield Watched(server, port)
        assert left_in_memory(port)
    assert not left_in_memory(port)


def left_in_memory(port: int) -> list[Path]:
    return [*metrics.MEMORY.glob(f"shoreline-metrics-{port}-*")]


def until(is_so, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(0.1)


def who_answered(server: Server) -> set[str]:
    return set(re.findall(r'"route":"/api/v1/registration".*?"worker":(\d+)', server.log()))


def test_it_sums_over_the_workers(watched):
    before = watched.asked()
    asked = 0
    while asked < 20 or len(who_answered(watched.server)) < 2:
        watched.ask(10)
        asked += 10

    assert watched.asked() - before == asked
    assert watched.value("shoreline_workers") == 2


def test_a_worker_that_dies_takes_nothing_with_it(watched):
    """The next takes its place and counts on in its files, so that these do not pile up either."""
    watched.ask(5)
    before = watched.asked()
    died = watched.value("shoreline_troubles_total", event="worker-died")
    for _ in range(2):
        dead = watched.workers()[0]
        dead.kill()
        until(lambda dead=dead: dead.pid not in {it.pid for it in watched.workers()} and len(watched.workers()) == 2)
    until(lambda: watched.value("shoreline_workers") == 2)
    watched.ask(20)

    assert watched.asked() - before == 20
    assert watched.value("shoreline_troubles_total", event="worker-died") - died == 2
    assert watched.places() == {"0", "1", "2"}


def test_a_reload_loses_nothing(watched):
    before, old = watched.asked(), {it.pid for it in watched.workers()}
    os.kill(watched.server.process.pid, signal.SIGHUP)
    until(lambda: len(watched.workers()) == 2 and not old & {it.pid for it in watched.workers()})
    until(lambda: watched.value("shoreline_workers") == 2)
    watched.ask(10)

    assert watched.asked() - before == 10


def test_all_trouble_there_can_be_is_shown_before_there_is_any(watched):
    """A figure that begins at 1 has not grown, to Prometheus."""
    [family] = [it for name, it in watched.families().items() if name == "shoreline_troubles"]
    shown = {(sample.labels["event"], sample.labels["store"]) for sample in family.samples}
    assert {("surprise", "none"), ("worker-hung", "none"), ("store-unavailable", "keyring")} <= shown
    assert not {event for event, _ in shown} & logs.CALM


def test_it_is_on_this_machine_alone(watched):
    master = psutil.Process(watched.server.process.pid)
    listening = {
        it.laddr.ip
        for process in (master, *master.children())
        for it in process.net_connections("tcp")
        if it.status == psutil.CONN_LISTEN and it.laddr.port == watched.port
    }
    assert listening == {"127.0.0.1"}

    elsewhere = [it.address for each in psutil.net_if_addrs().values() for it in each if it.family == socket.AF_INET]
    for address in {*elsewhere, "127.0.0.2"} - {"127.0.0.1"}:
        with closing(socket.socket()) as stranger:
            stranger.settimeout(5)
            assert stranger.connect_ex((address, watched.port)) != 0


def status_of(url: str, method: str = "GET") -> int:
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc, timeout=20)) as connection:
        connection.request(method, parts.path)
        return connection.getresponse().status


def test_whoever_uses_the_app_does_not_find_it(watched):
    assert [status_of(watched.server.url + path) for path in ("/metrics", "/api/v1/metrics")] == [404, 404]


def test_the_port_has_one_address_and_takes_nothing(watched):
    base = f"http://127.0.0.1:{watched.port}"
    assert [status_of(base + path) for path in ("/metrics", "/", "/metrics/..")] == [200, 404, 404]
    assert status_of(f"{base}/metrics", "POST") == 501


def test_whoever_says_nothing_there_keeps_nobody_waiting(watched):
    silent = [socket.create_connection(("127.0.0.1", watched.port)) for _ in range(3)]
    try:
        assert "shoreline_workers" in watched.page()
    finally:
        for each in silent:
            each.close()


def test_labels_are_of_closed_sets_and_nobody_is_in_them(watched, app):
    maya = Browserless(watched.server.url)
    maya.post("/accounts", {"login_name": WORD, "password": "the ferry leaves at nine sharp"})
    hers = maya.get("/account").json["id"]
    for method, path in (("GET", f"/{WORD}"), (WORD.upper(), "/today"), ("POST", "/sign-ins"), ("DELETE", "/today")):
        maya.send(method, f"{path}?{WORD}={WORD}", {"login_name": WORD, "password": WORD})
    until(lambda: watched.value("shoreline_request_seconds_count", method="other") >= 1)

    page = watched.page()
    assert WORD not in page.lower()
    assert hers not in page
    routes = {rule.rule for rule in app.url_map.iter_rules()} | {"none"}
    allowed = {
        "route": routes, "method": logs.METHODS | {"other"}, "status": {f"{first}xx" for first in range(1, 6)},
        "le": {str(float(edge)) for edge in metrics.SECONDS} | {"+Inf"},
        "event": logs.EVENTS | set(logs.GUNICORN.values()), "store": {"none", "database", "keyring", "schema"},
        "what": {"database", "keyring", "schema"}, "state": {"waiting", "in_use"},
        "engine": {"sqlite", "postgresql"},
    }  # fmt: skip
    seen: set[str] = set()
    for family in watched.families().values():
        for sample in family.samples:
            for label, value in sample.labels.items():
                seen.add(label)
                if label in ("version", "python"):
                    assert re.fullmatch(r"\d+(\.\d+)+\w*", value)
                else:
                    assert value in allowed[label], (sample.name, label)
    assert seen >= {"route", "method", "status", "le", "event", "what", "engine"}


def test_every_figure_is_in_the_table_of_what_to_watch(watched):
    written = set(re.findall(r"`(shoreline_\w+)", DOCS.read_text()))
    shown = {sample.name for family in watched.families().values() for sample in family.samples}
    bases = {re.sub(r"_(bucket|sum|count|created)$", "", name) for name in shown}

    assert bases == {re.sub(r"_(bucket|sum|count)$", "", name) for name in written}


def test_what_is_so_at_this_moment(watched):
    assert {watched.value("shoreline_ready", what=what) for what in ("database", "keyring", "schema")} == {1}
    assert watched.value("shoreline_build_info", engine="sqlite") == 1
    assert watched.value("shoreline_data_free_bytes") > 1_000_000
    assert 50e6 < watched.value("shoreline_resident_bytes") < 4e9


def test_a_port_that_is_taken_is_said_in_a_sentence(watched):
    environ = psutil.Process(watched.server.process.pid).environ()
    again = subprocess.run(
        [Path(sys.executable).with_name("gunicorn"), "--bind", "127.0.0.1:0", "wsgi:app"],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert again.returncode == 1
    assert f"SHORELINE_METRICS_PORT: 127.0.0.1:{watched.port} is in use" in again.stderr
    assert left_in_memory(watched.port)


@pytest.fixture
def counting(tmp_path, monkeypatch) -> Iterator[None]:
    """This process counts, as a worker's does."""
    monkeypatch.setattr(values, "ValueClass", values.ValueClass)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    monkeypatch.setattr(metrics, "_here", metrics.Process())
    metrics.count_in(str(tmp_path))
    yield
    values.ValueClass.close_all_files()


class Slot:
    """A hashing slot, free or not."""

    def __init__(self, free: bool) -> None:
        self.free = free

    def __enter__(self) -> None:
        if not self.free:
            raise Busy

    def __exit__(self, *_: object) -> None:
        pass


def test_passwords_at_the_door_are_counted(counting):
    with metrics.hashing(Slot(free=True)):
        assert b'shoreline_hashing{state="in_use"} 1.0' in metrics.exposition()
        with pytest.raises(Busy), metrics.hashing(Slot(free=False)):
            pass

    page = metrics.exposition()
    assert b"shoreline_sign_ins_turned_away_total 1.0" in page
    assert b'shoreline_hashing{state="in_use"} 0.0' in page
    assert b'shoreline_hashing{state="waiting"} 0.0' in page


def test_what_a_worker_held_when_it_died_is_let_go(counting):
    metrics.take_place(3)
    assert b"shoreline_workers 1.0" in metrics.exposition()
    slot = metrics.hashing(Slot(free=True))
    slot.__enter__()
    metrics.left(3)

    page = metrics.exposition()
    assert b'shoreline_hashing{state="in_use"} 0.0' in page
    assert b"shoreline_workers 0.0" in page  # the master's own, which is none
    slot.__exit__(None, None, None)


def test_what_is_kept_out_of_the_log_is_counted(counting):
    import logging

    record = logging.makeLogRecord({"name": "journal", "levelno": 40, "msg": f"kept {WORD}", "note": WORD})
    logs.handler.emit(record)

    page = metrics.exposition().decode()
    assert "shoreline_log_dropped_total 2.0" in page
    assert 'shoreline_troubles_total{event="unlisted",store="none"} 1.0' in page
    assert WORD not in page


def test_who_does_not_count_pays_nothing_and_fails_nothing(app):
    assert metrics._here.meters is None
    with metrics.hashing(Slot(free=True)):
        metrics.answered("GET", "/", 200, 0.1)
        metrics.trouble("surprise", "none")
