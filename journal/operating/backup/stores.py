"""The two stores from outside: one moment of each, its schema, and whether it is empty."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, column, func, inspect, select, table, text

from config import HERE
from journal.crypto import BACKUP_PARTS
from journal.database import KEYRING, db

DATABASE, KEYRING_PART = BACKUP_PARTS
STORES: dict[str, str | None] = {DATABASE: None, KEYRING_PART: KEYRING}
# Why these rows are in no backup, and gone after a restore.
LEFT_OUT = {
    "sign_ins": "who is signed in ends with a restore; a sign-in that has ended must not come back",
    "export_tokens": "good for 15 minutes",
    "tries": "how often somebody guessed of late",
}
# Both stores know it; the keyring's stays true whatever is put back.
LEDGER = "erasures"


@contextmanager
def moment(bind: str | None) -> Iterator[Connection]:
    """One store as it is at this moment, however long it is read and whoever writes meanwhile.

    Nobody changes a table's shape meanwhile: one that PostgreSQL writes anew would look empty from here on.
    """
    engine = db.engines[bind]
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as c:
        there = tables(c, bind)
        c.rollback()
        with c.begin():
            unhurried(c)
            _lock(c, there, "ACCESS SHARE")
            # The first look is what fixes the moment, on both engines; a lock looks at nothing.
            schema(c, bind)
            yield c


def unhurried(c: Connection) -> None:
    """Lift the limits on how long this transaction and its statements may take: those are for requests."""
    if c.dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            c.execute(text(f"SET LOCAL {limit} = 0"))


def schema(c: Connection, bind: str | None) -> str | None:
    """The revision that a store's schema is at; None where there is none."""
    name = _version_table(bind)
    if not inspect(c).has_table(name):
        return None
    found: str | None = c.execute(select(column("version_num")).select_from(table(name))).scalar()
    return found


def knows(revision: str) -> bool:
    """Whether this version of the app has this revision of the schema."""
    return any(script.revision == revision for script in _scripts().walk_revisions())


def tables(c: Connection, bind: str | None) -> list[Table]:
    """The tables of a store that are there, those that others refer to first."""
    names = db.metadatas[bind].tables
    there = [name for name in inspect(c).get_table_names() if name in names]
    found = MetaData()
    found.reflect(c, only=there)
    return [each for each in found.sorted_tables if each.name in there]


def holds(c: Connection, bind: str | None) -> int:
    """How many rows of a store would be lost if another were put in its place."""
    kept = [each for each in tables(c, bind) if each.name not in LEFT_OUT and each.name != LEDGER]
    # A key that names people blindly is made at the first look at an empty journal; nobody needs it yet.
    return sum(count(c, each) for each in kept if each.name != "host_keys")


def keep_others_out(c: Connection, bind: str | None) -> None:
    """Nobody reads or writes the store until the transaction ends; on SQLite it has the gate already."""
    _lock(c, tables(c, bind), "ACCESS EXCLUSIVE")


def _lock(c: Connection, there: list[Table], mode: str) -> None:
    if c.dialect.name == "postgresql" and there:
        names = ", ".join(c.dialect.identifier_preparer.format_table(each) for each in there)
        c.execute(text(f"LOCK TABLE {names} IN {mode} MODE"))


def count(c: Connection, each: Table) -> int:
    """How many rows a table has."""
    return int(c.execute(select(func.count()).select_from(each)).scalar_one())


def empty_at(c: Connection, bind: str | None, revision: str) -> None:
    """Make the store's schema anew at a revision, without a row, in the connection's transaction."""
    there = tables(c, bind)
    if schema(c, bind) == revision:
        # Kept as they are, with whatever was granted on them.
        for each in reversed(there):
            c.execute(each.delete())
        return
    for each in reversed(there):
        each.drop(c)
    c.execute(text(f"DROP TABLE IF EXISTS {_version_table(bind)}"))
    bring_to(c, bind, revision)


def bring_to(c: Connection, bind: str | None, revision: str) -> None:
    """Bring the store's schema forward to a revision, in the connection's transaction."""
    scripts = _scripts()

    def steps(now: Any, _context: Any) -> Any:
        return scripts._upgrade_revs(revision, now)

    with EnvironmentContext(_config(), scripts, fn=steps, destination_rev=revision) as environment:
        environment.configure(
            connection=c,
            target_metadata=db.metadatas[bind],
            version_table=_version_table(bind),
            render_as_batch=True,
        )
        environment.run_migrations(store=_label(bind))


def _version_table(bind: str | None) -> str:
    return f"alembic_version_{_label(bind)}"


def _label(bind: str | None) -> str:
    return bind or "journal"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
