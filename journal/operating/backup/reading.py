"""Reading a backup, from its first byte to its last, and saying plainly what is wrong with one that is not whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from journal.crypto import BACKUP_HEAD_BYTES, BackupOpener, BackupSecret, Peppers, Refused, part_of, recipient_of
from journal.operating.backup.keys import told
from journal.operating.backup.progress import Progress
from journal.operating.backup.records import Malformed, Manifest, Rows, contents
from journal.operating.backup.refusals import Unusable
from journal.operating.backup.sealed import Looking

_PIECE = 256 * 1024


@dataclass(frozen=True)
class Read:
    """What a whole backup says, and what was found in it. `from_here`: made by a host that has this host's secret."""

    manifest: Manifest
    rows: dict[str, int]
    damaged: dict[str, int]
    from_here: bool
    pepper_id: bytes
    mark: bytes
    pepper_ids: set[bytes] = field(default_factory=set)


class BackupFile:
    """One file of a backup, and the key that is to open it."""

    def __init__(self, path: Path, secret: BackupSecret) -> None:
        self.path, self._secret = path, secret
        try:
            with open(path, "rb") as file:
                self._head = file.read(BACKUP_HEAD_BYTES)
            self.part = part_of(self._head)
        except OSError as error:
            raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
        except Refused:
            raise Unusable(f"{path} is no backup of Shoreline, or its beginning is damaged.") from None
        wanted, given = recipient_of(self._head), secret.public.fingerprint
        if wanted != given:
            raise Unusable(
                f"{path} was sealed to another key than this one.\n"
                f"  it needs  {told(wanted)}\n  this is   {told(given)}"
            )
        self._opener: BackupOpener | None = None

    def contents(self) -> Iterator[Manifest | Rows]:
        """Manifest and rows. What comes is authentic; that it was all is only known when nothing more comes."""
        try:
            yield from contents(self._pieces())
        except Refused:
            raise Unusable(
                f"{self.path} is not whole: it was cut or changed, or the copy is damaged. Take another copy."
            ) from None
        except Malformed as error:
            raise Unusable(f"{self.path} opens, but is not written as a backup is: {error}.") from None
        except OSError as error:
            raise Unusable(f"{self.path} cannot be read: {error.strerror}.") from None

    def read(self, peppers: Peppers, progress: Progress) -> Read:
        """Read it whole without keeping any of it."""
        progress.begin(f"reading {self.part}")
        found = self.contents()
        manifest = next(found)
        assert isinstance(manifest, Manifest)
        if manifest.store != self.part:
            raise Unusable(f"{self.path} opens, but says that it is of the {manifest.store}.")
        rows = dict.fromkeys(manifest.tables, 0)
        looking = {name: Looking(name, columns) for name, columns in manifest.tables.items()}
        for some in found:
            assert isinstance(some, Rows)
            for row in some.rows:
                looking[some.table].at(row)
            rows[some.table] += len(some.rows)
            progress.rows(len(some.rows))
        assert self._opener is not None
        return Read(
            manifest,
            rows,
            {name: each.damaged for name, each in looking.items() if each.damaged},
            self._opener.is_from(peppers),
            self._opener.pepper_id,
            self._opener.mark,
            set().union(*(each.pepper_ids for each in looking.values())),
        )

    def refuse_another(self, read: Read, peppers: Peppers) -> None:
        """Refuse what was read last, and whole, unless it is what was read before: its folder is not to be trusted."""
        assert self._opener is not None
        if self._opener.mark != read.mark or not self._opener.is_from(peppers):
            raise Unusable(f"{self.path} was changed while it was being read. Find out by whom. Nothing was changed.")

    def _pieces(self) -> Iterator[bytes]:
        with open(self.path, "rb") as file:
            self._opener = opener = BackupOpener(self._secret, self.part, file.read(BACKUP_HEAD_BYTES))
            while piece := file.read(_PIECE):
                yield opener.open(piece)
            yield opener.finish()
