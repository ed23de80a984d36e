"""Every refusal leaves as an RFC 9457 problem, and says nothing of what was typed or of the inside."""

import logging
from typing import Any

from flask import Flask, Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from journal.errors import Problem
from journal.reach import OutOfReach
from journal.web import stores, wire

log = logging.getLogger("journal.web.problems")

# What the framework refuses, in our words: status -> (slug, title, detail).
FRAMEWORK = {
    400: ("malformed", "This could not be read", "Check the request and send it again."),
    404: ("not-found", "Not here", "There is nothing at this address for you."),
    405: ("method-not-allowed", "Not that way", "This address does not take this method; see Allow."),
    413: ("too-large", "Too large", "Send less at once: a check-in may hold at most 256 KiB."),
    415: ("malformed", "This could not be read", "Send a JSON object with Content-Type application/json."),
}


def set_up(app: Flask) -> None:
    """Handle every way out."""
    app.register_error_handler(Problem, of_problem)
    app.register_error_handler(HTTPException, of_framework)
    for error in (DBAPIError, OutOfReach, PoolTimeout, OSError):
        app.register_error_handler(error, of_store)
    app.register_error_handler(Exception, of_surprise)


def of_problem(problem: Problem) -> Response:
    """Our own refusals."""
    members = {**problem.members}
    if problem.faults:
        members["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in problem.faults]
    about = {"title": problem.title, "status": problem.status, "detail": problem.detail}
    return _response(problem.slug, about | members, problem.headers)


def of_framework(error: HTTPException) -> Response:
    """Refusals by Flask and Werkzeug, in our shape; Allow is kept on 405."""
    status = error.code or 500
    if error.response is not None and status < 400:
        return error.response  # type: ignore[return-value]  # a redirect of the router's own
    slug, title, detail = FRAMEWORK.get(status, ("refused", "This was refused", "Check the request and send it again."))
    allow = getattr(error, "valid_methods", None)
    about = {"title": title, "status": status, "detail": detail}
    return _response(slug, about, {"Allow": ", ".join(sorted(allow))} if allow else {})


def of_store(error: Exception) -> Response:
    """A store, or the disk under it, does not do what was asked. Its own words may hold values: they go nowhere."""
    problem = stores.refusal(error)
    if problem is None:
        return of_surprise(error)
    log.error(problem.slug, extra={"error": error})
    return of_problem(problem)


def of_surprise(error: Exception) -> Response:
    """A bug. The log gets where it happened, never what was said: messages and values can be a patient's."""
    log.error("surprise", extra={"error": error})
    return of_problem(Problem())


def _response(slug: str, members: dict[str, Any], headers: dict[str, str]) -> Response:
    value = {"type": f"/problems/{slug}", **members}
    return wire.respond(value, members["status"], headers, mimetype="application/problem+json")
