"""What a SQLite file says of itself, and who can read it."""

import stat
from pathlib import Path

from sqlalchemy import Connection

from config import Settings
from journal.operating import host
from journal.operating.finding import NOTE, OK, REFUSE, WARN, Finding, in_production, unsafe

FULL = 2
OURS = "The app asks for it at every connection: what changed journal/database.py, or the driver?"


def look(settings: Settings, store: str, c: Connection) -> list[Finding]:
    """The quick ones, in a connection of the app's own."""
    file = host.sqlite_files(settings)[store]
    return [*pragmas(settings, store, c), host.file_system(settings, store, file), modes(settings, store, file)]


def pragmas(settings: Settings, store: str, c: Connection) -> list[Finding]:
    """The app asks for these at every connection; a file system can still not give them."""
    mode, waits, wipes = (_pragma(c, name) for name in ("journal_mode", "synchronous", "secure_delete"))
    found = []
    if int(waits) < FULL:
        found.append(unsafe(
            settings, f"{store}.synchronous", f"The {store}'s file does not wait for its disk: what people were told "
            "is kept can be gone after a power cut.", OURS,
        ))  # fmt: skip
    else:
        found.append(Finding(f"{store}.synchronous", OK, f"The {store}'s file waits for its disk."))
    if mode != "wal":
        found.append(Finding(
            f"{store}.journal-mode", WARN, f"The {store}'s file has no write-ahead log (journal_mode is {mode}): "
            "readers and writers wait for each other.", "Move it to a plain disk of this host.",
        ))  # fmt: skip
    else:
        found.append(Finding(f"{store}.journal-mode", OK, f"The {store}'s file has a write-ahead log."))
    if wipes != 1:
        found.append(unsafe(
            settings, f"{store}.secure-delete", f"What is deleted stays in the {store}'s file until it is written "
            "over.", OURS,
        ))  # fmt: skip
    else:
        found.append(Finding(f"{store}.secure-delete", OK, f"What is deleted from the {store}'s file is wiped."))
    return found


def modes(settings: Settings, store: str, file: Path) -> Finding:
    """Only this user. Refused where anybody can write, or read keys: rows are sealed, the keyring's keys are not."""
    name = f"{store}.modes"
    files = [path for path in (file, *(Path(f"{file}{end}") for end in ("-wal", "-shm", ".gate"))) if path.exists()]
    most = 0
    for path in files:
        most |= stat.S_IMODE(path.stat().st_mode) & 0o077
    folder = stat.S_IMODE(file.parent.stat().st_mode) & 0o077
    mend = f"Run: chmod 700 {file.parent} && chmod 600 {file}*"
    if folder & 0o022 or (folder and most & (0o077 if store == "keyring" else 0o022)):
        return unsafe(settings, name, f"Others on this host can get at the {store}'s file.", mend)
    if folder or most:
        return Finding(name, WARN, f"The {store}'s file or its folder is open to others on this host.", mend)
    return Finding(name, OK, f"Only this user reads the {store}'s file.")


def apart(settings: Settings, files: dict[str, Path]) -> Finding:
    """Both are files: fine, as long as one copy does not take both."""
    if files["keyring"] == files["database"]:
        return Finding(
            "apart", REFUSE, "KEYRING_URL is the database's own file, by another name.",
            "Keep the keyring in a file of its own: who has one must not have both.",
        )  # fmt: skip
    if files["keyring"].is_relative_to(files["database"].parent):
        return in_production(
            settings, NOTE, "apart", "The keyring's file lies below the database's folder: a copy of that takes both.",
            "Back the two up apart, or move the keyring with KEYRING_URL.",
        )  # fmt: skip
    return Finding("apart", OK, "The keyring's file is away from the database's.")


def whole(store: str, c: Connection) -> Finding:
    """Reads the whole file, so not at a start. Refused: what it has is damaged."""
    said = [row[0] for row in c.exec_driver_sql("PRAGMA quick_check(5)")]
    if said != ["ok"]:
        return Finding(
            f"{store}.whole", "refuse", f"The {store}'s file is damaged.",
            "Stop the app, keep a copy of the file, and restore the last backup. Check the disk.",
        )  # fmt: skip
    return Finding(f"{store}.whole", OK, f"The {store}'s file is whole.")


def _pragma(c: Connection, name: str) -> int | str:
    value = c.exec_driver_sql(f"PRAGMA {name}").scalar_one()
    assert isinstance(value, int | str)
    return value
