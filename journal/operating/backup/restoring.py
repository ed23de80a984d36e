"""Putting a backup back: into empty stores, all of it or nothing, and only when everything in it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DataError, IntegrityError

from journal.accounts import service as accounts
from journal.accounts.service import Opened
from journal.database import KEYRING, writing
from journal.operating.backup import stores
from journal.operating.backup.already import has_all
from journal.operating.backup.fitness import refuse_shut, refuse_unfit
from journal.operating.backup.progress import Progress
from journal.operating.backup.reading import BackupFile, Read
from journal.operating.backup.records import Manifest
from journal.operating.backup.refusals import Unusable
from journal.operating.backup.stores import DATABASE, KEYRING_PART, LEDGER, STORES
from journal.operating.replaying import replayed
from journal.sharing import service as sharing


@dataclass(frozen=True)
class Restored:
    """What was put back, what opened, and what was erased again."""

    read: Mapping[str, Read]
    kept: Sequence[str]
    ways_in: Opened
    letters: Opened
    again: accounts.Replayed = field(default_factory=accounts.Replayed)
    ended: int = 0


def restore(files: Mapping[str, BackupFile], progress: Progress, *, accept_damage: bool) -> Restored:
    """Put these parts back. Each file is read whole first, so that nothing is begun that cannot be finished."""
    read = {part: file.read(accounts.peppers(), progress) for part, file in files.items()}
    for part, found in read.items():
        refuse_unfit(files[part], found, accept_damage)
    try:
        # The keyring is durable first: a database without it would open nothing.
        with writing() as c, writing(KEYRING) as k:
            for each in (c, k):
                stores.unhurried(each)
            restored = _fill(_Stores(c, k), files, read, progress)
            refuse_shut(restored.ways_in, restored.letters, accept_damage)
            # With what was put back, so that nobody who comes after a crash has to know that it is due.
            restored = replace(restored, ended=sharing.end_shut(c, k))
    except (IntegrityError, DataError):
        raise Unusable("Rows of this backup contradict each other. Nothing was changed.") from None
    return replace(restored, again=replayed())


@dataclass(frozen=True)
class _Stores:
    c: Connection
    k: Connection

    def of(self, part: str) -> tuple[Connection, str | None]:
        return (self.c if part == DATABASE else self.k), STORES[part]


def _fill(to: _Stores, files: Mapping[str, BackupFile], read: Mapping[str, Read], progress: Progress) -> Restored:
    for part in files:
        stores.keep_others_out(*to.of(part))
    kept = [part for part in files if part != DATABASE and has_all(*to.of(part), files[part])]
    for part in files:
        if part not in kept:
            _refuse_full(to, part)
    for part in set(STORES) - set(files):
        if stores.schema(*to.of(part)) is None:
            raise Unusable(_MISSING[part])
    ledger = _ledger(to)
    for part in set(files) - set(kept):
        _put(to, part, (files[part], read[part]), progress)
    for part in STORES:
        stores.bring_to(*to.of(part), "head")
    accounts.erasures.remember(to.k, ledger)
    return Restored(read, kept, accounts.open_ways_in(to.c, to.k), sharing.open_letters(to.c, to.k))


def _put(to: _Stores, part: str, given: tuple[BackupFile, Read], progress: Progress) -> None:
    """One part, from its file, into a schema that is like its own."""
    (c, bind), (file, read) = to.of(part), given
    manifest = read.manifest
    progress.begin(f"writing {part}")
    stores.empty_at(c, bind, manifest.schema)
    tables = _tables(c, manifest)
    for some in file.contents():
        if isinstance(some, Manifest):
            continue
        names = manifest.tables[some.table]
        c.execute(insert(tables[some.table]), [dict(zip(names, row, strict=True)) for row in some.rows])
        progress.rows(len(some.rows))
    file.refuse_another(read, accounts.peppers())
    if c.dialect.name == "sqlite" and c.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Unusable("Rows of this backup refer to others that are not there. Nothing was changed.")
    for name, rows in read.rows.items():
        if stores.count(c, tables[name]) != rows:
            raise Unusable(f"Not every row of {name} arrived. Nothing was changed.")


def _tables(c: Connection, manifest: Manifest) -> dict[str, Table]:
    there = {each.name: each for each in stores.tables(c, STORES[manifest.store])}
    for name, columns in manifest.tables.items():
        if name not in there or not set(columns) <= set(there[name].columns.keys()):
            raise Unusable(f"This backup has a table or a column that its schema lacks: {name}. Nothing was changed.")
    return there


def _ledger(to: _Stores) -> dict[bytes, int]:
    """What these stores know as erased, before anything is put in their place: it stays erased."""
    with_ledger = [c if _has(c, bind, LEDGER) else None for c, bind in (to.of(DATABASE), to.of(KEYRING_PART))]
    return accounts.erasures.both(*with_ledger)


def _has(c: Connection, bind: str | None, name: str) -> bool:
    return any(each.name == name for each in stores.tables(c, bind))


_MISSING = {
    DATABASE: "There is no database here that this keyring could belong to. Give the database's backup as well.",
    KEYRING_PART: "There is no keyring here, and without it nothing opens. Give the keyring's backup as well.",
}
_HOW = {
    DATABASE: "move the file of the SQLite database away (with its -wal and -shm), or make a new PostgreSQL database",
    KEYRING_PART: "keep it and give the database's backup alone (`flask restore --database FILE`), or move it away",
}


def _refuse_full(to: _Stores, part: str) -> None:
    rows = stores.holds(*to.of(part))
    if rows:
        raise Unusable(
            f"The {part} is not empty: {rows} rows are in it. Nothing is written over. If it is not needed, "
            f"{_HOW[part]}; then run this again."
        )
