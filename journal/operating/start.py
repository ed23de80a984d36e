"""What a start does with what was found: it refuses what would lose or expose something, and says the rest."""

import os
import sys
import time
from collections.abc import Iterable
from threading import Thread

import click
from flask import Flask
from flask.cli import ScriptInfo

import config
from config import UnsafeStart
from journal.database import db
from journal.operating import checks, stores, whose
from journal.operating.finding import REFUSE, WARN, Finding
from journal.operating.in_use import settings_in_use

# Gunicorn's own number for what no other try will mend; after any other it would start workers for ever.
NEVER = 3
SECONDS_BETWEEN = 2.0
# Of `flask` itself, those that a value follows.
OPTIONS = ("-A", "--app", "-e", "--env-file")


def settings() -> config.Settings:
    """What a process of this user serves by, or does a command with. The schema is changed without the secret."""
    found = config.from_environment(secret=False)
    whose.refuse_another(found)
    return found if by_an_operator() and _command(sys.argv[1:]) == "db" else settings_in_use()


def _command(words: Iterable[str]) -> str | None:
    """The command's name after `flask`'s own options; click tells it to nobody before the app is made."""
    left = iter(words)
    for word in left:
        if word in OPTIONS:
            next(left, None)
        elif not word.startswith("-"):
            return word
    return None


def prepare(app: Flask) -> None:
    """Before serving, once: say on standard error what is not well, and raise `UnsafeStart` where it must not start."""
    found = [*checks.of_host(app), *checks.of_stores(app)]
    for finding in found:
        if finding.level == WARN:
            print(f"{finding.name}: {finding}", file=sys.stderr)  # noqa: T201
    _refuse(found)


def by_an_operator() -> bool:
    """Whether `flask` made the app, for a command. That looks for itself: some mend what would be refused here."""
    context = click.get_current_context(silent=True)
    return context is not None and context.find_object(ScriptInfo) is not None


def serve(app: Flask, between: float = SECONDS_BETWEEN) -> None:
    """In each process that serves. Refusals only: warnings were said by `prepare`, and `flask doctor` says them.

    A store that is away stops nothing: requests are refused until it is back, and it is looked at then.
    """
    _refuse(checks.of_host(app))
    if not _looked(app):
        Thread(target=_when_back, args=(app, between), name="start-checks", daemon=True).start()


def no_folder(error: OSError) -> UnsafeStart:
    """A folder or file that this user may not make or read, or a disk that is full."""
    return UnsafeStart(f"{error.filename or 'A file'}: {error.strerror}. See SHORELINE_DATA, and whose that folder is.")


def _looked(app: Flask) -> bool:
    found = checks.of_stores(app)
    with app.app_context():
        for engine in db.engines.values():
            # A server that forks after this must not share a connection with its workers.
            engine.dispose()
    # A standby that is about to be the primary too: a worker that ends for what a fail-over mends would end them all.
    if any(finding.name.endswith((stores.ANSWERS, stores.WRITABLE)) and finding.level == REFUSE for finding in found):
        return False
    _refuse(found)
    return True


def _when_back(app: Flask, between: float) -> None:
    try:
        while not _looked(app):
            time.sleep(between)
    except UnsafeStart as refused:
        print(refused, file=sys.stderr, flush=True)  # noqa: T201
        # A thread cannot raise for its process; gunicorn stops as a whole at this number.
        os._exit(NEVER)


def _refuse(found: Iterable[Finding]) -> None:
    if refused := [str(finding) for finding in found if finding.level == REFUSE]:
        raise UnsafeStart("\n".join(refused))
