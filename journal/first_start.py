"""Makes what a first start needs and nothing that is there already: secrets, stores, schema. Sweeps what has ended.

python -m journal.first_start
"""

import os
import secrets
from pathlib import Path

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import NullPool, create_engine, inspect, make_url
from sqlalchemy.exc import DatabaseError, OperationalError

import config

# PostgreSQL's code for what a role may not do.
NOT_ALLOWED = "42501"


def main() -> None:
    """Prepare this machine; safe to run at every start, and by several processes at once."""
    from journal.operating import start
    from journal.operating.alone import alone

    data = Path(os.environ.get("SHORELINE_DATA") or config.HERE / "instance")
    try:
        with alone(data, "starting"):
            _prepare(data)
    except OSError as error:
        raise start.no_folder(error) from error


def _prepare(data: Path) -> None:
    file = config.secrets_at()
    if not file.exists():
        refuse_if_journals_exist(data)
        make_secrets(file)
        print(f"Made this host's secret in {file}. Keep a copy apart from your backups: without it nothing opens.")  # noqa: T201
    from journal import create_app
    from journal.accounts import service as accounts
    from journal.deposits import service as deposits
    from journal.operating import start
    from journal.operating.replaying import replayed

    app = create_app()
    try:
        with app.app_context():
            bring_forward()
            accounts.sweep()
            deposits.sweep()
            again = replayed()
            if again != accounts.Replayed():
                print("What had been erased was there again, or half there; it is erased now.")  # noqa: T201
        start.prepare(app)
    except DatabaseError as error:
        if (said := _said(error)) is None:
            raise
        raise said from error


def _said(error: DatabaseError) -> config.UnsafeStart | None:
    """What a store's refusal means; None where it would be a bug of ours."""
    if isinstance(error, OperationalError):
        return _unreachable()
    if getattr(error.orig, "sqlstate", None) == NOT_ALLOWED:
        return config.UnsafeStart(
            "The schema is behind, and this role may not change it. With the addresses of its owner in DATABASE_URL "
            "and KEYRING_URL, run: flask --app wsgi db upgrade"
        )
    if type(error) is DatabaseError:
        return config.UnsafeStart("A store's file is damaged, or none of ours. Restore the last backup.")
    return None


def bring_forward() -> None:
    """Both stores to the schema of this release. Whoever comes second waits, and finds nothing to do."""
    before, migrations = _revisions(), current_app.extensions["migrate"].migrate.get_config()
    known = {script.revision for script in ScriptDirectory.from_config(migrations).walk_revisions()}
    if ahead := set(before.values()) - known - {None}:
        at = " and ".join(sorted(map(str, ahead)))
        print(f"The schema is at {at}, which a newer release made. It is left as it is.")  # noqa: T201
        return
    try:
        command.upgrade(migrations, "head")
    except Exception as error:
        if getattr(getattr(error, "orig", None), "sqlstate", None) == NOT_ALLOWED:
            raise
        after = _revisions()
        moved = "Nothing was changed" if after == before else "Steps that were finished stay"
        places = " and ".join(f"the {store} is at {revision or 'no revision'}" for store, revision in after.items())
        # Without the driver's words, which can hold a password.
        raise config.UnsafeStart(
            f"The schema could not be brought forward ({type(error).__name__}). {moved}: {places}, and the release "
            "from before goes on with it. A step is done whole or not at all, so this can be run again."
        ) from error


def _revisions() -> dict[str, str | None]:
    from journal.database import KEYRING, reading

    found = {}
    for store, bind in {"journal": None, "keyring": KEYRING}.items():
        with reading(bind) as c:
            context = MigrationContext.configure(c, opts={"version_table": f"alembic_version_{store}"})
            found[store] = context.get_current_revision()
    return found


def _unreachable() -> config.UnsafeStart:
    """Said without the driver's words, which can hold a password."""
    return config.UnsafeStart(
        "A store does not answer. Is the server that DATABASE_URL or KEYRING_URL names running, does it take this "
        "user, and is there room on its disk?"
    )


def refuse_if_journals_exist(data: Path) -> None:
    """A new secret beside old journals would look like a start and open nothing."""
    if any(data.rglob("*.sqlite3")) or _holds_accounts(os.environ.get("DATABASE_URL")):
        raise config.UnsafeStart(
            "There are journals here, but not the secret they were sealed with. Put your copy of secrets.json back; "
            "a new one would open nothing."
        )


def _holds_accounts(url: str | None) -> bool:
    """Whether a database elsewhere was in use already."""
    if not url or (url.startswith("sqlite") and not Path(make_url(url).database or "").exists()):
        return False
    try:
        return inspect(create_engine(url, poolclass=NullPool)).has_table("accounts")
    except OperationalError as error:
        raise _unreachable() from error


def make_secrets(file: Path) -> None:
    """Write a new pepper that only its owner can read; never over one that exists."""
    from journal.operating import secrets_file

    secrets_file.make(file, secrets.token_bytes(32))


if __name__ == "__main__":
    main()
