"""Makes what a first start needs and nothing that is there already: secrets, stores, schema. Sweeps what has ended.

python -m journal.first_start
"""

import secrets
from pathlib import Path

from alembic import command
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import URL, NullPool, create_engine, inspect, literal, select, table
from sqlalchemy.exc import DBAPIError

import config
from journal import faults

# Where there is a row of these, there is somebody's journal, or a first start made ready for one with its secret.
IN_USE = ("accounts", "lock_keys", "host_keys")


def main() -> None:
    """Prepare this machine; safe to run at every start, and by several processes at once."""
    from journal.operating import start, whose
    from journal.operating.alone import alone

    settings = config.from_environment(secret=False)
    try:
        whose.refuse_another(settings)
        with alone(settings.data, "starting"):
            _prepare(settings)
    except OSError as error:
        raise start.no_folder(error) from error
    except DBAPIError as error:
        if (said := _said(error)) is None:
            raise
        raise config.UnsafeStart(said) from error


def _prepare(settings: config.Settings) -> None:
    file = config.secrets_at()
    if not file.exists():
        refuse_if_journals_exist(settings)
        make_secrets(file)
        print(f"Made this host's secret in {file}. Keep a copy apart from your backups: without it nothing opens.")  # noqa: T201
    from journal import create_app
    from journal.accounts import service as accounts
    from journal.deposits import service as deposits
    from journal.operating import start
    from journal.operating.replaying import replayed

    app = create_app()
    with app.app_context():
        bring_forward()
        if not accounts.count_accounts():
            # By it another host sees that a secret was made here already.
            accounts.names_key()
        accounts.sweep()
        deposits.sweep()
        again = replayed()
        if again != accounts.Replayed():
            print("What had been erased was there again, or half there; it is erased now.")  # noqa: T201
    start.prepare(app)


def _said(error: DBAPIError) -> str | None:
    """What a store's refusal means; None where it would be a bug of ours."""
    from journal.operating import plainly

    fault = faults.of_store(error)
    if fault == "not allowed":
        return (
            "The schema is behind, and this role may not change it. With the addresses of its owner in DATABASE_URL "
            "and KEYRING_URL, run: flask --app wsgi db upgrade"
        )
    return plainly.SAID.get(fault)


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
        if getattr(getattr(error, "orig", None), "sqlstate", None) == faults.NOT_ALLOWED:
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


def refuse_if_journals_exist(settings: config.Settings) -> None:
    """A new secret beside old journals would look like a start and open nothing."""
    from journal.operating.host import sqlite_files

    named = (file for file in sqlite_files(settings).values() if file.exists())
    files = {file.resolve() for file in (*named, *settings.data.rglob("*.sqlite3"))}
    servers = {url for url in (settings.database_url, settings.keyring_url) if not url.startswith("sqlite")}
    stores: list[str | URL] = [*servers, *(URL.create("sqlite", database=str(file)) for file in files)]
    if any(_holds_journals(store) for store in stores):
        raise config.UnsafeStart(
            "There are journals here, but not the secret they were sealed with. Put your copy of secrets.json back; "
            "a new one would open nothing."
        )


def _holds_journals(url: str | URL) -> bool:
    """Whether a store was in use already; one that has its schema and nobody in it was not."""
    try:
        with create_engine(url, poolclass=NullPool).connect() as c:
            there = set(inspect(c).get_table_names()) & set(IN_USE)
            return any(c.execute(select(literal(1)).select_from(table(name)).limit(1)).scalar() for name in there)
    except DBAPIError:
        if isinstance(url, str):
            raise
        # Damaged, perhaps: there may have been some.
        return True


def make_secrets(file: Path) -> None:
    """Write a new pepper that only its owner can read; never over one that exists."""
    from journal.operating import secrets_file

    secrets_file.make(file, secrets.token_bytes(32))


if __name__ == "__main__":
    main()
