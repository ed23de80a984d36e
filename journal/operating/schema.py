"""Whether both stores are at the revision that this release was written for."""

from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from journal.database import migrate
from journal.operating.finding import OK, REFUSE, WARN, Finding

VERSIONS = {"database": "alembic_version_journal", "keyring": "alembic_version_keyring"}


@cache
def known() -> tuple[str, ...]:
    """The revisions of this release, newest first."""
    return tuple(script.revision for script in ScriptDirectory(migrate.directory).walk_revisions())


def look(store: str, c: Connection) -> Finding:
    """Behind is refused anywhere, since requests would fail; ahead is a newer release's, and this one can use it."""
    name, table = f"{store}.schema", VERSIONS[store]
    if not inspect(c).has_table(table):
        return Finding(
            name, REFUSE, f"The {store} has no schema, or this role may not see it.",
            "Run: python -m journal.first_start",
        )  # fmt: skip
    found = c.execute(text(f"SELECT version_num FROM {table}")).scalar()  # noqa: S608  one of two names
    if found == known()[0]:
        return Finding(name, OK, f"The {store}'s schema is at {found}, as this release wants it.")
    if found in known() or found is None:
        return Finding(
            name, REFUSE, f"The {store}'s schema is at {found}, behind this release ({known()[0]}).",
            "Back it up, then run: flask --app wsgi db upgrade",
        )  # fmt: skip
    return Finding(
        name, WARN, f"The {store}'s schema is at {found}, which a newer release made.",
        "Run that release; this one will do for a while.",
    )  # fmt: skip
