"""Making a backup: one moment of the database, one of the keyring right after it, each sealed into a file."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Table, select

from config import HERE
from journal import clock
from journal.accounts import service as accounts
from journal.crypto import BackupKey, BackupSealer, Refused
from journal.database import KEYRING
from journal.operating.backup import files, stores
from journal.operating.backup.progress import Progress
from journal.operating.backup.records import Manifest, end_record, manifest_record, packed, rows_record
from journal.operating.backup.refusals import Unusable
from journal.operating.backup.sealed import Looking
from journal.operating.backup.stores import DATABASE, KEYRING_PART, LEFT_OUT, STORES

# A record of rows is closed when it is this long; memory holds a few of them.
_RECORD_BYTES = 256 * 1024
_ROWS_AT_ONCE = 64


@dataclass(frozen=True)
class Written:
    """A backup that was made: its file, how many rows of each table, and how many values were damaged before."""

    path: Path
    rows: dict[str, int] = field(default_factory=dict)
    damaged: dict[str, int] = field(default_factory=dict)


def write(key: BackupKey, places: dict[str, Path], progress: Progress) -> dict[str, Written]:
    """Back up each part into its folder; none of the files is there before both are whole."""
    made_at = clock.now().replace(microsecond=0)
    try:
        # The database's moment first: every account in it then has its key in the keyring's.
        with files.drafts(places, made_at) as drafts, stores.moment(None) as c, stores.moment(KEYRING) as k:
            of = {DATABASE: c, KEYRING_PART: k}
            return {part: _write(key, (part, of[part]), drafts[part], progress) for part in places}
    except OSError as error:
        raise Unusable(f"The backup could not be written: {error.strerror}. Nothing of it was kept.") from None
    except Refused:
        raise Unusable("Nothing can be sealed to the key in SHORELINE_BACKUP_KEY. Copy it again.") from None


def version() -> str:
    """The version of this app."""
    found: str = tomllib.loads((HERE / "pyproject.toml").read_text())["project"]["version"]
    return found


def _write(key: BackupKey, of: tuple[str, Connection], draft: files.Drafted, progress: Progress) -> Written:
    part, c = of
    progress.begin(part)
    kept = [each for each in stores.tables(c, STORES[part]) if each.name not in LEFT_OUT]
    schema = stores.schema(c, STORES[part])
    if schema is None:
        raise Unusable(f"The {part} has no schema yet. Run: python -m journal.first_start")
    named = {each.name: [column.name for column in each.columns] for each in kept}
    manifest = Manifest(part, schema, version(), clock.now().isoformat(timespec="seconds"), named)
    written = Written(draft.path)
    sealed = _Sealed(draft.file, BackupSealer(key, part, accounts.peppers().current))
    sealed.add(manifest_record(manifest))
    for index, each in enumerate(kept):
        written.rows[each.name] = 0
        looking = Looking(each.name, named[each.name])
        for rows in _records(c, each, looking):
            sealed.add(rows_record(index, rows))
            written.rows[each.name] += len(rows)
            progress.rows(len(rows))
        if looking.damaged:
            written.damaged[each.name] = looking.damaged
    sealed.add(end_record(written.rows))
    sealed.finish()
    return written


def _records(c: Connection, each: Table, looking: Looking) -> Iterator[list[bytes]]:
    """The rows of a table, a record's worth at a time."""
    waiting, size = list[bytes](), 0
    for some in c.execute(select(each), execution_options={"yield_per": _ROWS_AT_ONCE}).partitions():
        for row in some:
            looking.at(row)
            waiting.append(packed(row))
            size += len(waiting[-1])
            if size >= _RECORD_BYTES:
                yield waiting
                waiting, size = [], 0
    if waiting:
        yield waiting


class _Sealed:
    """What is added is sealed and written as soon as it fills a chunk."""

    def __init__(self, file: IO[bytes], sealer: BackupSealer) -> None:
        self._file, self._sealer = file, sealer
        file.write(sealer.head)

    def add(self, record: bytes) -> None:
        self._file.write(self._sealer.seal(record))

    def finish(self) -> None:
        self._file.write(self._sealer.finish())
