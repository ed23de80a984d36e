"""What the log may say: so many keys, and in each nothing but what is known beforehand. All else is dropped.

Paths, queries, bodies, cookies, messages of exceptions, values of statements can all hold a patient's words. Libraries
for structured logs write whatever they are handed, so what chooses is ours, and what writes is orjson.
"""

import contextlib
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from time import perf_counter
from types import TracebackType
from typing import Any

import orjson
from flask import Flask, Response, g, has_request_context, request

from journal.web import metrics

# What happens here, by the name that the code gives it as the message of its record.
EVENTS = frozenset(
    {
        "key-lingers",  # a deleted key waits in the keyring's write-ahead log for its next checkpoint
        "no-door",  # a route that makes no promise: shut, and a bug
        "not-ready", "ready-again",  # the ready endpoint changed its mind
        "request",
        "busy", "storage-full", "store-unavailable",  # what became of a store, by the name of the refusal
        "surprise",  # a bug; `where` says where
        "uncaught", "warning",  # what Python would have printed with its values
        "unlisted",  # a record that nobody foresaw; `where` says whose
    }
)  # fmt: skip
# What gunicorn says, by how it begins: its texts are made with the request's own words in them.
GUNICORN = {
    "Starting gunicorn": "starting", "Listening at": "listening", "Shutting down": "stopped",
    "Booting worker": "worker-started", "Worker exiting": "worker-stopped", "Worker (pid:": "worker-died",
    "WORKER TIMEOUT": "worker-hung", "Exception in worker process": "worker-did-not-start",
    "Invalid request from": "malformed-request", "Error handling request": "request-broken",
    "Socket error processing": "request-broken", "Connection in use": "address-in-use",
    "Invalid address": "address-invalid", "connection to": "address-in-use", "Can't connect to": "address-invalid",
}  # fmt: skip
# Said, and no trouble.
CALM = frozenset({"listening", "ready-again", "request", "starting", "stopped", "worker-started", "worker-stopped"})
LEVELS = {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}
STORES = ("database", "keyring", "schema")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
# What a record may bring along, and what may stand there.
BROUGHT: dict[str, Callable[[Any], bool]] = {
    "store": lambda it: it in STORES,
    "engine": lambda it: it in ("sqlite", "postgresql"),
    "error": lambda it: isinstance(it, BaseException),
}
# Asked every few seconds, and not by people.
UNSAID = frozenset({"/health", "/ready"})
DEEPEST = 16
_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

Said = dict[str, Any]


@dataclass(frozen=True)
class Out:
    """Where this process's log goes: a line at a time, in one write, so that those of several processes do not mix."""

    level: int
    write: Callable[[bytes], object]
    plain: bool = False

    def tell(self, said: Said) -> None:
        """Write one line. A log that cannot be written fails no request."""
        with contextlib.suppress(OSError):
            self.write(_in_words(said) if self.plain else orjson.dumps(said, option=_OPTIONS))

    def tell_request(self, request_id: str, method: str, route: str, status: int, took: float) -> None:
        """Write the line of a request that is over."""
        if self.plain:
            known = {"event": "request", "method": method, "route": route, "status": status, "ms": round(took, 2)}
            self.tell({"time": datetime.now(UTC), "level": "info", "request_id": request_id} | known)
            return
        now = orjson.dumps(datetime.now(UTC), option=orjson.OPT_UTC_Z)
        try:  # noqa: SIM105  `suppress` costs as much as the line
            self.write(_frame(method, route, status) % (now, request_id.encode(), took))
        except OSError:
            pass


class Handler(logging.Handler):
    """Whatever is logged by anybody in this process, as far as it may be said."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say what is allowed of a record, and count it if it is trouble."""
        said = said_of(record)
        trouble = record.levelno >= logging.WARNING
        if trouble:
            metrics.trouble(said["event"], said.get("store", "none"))
            if said["event"] == "unlisted":
                metrics.dropped()
        if _out is not None and record.levelno >= _out.level and (trouble or said["event"] != "unlisted"):
            _out.tell(said)


_out: Out | None = None
handler = Handler()


def speak(level: int, write: Callable[[bytes], object] = lambda line: os.write(2, line), plain: bool = False) -> None:
    """Where this process's log goes, and from which level on; `plain` for a person who reads along."""
    global _out  # noqa: PLW0603  a process has one log
    _out = Out(level, write, plain)


def be_silent() -> None:
    """As before `speak`."""
    global _out  # noqa: PLW0603
    _out = None


def take_over(level: int) -> None:
    """Let every logger of this process speak through here and in no other way. For servers."""
    logging.raiseExceptions = False  # It would print what could not be formatted, values and all.
    for name, least in (("", max(level, logging.WARNING)), ("journal", level), ("gunicorn.error", level)):
        logging.getLogger(name).setLevel(least)
    logging.getLogger().handlers = [handler]
    logging.getLogger("gunicorn.error").handlers = []
    logging.getLogger("gunicorn.error").propagate = True


def expect_trouble() -> None:
    """Begin to count at 0 whatever can be counted as trouble."""
    for event in (EVENTS | set(GUNICORN.values())) - CALM:
        metrics.expect(event)
    for event in ("not-ready", "store-unavailable"):
        for store in STORES:
            metrics.expect(event, store)


def catch_the_rest() -> None:
    """What Python itself would print with the values in it: uncaught exceptions, of threads too, and warnings."""
    sys.excepthook = lambda _kind, error, _trace: _uncaught(error)
    threading.excepthook = lambda it: _uncaught(it.exc_value)
    sys.unraisablehook = lambda it: _uncaught(it.exc_value)
    warnings.showwarning = lambda _message, kind, *_where, **_more: _log.warning("warning", extra={"error": kind()})


def said_of(record: logging.LogRecord) -> Said:
    """All that may be said of a record."""
    said: Said = {"time": datetime.fromtimestamp(record.created, UTC), "level": LEVELS.get(record.levelno, "info")}
    said |= {"logger": record.name, "event": _event(record), **_asked(), "worker": os.getpid()}
    for key in vars(record).keys() - _USUAL:
        value = getattr(record, key)
        if BROUGHT.get(key, lambda _: False)(value):
            said[key] = value
        else:
            metrics.dropped()
    error = said.get("error") or (record.exc_info[1] if record.exc_info else None)
    if error is not None:
        said["error"] = type(error).__name__
    if record.levelno >= logging.WARNING:
        said["where"] = places(error.__traceback__ if error else None) or f"{record.filename}:{record.lineno}"
    return said


def places(trace: TracebackType | None) -> str:
    """Where in the code something went wrong, innermost first. Never the message: it can be a patient's."""
    found: list[str] = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(found[: -DEEPEST - 1 : -1])


def set_up(app: Flask) -> None:
    """Tell and count every request when it is over. Before all other hooks, so that what they do is in its time."""

    @app.after_request
    def end(response: Response) -> Response:
        here, asked = g._get_current_object(), request._get_current_object()  # type: ignore[attr-defined]
        rule = asked.url_rule
        about = (
            here.get("request_id"), asked.method if asked.method in METHODS else "other",
            "none" if rule is None else rule.rule, response.status_code,
        )  # fmt: skip
        began = here.get("began") or perf_counter()
        if response.is_streamed:
            response.call_on_close(lambda: _over(began, *about))
        else:
            _over(began, *about)
        return response


def _over(began: float, request_id: str | None, method: str, route: str, status: int) -> None:
    seconds = perf_counter() - began
    metrics.answered(method, route, status, seconds)
    if _out is not None and _out.level <= logging.INFO and route not in UNSAID:
        _out.tell_request(request_id or "", method, route, status, seconds * 1000)


@lru_cache(maxsize=4096)
def _frame(method: str, route: str, status: int) -> bytes:
    """The line of a request but for its time, its id and how long it took: every request pays for making one."""
    known = {"level": "info", "logger": "journal.web", "event": "request", "method": method, "route": route}
    rest = orjson.dumps(known | {"status": status, "worker": os.getpid()}).replace(b"%", b"%%")
    return b'{"time":%b,' + rest[1:-1] + b',"request_id":"%b","ms":%.2f}\n'


def _event(record: logging.LogRecord) -> str:
    message = record.msg if isinstance(record.msg, str) else ""
    if record.name.partition(".")[0] == "gunicorn":
        found = next((event for begins, event in GUNICORN.items() if message.startswith(begins)), None)
    else:
        found = message if message in EVENTS else None
    return found or "unlisted"


def _asked() -> Said:
    """The request that is being answered, if any."""
    if not has_request_context():
        return {}
    rule = request.url_rule
    return {
        "request_id": g.get("request_id"), "method": request.method if request.method in METHODS else "other",
        "route": "none" if rule is None else rule.rule,
    }  # fmt: skip


def _uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        _log.error("uncaught", extra={"error": error})


def _in_words(said: Said) -> bytes:
    """For a person who reads along."""
    keys = ("store", "error", "where", "method", "route", "status", "ms")
    known = [f"{key}={said[key]}" for key in keys if key in said]
    name = f"(request {said['request_id']})" if said.get("request_id") else ""
    when = said["time"].astimezone().strftime("%H:%M:%S")
    return (" ".join(filter(None, (when, said["level"], said["event"], *known, name))) + "\n").encode()


_log = logging.getLogger("journal.web")
