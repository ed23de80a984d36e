"""Which secrets the processes of this host run with.

Each holds a lock on a small file that is named after its peppers' public ids. The system lets go of it whatever becomes
of the process, so a step of a rotation can tell whether somebody here has not been reloaded since the step before.
"""

import fcntl
import os
from pathlib import Path

import config
from journal.crypto import Pepper


def settings_in_use() -> config.Settings:
    """The settings to serve by; that they are in use is seen for as long as this process lives."""
    while True:
        settings = config.from_environment()
        held = _open(settings.data / _name(settings))
        fcntl.flock(held, fcntl.LOCK_SH)
        # Changed since they were read: whoever changed them could not see us yet.
        if config.from_environment() == settings:
            return settings
        os.close(held)


def others(settings: config.Settings) -> bool:
    """Whether some process of this host runs with other secrets than these, or with these in other places."""
    files = settings.data.glob("secrets-in-use-*")
    return any(_held(file) for file in files if file.name != _name(settings))


def _name(settings: config.Settings) -> str:
    places = {"next": settings.next_pepper, "previous": settings.previous_pepper}
    more = "".join(f"-{place}-{pepper_id(pepper)}" for place, pepper in places.items() if pepper)
    return f"secrets-in-use-{pepper_id(settings.pepper)}{more}"


def pepper_id(pepper: bytes) -> str:
    """The public id of a pepper; every wrap has it in its header."""
    return Pepper.from_bytes(pepper).id.hex()


def _held(file: Path) -> bool:
    handle = _open(file)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _open(file: Path) -> int:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Whoever can open the file can lock it.
    return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
