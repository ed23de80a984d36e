"""Is the process there, and can it serve? For a proxy or a supervisor; strangers learn nothing but that."""

import logging
import threading
import time
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, Response, current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from config import HERE
from journal.database import KEYRING, db, reading
from journal.errors import Problem
from journal.web import wire
from journal.web.contract import for_anyone

# Whoever asks more often gets the last answer again: a stranger cannot make the stores work.
FRESH = 1.0
PATIENCE = 1.0
STORES = {"database": (None, "alembic_version_journal"), "keyring": (KEYRING, "alembic_version_keyring")}

log = logging.getLogger("journal.web.health")
blueprint = Blueprint("health", __name__)


class NotReady(Problem):
    """Something this process cannot do without is away. What, is in the log and in the metrics."""

    slug, status, title, detail = "not-ready", 503, "Not ready", ""


@blueprint.get("/health")
@for_anyone
def health() -> Response:
    """The process answers; nothing else is asked."""
    return wire.respond(None)


@blueprint.get("/ready")
@for_anyone
def ready() -> Response:
    """Both stores answer within a second, and are as this code needs them."""
    if not all(watch_of(current_app._get_current_object()).found().values()):  # type: ignore[attr-defined]
        raise NotReady(headers={"Retry-After": "5"})
    return wire.respond(None)


class Look:
    """One look at a store, on a thread that may be left behind where the store hangs."""

    def __init__(self, app: Flask, store: str) -> None:
        self.revision: str | None = None
        self._app, self._store = app, store
        self._thread = threading.Thread(target=self._run, name="ready", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with self._app.app_context():
            self.revision = _revision(*STORES[self._store])

    def goes_on(self, until: float) -> bool:
        """Whether there is still no answer at that time."""
        self._thread.join(max(until - time.monotonic(), 0))
        return self._thread.is_alive()


class Watch:
    """What an app's process knows of its stores: at most a second old, or a second late."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._one = threading.Lock()
        self._until = 0.0
        self._last: dict[str, bool] = {}
        self._looks: dict[str, Look] = {}

    def found(self) -> dict[str, bool]:
        """Whether `database` and `keyring` answer, and whether the `schema` is one that this code serves."""
        with self._one:
            if time.monotonic() >= self._until:
                before, self._last = self._last, self._look()
                self._until = time.monotonic() + FRESH
                _tell(before, self._last)
            return self._last

    def _look(self) -> dict[str, bool]:
        until = time.monotonic() + PATIENCE
        # While one hangs no other is sent after it.
        looks = {store: self._looks.get(store) or Look(self._app, store) for store in STORES}
        self._looks = {store: look for store, look in looks.items() if look.goes_on(until)}
        revisions = {store: look.revision for store, look in looks.items() if store not in self._looks}
        found = {store: revisions.get(store) is not None for store in STORES}
        return found | {"schema": all(_serves(revision) for revision in revisions.values() if revision is not None)}


def watch_of(app: Flask) -> Watch:
    """The app's own."""
    watch = app.extensions.get("ready")
    if not isinstance(watch, Watch):
        watch = app.extensions["ready"] = Watch(app)
    return watch


def _revision(bind: str | None, table: str) -> str | None:
    """The schema's revision; None when the store does not answer, "" when it has no schema."""
    engine = db.engines[bind]
    # A file that was taken away is still open here, and would be written to for nothing.
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return None
    try:
        with reading(bind) as connection:
            if not inspect(connection).has_table(table):
                return ""
            return str(connection.execute(text(f"SELECT version_num FROM {table}")).scalar() or "")  # noqa: S608
    except (SQLAlchemyError, OSError, Problem):
        return None


def _serves(revision: str) -> bool:
    """The newest that is known here; or one that is not, of a later release, which promises to serve this one."""
    known, head = _revisions()
    return revision != "" and (revision == head or revision not in known)


@cache
def _revisions() -> tuple[frozenset[str], str | None]:
    scripts = ScriptDirectory(str(HERE / "migrations"))
    return frozenset(script.revision for script in scripts.walk_revisions()), scripts.get_current_head()


def _tell(before: dict[str, bool], now: dict[str, bool]) -> None:
    """Once a change, not once a question."""
    for what, well in now.items():
        if well and not before.get(what, True):
            log.info("ready-again", extra={"store": what})
        elif not well and before.get(what, True):
            log.warning("not-ready", extra={"store": what})
