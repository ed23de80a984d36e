"""What a start refuses, what it only says, and what it does while a store is away."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from journal.operating import checks, start
from journal.operating.finding import REFUSE, Finding
from tests.http import Browserless
from tests.live import ROOT, _environment
from tests.operating.looks import let_go
from tests.operating.postgres import ask
from tests.stores import Stores, free_port, new_app, postgres

PRODUCTION = {"SHORELINE_ENV": "production", "SHORELINE_ORIGIN": "http://localhost:8000"}


def first_start(stores: Stores, **more: str) -> subprocess.CompletedProcess[str]:
    environ = _environment(stores.data, stores, "http://localhost:8000") | more
    command = [sys.executable, "-m", "journal.first_start"]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


@contextmanager
def gunicorn(stores: Stores, **more: str):
    """Served without a first start."""
    port = free_port()
    environ = _environment(stores.data, stores, f"http://localhost:{port}") | more
    command = [Path(sys.executable).with_name("gunicorn"), "--no-control-socket", "--bind", f"localhost:{port}"]
    with (stores.data / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "2", "wsgi:app"],
            cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield process, Browserless(f"http://localhost:{port}")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(90)


def log_of(stores: Stores) -> str:
    return (stores.data / "log").read_text()


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def until(happens, seconds: float = 90.0) -> bool:
    end = time.monotonic() + seconds
    while not (done := happens()) and time.monotonic() < end:
        time.sleep(0.2)
    return bool(done)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no disk in memory here")
def test_a_first_start_refuses_production_in_memory_and_elsewhere_says_so(capsys):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        stores = Stores.sqlite(Path(folder))
        refused = first_start(stores, **PRODUCTION)
        app = new_app(stores)
        start.prepare(app)
        warned = capsys.readouterr().err
        let_go(app)

    assert refused.returncode == 1
    assert "The database's file is in memory (tmpfs)" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert warned.startswith("database.file-system: The database's file is in memory (tmpfs)")


def test_a_sound_start_says_nothing(folder, capsys):
    folder.chmod(0o700)
    start.prepare(new_app(Stores.sqlite(folder)))

    assert capsys.readouterr() == ("", "")


def test_a_folder_that_nobody_may_make_is_said_in_a_sentence(folder):
    stores = Stores.sqlite(folder)
    done = first_start(stores, SHORELINE_DATA="/dev/null/data")

    assert done.returncode == 1
    assert "See SHORELINE_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_said_in_a_sentence(folder):
    (folder / "journal.sqlite3").write_bytes(b"no database at all" * 500)
    done = first_start(Stores.sqlite(folder))

    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_on_a_schema_that_is_behind_stays_down_and_says_why(folder):
    stores = Stores.sqlite(folder)
    with gunicorn(stores) as (process, _):
        assert process.wait(90) == 3
    assert "has no schema" in log_of(stores)
    assert "Traceback" not in log_of(stores)


def test_a_standby_is_waited_for_until_it_takes_what_is_written(folder, monkeypatch):
    """A worker that is replaced in the midst of a fail-over: its end would be the end of those that go on."""
    folder.chmod(0o700)
    app = new_app(Stores.sqlite(folder))
    sound, standing_by = checks.of_stores(app), threading.Event()
    standing_by.set()
    standby = Finding("database.writable", REFUSE, "The database's server is a standby and takes nothing.")
    asked = []

    def of_stores(_app):
        asked.append(standing_by.is_set())
        return [*sound, standby] if standing_by.is_set() else sound

    monkeypatch.setattr(checks, "of_stores", of_stores)
    start.serve(app, between=0.01)
    assert until(lambda: len(asked) > 3)
    standing_by.clear()
    assert until(lambda: not any(thread.name == "start-checks" for thread in threading.enumerate()))
    assert not asked[-1]


@pytest.mark.slow
def test_a_store_that_is_away_stops_no_start_and_is_looked_at_when_it_is_back(folder):
    folder.chmod(0o700)
    with postgres() as server:
        stores = Stores.postgres(folder, server.url, "away")
        let_go(new_app(stores))
        server.close()
        with gunicorn(stores, **PRODUCTION) as (process, visitor):
            assert until(lambda: answers(f"{visitor.url}/docs/api"))
            assert not asks_to_sign_in(visitor)
            server.start()
            assert until(lambda: asks_to_sign_in(visitor))
            time.sleep(3)
            assert process.poll() is None
        ask(f"{server.url}/postgres", "ALTER SYSTEM SET fsync = off")
        server.close()
        with gunicorn(stores, **PRODUCTION) as (process, visitor):
            assert until(lambda: answers(f"{visitor.url}/docs/api"))
            server.start()
            assert process.wait(90) == 3
    assert "does not wait for its disk (fsync is off)" in log_of(stores)


def asks_to_sign_in(visitor: Browserless) -> bool:
    """Whether a sign-in gets as far as the store."""
    body = {"login_name": "nobody", "password": "nobody has this password"}
    return visitor.post("/sign-ins", json=body).status_code == 401
