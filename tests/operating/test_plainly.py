"""What a command says of an ordinary fault: one sentence and no traceback, which is for bugs."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from journal import database
from journal.accounts import keyring_store
from journal.accounts import service as accounts
from journal.operating import secrets_file
from tests.accounts.people import in_hand
from tests.cast import join
from tests.operating.looks import app_as_it_is
from tests.stores import PEPPER, Stores, new_app, on_sqlite

PASSWORD = "three boats in the fog"
# Without those that have tests of their own: the doctor, and whatever reads and writes backups.
COMMANDS = (
    ("demo",),
    ("disable-therapist", "nobody"),
    ("invite",),
    ("invite-therapist",),
    ("replay-erasures",),
    ("rotate-pepper", "--status"),
    ("sweep",),
    ("verify",),
)


def run(app, *command: str, given: str = f"{PASSWORD}\n") -> tuple[int, str]:
    with app.app_context():
        done = app.test_cli_runner().invoke(args=list(command), input=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture
def nowhere(folder) -> Stores:
    """No server listens there."""
    address = "postgresql://maya:her-password@127.0.0.1:9"
    return Stores(folder, f"{address}/journal", f"{address}/keyring")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_store_that_is_away(nowhere, folder, command):
    app = app_as_it_is(nowhere, secrets_file=_secret(folder))
    code, said = run(app, *command)
    assert (code, said.count("\n")) == (2, 1), said
    assert said.startswith("A store does not answer. Is the server that DATABASE_URL or KEYRING_URL names running")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_store_without_a_schema(folder, command):
    app = app_as_it_is(Stores.sqlite(folder), secrets_file=_secret(folder))
    code, said = run(app, *command)
    assert (code, said.count("\n")) == (2, 1), said
    assert said == "The database has no schema, or this role may not see it. Run: python -m journal.first_start\n"


def test_a_file_that_is_no_store(folder):
    stores = Stores.sqlite(folder)
    app = app_as_it_is(stores)
    Path(folder / "journal.sqlite3").write_text("Dear diary, " * 1000)
    assert run(app, "verify") == (2, "A store's file is damaged, or none of ours. Restore the last backup.\n")


def test_a_folder_that_cannot_be_written(folder, monkeypatch):
    """Root may write anywhere, so it is the gate that says so."""
    app = new_app(Stores.sqlite(folder))
    monkeypatch.setattr(database, "turn", _read_only)
    code, said = run(app, "sweep")
    assert (code, said) == (2, "/srv/gate: Read-only file system. Whose is it, and is there room on its disk?\n")


def _read_only(_engine):
    raise OSError(30, os.strerror(30), "/srv/gate")


@pytest.mark.parametrize("statement", ["SELECT nothing FROM accounts", "SELEC"])
def test_a_bug_keeps_its_traceback(folder, monkeypatch, statement):
    """A statement that nobody understands, or that asks for what was never there, is no fault of the operator's."""
    app = new_app(Stores.sqlite(folder))

    def wrong() -> int:
        with database.reading() as c:
            return c.execute(text(statement)).scalar_one()

    monkeypatch.setattr(accounts, "sweep", wrong)
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["sweep"])
    assert type(done.exception).__name__ == "OperationalError"


class TestVerifyErasure:
    """In a script, 0 is a proof; whatever was not looked at must not end with it, nor as if something had opened."""

    @pytest.fixture
    def host(self, folder):
        stores = Stores.sqlite(folder)
        return stores, new_app(stores)

    def test_a_name_that_is_not_there(self, host):
        stores, app = host
        join(app, "maya")
        code, said = run(app, "verify-erasure", stores.database_url, "nobody-here")
        assert code == 2
        assert said.endswith("Nobody of this name is in that backup: nothing was looked at.\n")

    def test_a_name_whose_key_is_gone_is_a_proof(self, host):
        stores, app = host
        maya = join(app, "maya")
        with app.app_context():
            keyring_store.destroy_lock_key(in_hand(app, maya).account_id)
        code, said = run(app, "verify-erasure", stores.database_url, maya.login_name)
        assert code == 0, said
        assert "nothing of them opens" in said

    @pytest.mark.parametrize(
        ("backup", "why"),
        [
            ("{folder}/database-20261126T021500Z.backup", "Files that end in .backup are sealed: restore them"),
            ("sqlite:///{folder}/database-20261126T021500Z.backup", "Files that end in .backup are sealed"),
            ("sqlite:///{folder}/nothing.sqlite3", "there is no file {folder}/nothing.sqlite3."),
            ("sqlite:///{folder}/keyring/keyring.sqlite3", "none of our tables. Is the database given first"),
            ("mysql://maya:her-password@db/journal", "an address is like sqlite:////srv/scratch/journal.sqlite3"),
            ("postgresql://maya:her-password@127.0.0.1:9/journal", "one of the two stores does not answer"),
        ],
    )
    def test_what_is_no_backup(self, host, folder, backup, why):
        _, app = host
        join(app, "maya")
        (folder / "database-20261126T021500Z.backup").write_bytes(b"shoreline backup" * 1000)
        code, said = run(app, "verify-erasure", backup.format(folder=folder), "maya")
        assert (code, why.format(folder=folder) in said) == (2, True), said
        assert "her-password" not in said
        assert not (folder / "nothing.sqlite3").exists()

    def test_a_keyring_that_is_empty_or_another_file(self, host, folder):
        stores, app = host
        join(app, "maya")
        empty = Stores.sqlite(folder / "empty")
        new_app(empty)
        for keyring, why in ((empty.keyring_url, "it is empty"), (stores.database_url, "none of our tables")):
            code, said = run(app, "verify-erasure", stores.database_url, "maya", "--keyring", keyring)
            assert (code, why in said) == (2, True), said


def _secret(folder: Path) -> Path:
    secrets_file.make(folder / "secrets.json", PEPPER)
    return folder / "secrets.json"


@on_sqlite
def test_a_demo_where_nobody_can_join(new_stores):
    app = new_app(new_stores("closed"), registration="closed")
    code, said = run(app, "demo")
    assert (code, said.count("\n")) == (2, 1), said
    assert said.startswith("Nobody can join while SHORELINE_REGISTRATION is closed")
