"""Makes what a first start needs and nothing that is there already: secrets, stores, schema. Sweeps what has ended.

python -m journal.first_start
"""

import base64
import json
import os
import secrets
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import NullPool, create_engine, inspect, make_url
from sqlalchemy.exc import OperationalError

import config


def main() -> None:
    """Prepare this machine; safe to run at every start."""
    data = Path(os.environ.get("SHORELINE_DATA") or config.HERE / "instance")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = Path(os.environ.get("SHORELINE_SECRETS") or data / "secrets.json")
    if not file.exists():
        refuse_if_journals_exist(data)
        make_secrets(file)
        print(f"Made this host's secret in {file}. Keep a copy apart from your backups: without it nothing opens.")  # noqa: T201
    from journal import create_app
    from journal.accounts import service as accounts
    from journal.deposits import service as deposits
    from journal.operating.replaying import replayed

    app = create_app()
    try:
        with app.app_context():
            upgrade()
            accounts.sweep()
            deposits.sweep()
            again = replayed()
            if again != accounts.Replayed():
                print("A restore brought back what had been erased; it is erased again.")  # noqa: T201
    except OperationalError as error:
        raise _unreachable() from error


def _unreachable() -> config.UnsafeStart:
    """Said without the driver's words, which can hold a password."""
    return config.UnsafeStart(
        "A store does not answer. Is the server that DATABASE_URL or KEYRING_URL names running, does it take this "
        "user, and is there room on its disk?"
    )


def refuse_if_journals_exist(data: Path) -> None:
    """A new secret beside old journals would look like a start and open nothing."""
    if any(data.rglob("*.sqlite3")) or _holds_accounts(os.environ.get("DATABASE_URL")):
        raise config.UnsafeStart(
            "There are journals here, but not the secret they were sealed with. Put your copy of secrets.json back; "
            "a new one would open nothing."
        )


def _holds_accounts(url: str | None) -> bool:
    """Whether a database elsewhere was in use already."""
    if not url or (url.startswith("sqlite") and not Path(make_url(url).database or "").exists()):
        return False
    try:
        return inspect(create_engine(url, poolclass=NullPool)).has_table("accounts")
    except OperationalError as error:
        raise _unreachable() from error


def make_secrets(file: Path) -> None:
    """Write a new pepper that only its owner can read; never over one that exists."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pepper = base64.b64encode(secrets.token_bytes(32)).decode()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        json.dump({"pepper": pepper}, handle)
        handle.flush()
        os.fsync(handle.fileno())


if __name__ == "__main__":
    main()
