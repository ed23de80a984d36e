"""The front end over HTTP: its files, and one page for every address of the app."""

from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, request

from journal.errors import NotFound, Problem
from journal.pwa.files import File, read_all
from journal.web.contract import for_anyone

blueprint = Blueprint("pwa", __name__)

PAGE = "index.html"
# First parts of the addresses the app itself answers; all else is not here.
APP_ADDRESSES = frozenset(
    {"", "about", "check-in", "check-ins", "desk", "export", "help", "import", "meet", "re-read", "recover"}
    | {"second-factor", "sessions", "settings", "sharing", "sign-in", "sign-up", "today", "trends", "versions"}
    | {"waiting", "welcome", "write"}
)


class NotBuilt(Problem):
    """The front end has not been built on this machine."""

    slug, status, title = "not-built", 503, "The app is not built yet"
    detail = "Run `make build`, then start again. The API works without it."


@blueprint.get("/", defaults={"path": ""})
@blueprint.get("/<path:path>")
@for_anyone
def deliver(path: str) -> Response:
    """A file of the app, or its page."""
    files = _files(str(current_app.extensions["settings"].frontend))
    if path in files:
        return _send(files[path])
    if path.split("/", maxsplit=1)[0] not in APP_ADDRESSES:
        raise NotFound
    if PAGE not in files:
        raise NotBuilt
    return _send(files[PAGE])


@cache
def _files(folder: str) -> dict[str, File]:
    return read_all(Path(folder))


def _send(file: File) -> Response:
    compress = file.compressed is not None and request.accept_encodings["gzip"] > 0
    response = Response(file.compressed if compress else file.content, mimetype=file.mimetype)
    response.headers["Cache-Control"] = file.cache_control
    if file.compressed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if compress:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(file.etag + ("-gz" if compress else ""))
    response.make_conditional(request)
    return response
