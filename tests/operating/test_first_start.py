"""Starts that meet: the schema is changed by one of them. A step that fails leaves what was there, and says so."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from flask_migrate import downgrade
from sqlalchemy import inspect

import config
from journal import first_start
from journal.database import db, migrate, migrating
from tests import live
from tests.live import ROOT
from tests.operating.test_upgrading import HISTORY, close
from tests.stores import Stores, app_of, settings

PLANTED = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade(store):
    op.create_table("planted", sa.Column("id", sa.Integer()))
    if store == "{fails_in}":
        raise RuntimeError("a password, perhaps")


def downgrade(store):
    op.drop_table("planted")
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def stores(request, folder) -> Stores:
    if request.param == "sqlite":
        return Stores.sqlite(folder)
    return Stores.postgres(folder, request.getfixturevalue("postgres"), f"starts_{uuid4().hex[:8]}")


@pytest.mark.parametrize("bind", [None, "keyring"])
def test_only_one_changes_the_schema(stores, bind):
    one, other = app_of(settings(stores)), app_of(settings(stores))
    came_in = threading.Event()

    def comes_second() -> None:
        with other.app_context(), migrating(bind):
            came_in.set()

    second = threading.Thread(target=comes_second)
    with one.app_context(), migrating(bind):
        second.start()
        assert not came_in.wait(0.5)
    second.join(10)
    assert came_in.is_set()
    for app in (one, other):
        close(app)


@pytest.mark.slow
def test_two_hosts_that_start_at_once_both_start(postgres, tmp_path):
    stores = Stores.postgres(tmp_path, postgres, f"starts_{uuid4().hex[:8]}")
    for host in ("one", "other"):
        (tmp_path / host).mkdir()
    starts = [
        subprocess.Popen(
            [sys.executable, "-m", "journal.first_start"],
            cwd=ROOT,
            env=live._environment(tmp_path / host, stores, "http://localhost:8000"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for host in ("one", "other")
    ]
    said = [start.communicate()[0] for start in starts]
    assert [start.returncode for start in starts] == [0, 0], said


def test_two_that_start_at_once_on_one_host_share_one_secret(tmp_path):
    """Whoever came second would else see the stores of the first, and no secret."""
    environ = {"PATH": "/usr/bin:/bin", "SHORELINE_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "journal.first_start"]
    starts = [
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = sorted(start.communicate()[0] for start in starts)
    assert [start.returncode for start in starts] == [0, 0], said
    assert said[0] == ""
    assert said[1].startswith("Made this host's secret")


def test_a_second_host_makes_no_second_secret_though_nobody_has_joined_yet(tmp_path):
    """Behind one proxy people would join with either, and open with one of them."""
    shared = Stores.sqlite(tmp_path)
    said = []
    for host in ("one", "other"):
        environ = {
            "PATH": "/usr/bin:/bin", "SHORELINE_DATA": str(tmp_path / host),
            "DATABASE_URL": shared.database_url, "KEYRING_URL": shared.keyring_url,
        }  # fmt: skip
        command = [sys.executable, "-m", "journal.first_start"]
        said.append(subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False))
    assert [it.returncode for it in said] == [0, 1], said
    assert "There are journals here, but not the secret" in said[1].stderr
    assert not list((tmp_path / "other").rglob("secrets.json"))


@pytest.mark.parametrize("fails_in", ["journal", "keyring"])
def test_a_step_that_fails_leaves_the_schema_from_before_and_says_so(stores, fails_in, tmp_path, monkeypatch):
    app = app_of(settings(stores))
    with app.app_context():
        first_start.bring_forward()
        monkeypatch.setattr(migrate, "directory", str(planted(tmp_path, fails_in)))
        with pytest.raises(config.UnsafeStart) as refused:
            first_start.bring_forward()
        tables = [inspect(db.engines[bind]).has_table("planted") for bind in (None, "keyring")]
    close(app)
    said = str(refused.value)
    assert "perhaps" not in said
    if fails_in == "journal":
        assert tables == [False, False]
        assert f"Nothing was changed: the journal is at {HISTORY[-1]} and the keyring is at {HISTORY[-1]}" in said
    else:
        assert tables == [True, False]
        assert f"stay: the journal is at 9999 and the keyring is at {HISTORY[-1]}" in said


def test_what_a_newer_release_made_is_left_as_it_is(stores, tmp_path, monkeypatch, capsys):
    """While that one is rolled out, a process of this one may start once more."""
    app = app_of(settings(stores))
    with app.app_context():
        with monkeypatch.context() as newer:
            newer.setattr(migrate, "directory", str(planted(tmp_path, "neither")))
            first_start.bring_forward()
        first_start.bring_forward()
        assert all(inspect(db.engines[bind]).has_table("planted") for bind in (None, "keyring"))
    close(app)
    assert "at 9999, which a newer release made. It is left as it is." in capsys.readouterr().out


def test_a_schema_does_not_go_back(stores, caplog):
    app = app_of(settings(stores))
    with app.app_context():
        first_start.bring_forward()
        with pytest.raises(SystemExit):
            downgrade()
        assert set(first_start._revisions().values()) == {HISTORY[-1]}
    close(app)
    assert "Journals only go forward" in caplog.text


def planted(folder: Path, fails_in: str) -> Path:
    """The migrations, and one more that fails in a store, half way."""
    migrations = shutil.copytree(ROOT / "migrations", folder / "migrations")
    content = PLANTED.format(head=HISTORY[-1], fails_in=fails_in)
    (migrations / "versions" / "9999_planted.py").write_text(content)
    return migrations
