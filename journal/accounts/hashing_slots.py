"""So many passwords are stretched at once on this host, over all its processes, and no more: each takes 64 MiB."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from journal import turns
from journal.errors import Busy

PATIENCE = 2.0
# Threads of one process that may be here, waiting or at work; its others go on answering whoever is signed in.
MOST_HERE = 2
# Seconds.
COME_BACK_IN = 2, 6
_room = threading.BoundedSemaphore(MOST_HERE)


@contextmanager
def hashing_slot(folder: Path, at_once: int, patience: float = PATIENCE) -> Iterator[None]:
    """Hold one of the host's slots; `Busy` when none comes free within `patience` seconds, or too many wait already.

    A slot is a locked file: the system lets go of it whatever becomes of the process.
    """
    if not _room.acquire(blocking=False):
        raise _come_back()
    try:
        with _waited_for(folder, at_once, patience):
            yield
    finally:
        _room.release()


def _come_back() -> Busy:
    """Not all at the same moment: whoever is turned away together would be turned away together again."""
    return Busy(random.randint(*COME_BACK_IN))  # noqa: S311


def _waited_for(folder: Path, at_once: int, patience: float) -> IO[bytes]:
    deadline = time.monotonic() + patience
    while (held := turns.free(folder, "hashing", at_once)) is None:
        if time.monotonic() >= deadline:
            raise _come_back()
        time.sleep(random.uniform(0.005, 0.02))  # noqa: S311  spreads those who wait; keeps no secret
    return held
