"""Settings from the environment; a start that would be unsafe is refused with a sentence that says what to do."""

import base64
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
REGISTRATION_MODES = ("open", "invitation", "closed")
# Passwords stretched at once, 64 MiB and a core each: half the cores, or the others wait for whoever is at the door.
HASHES_AT_ONCE = max(1, min(2, (os.cpu_count() or 1) // 2))
LOCALHOST = ("localhost", "127.0.0.1", "::1")


class UnsafeStart(SystemExit):
    """The settings would be unsafe or cannot work; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """Everything the operator can set. Secrets are kept out of `repr`."""

    data: Path
    origin: str
    production: bool
    registration: str
    database_url: str
    keyring_url: str
    pepper: bytes = field(repr=False)
    previous_pepper: bytes | None = field(default=None, repr=False)
    next_pepper: bytes | None = field(default=None, repr=False)
    frontend: Path = HERE / "frontend" / "dist"
    max_body_bytes: int = 256 * 1024
    hashes_at_once: int = HASHES_AT_ONCE
    patient_idle_minutes: int = 60
    sign_in_hours: int = 12
    sign_ups_an_hour: int = 120
    deposits_an_hour: int = 600
    backups_kept_days: int | None = None
    standard_codes: bool = True
    metrics_port: int | None = None
    secrets_file: Path | None = None
    backup_key: Path | None = None


def from_environment(environ: Mapping[str, str] = os.environ, *, secret: bool = True) -> Settings:
    """Read the settings, or raise `UnsafeStart`. Without the secret they can lock and open nothing."""
    data = Path(environ.get("SHORELINE_DATA") or HERE / "instance")
    production = _mode(environ) == "production"
    origin = _origin(environ)
    if production and environ.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise UnsafeStart("FLASK_DEBUG is on. A debugger runs code for visitors: unset it for production.")
    database_url = environ.get("DATABASE_URL") or f"sqlite:///{data / 'journal.sqlite3'}"
    keyring_url = environ.get("KEYRING_URL") or f"sqlite:///{data / 'keyring' / 'keyring.sqlite3'}"
    if database_url == keyring_url:
        raise UnsafeStart("KEYRING_URL is the database itself. Keep the keyring apart: who has one must not have both.")
    for name, url in (("DATABASE_URL", database_url), ("KEYRING_URL", keyring_url)):
        _check_store(name, url)
    secrets_file = secrets_at(environ)
    current, previous, coming = peppers_in(secrets_file) if secret else (b"", None, None)
    return Settings(
        data=data,
        origin=origin,
        production=production,
        registration=_registration(environ),
        database_url=database_url,
        keyring_url=keyring_url,
        pepper=current,
        previous_pepper=previous,
        next_pepper=coming,
        sign_ups_an_hour=_whole(environ, "SHORELINE_SIGN_UPS_AN_HOUR", 1_000_000) or 120,
        backups_kept_days=_whole(environ, "SHORELINE_BACKUPS_KEPT_DAYS", 100_000),
        standard_codes=_standard_codes(environ),
        metrics_port=_whole(environ, "SHORELINE_METRICS_PORT", 65_535) or None,
        secrets_file=secrets_file,
        backup_key=Path(environ["SHORELINE_BACKUP_KEY"]) if environ.get("SHORELINE_BACKUP_KEY") else None,
    )


def _check_store(name: str, url: str) -> None:
    """Said without the address, which can hold a password."""
    file = url.startswith("sqlite:///") and not url.endswith((":memory:", "///"))
    if not file and not url.startswith(("postgresql://", "postgresql+psycopg://")):
        raise UnsafeStart(f"{name} begins with postgresql:// or names a file: sqlite:////srv/shoreline/journal.sqlite3")


def secrets_at(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this host's secrets are, or are to be."""
    data = Path(environ.get("SHORELINE_DATA") or HERE / "instance")
    return Path(environ.get("SHORELINE_SECRETS") or data / "secrets.json")


def _whole(environ: Mapping[str, str], name: str, most: int) -> int | None:
    text = environ.get(name)
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 7 or int(text) > most:
        raise UnsafeStart(f"{name} is a whole number up to {most}, such as 30.")
    return int(text)


def _mode(environ: Mapping[str, str]) -> str:
    mode = environ.get("SHORELINE_ENV", "local")
    if mode not in ("local", "production"):
        raise UnsafeStart(f"SHORELINE_ENV is {mode!r}; it can be 'local' or 'production'.")
    return mode


def _origin(environ: Mapping[str, str]) -> str:
    origin = environ.get("SHORELINE_ORIGIN", "http://localhost:8000").rstrip("/")
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise UnsafeStart("SHORELINE_ORIGIN must look like https://journal.example, with nothing after the host.")
    if parts.scheme == "http" and parts.hostname not in LOCALHOST:
        raise UnsafeStart(
            "SHORELINE_ORIGIN is plain HTTP and not localhost: entries and cookies would cross the network in "
            "the clear. Put TLS in front and set an https:// origin."
        )
    return origin


def _registration(environ: Mapping[str, str]) -> str:
    mode = environ.get("SHORELINE_REGISTRATION", "open")
    if mode not in REGISTRATION_MODES:
        raise UnsafeStart(f"SHORELINE_REGISTRATION is {mode!r}; it can be {', '.join(REGISTRATION_MODES)}.")
    return mode


def _standard_codes(environ: Mapping[str, str]) -> bool:
    """Whether exports carry the codes of SNOMED CT, RxNorm and HPO; the first needs a licence in some countries."""
    codes = environ.get("SHORELINE_EXPORT_CODES", "all")
    if codes not in ("all", "own"):
        raise UnsafeStart(f"SHORELINE_EXPORT_CODES is {codes!r}; it can be 'all' or 'own'.")
    return codes == "all"


def peppers_in(file: Path) -> tuple[bytes, bytes | None, bytes | None]:
    """The host's secret and, in a rotation, the one before or the one to come. Only its owner may read it."""
    if not file.is_file():
        raise UnsafeStart(f"No secrets at {file}. Make them once with: python -m journal.first_start")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise UnsafeStart(f"{file} can be read by others. Run: chmod 600 {file}")
    try:
        found = json.loads(file.read_text())
        current = base64.b64decode(found["pepper"], validate=True)
        previous, coming = (
            base64.b64decode(found[name], validate=True) if name in found else None
            for name in ("previous_pepper", "next_pepper")
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UnsafeStart(f"{file} is not a secrets file. Put your copy back: a new one opens nothing.") from error
    peppers = [pepper for pepper in (current, previous, coming) if pepper is not None]
    if any(len(pepper) != 32 for pepper in peppers):
        raise UnsafeStart(f"{file} holds a secret of the wrong length. Restore it from your copy.")
    if len(set(peppers)) != len(peppers):
        raise UnsafeStart(f"{file} has the same secret twice. Put back the copy from before your last change to it.")
    return current, previous, coming
