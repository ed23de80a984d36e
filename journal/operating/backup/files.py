"""The files of backups: named by the time alone, there only when they are whole, gone when they are old."""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from journal.operating.backup.refusals import Unusable

_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<part>database|keyring)-(?P<time>\d{8}T\d{6}Z)\.backup")
_PARTIAL = ".partial"


@dataclass(frozen=True)
class Kept:
    """A backup that lies in a folder."""

    path: Path
    part: str
    made_at: datetime


@dataclass(frozen=True)
class Drafted:
    """A backup that is being written, and what it will be called."""

    file: IO[bytes]
    partial: Path
    path: Path


@contextmanager
def drafts(places: dict[str, Path], made_at: datetime) -> Iterator[dict[str, Drafted]]:
    """A file for each part, in its folder. They take their names when the block ends well, and are gone when not."""
    with ExitStack() as opened:
        for folder in set(places.values()):
            opened.enter_context(_alone_in(folder))
        found = {part: _draft(opened, folder, part, made_at) for part, folder in places.items()}
        try:
            yield found
            for draft in found.values():
                draft.file.flush()
                os.fsync(draft.file.fileno())
            # The database's last: where its file is, its keyring's is too.
            for draft in reversed(found.values()):
                draft.partial.rename(draft.path)
                _sync(draft.path.parent)
        finally:
            for draft in found.values():
                draft.partial.unlink(missing_ok=True)


def kept(folders: Iterable[Path]) -> list[Kept]:
    """The backups in these folders, the oldest first; other files are none of ours."""
    names = ((path, _NAME.fullmatch(path.name)) for folder in set(folders) for path in folder.iterdir())
    found = [Kept(path, name["part"], _time(name["time"])) for path, name in names if name and _is_time(name["time"])]
    return sorted(found, key=lambda each: (each.made_at, each.path))


def prune(folders: Iterable[Path], days: int, now: datetime) -> list[Kept]:
    """Delete the backups in these folders that are older than so many days; which they were."""
    try:
        old = older(folders, days, now)
        for each in old:
            each.path.unlink(missing_ok=True)
        for folder in {each.path.parent for each in old}:
            _sync(folder)
    except OSError as error:
        raise Unusable(f"The backup is made, but older ones could not be deleted: {error.strerror}.") from None
    return old


def older(folders: Iterable[Path], days: int, now: datetime) -> list[Kept]:
    """The backups in these folders that are older than so many days."""
    return [each for each in kept(folders) if now - each.made_at > timedelta(days=days)]


def _draft(opened: ExitStack, folder: Path, part: str, made_at: datetime) -> Drafted:
    path = folder / f"{part}-{made_at.strftime(_TIME)}.backup"
    partial = path.with_name(path.name + _PARTIAL)
    if path.exists():
        raise Unusable(f"{path} is there already. Wait a second and try again.")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return Drafted(opened.enter_context(os.fdopen(handle, "wb")), partial, path)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what one that died left behind is cleared away. All of it was sealed."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise Unusable(f"There is no folder {folder}. Make it first, or see whether its disk is there.") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"Another backup is being written into {folder} just now.") from None
        for left in folder.iterdir():
            if left.name.endswith(_PARTIAL) and _NAME.fullmatch(left.name.removesuffix(_PARTIAL)):
                left.unlink()
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_time(text: str) -> bool:
    try:
        _time(text)
    except ValueError:
        return False
    return True


def _time(text: str) -> datetime:
    return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
