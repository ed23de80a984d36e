"""What is counted, for Prometheus: on a port of its own on this machine alone, and nothing of anybody.

Every label comes from a closed set: routes as they are declared, methods, classes of status, names in the code. Until a
server starts it, it is off and costs nothing.
"""

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess, values
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from journal.errors import Problem

LOOPBACK = "127.0.0.1"
# Closest where answers are usual, so that a percentile says something.
SECONDS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1, 2.5, 5, 10, 30)
# Files that several processes count in are memory; on a disk, each scrape's figures would be written to it.
MEMORY = Path("/dev/shm")  # noqa: S108  each server makes a folder of its own in it, which nobody else can open


class Meters:
    """Everything that is counted as it happens, over all processes of one server."""

    def __init__(self) -> None:
        kept = CollectorRegistry()
        self.requests = Histogram(
            "shoreline_request_seconds", "Time to answer", ("method", "route", "status"), buckets=SECONDS, registry=kept
        )
        self.troubles = Counter("shoreline_troubles", "Warnings and errors logged", ("event", "store"), registry=kept)
        self.dropped = Counter("shoreline_log_dropped", "Keys and texts that may not be logged", registry=kept)
        self.turned_away = Counter("shoreline_sign_ins_turned_away", "Passwords not looked at", registry=kept)
        self.hashing = Gauge(
            "shoreline_hashing", "Passwords being stretched, or waiting for it", ("state",),
            multiprocess_mode="livesum", registry=kept,
        )  # fmt: skip
        for state in ("waiting", "in_use"):
            self.hashing.labels(state)
        self.workers = Gauge("shoreline_workers", "Workers", multiprocess_mode="livesum", registry=kept)
        self.known: dict[tuple[str, str, int], Histogram] = {}


@dataclass
class Process:
    """Where this process counts: its place among the server's, 0 the master's. A worker that comes after another takes
    its place and counts on in its files, so that nothing is lost with a worker and files do not pile up.
    """

    place: int = 0
    folder: str | None = None
    meters: Meters | None = None


_here = Process()


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request."""
    meters = _here.meters
    if meters is None:
        return
    key = (method, route, status // 100)
    known = meters.known.get(key)
    if known is None:
        known = meters.known[key] = meters.requests.labels(method, route, f"{status // 100}xx")
    known.observe(seconds)


def expect(event: str, store: str = "none") -> None:
    """Show that there was none of it yet: of a figure that begins at 1 Prometheus does not see that it grew."""
    if _here.meters is not None:
        _here.meters.troubles.labels(event, store)


def trouble(event: str, store: str) -> None:
    """Count one warning or error; both names are of closed sets."""
    if _here.meters is not None:
        _here.meters.troubles.labels(event, store).inc()


def dropped() -> None:
    """Count something that was kept out of the log."""
    if _here.meters is not None:
        _here.meters.dropped.inc()


@contextmanager
def hashing(slot: AbstractContextManager[None]) -> Iterator[None]:
    """Hold a hashing slot; count who waits for one, who is in one, and who is turned away."""
    meters = _here.meters
    if meters is None:
        with slot:
            yield
        return
    waiting, in_use = meters.hashing.labels("waiting"), meters.hashing.labels("in_use")
    with ExitStack() as held:
        with waiting.track_inprogress():
            try:
                held.enter_context(slot)
            except Problem:
                meters.turned_away.inc()
                raise
        with in_use.track_inprogress():
            yield


def start(port: int, user: int, group: int) -> socket.socket:
    """Begin to count, in the process whose children will, as this user; the socket that scrapes come to."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    listening.listen(16)
    # The port is ours, so whatever files an earlier server left for it are nobody's.
    within = MEMORY if MEMORY.is_dir() else Path(tempfile.gettempdir())
    for old in within.glob(f"shoreline-metrics-{port}-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix=f"shoreline-metrics-{port}-", dir=within)
    os.chown(folder, user, group)
    count_in(folder)
    return listening


def count_in(folder: str) -> None:
    """Count in files in this folder, which the library wants named in the environment."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _here.folder = folder
    values.ValueClass = values.MultiProcessValue(lambda: _here.place)  # type: ignore[no-untyped-call]
    _here.meters = Meters()


def take_place(place: int) -> None:
    """In a new worker: count in the files of this place."""
    _here.place = place
    if _here.meters is not None:
        _here.meters.workers.set(1)


def left(place: int) -> None:
    """In the master: a worker is gone, and holds nothing any more."""
    if _here.folder is not None:
        multiprocess.mark_process_dead(place, _here.folder)  # type: ignore[no-untyped-call]


def end() -> None:
    """In the master, at the end."""
    if _here.folder is not None:
        shutil.rmtree(_here.folder, ignore_errors=True)


def exposition(*now: Collector) -> bytes:
    """All of it, and what `now` finds at this moment."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, _here.folder)  # type: ignore[no-untyped-call]
    for collector in now:
        registry.register(collector)
    return generate_latest(registry)


def serve(listening: socket.socket, *now: Collector) -> None:
    """In a worker: answer scrapes beside its requests. Whichever worker is free takes one; all know all figures."""

    class Scrape(BaseHTTPRequestHandler):
        """One scrape, by somebody on this machine."""

        timeout = 5

        def do_GET(self) -> None:
            """The figures, at one address."""
            found = self.path == "/metrics"
            body = exposition(*now) if found else b""
            self.send_response_only(200 if found else 404)
            self.send_header("Content-Type", CONTENT_TYPE_LATEST)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Not a word."""

    class Server(HTTPServer):
        """On the socket that all workers share."""

        def handle_error(self, *_request: object) -> None:
            """A scraper that went away."""

    server = Server(listening.getsockname(), Scrape, bind_and_activate=False)
    server.socket.close()
    server.socket = listening

    def work() -> None:
        while True:
            server.handle_request()

    threading.Thread(target=work, name="metrics", daemon=True).start()
