"""`flask db upgrade`: without the secret, as the user whose data it is, and with a word of what was done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal.operating import start
from tests.live import ROOT
from tests.operating.test_upgrading import HISTORY
from tests.stores import Stores

NOBODY = 65534


def runs(folder: Path, *command: str, **more: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SHORELINE_DATA": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def flask(folder: Path, *command: str, **more: str) -> tuple[int, str, str]:
    return runs(folder, "flask", "--app", "wsgi", *command, **more)


def test_the_schema_first_and_the_secret_afterwards(tmp_path):
    """As where the schema is another role's to change. The other way round is every first start's."""
    said = f"Both stores are at revision {HISTORY[-1]}, as this release wants them.\n"
    assert flask(tmp_path, "db", "upgrade") == (0, said, "")
    assert not (tmp_path / "secrets.json").exists()
    code, said, warned = runs(tmp_path, "journal.first_start")
    assert (code, said.startswith("Made this host's secret in")) == (0, True), warned
    assert flask(tmp_path, "db", "upgrade")[0] == 0
    assert flask(tmp_path, "verify") == (0, "0 accounts, 0 of them without a key in this keyring.\n", "")


@pytest.mark.parametrize("words", [["sweep"], ["-A", "db", "sweep"], ["disable-therapist", "db"], ["--app", "db"]])
def test_no_other_command_goes_without_it(words):
    assert start._command(words) != "db"
    assert start._command(["--app", "wsgi", "--debug", "db", "upgrade"]) == "db"


def test_a_store_that_is_away_is_said_in_a_sentence(tmp_path):
    address = "postgresql://maya:her-password@127.0.0.1:9/journal"
    code, _, said = flask(tmp_path, "db", "upgrade", DATABASE_URL=address)
    assert (code, said.count("\n")) == (2, 1), said
    assert said.startswith("A store does not answer.")


def test_a_role_that_may_not_is_told_who_may(tmp_path, postgres):
    import psycopg

    stores = Stores.postgres(tmp_path, postgres, "not_allowed")
    for name in ("not_allowed", "not_allowed_keyring"):
        with psycopg.connect(f"{postgres}/{name}", autocommit=True) as connection:
            connection.execute("DROP ROLE IF EXISTS may_not")
            connection.execute("CREATE ROLE may_not LOGIN")
            connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    urls = [url.replace("//shoreline@", "//may_not@") for url in (stores.database_url, stores.keyring_url)]
    code, _, said = flask(tmp_path, "db", "upgrade", DATABASE_URL=urls[0], KEYRING_URL=urls[1])
    assert (code, said.count("\n")) == (2, 1), said
    assert "A change of the schema and a restore want the addresses of its owner" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize(
    "command",
    [
        ("journal.first_start",),
        ("flask", "--app", "wsgi", "db", "upgrade"),
        ("flask", "--app", "wsgi", "sweep"),
    ],
    ids=lambda command: command[-1],
)
def test_root_makes_nothing_in_the_folder_of_another_user(tmp_path, command):
    """The app could not open it: a keyring of root's, above all."""
    data = tmp_path / "data"
    data.mkdir()
    os.chown(data, NOBODY, -1)
    code, _, said = runs(data, *command)
    assert code != 0
    assert said.startswith(f"{data} belongs to nobody, and this runs as root: what it made there the app could not")
    assert list(data.iterdir()) == []
