"""How gunicorn serves Shoreline; its command line has the last word.

gunicorn --config python:journal.serving wsgi:app

The master reads this package once and workers are copies of it: after an upgrade restart; SIGHUP gives them old code.
"""

import logging
import os
import sys
from typing import Any

from gunicorn.glogging import Logger

import config as given
from journal.web import logs, metrics, moment

# A proxy on this machine is the only one to talk to; for another machine's, `--bind` with that network's address.
bind = "127.0.0.1:8000"


def worker_count() -> int:
    """How many workers serve: as many as WEB_CONCURRENCY says, else one a core.

    Python runs one thread of a process at a time, and opening and sealing is work. At least two, so that one answers
    while the other is started anew; at most eight, for each takes some 100 MiB.
    """
    said = os.environ.get("WEB_CONCURRENCY", "")
    return int(said) if said.isdigit() else min(max(2, len(os.sched_getaffinity(0))), 8)


workers = worker_count()

# Threads, because a request waits: for the disk at every write, for a turn at the gate, for a hashing slot. Half of
# them may wait with a password at the door (hashing_slots.MOST_HERE); the others are for who is signed in. Each may
# hold a connection of either store: on PostgreSQL workers x threads x 2 in all. With one request a process (`sync`) all
# who wait would need 100 MiB each; greenlets would all stop at the first lock of SQLite's.
worker_class = "journal.worker.Worker"
threads = 4

# A worker that shows no sign of life so long is killed and replaced. Signs come from its main thread, about one a
# second, whatever its requests do: a long request is no reason, a stuck process is.
timeout = 30

# On SIGTERM: whoever has knocked is let in, nobody after them, and so long for what is under way. The longest there is,
# a PDF of a thousand sessions, takes some 22 s on a quiet machine. Whoever stops the master must wait longer than this
# (systemd: 90 s).
graceful_timeout = 60

# An idle connection costs no thread. Longer than proxies keep theirs (nginx 60 s, Caddy 120 s), so that it is the proxy
# that closes: closed here, a request already on its way would be lost.
keepalive = 150

# Workers are not replaced after so many requests: that would hide a leak, and cost every proxy its open connections. If
# memory ever grows beyond what `make soak` allows, `--max-requests 20000 --max-requests-jitter 4000` buys time; without
# the jitter all workers would go at once.
max_requests = 0
max_requests_jitter = 0

# Signs of life go through a file. On a disk that is full or slow the worker would look dead; this is memory.
worker_tmp_dir = str(metrics.MEMORY) if metrics.MEMORY.is_dir() else None

# Every worker opens its own connections and reads its own secret; a copy of a connection in two processes breaks both.
preload_app = False

# Nothing that a proxy says of a request is asked here: the address people type is SHORELINE_ORIGIN, addresses of people
# are wanted nowhere. So nobody's word is taken, not even a proxy's, for the scheme or for where the app is mounted.
forwarded_allow_ips = ""
forwarder_headers = ""

# The longest address of ours has some 300 characters; a proxy may add a few headers to a browser's twenty; on localhost
# a browser sends the cookies of every other program there too.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 8190

# Whoever opens the control socket can stop the server. Signals do, and need the same rights.
control_socket_disable = True

# Gunicorn's own lines have the words of the request in them: line, headers, cookies. What may be said is in
# journal/web/logs.py; every request is told there, from `info` on, and its own access log stays off whatever is asked.
accesslog = None
loglevel = "info" if os.environ.get("SHORELINE_ENV") == "production" else "error"


class Log(Logger):  # type: ignore[misc]
    """Gunicorn's log, as far as it may be said."""

    def setup(self, cfg: Any) -> None:
        """On stderr, a line of JSON each; in words where somebody reads along."""
        self.cfg = cfg
        self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
        self._access_log_enabled = False
        # Without a step between, so that a record knows where in gunicorn it comes from.
        for name in ("critical", "error", "warning", "info", "debug", "exception"):
            setattr(self, name, getattr(self.error_log, name))
        logs.speak(self.loglevel, plain=sys.stderr.isatty())
        logs.take_over(self.loglevel)

    def access(self, *_request: Any) -> None:
        """Not here."""


logger_class = Log
_scraped: dict[str, Any] = {}


def on_starting(server: Any) -> None:
    """In the master, before there are workers: refuse what all would refuse; count, if there is a port for it."""
    try:
        port = given.from_environment().metrics_port
    except given.UnsafeStart as refused:
        print(refused, file=sys.stderr)  # noqa: T201
        sys.exit(3)  # As wsgi.py does. Of several workers that refuse at once, gunicorn tells with a traceback.
    if port is None:
        return
    try:
        _scraped["socket"] = metrics.start(port, server.cfg.uid, server.cfg.gid)
        logs.expect_trouble()
    except OSError:
        raise RuntimeError(
            f"SHORELINE_METRICS_PORT: {metrics.LOOPBACK}:{port} is in use or not allowed. Choose another port."
        ) from None


def pre_fork(server: Any, worker: Any) -> None:
    """The lowest place that is free; whoever had it is gone."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(1, len(taken) + 2) if place not in taken)


def post_fork(_server: Any, worker: Any) -> None:
    """In the worker, before the app is there."""
    metrics.take_place(worker.place)
    logs.catch_the_rest()


def post_worker_init(worker: Any) -> None:
    """In the worker, with the app."""
    if _scraped:
        metrics.serve(_scraped["socket"], moment.Moment(worker.wsgi))


def child_exit(_server: Any, worker: Any) -> None:
    """In the master, after a worker's end."""
    metrics.left(worker.place)


def on_exit(_server: Any) -> None:
    """In the master, at its own."""
    metrics.end()
