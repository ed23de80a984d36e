"""When this host last made a backup: a timer that stopped says nothing."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from config import Settings
from journal import clock
from journal.operating.finding import NOTE, OK, WARN, Finding, in_production

FILE = "last-backup"
# One night may fail; the second is missed.
WITHIN = timedelta(days=2)


def note(data: Path) -> None:
    """Both files are there, this very moment."""
    beside = data / f"{FILE}.new"
    beside.touch(mode=0o600)
    beside.write_text(clock.now().isoformat(timespec="seconds"))
    os.replace(beside, data / FILE)  # noqa: PTH105  it says what it does


def look(settings: Settings) -> Finding:
    """What this host knows. Where several share the stores, only one of them makes backups."""
    made_at = _noted(settings.data)
    if made_at is None:
        return in_production(
            settings, NOTE, "last-backup", "This host knows of no backup that it made.",
            "If no other host makes them: flask --app wsgi backup, every night.",
        )  # fmt: skip
    age = clock.now() - made_at
    said = f"The last backup that this host made is {age // timedelta(hours=1)} hours old."
    if age > WITHIN:
        return in_production(
            settings, WARN, "last-backup", said,
            f"See what became of its timer. If another host makes them now: rm {settings.data / FILE}",
        )  # fmt: skip
    return Finding("last-backup", OK, said)


def _noted(data: Path) -> datetime | None:
    try:
        found = datetime.fromisoformat((data / FILE).read_text())
    except (OSError, ValueError):
        return None
    return found if found.tzinfo else None
