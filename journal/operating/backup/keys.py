"""The operator's key files: base64 in lines, so that they survive a mail, a printer and a password manager."""

import base64
import binascii
import os
import stat
from collections.abc import Callable
from pathlib import Path

from journal.crypto import (
    BackupKey,
    BackupSecret,
    Refused,
    digits,
    needs_passphrase,
    open_backup_secret,
)
from journal.operating.backup.refusals import Unusable

PUBLIC_ENDING = ".pub"
_LONGEST = 16 * 1024


def make(file: Path, passphrase: str | None) -> BackupKey:
    """Write a new key pair: the private key in `file`, which only its owner can read, the public one beside it."""
    public_file = public_beside(file)
    for each in (file, public_file):
        if each.exists():
            raise Unusable(f"{each} is there already. A key is never written over: without it no older backup opens.")
    secret = BackupSecret.generate()
    _write(file, secret.wrap(passphrase) if passphrase else secret.encode(), 0o600)
    _write(public_file, secret.public.encode(), 0o644)
    return secret.public


def public_beside(file: Path) -> Path:
    """Where the public key of a private one is written."""
    return file.with_name(file.name + PUBLIC_ENDING)


def read_public(file: Path | None) -> BackupKey:
    """The key that backups of this host are sealed to."""
    if file is None:
        raise Unusable(
            "SHORELINE_BACKUP_KEY is not set. Make a key pair with `flask backup-key FILE`, keep the private file off "
            "this host, and set SHORELINE_BACKUP_KEY to the public one."
        )
    try:
        return BackupKey.decode(_read(file))
    except Refused:
        raise Unusable(f"{file} is no public key for backups, or not whole. Copy it again.") from None


def read_secret(file: Path, ask: Callable[[], str]) -> BackupSecret:
    """The private key; `ask` is for its passphrase, where it has one."""
    blob = _read(file)
    try:
        protected = needs_passphrase(blob)
        if not protected:
            _refuse_open_to_others(file)
            return BackupSecret.decode(blob)
    except Refused:
        raise Unusable(f"{file} is no private key for backups, or not whole.") from None
    try:
        return open_backup_secret(blob, ask())
    except Refused:
        raise Unusable(f"This passphrase does not open {file}.") from None


def told(fingerprint: bytes) -> str:
    """A fingerprint as 12 groups of 5 digits."""
    return " ".join(digits(fingerprint))


def _refuse_open_to_others(file: Path) -> None:
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise Unusable(f"{file} can be read by others, and has no passphrase. Run: chmod 600 {file}")


def _read(file: Path) -> bytes:
    try:
        with open(file, "rb") as handle:
            return base64.b64decode(b"".join(handle.read(_LONGEST).split()), validate=True)
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.") from None
    except (binascii.Error, ValueError):
        raise Unusable(f"{file} is no key file, or not whole. Copy it again.") from None


def _write(file: Path, blob: bytes, mode: int) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
            handle.write(base64.encodebytes(blob))
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise Unusable(f"{file} cannot be written: {error.strerror}.") from None
