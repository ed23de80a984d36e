"""Conditional requests: which revision the sender last saw."""

from flask import request

from journal.errors import Malformed

HIGHEST_REVISION = 2**31 - 1  # what the database can hold


def if_match() -> int | None:
    """The revision the sender last saw."""
    raw = request.headers.get("If-Match")
    if raw is None:
        return None
    if len(raw) < 20 and raw[:1] == raw[-1:] == '"' and raw[1:-1].isascii() and raw[1:-1].isdigit():
        return min(int(raw[1:-1]), HIGHEST_REVISION)
    raise Malformed('If-Match takes the ETag as it was given, such as "3".')
