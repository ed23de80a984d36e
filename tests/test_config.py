"""A start that would be unsafe is refused, in a sentence that says what to do."""

import json
import os
import shutil
import stat
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

import config
from tests.cast import join
from tests.stores import Stores, new_app

ROOT = Path(__file__).parent.parent
CONFIG = ("--config", "python:journal.serving")


@pytest.fixture
def environ(tmp_path):
    """What a sound production host sets."""
    secrets = tmp_path / "secrets.json"
    secrets.touch(mode=0o600)
    secrets.write_text(json.dumps({"pepper": b64encode(bytes(32)).decode()}))
    return {
        "SHORELINE_ENV": "production",
        "SHORELINE_ORIGIN": "https://journal.example",
        "SHORELINE_DATA": str(tmp_path),
    }


def test_a_sound_host_starts(environ, tmp_path):
    settings = config.from_environment(environ)

    assert settings.production
    assert settings.database_url == f"sqlite:///{tmp_path}/journal.sqlite3"
    assert settings.keyring_url != settings.database_url
    assert settings.registration == "open"


def test_secrets_are_not_in_its_repr(environ):
    assert "pepper" not in repr(config.from_environment(environ))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SHORELINE_ORIGIN": "http://journal.example"}, "plain HTTP"),
        ({"SHORELINE_ORIGIN": "journal.example"}, "must look like"),
        ({"SHORELINE_ORIGIN": "https://journal.example/path"}, "must look like"),
        ({"SHORELINE_ORIGIN": "ftp://journal.example"}, "must look like"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"FLASK_DEBUG": "true"}, "FLASK_DEBUG"),
        ({"SHORELINE_ENV": "prod"}, "SHORELINE_ENV"),
        ({"SHORELINE_REGISTRATION": "anyone"}, "SHORELINE_REGISTRATION"),
        ({"SHORELINE_BACKUPS_KEPT_DAYS": "a month"}, "SHORELINE_BACKUPS_KEPT_DAYS"),
        ({"SHORELINE_SIGN_UPS_AN_HOUR": "-1"}, "SHORELINE_SIGN_UPS_AN_HOUR"),
        ({"SHORELINE_EXPORT_CODES": "some"}, "SHORELINE_EXPORT_CODES"),
        ({"SHORELINE_SECRETS": "/nowhere/secrets.json"}, "No secrets"),
        ({"DATABASE_URL": "mysql://somebody:her-password@db/x"}, "DATABASE_URL begins with postgresql://"),
        ({"KEYRING_URL": "sqlite:///:memory:"}, "KEYRING_URL begins with postgresql://"),
        ({"DATABASE_URL": "sqlite:////srv/one", "KEYRING_URL": "sqlite:////srv/one"}, "Keep the keyring apart"),
    ],
)
def test_what_would_be_unsafe_is_refused(environ, changes, said):
    with pytest.raises(config.UnsafeStart, match=said):
        config.from_environment(environ | changes)


def test_over_plain_http_on_localhost_it_may_be_tried(environ):
    assert config.from_environment(environ | {"SHORELINE_ORIGIN": "http://localhost:8000"}).production


def test_nobody_counts_unless_a_port_is_named(environ):
    ports = {given: config.from_environment(environ | {"SHORELINE_METRICS_PORT": given}) for given in ("", "0", "9100")}
    assert {given: found.metrics_port for given, found in ports.items()} == {"": None, "0": None, "9100": 9100}
    with pytest.raises(config.UnsafeStart, match="SHORELINE_METRICS_PORT"):
        config.from_environment(environ | {"SHORELINE_METRICS_PORT": "127.0.0.1:9100"})


def test_secrets_that_others_can_read_are_refused(environ, tmp_path):
    (tmp_path / "secrets.json").chmod(0o640)
    with pytest.raises(config.UnsafeStart, match="chmod 600"):
        config.from_environment(environ)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"pepper": 7}', '{"pepper": "c2hvcnQ="}', '{"pepper": "%%%"}'])
def test_a_file_that_holds_no_secret_is_refused(environ, tmp_path, content):
    (tmp_path / "secrets.json").write_text(content)
    with pytest.raises(config.UnsafeStart, match="your copy"):
        config.from_environment(environ)


def test_one_secret_is_no_change_of_secrets(environ, tmp_path):
    pepper = b64encode(bytes(32)).decode()
    (tmp_path / "secrets.json").write_text(json.dumps({"pepper": pepper, "previous_pepper": pepper}))
    with pytest.raises(config.UnsafeStart, match="twice"):
        config.from_environment(environ)


@pytest.mark.slow
def test_a_server_that_may_not_start_says_why_and_stays_down(environ):
    """Gunicorn would start workers for ever."""
    started = subprocess.run(
        [Path(sys.executable).with_name("gunicorn"), *CONFIG, "--bind", "127.0.0.1:0", "wsgi:app"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environ, "SHORELINE_ORIGIN": "http://journal.example"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert started.returncode == 3
    assert "plain HTTP" in started.stderr


def first_start(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "journal.first_start"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SHORELINE_DATA": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_first_start_makes_what_only_its_owner_can_read(tmp_path):
    folder = tmp_path / "instance"

    assert first_start(folder).returncode == 0

    made = {path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    assert {"secrets.json", "journal.sqlite3", "keyring", "keyring/keyring.sqlite3"} <= set(made)
    assert {name: oct(mode) for name, mode in made.items() if mode & 0o077} == {}


@pytest.mark.slow
def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path):
    refused = first_start(tmp_path, DATABASE_URL="postgresql://maya:her-password@127.0.0.1:9/nothing")

    assert refused.returncode != 0
    assert "A store does not answer" in refused.stderr
    assert "her-password" not in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.slow
def test_a_second_start_changes_no_secret(tmp_path):
    first_start(tmp_path)
    before = (tmp_path / "secrets.json").read_bytes()

    assert first_start(tmp_path).returncode == 0
    assert (tmp_path / "secrets.json").read_bytes() == before


@pytest.mark.slow
def test_a_lost_secret_is_never_replaced_beside_old_journals(tmp_path):
    first_start(tmp_path)
    join(new_app(Stores.sqlite(tmp_path)), "maya")
    (tmp_path / "secrets.json").unlink()

    refused = first_start(tmp_path)

    assert refused.returncode != 0
    assert "Put your copy of secrets.json back" in refused.stderr
    assert not (tmp_path / "secrets.json").exists()


@pytest.mark.slow
def test_nor_beside_journals_in_a_database_elsewhere(tmp_path, postgres):
    elsewhere = Stores.postgres(tmp_path, postgres, "elsewhere")
    new = {"DATABASE_URL": elsewhere.database_url, "KEYRING_URL": elsewhere.keyring_url}
    secrets = tmp_path / "secrets" / "secrets.json"
    assert first_start(tmp_path, **new, SHORELINE_SECRETS=str(secrets)).returncode == 0

    join(new_app(elsewhere), "maya")
    secrets.unlink()

    assert "Put your copy" in first_start(tmp_path, **new, SHORELINE_SECRETS=str(secrets)).stderr
    assert "Put your copy" in first_start(tmp_path, **new).stderr


@pytest.mark.slow
@pytest.mark.parametrize("what", ["keyring/keyring.sqlite3", "journal.sqlite3"])
def test_nor_beside_what_may_have_been_one(tmp_path, what):
    """A keyring alone has the keys of journals that are elsewhere; and of a damaged file nobody can tell."""
    join(new_app(Stores.sqlite(tmp_path / "before")), "maya")
    if "keyring" in what:
        shutil.copytree(tmp_path / "before" / "keyring", tmp_path / "keyring")
    else:
        (tmp_path / what).write_text("Dear diary, " * 1000)
    shutil.rmtree(tmp_path / "before")

    refused = first_start(tmp_path)

    assert "Put your copy of secrets.json back" in refused.stderr
    assert not (tmp_path / "secrets.json").exists()
