"""Checks that ask no store: the secret, the disks, the clock, and what is left to the operator's judgement."""

import ctypes
import os
import stat
import time
from pathlib import Path

from sqlalchemy import make_url

from config import Settings
from journal.operating import mounts
from journal.operating.backup import keys
from journal.operating.backup.refusals import Unusable
from journal.operating.finding import NOTE, OK, WARN, Finding, in_production

LEAST_ROOM = 1 << 30
LEAST_SHARE = 0.05
CLOCK_UNSYNCHRONISED = 5
# This code was written after it; a clock before it is wrong by years.
YEAR_OF_THIS = 2026


def look(settings: Settings) -> list[Finding]:
    """Everything about the host itself."""
    return [
        *([secret(settings, settings.secrets_file)] if settings.secrets_file else []),
        *(room(folder) for folder in places(settings)),
        clock(settings),
        swap(settings),
        registration(settings),
        backups_kept(settings),
        backup_key(settings),
    ]


def places(settings: Settings) -> list[Path]:
    """The folders that are written to on this host, one for each disk."""
    folders = [settings.data, *(file.parent for file in sqlite_files(settings).values())]
    by_disk = {folder.stat().st_dev: folder for folder in reversed(folders) if folder.is_dir()}
    return list(reversed(by_disk.values()))


def sqlite_files(settings: Settings) -> dict[str, Path]:
    """The stores that are files, by what they are called."""
    urls = {"database": make_url(settings.database_url), "keyring": make_url(settings.keyring_url)}
    return {
        name: Path(url.database).resolve()
        for name, url in urls.items()
        if url.get_backend_name() == "sqlite" and url.database
    }


def secret(settings: Settings, file: Path) -> Finding:
    """The pepper's file: the settings refuse one that others can read; here, whose it is and where it lies."""
    name = "secret"
    if not file.is_file():
        return Finding(name, WARN, f"{file} is gone; it was there when this started.", "Put your copy of it back.")
    if file.stat().st_uid not in (os.geteuid(), 0):
        return Finding(
            name, WARN, f"{file} belongs to another user of this host.", f"Run: chown $(id -u) {file}; chmod 600 {file}"
        )
    if file.parent.stat().st_mode & stat.S_IWOTH and not file.parent.stat().st_mode & stat.S_ISVTX:
        return Finding(name, WARN, f"Anybody here can replace {file}.", f"Run: chmod o-w {file.parent}")
    stores = {settings.data.resolve(), *(store.parent for store in sqlite_files(settings).values())}
    if sqlite_files(settings) and any(file.resolve().is_relative_to(folder) for folder in stores):
        return in_production(
            settings, WARN, name, "The secret lies in the folder of the stores: one copy of that folder takes both.",
            "Move the file elsewhere, outside what is backed up, and say where in SHORELINE_SECRETS.",
        )  # fmt: skip
    return Finding(name, OK, "Only this user reads the secret.")


def room(folder: Path, least: int = LEAST_ROOM) -> Finding:
    """Free space: a full disk refuses whatever is written until there is room."""
    found = os.statvfs(folder)
    free = found.f_bavail * found.f_frsize
    said = f"{free / (1 << 30):.1f} GiB free under {folder}"
    if free < least or free < LEAST_SHARE * found.f_blocks * found.f_frsize:
        return Finding("disk", WARN, f"Only {said}.", "Make room: once it is full nothing can be kept.")
    if found.f_files and found.f_favail < 1000:
        return Finding("disk", WARN, f"{said}, but hardly a file more fits.", "Delete small files on that disk.")
    return Finding("disk", OK, f"{said}.")


def clock(settings: Settings, year: int | None = None, synchronised: bool | None = None) -> Finding:
    """The clock of this host; codes of authenticator apps need it right to half a minute."""
    if (year or time.gmtime().tm_year) < YEAR_OF_THIS:
        return Finding("clock", WARN, "The clock of this host is years behind.", "Set it, and let NTP keep it.")
    if (_synchronised() if synchronised is None else synchronised) is False:
        # A note: the kernel of a virtual machine does not know what its host does for it.
        return in_production(
            settings, NOTE, "clock", "The kernel knows of nothing that keeps the clock of this host in time.",
            "Turn NTP on (timedatectl set-ntp true): codes of authenticator apps need half a minute.",
        )  # fmt: skip
    return Finding("clock", OK, "The clock of this host runs.")


def _synchronised() -> bool | None:
    """What the kernel says; None where it cannot be asked."""
    try:
        # Room for any `struct timex`; all zero asks and sets nothing.
        state: int = ctypes.CDLL(None).adjtimex(ctypes.create_string_buffer(1024))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != CLOCK_UNSYNCHRONISED


def swap(settings: Settings, table: str | None = None) -> Finding:
    """Keys in use are in memory, and with swap on a disk as well."""
    on_disk = [line for line in (table if table is not None else _swaps()).splitlines()[1:] if "/zram" not in line]
    if on_disk:
        return in_production(
            settings, NOTE, "swap", "Swap is on: keys in use may be written to it.", "Turn it off, or encrypt it."
        )
    return Finding("swap", OK, "No memory goes to a disk.")


def _swaps() -> str:
    try:
        return Path("/proc/swaps").read_text()
    except OSError:
        return ""


def registration(settings: Settings) -> Finding:
    """Open registration is a choice; it lets strangers ask which login names are taken, and fill the disk."""
    if settings.registration == "open":
        return in_production(
            settings, NOTE, "registration", "Anybody can sign up, and ask whether a login name is taken.",
            "If that is not meant: SHORELINE_REGISTRATION=invitation.",
        )  # fmt: skip
    return Finding("registration", OK, f"Registration: {settings.registration}.")


def backups_kept(settings: Settings) -> Finding:
    """People are told before and after they delete something; here only that it was thought of."""
    if settings.backups_kept_days is None:
        return in_production(
            settings, NOTE, "backups-kept", "It is not said how long backups are kept, and people are told so.",
            "Say it in SHORELINE_BACKUPS_KEPT_DAYS.",
        )  # fmt: skip
    return Finding("backups-kept", OK, f"People are told that backups are kept {settings.backups_kept_days} days.")


def backup_key(settings: Settings) -> Finding:
    """Without it every backup is refused, and a timer that is refused says so to nobody."""
    name = "backup-key"
    if settings.backup_key is None:
        return in_production(
            settings, WARN, name, "SHORELINE_BACKUP_KEY is not set, so no backup can be made.",
            "Make a key pair with flask --app wsgi backup-key FILE, and name the public one there.",
        )  # fmt: skip
    try:
        keys.read_public(settings.backup_key)
    except Unusable as refused:
        return Finding(name, WARN, f"No backup can be made: {refused}", "Put your copy of the public key there.")
    return Finding(name, OK, "There is a public key that backups are sealed to.")


def file_system(settings: Settings, store: str, file: Path, table: str | None = None) -> Finding:
    """Where a SQLite file lies: its locks must hold, and it must be there after a restart."""
    kind, name = mounts.kind_of(file, table), f"{store}.file-system"
    if kind in mounts.NETWORK:
        return Finding(
            name, _unsafe(settings), f"The {store}'s file is on a network file system ({kind}): its locks do not hold, "
            "and two writers can destroy it.", "Move it to a disk of this host, or use PostgreSQL.",
        )  # fmt: skip
    if kind in mounts.FLEETING:
        return Finding(
            name, _unsafe(settings), f"The {store}'s file is in memory ({kind}) and gone when this host stops.",
            "Move it to a disk.",
        )  # fmt: skip
    if kind in mounts.OF_A_CONTAINER:
        return in_production(
            settings, WARN, name, f"The {store}'s file is in a container's own layer and goes when that is replaced.",
            "Keep it in a volume.",
        )  # fmt: skip
    return Finding(name, OK, f"The {store}'s file is on {kind or 'a disk'}.")


def _unsafe(settings: Settings) -> str:
    return "refuse" if settings.production else WARN
