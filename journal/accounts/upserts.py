"""INSERT ... ON CONFLICT, which both engines have and spell alike."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(c: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT for this connection's engine; give it `on_conflict_do_...`."""
    return postgresql.insert(table) if c.dialect.name == "postgresql" else sqlite.insert(table)
