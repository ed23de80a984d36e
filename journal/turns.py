"""So many at once at something on this host, over all its processes: a turn is a locked file.

The system lets go of it whatever becomes of the process.
"""

import fcntl
import os
from pathlib import Path
from typing import IO


def free(folder: Path, at: str, at_once: int) -> IO[bytes] | None:
    """A turn, held until it is closed; None where all are taken."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(at_once):
        file = open(folder / f"{at}-{number}", "ab", opener=_private)  # noqa: SIM115  held, and closed by who asked
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return file
    return None


def _private(path: str, flags: int) -> int:
    """Whoever can open the file can lock it."""
    return os.open(path, flags, 0o600)
