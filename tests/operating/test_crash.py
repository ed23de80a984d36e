"""PostgreSQL crashes: sign-ins and export tokens are gone with it, and nothing else is. They were in no log of it."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from journal import database
from journal.accounts.models import EXPORT_TOKENS, SIGN_INS, WAYS_IN
from tests.cast import Person, join
from tests.deposits.phone import AT, Phone, document
from tests.operating.looks import let_go
from tests.operating.postgres import ask, crash
from tests.stores import Stores, new_app, postgres


@pytest.fixture(scope="module")
def server():
    """Of this file's own: it is crashed."""
    with postgres() as server:
        yield server


@pytest.fixture
def clinic(server, folder):
    stores = Stores.postgres(folder, server.url, folder.name[-20:].lower())
    app = new_app(stores)
    yield app, stores
    let_go(app)


def kept(app, table, column) -> bytes:
    with app.app_context(), database.reading() as c:
        return c.execute(select(table.c[column])).scalars().first()


@pytest.mark.slow
def test_after_a_crash_people_sign_in_again_and_everything_is_there(clinic):
    app, stores = clinic
    maya = join(app, "maya")
    row = maya.checks_in(None, "anytime", AT)
    phone, token = Phone.of(maya, app), maya.post("/export-tokens").json["token"]
    crash(stores.database_url)
    let_go(app)

    bearer = {"Authorization": f"Bearer {token}"}
    program = Person.nobody(app).client.post("/api/v1/exports", json={"format": "json"}, headers=bearer)
    assert maya.get("/account").status_code == 401
    assert maya.put(f"/check-ins/{row}", {}).status_code == 401
    assert (program.status_code, program.json["type"]) == (401, "/problems/token-not-accepted")
    # A phone that is kept needs no sign-in to hand in what was typed.
    handed_in = phone.deposits(document("anytime", AT))
    again = maya.elsewhere(app)
    assert again.get(f"/check-ins/{row}").status_code == 200
    assert str(handed_in) in again.get("/deposits").get_data(as_text=True)


@pytest.mark.slow
def test_neither_the_log_nor_a_base_backup_has_a_sign_in(clinic, server, tmp_path):
    app, _ = clinic
    maya = join(app, "maya")
    maya.post("/export-tokens")
    way_in = kept(app, WAYS_IN, "wrap")[-60:]
    names = [kept(app, table, "id") for table in (SIGN_INS, EXPORT_TOKENS)]
    let_go(app)
    # Only a stop writes what is unlogged to the disk.
    server.close()
    server.start()
    copy = base_backup(server.url, tmp_path / "copy")

    assert holds(server.data / "pg_wal", way_in)
    assert holds(copy / "base", way_in)
    for name in names:
        assert holds(server.data / "base", name)
        assert not holds(server.data / "pg_wal", name)
        assert not holds(copy, name)
    assert maya.get("/account").status_code == 200


def base_backup(server: str, to: Path) -> Path:
    """As an operator would make one."""
    program = Path(ask(f"{server}/postgres", "SELECT setting FROM pg_config WHERE name = 'BINDIR'")) / "pg_basebackup"
    command = [program, "-d", f"{server}/postgres", "-D", to, "-X", "fetch", "-c", "fast", "--no-sync"]
    subprocess.run(command, check=True)
    return to


def holds(folder: Path, needle: bytes) -> bool:
    """Whether any file below the folder has these bytes."""
    return any(needle in path.read_bytes() for path in folder.rglob("*") if path.is_file())
