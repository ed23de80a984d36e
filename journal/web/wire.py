"""JSON in and out, by orjson."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Flask, Response, request

from journal.errors import Malformed, TooLarge

JSON = "application/json"
BYTES = "application/octet-stream"


def set_up(app: Flask) -> None:
    """Nothing of Flask's own session is used; a missing key makes sure of that."""
    app.config["SECRET_KEY"] = None


def body() -> Any:
    """The request's JSON, or `Malformed`."""
    if request.mimetype != JSON:
        raise Malformed
    return parsed(request.get_data(cache=False))


def parsed(raw: bytes) -> dict[str, Any]:
    """One JSON object, each member once; else `Malformed`."""
    try:
        found = orjson.loads(raw)
        if not _says_again(found, raw):
            _EACH_ONCE.decode(raw.decode())
    except (ValueError, RecursionError):
        raise Malformed("This is not JSON in UTF-8. Check it and send it again.") from None
    if not isinstance(found, dict):
        raise Malformed("Send one JSON object.")
    return found


def bytes_body(most: int) -> bytes:
    """The request's bytes, or a refusal of what is something else or more."""
    if request.mimetype != BYTES:
        raise Malformed(f"Send the bytes as they are, with Content-Type {BYTES}.")
    request.max_content_length = most + 1
    if (request.content_length or 0) > most:
        raise TooLarge
    raw = request.get_data(cache=False)
    if len(raw) > most:
        raise TooLarge
    return raw


def _says_again(found: Any, raw: bytes) -> bool:
    """Whether writing it gives the very bytes that came, as it does for browsers: then nothing was dropped."""
    try:
        return orjson.dumps(found) == raw
    except orjson.JSONEncodeError:  # It reads what is nested deeper than it writes.
        return False


def _each_once(members: list[tuple[str, Any]]) -> None:
    """Of two members with one name orjson would keep the last and drop the other without a word."""
    if len(dict(members)) != len(members):
        raise Malformed("A member stands twice in one object. Send each once.")


_EACH_ONCE = json.JSONDecoder(object_pairs_hook=_each_once)


def respond(
    value: Any,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    cookies: tuple[Callable[[Response], None], ...] = (),
    mimetype: str = JSON,
) -> Response:
    """A JSON response; `None` becomes an empty one."""
    payload = b"" if value is None else orjson.dumps(value)
    response = Response(payload, 204 if value is None and status == 200 else status, mimetype=mimetype)
    if value is None:
        response.headers.pop("Content-Type", None)
    response.headers.update(headers or {})
    for set_cookie in cookies:
        set_cookie(response)
    return response
