"""The app with a route for every way there is to let words into a log by mistake."""

import logging
import threading
import warnings
from collections.abc import Iterator

from flask import Flask, Response, request
from sqlalchemy import text

from journal import create_app
from journal.database import reading
from journal.web.contract import for_anyone
from journal.web.logs import BROUGHT

ROUTE = "/stumble/<path:how>"


def raised(said: str) -> None:
    raise ValueError(f"cannot keep {said}")


def raised_from(said: str) -> None:
    try:
        raised(said)
    except ValueError as error:
        raise RuntimeError(said) from error


def logged(said: str) -> None:
    for name in ("journal", "journal.web", "sqlalchemy.pool", "gunicorn.error", "waitress", said):
        log = logging.getLogger(name if name != said else "elsewhere")
        log.error(said)
        log.error("kept %s", said)
        log.error(f"Worker (pid:7) said {said}")
        log.error("surprise", extra={"note": said} | dict.fromkeys(BROUGHT, said))
        log.error("surprise", extra={"request_id": said, "route": said, "status": said, "where": said, "event": said})
        log.error("surprise", exc_info=ValueError(said), stack_info=True)
        log.error(ValueError(said))
        log.error("%d", said)  # cannot be formatted


def asked_the_store(said: str) -> None:
    with reading() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE words = :words"), {"words": said})


def warned(said: str) -> None:
    warnings.simplefilter("always")
    warnings.warn(said, stacklevel=1)
    raise ValueError(said)


def in_a_thread(said: str) -> None:
    thread = threading.Thread(target=raised, args=(said,), name=said)
    thread.start()
    thread.join()


def not_to_be_raised(said: str) -> None:
    class Odd:
        def __del__(self) -> None:
            raised(said)

    Odd()


def broken_off(said: str) -> Iterator[bytes]:
    yield b"begun"
    raised(said)


MISTAKES = (raised, raised_from, logged, asked_the_store, warned, in_a_thread, not_to_be_raised)


@for_anyone
def stumble(how: str) -> Response:
    """Make one of the mistakes with what was sent."""
    said = request.get_data(as_text=True)
    if how == "broken_off":
        return Response(broken_off(said))
    next(mistake for mistake in MISTAKES if mistake.__name__ == how)(said)
    return Response(status=204)


def make() -> Flask:
    """For gunicorn."""
    app = create_app()
    app.add_url_rule(ROUTE, view_func=stumble, methods=["POST"])
    return app
