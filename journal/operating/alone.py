"""One at a time on this host: the lock is a file's, so it goes with the process that has it, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(folder: Path, at: str, patient: bool = True) -> Iterator[bool]:
    """Alone at something; whoever is not patient is told False when somebody is at it already."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / at, "ab", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if patient else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
