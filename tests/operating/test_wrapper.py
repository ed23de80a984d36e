"""`shoreline`, the operator's command on a deployed machine: what it hands on to `flask`, and as what it was called."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operating.proxies import DEPLOY

# In place of what the machine has: says what it was given.
SAYS = '#!/bin/sh\necho "$(basename "$0")|$PWD|$*|${DATABASE_URL-}|${KEYRING_URL-}|${PGPASSFILE-}|$HOME"\n'
ROOT = '#!/bin/sh\nif [ "$1" = -u ]; then echo "${UID_HERE-0}"; fi\n'


class Machine:
    """A deployed machine in a folder, where nobody changes users."""

    def __init__(self, folder: Path) -> None:
        self.app, self.here, self.first = (folder / each for each in ("app", "here", "first"))
        for each in (self.app / ".venv" / "bin", self.here, self.first):
            each.mkdir(parents=True)
        env = folder / "shoreline.env"
        env.write_text("DATABASE_URL='postgresql:///shoreline?host=/run/postgresql'\nPGPASSFILE=/etc/shoreline/pgpass\n")
        for name in ("flask", "python"):
            self._program(self.app / ".venv" / "bin" / name, SAYS)
        self._program(self.app / ".venv" / "bin" / "setpriv", '#!/bin/sh\nshift 3\nexec "$@"\n')
        self._program(self.first / "sudo", SAYS)
        self._program(self.first / "id", ROOT)
        text = (DEPLOY / "shoreline").read_text()
        self.wrapper = folder / "shoreline"
        self._program(
            self.wrapper,
            text.replace("/etc/shoreline/shoreline.env", str(env)).replace("/opt/shoreline/app", str(self.app)),
        )

    def _program(self, file: Path, text: str) -> None:
        file.write_text(text)
        file.chmod(0o755)

    def says(self, *command: str, **given: str) -> list[str]:
        environ = {"PATH": f"{self.first}:{os.environ['PATH']}", "HOME": "/root"} | given
        done = subprocess.run(
            [self.wrapper, *command], cwd=self.here, env=environ, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        return done.stdout.strip().split("|")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_more_it_has_the_services_addresses_and_no_home(machine):
    _, _, _, database, keyring, passwords, home = machine.says("doctor")
    assert (database, keyring, passwords) == (
        "postgresql:///shoreline?host=/run/postgresql",
        "",
        "/etc/shoreline/pgpass",
    )
    assert home == "/nonexistent"


def test_the_owners_addresses_come_before_the_services(machine):
    given = {"DATABASE_URL": "postgresql://owner@db/a b", "KEYRING_URL": "postgresql://owner@k/", "PGPASSFILE": "/p"}
    assert machine.says("db", "upgrade", **given)[3:6] == list(given.values())


def test_files_are_named_from_the_folder_it_is_called_in(machine):
    name, folder, command, *_ = machine.says("verify-backup", "a.backup", "--key", "shoreline.key")
    assert (name, folder) == ("flask", str(machine.here))
    assert command == f"--app {machine.app}/wsgi verify-backup a.backup --key shoreline.key"
    name, folder, command, *_ = machine.says("first-start")
    assert (name, folder, command) == ("python", str(machine.app), "-m journal.first_start")


def test_who_is_not_root_asks_sudo_to_hand_on_what_was_set_and_nothing_else(machine):
    """sudo may be allowed to run this and not to keep an environment: without need it is not asked to."""
    assert machine.says("doctor", UID_HERE="1000")[:3] == ["sudo", str(machine.here), f"{machine.wrapper} doctor"]
    given = {"DATABASE_URL": "postgresql://owner@db/", "PGPASSFILE": "/p"}
    command = machine.says("db", "upgrade", UID_HERE="1000", **given)[2]
    assert command == f"--preserve-env=DATABASE_URL,PGPASSFILE {machine.wrapper} db upgrade"


def test_flask_finds_the_app_from_any_folder(tmp_path):
    """What `--app` is given; said by a command that needs no store."""
    environ = {"PATH": "/usr/bin:/bin", "SHORELINE_DATA": str(tmp_path / "data")}
    app = Path(__file__).parent.parent.parent / "wsgi"
    command = [sys.executable, "-m", "flask", "--app", str(app), "doctor"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert "No secrets at" in done.stdout, done.stderr
