"""The file of this host's secrets: read, made once, and changed so that a crash leaves the old one or the new one."""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def make(file: Path, pepper: bytes) -> bool:
    """Write the first one; False, and nothing is touched, where there is one already."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _beside(file, {"pepper": text(pepper)}) as written:
        try:
            # Unlike a rename, a link is never put over what is there.
            os.link(written, file)
        except FileExistsError:
            return False
    _make_durable(file.parent)
    return True


def read(file: Path) -> dict[str, Any]:
    """All that the file has, peppers as text."""
    found = json.loads(file.read_text())
    assert isinstance(found, dict)
    return found


def write(file: Path, content: dict[str, Any]) -> None:
    """Put this in the place of what the file has, whole or not at all, durable when it returns."""
    file = file.resolve()
    with _beside(file, content) as written:
        os.replace(written, file)  # noqa: PTH105  it says what it does
    _make_durable(file.parent)


def text(pepper: bytes) -> str:
    """A pepper as it stands in the file."""
    return base64.b64encode(pepper).decode()


@contextmanager
def _beside(file: Path, content: dict[str, Any]) -> Iterator[Path]:
    """A file of this content next to the other, on the disk, readable by who may read that one; gone afterwards.

    Whoever calls is alone in doing so: one that was cut short may have left its file.
    """
    beside = file.with_name(f"{file.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as out:
            json.dump(content, out)
            out.flush()
            if file.exists() and os.getuid() == 0:
                # Made by root, it must still be the app's.
                os.fchown(out.fileno(), file.stat().st_uid, file.stat().st_gid)
            os.fsync(out.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _make_durable(folder: Path) -> None:
    """A name in a folder outlives a loss of power only once the folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
