"""What a PostgreSQL server says of itself and of the role that asks, and what that means for a journal."""

import os
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, text

from config import LOCALHOST, Settings
from journal.operating.finding import NOTE, OK, REFUSE, WARN, Finding, in_production, unsafe

# Unlogged by the migrations: they are in no write-ahead log, no base backup and on no standby.
UNLOGGED = ("sign_ins", "export_tokens")
# The oldest that still gets mended, in November 2026.
OLDEST = 15
# Attributes of a role that the app needs none of.
ATTRIBUTES = {
    "rolsuper": "SUPERUSER", "rolcreaterole": "CREATEROLE", "rolcreatedb": "CREATEDB",
    "rolreplication": "REPLICATION", "rolbypassrls": "BYPASSRLS",
}  # fmt: skip
POWERFUL = (
    "pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "pg_read_all_data",
    "pg_write_all_data",
)  # fmt: skip
# Connections left for the operator's own commands.
SPARE = 5

_SETTINGS = (
    "fsync", "full_page_writes", "synchronous_commit", "data_checksums", "server_version_num", "server_encoding",
    "max_connections", "superuser_reserved_connections",
)  # fmt: skip
_SERVER = text(f"""
    SELECT {", ".join(f"current_setting('{name}') AS {name}" for name in _SETTINGS)},
      pg_is_in_recovery() AS standby, current_user AS role, current_database() AS name, now() AS now,
      (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS ssl,
      coalesce(inet_server_addr() = inet_client_addr(), true) AS same_host,
      (SELECT system_identifier FROM pg_control_system()) AS server,
      (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database_limit
""")  # noqa: S608  the names above and nothing else
_ROLE = text(f"SELECT {', '.join(ATTRIBUTES)}, rolconnlimit FROM pg_roles WHERE rolname = current_user")  # noqa: S608
_MEMBER = text(
    "SELECT rolname FROM pg_roles WHERE rolname = ANY(:powerful) AND pg_has_role(current_user, oid, 'MEMBER')"
)
_TABLES = text("""
    SELECT relname AS name, relpersistence = 'u' AS unlogged, pg_has_role(current_user, relowner, 'USAGE') AS mine,
      has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
        AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE') AS usable
    FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid)
      AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
""")


@dataclass(frozen=True)
class Facts:
    """What one store's server said, in one connection of the app's own."""

    server: Any
    attributes: tuple[str, ...]
    role_limit: int
    tables: tuple[Any, ...] = ()


def ask(c: Connection) -> Facts:
    """Four questions, some milliseconds together."""
    server = c.execute(_SERVER).one()
    role = c.execute(_ROLE).one()
    attributes = [said for column, said in ATTRIBUTES.items() if getattr(role, column)]
    if not role.rolsuper:  # A superuser is a member of everything.
        attributes += c.execute(_MEMBER, {"powerful": list(POWERFUL)}).scalars()
    return Facts(server, tuple(attributes), role.rolconnlimit, tuple(c.execute(_TABLES).all()))


def durable(settings: Settings, store: str, facts: Facts) -> list[Finding]:
    """Whether what was answered is on a disk. Refused: what was told as kept could be gone, and a key of the keyring
    gone is a journal gone."""
    server, found = facts.server, []
    if server.fsync == "off":
        found.append(unsafe(
            settings, f"{store}.fsync", f"The {store}'s server does not wait for its disk (fsync is off): a power cut "
            "can destroy everything in it.", "Set fsync = on in postgresql.conf and reload it.",
        ))  # fmt: skip
    else:
        found.append(Finding(f"{store}.fsync", OK, f"The {store}'s server waits for its disk."))
    if server.synchronous_commit == "off":
        found.append(unsafe(
            settings, f"{store}.synchronous-commit", f"The {store}'s server answers before it has written "
            "(synchronous_commit is off): what people were told is kept can be gone.",
            "Set synchronous_commit = on, in postgresql.conf or for this role and database.",
        ))  # fmt: skip
    else:
        found.append(Finding(f"{store}.synchronous-commit", OK, f"The {store}'s server writes before it answers."))
    return found


def damage(store: str, facts: Facts) -> list[Finding]:
    """Whether a torn or changed page is mended or noticed. Told, not refused: nothing is lost by starting."""
    pages, sums = f"{store}.full-page-writes", f"{store}.checksums"
    if facts.server.full_page_writes == "off":
        torn = Finding(
            pages, WARN, f"The {store}'s server cannot mend a page torn by a power cut (full_page_writes is off).",
            "Set full_page_writes = on, unless its file system never tears a page, as ZFS.",
        )  # fmt: skip
    else:
        torn = Finding(pages, OK, f"The {store}'s server can mend a torn page.")
    if facts.server.data_checksums == "off":
        changed = Finding(
            sums, WARN, f"The {store}'s server would not notice a page that its disk changed.",
            "Stop it, run pg_checksums --enable, start it again; or make it anew with initdb --data-checksums.",
        )  # fmt: skip
    else:
        changed = Finding(sums, OK, f"The {store}'s server notices a page that its disk changed.")
    return [torn, changed]


def standby(store: str, facts: Facts) -> Finding:
    """A standby takes nothing: refused anywhere, since every request that keeps something would fail."""
    name = f"{store}.writable"
    if facts.server.standby:
        return Finding(name, REFUSE, f"The {store}'s server is a standby and takes nothing.", "Name the primary.")
    return Finding(name, OK, f"The {store}'s server takes what is written.")


def version(store: str, facts: Facts) -> Finding:
    """An old server gets no mends; another encoding is no danger to sealed bytes, but was not tried."""
    major = int(facts.server.server_version_num) // 10_000
    if major < OLDEST:
        return Finding(
            f"{store}.version", WARN, f"The {store}'s server is PostgreSQL {major}, which gets no mends any more.",
            f"Move to {OLDEST} or newer.",
        )  # fmt: skip
    if facts.server.server_encoding != "UTF8":
        return Finding(
            f"{store}.encoding", WARN, f"The {store} is encoded in {facts.server.server_encoding}.",
            "Make it anew with ENCODING 'UTF8' TEMPLATE template0, and bring a backup into it.",
        )  # fmt: skip
    return Finding(f"{store}.version", OK, f"The {store} is in PostgreSQL {major}.")


def no_encoding(store: str) -> Finding:
    """Of a database in SQL_ASCII the driver makes bytes where there should be words, and fails at that."""
    return Finding(
        f"{store}.encoding", REFUSE, f"The {store} was made without an encoding (SQL_ASCII).",
        "Make it anew with ENCODING 'UTF8' TEMPLATE template0.",
    )  # fmt: skip


def link(settings: Settings, store: str, facts: Facts, url: URL) -> Finding:
    """What crosses a network crosses it under TLS: refused, since the keyring's keys and every wrap would be read.

    TLS that does not check whom it talks to is told and not refused: it keeps out whoever only listens.
    """
    name = f"{store}.tls"
    if facts.server.same_host or (url.host or "").startswith("/") or url.host in LOCALHOST:
        return Finding(name, OK, f"The {store}'s server is on this host.")
    mend = "Add ?sslmode=verify-full&sslrootcert=FILE to its address, with the certificate of who signed the server's."
    if not facts.server.ssl:
        return unsafe(settings, name, f"What goes to the {store}'s server crosses the network in the clear.", mend)
    if _mode(url) != "verify-full":
        return Finding(name, WARN, f"Nothing checks that the {store}'s server is the one that is meant.", mend)
    return Finding(name, OK, f"The way to the {store}'s server is under TLS, and its certificate is checked.")


def _mode(url: URL) -> str:
    said = url.query.get("sslmode") or os.environ.get("PGSSLMODE") or "prefer"
    return said if isinstance(said, str) else said[-1]


def role(store: str, facts: Facts) -> Finding:
    """The app needs to read and write rows, and nothing more. Told, not refused: it is a second fence."""
    name = f"{store}.role"
    if facts.attributes:
        return Finding(
            name, WARN, f"The {store}'s role may do more than it needs: {', '.join(facts.attributes)}.",
            "Give the app a role of its own: docs/operating/roles.sql.",
        )  # fmt: skip
    if any(table.mine for table in facts.tables):
        return Finding(
            name, NOTE, f"The {store}'s role owns the tables, and so could change or drop them.",
            "Two roles, one for the schema and one for the app, are safer: docs/operating/roles.sql.",
        )  # fmt: skip
    return Finding(name, OK, f"The {store}'s role reads and writes rows, and no more.")


def rights(store: str, facts: Facts, tables: set[str]) -> Finding:
    """Every table can be used: refused anywhere, since requests would fail."""
    name, there = f"{store}.rights", {table.name: table.usable for table in facts.tables}
    without = sorted(table for table in tables if not there.get(table, True))
    if without:
        return Finding(
            name, REFUSE, f"The {store}'s role may not read and write {', '.join(without)}.",
            "As the owner: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO the role.",
        )  # fmt: skip
    return Finding(name, OK, f"The {store}'s role can use every table of it.")


def unlogged(facts: Facts) -> Finding:
    """Told, not refused: an ended sign-in's wrap in the log opens nothing without its cookie."""
    logged = [table.name for table in facts.tables if table.name in UNLOGGED and not table.unlogged]
    if logged:
        return Finding(
            "database.unlogged", WARN, f"Ended sign-ins stay in the write-ahead log and in base backups: "
            f"{', '.join(logged)} is logged.",
            "As the owner: " + " ".join(f"ALTER TABLE {table} SET UNLOGGED;" for table in logged),
        )  # fmt: skip
    return Finding("database.unlogged", OK, "Ended sign-ins are in no write-ahead log.")


def connections(store: str, facts: Facts, processes: int, threads: int, stores: int) -> Finding:
    """Each thread has one connection to each store at most."""
    server, needed = facts.server, processes * threads * stores + SPARE
    limits = [int(server.max_connections) - int(server.superuser_reserved_connections)]
    limits += [limit for limit in (facts.role_limit, server.database_limit) if limit >= 0]
    said = f"{min(limits)} connections, and {processes} workers of {threads} threads want {needed}"
    if min(limits) < needed:
        return Finding(
            f"{store}.connections", WARN, f"The {store}'s server has too few connections: {said}.",
            "Raise max_connections (or the role's and the database's limit), or run fewer workers.",
        )  # fmt: skip
    return Finding(f"{store}.connections", OK, f"The {store}'s server has room: {said}.")


def apart(settings: Settings, facts: dict[str, Facts]) -> Finding:
    """The keyring away from the database: one server's backup, or one server taken over, must not have both."""
    database, keyring = facts["database"].server, facts["keyring"].server
    mend = "Keep the keyring on another server, or in a file of the app's host, with backups of its own."
    if database.server != keyring.server:
        return Finding("apart", OK, "The keyring is on a server of its own.")
    if database.name == keyring.name:
        return in_production(settings, WARN, "apart", "Database and keyring are one PostgreSQL database.", mend)
    if database.role == keyring.role or "SUPERUSER" in facts["database"].attributes:
        return in_production(
            settings, WARN, "apart", "One role of one server reads both the database and the keyring.", mend
        )
    return in_production(
        settings, WARN, "apart", "One server has both stores: its base backups and its write-ahead log hold both, so a "
        "key that was destroyed lies there beside what it opened.", mend,
    )  # fmt: skip
