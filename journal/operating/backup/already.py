"""Whether a store has everything of a backup already: a restore that was cut short between its stores left it so."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from journal.operating.backup import stores
from journal.operating.backup.reading import BackupFile
from journal.operating.backup.records import Manifest
from journal.operating.backup.stores import LEDGER


def has_all(c: Connection, bind: str | None, file: BackupFile) -> bool:
    """Whether it has every row of this backup, as it was, and no other."""
    if not stores.holds(c, bind):
        return False
    there = {each.name: each for each in stores.tables(c, bind)}
    counts: dict[str, int] = {}
    names: Mapping[str, Any] = {}
    for some in file.contents():
        if isinstance(some, Manifest):
            names = some.tables
        elif some.table != LEDGER:
            if some.table not in there or not all(_is_there(c, there[some.table], names, row) for row in some.rows):
                return False
            counts[some.table] = counts.get(some.table, 0) + len(some.rows)
    return all(stores.count(c, each) == counts.get(name, 0) for name, each in there.items() if name != LEDGER)


def _is_there(c: Connection, table: Table, names: Mapping[str, Any], row: Sequence[Any]) -> bool:
    values = dict(zip(names[table.name], row, strict=True))
    query = select(table).where(*(table.c[column.name] == values[column.name] for column in table.primary_key))
    found = c.execute(query).mappings().first()
    return found is not None and all(found.get(name) == value for name, value in values.items())
