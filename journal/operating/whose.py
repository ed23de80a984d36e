"""Whose the data folder is: what another user makes in it, root above all, the app could not open any more."""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from config import Settings, UnsafeStart
from journal.operating.host import sqlite_files


def refuse_another(settings: Settings) -> None:
    """Before anything is made or opened."""
    # What is root's is a volume's, or was made for this user by its group.
    mine = (os.geteuid(), 0)
    for place in _places(settings):
        if (owner := place.stat().st_uid) not in mine:
            them = _name(owner)
            raise UnsafeStart(
                f"{place} belongs to {them}, and this runs as {_name(os.geteuid())}: what it made there the app could "
                f"not open. Nothing was changed. Run it as {them}: `sudo -u {them} ...`, or the command `shoreline` of "
                "docs/operating/deploying.md."
            )


def _places(settings: Settings) -> Iterator[Path]:
    for file in sqlite_files(settings).values():
        yield from (each for each in (file.parent, file) if each.exists())
    if settings.data.exists():
        yield settings.data


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
