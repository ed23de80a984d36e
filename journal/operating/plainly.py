"""A command that meets an ordinary fault says it in one sentence; what may be a bug of ours keeps its traceback."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from journal import database, faults
from journal.accounts import service as accounts
from journal.operating import schema
from journal.operating.finding import OK, REFUSE
from journal.operating.stores import BINDS

# It was not done. Commands that look for something end with 1 when they found it.
NOT_DONE = 2
OF_THE_HOST = (errno.EACCES, errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EPERM, errno.EROFS)
SAID: dict[faults.Fault | None, str] = {
    "away": "A store does not answer. Is the server that DATABASE_URL or KEYRING_URL names running, does it take this "
    "user, and is there room on its disk?",
    "damaged": "A store's file is damaged, or none of ours. Restore the last backup.",
    "not allowed": "This role may not do that in a store. A change of the schema and a restore want the addresses of "
    "its owner in DATABASE_URL and KEYRING_URL; for anything else `flask --app wsgi doctor` says what it lacks.",
}


def told(command: click.Command, after: Callable[[], str] | None = None) -> click.Command:
    """The command, with its faults in sentences; and with one `after` it is done."""
    other, run = copy(command), command.callback
    assert run is not None

    @wraps(run)
    def callback(*arguments: Any, **options: Any) -> None:
        with in_a_sentence():
            run(*arguments, **options)
            if after:
                click.echo(after())

    other.callback = callback
    return other


def schema_told(group: click.Command) -> click.Group:
    """`flask db`, which is not ours, in the same way."""
    assert isinstance(group, click.Group)
    other = copy(group)
    other.commands = {name: told(each) for name, each in group.commands.items()}
    other.commands["upgrade"] = told(group.commands["upgrade"], after=_reached)
    return other


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """End the command with a sentence, where there is one for what went wrong."""
    try:
        yield
    except (DBAPIError, OSError, accounts.NoBackup) as error:
        if (said := _sentence(error)) is None:
            raise
        click.echo(said, err=True)
        raise SystemExit(NOT_DONE) from None


def of_store(error: DBAPIError) -> str | None:
    """Said without the driver's words, which can hold a password or a row."""
    fault = faults.of_store(error)
    return _behind() if fault == "lacking" else SAID.get(fault)


def _sentence(error: DBAPIError | OSError | accounts.NoBackup) -> str | None:
    if isinstance(error, accounts.NoBackup):
        return str(error)
    if isinstance(error, DBAPIError):
        return of_store(error)
    if error.errno in OF_THE_HOST:
        return f"{error.filename or 'A file'}: {error.strerror}. Whose is it, and is there room on its disk?"
    return None


def _reached() -> str:
    found = []
    for store, bind in BINDS.items():
        with database.reading(bind) as c:
            found.append(schema.look(store, c))
    if all(it.level == OK for it in found):
        return f"Both stores are at revision {schema.known()[0]}, as this release wants them."
    return " ".join(map(str, found))


def _behind() -> str | None:
    """What of ours the stores lack; None where they have it all, so that something was asked for that never was."""
    for store, bind in BINDS.items():
        try:
            with database.reading(bind) as c:
                found = schema.look(store, c)
        except DBAPIError as error:
            return SAID.get(faults.of_store(error))
        if found.level == REFUSE:
            return str(found)
    return None
