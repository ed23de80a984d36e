"""A backup of 100,000 check-ins while people write over HTTP, everything wiped, restored, and every one of them opened.

The bar is 15 minutes from the loss to the last entry opened; ratios are of that, so 1.00 would be all of it.
"""

import json
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from sqlalchemy import insert, select

from bench.report import Measured
from journal import clock
from journal.accounts.host import here
from journal.accounts.models import ACCOUNTS, PASSWORD
from journal.accounts.ways_in import find, prove_by_password
from journal.crypto import Keyring, Place, SealedSection
from journal.database import db, writing
from journal.operating.backup import keys
from journal.sessions.models import CheckIn
from tests.cast import check_in
from tests.http import Browserless
from tests.live import Server, operate, serving
from tests.stores import Stores, close_all, new_app, postgres_server

CHECK_INS, AT_ONCE = 100_000, 1000
BAR_SECONDS = 15 * 60
AT = "2026-11-20T11:30:00-05:00"
PASSWORDS = "{name} walks the harbour wall"
ROWS = CheckIn.__table__


def measure() -> Iterator[Measured]:
    """Once on each engine: it takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        yield _drill("SQLite", Path(folder), lambda name: Stores.sqlite(_made(Path(folder) / name)))
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server:
        yield _drill("PostgreSQL", Path(folder), lambda name: Stores.postgres(_made(Path(folder) / name), server, name))


@dataclass
class _Writer:
    """Somebody who keeps check-ins over HTTP; which were acknowledged before a moment."""

    browser: Browserless
    kept: list[tuple[float, str]] = field(default_factory=list)

    def write(self, stopped: threading.Event) -> None:
        while not stopped.is_set():
            made = str(UUID(int=random.getrandbits(128), version=4))
            if self.browser.put(f"/check-ins/{made}", check_in(None, "anytime", AT)).status_code == 201:
                self.kept.append((time.monotonic(), made))


def _drill(engine: str, folder: Path, stores_named: Any) -> Measured:
    key = folder / "operator.key"
    keys.make(key, None)
    before, after = stores_named("before"), stores_named("after")
    backups = _made(folder / "backups")
    setting = {"SHORELINE_BACKUP_KEY": str(keys.public_beside(key))}
    with serving(before.data, before, **setting) as server:
        app = new_app(before)
        people = [_joins(server, name) for name in ("maya", "noor")]
        written = _filled(app, "maya")
        backup_seconds, acknowledged, meanwhile = _backed_up(server, before, people, backups, setting)
    _wipe(before)
    _, secrets = shutil.copy(before.data / "secrets.json", after.data), after.data
    began = time.monotonic()
    pair = [str(path) for path in sorted(backups.iterdir())]
    operate(Server("http://localhost", secrets, server.process), after, "restore", *pair, "--key", str(key), **setting)
    restore_seconds = time.monotonic() - began
    opened, same = _opened(new_app(after), written, acknowledged)
    total = time.monotonic() - began
    close_all()
    size = sum(path.stat().st_size for path in backups.iterdir()) / 1e6
    if not same:
        raise RuntimeError(f"{engine}: not everything opened or was equal")
    note = (
        f"({backup_seconds:.0f} s to back up {size:.0f} MB while {meanwhile} check-ins were kept, "
        f"{restore_seconds:.0f} s to restore, {opened} opened and equal)"
    )
    return Measured(f"{engine}: lost to restored and opened, of 15 minutes", [total / BAR_SECONDS], 1.0, False, note)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _joins(server: Server, name: str) -> _Writer:
    browser = Browserless(server.url)
    body = {"login_name": name, "password": PASSWORDS.format(name=name)}
    assert browser.post("/accounts", json=body).status_code == 201
    return _Writer(browser)


def _keyring(name: str) -> tuple[Keyring, bytes]:
    """The keys of somebody, as their password opens them."""
    way = find(here().login_index(name), PASSWORD, None)
    proven = prove_by_password(way, PASSWORDS.format(name=name))
    return proven.keyring, proven.account_id


def _filled(app: Flask, name: str) -> dict[bytes, bytes]:
    """A hundred thousand sealed check-ins, put in as no door would; the hash of what each says."""
    written: dict[bytes, bytes] = {}
    with app.app_context():
        keyring, account = _keyring(name)
        for start in range(0, CHECK_INS, AT_ONCE):
            rows = [_row(keyring, account, start + number, written) for number in range(AT_ONCE)]
            with writing() as c:
                c.execute(insert(ROWS), rows)
    return written


def _row(keyring: Keyring, account: bytes, number: int, written: dict[bytes, bytes]) -> dict[str, Any]:
    row_id = UUID(int=random.getrandbits(128), version=4).bytes
    ratings = json.dumps({"moment": "anytime", "happened_at": AT, "number": number}).encode()
    story = f"Wave {number}: warm light over the water. ".encode() * 12
    parts = (
        keyring.seal(Place("check_in", row_id, account, section, 1), plain)
        for section, plain in (("ratings", ratings), ("story", story))
    )
    (ratings_key, ratings_body), (story_key, story_body) = parts
    written[row_id] = sha256(ratings + story).digest()
    return {
        "account_id": account, "id": row_id, "revision": 1, "stored_at": clock.this_hour(), "ratings_key": ratings_key,
        "ratings": ratings_body, "story_key": story_key, "story": story_body,
    }  # fmt: skip


def _backed_up(
    server: Server, stores: Stores, people: list[_Writer], backups: Path, setting: dict[str, str]
) -> tuple[float, set[bytes], int]:
    """How long it took, what had been acknowledged when it began, and how much was kept meanwhile."""
    stopped = threading.Event()
    threads = [threading.Thread(target=each.write, args=(stopped,)) for each in people]
    for thread in threads:
        thread.start()
    time.sleep(2)
    began = time.monotonic()
    operate(server, stores, "backup", str(backups), **setting)
    took = time.monotonic() - began
    stopped.set()
    for thread in threads:
        thread.join()
    kept = [each for person in people for each in person.kept]
    acknowledged = {UUID(made).bytes for at, made in kept if at < began}
    return took, acknowledged, len(kept) - len(acknowledged)


def _wipe(stores: Stores) -> None:
    """Both stores are gone."""
    close_all()
    for path in stores.data.rglob("*.sqlite3*"):
        path.unlink()
    for url in (stores.database_url, stores.keyring_url):
        server, _, name = url.rpartition("/")
        if not url.startswith("sqlite"):
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _opened(app: Flask, written: dict[bytes, bytes], acknowledged: set[bytes]) -> tuple[int, bool]:
    """How many open, and whether all do and say what was said."""
    opened, found = 0, set()
    with app.app_context():
        keyring, account = _keyring("maya")
        with db.engines[None].connect() as c:
            query = select(ROWS).where(ROWS.c.account_id == account)
            for row in c.execute(query, execution_options={"yield_per": AT_ONCE}):
                found.add(row.id)
                if row.id in written:
                    opened += sha256(_said(keyring, account, row)).digest() == written[row.id]
            others = select(ROWS.c.id).where(ROWS.c.account_id != account)
            found |= set(c.execute(others).scalars())
            people = c.execute(select(ACCOUNTS.c.id)).all()
    return opened, opened == len(written) and acknowledged <= found and len(people) == 2


def _said(keyring: Keyring, account: bytes, row: Any) -> bytes:
    sealed = {
        "ratings": SealedSection(row.ratings_key, row.ratings),
        "story": SealedSection(row.story_key, row.story),
    }
    return b"".join(
        keyring.open(Place("check_in", row.id, account, section, row.revision), it) for section, it in sealed.items()
    )
