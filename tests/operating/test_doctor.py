"""`flask doctor`, as people and as programs ask it: well, a warning, a fault, and when it can hardly look."""

import json
import re
import subprocess
import sys

import pytest
from flask_migrate import upgrade

from config import UnsafeStart
from journal.accounts import service as accounts
from journal.operating import doctor
from journal.operating.finding import LEVELS, Finding, in_production, worst
from tests.cast import join
from tests.live import ROOT, _environment
from tests.operating.looks import app_as_it_is
from tests.stores import Stores, new_app, settings


@pytest.fixture
def stores(folder):
    folder.chmod(0o700)
    return Stores.sqlite(folder)


def asked(app, *more: str) -> tuple[int, str]:
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["doctor", *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_all_is_well(stores):
    app = new_app(stores)
    join(app, "maya")
    code, said = asked(app)

    assert (code, said.splitlines()[-1]) == (0, "All is well.")
    assert re.search(r"^ok +keys +1 accounts, 0 of them without a key in this keyring\.$", said, re.MULTILINE)
    assert max(map(len, said.splitlines())) <= doctor.WIDTH


def test_what_should_be_mended_comes_last_and_says_how(stores):
    app = new_app(stores)
    stores.data.chmod(0o755)
    code, said = asked(app)

    assert (code, said.splitlines()[-1]) == (1, "0 must be mended before it serves, 1 should be mended.")
    finding, mend = said[said.index("warn") :].split(">", 1)
    assert re.match(r"warn +database\.modes +The database's file or its folder is open to others", finding)
    assert mend.startswith(" Run: chmod 700")


def test_what_must_be_mended_ends_with_two(stores, tmp_path):
    join(new_app(stores), "maya")
    other = Stores.sqlite(tmp_path / "other")
    new_app(other)
    wrong = app_as_it_is(Stores(stores.data, stores.database_url, other.keyring_url))
    code, said = asked(wrong)

    assert code == 2
    assert "1 accounts, 1 of them without a key in this keyring." in said
    assert "Put back the latest keyring that belongs to this" in said


def test_for_programs_it_has_a_shape(stores):
    code, said = asked(new_app(stores), "--json")
    told = json.loads(said)

    assert (code, told["level"]) == (0, "ok")
    assert set(told) == {"looked_at", "level", "findings"}
    assert all(set(it) == {"name", "level", "says", "mend"} and it["level"] in LEVELS for it in told["findings"])
    names = [it["name"] for it in told["findings"]]
    assert len(set(names)) == len(names)


def test_a_schema_that_is_behind_is_a_finding(stores):
    app = app_as_it_is(stores)
    assert asked(app)[0] == 2
    assert "has no schema" in asked(app)[1]
    with app.app_context():
        upgrade(revision="0003")
    code, said = asked(app, "--json")
    behind = {it["name"]: it for it in json.loads(said)["findings"]}["database.schema"]

    assert (code, behind["level"]) == (2, "refuse")
    assert behind["says"].startswith("The database's schema is at 0003, behind this release")


def test_a_schema_of_a_newer_release_is_told_and_served(stores):
    from journal import database

    app = new_app(stores)
    with app.app_context(), database.writing() as c:
        c.exec_driver_sql("UPDATE alembic_version_journal SET version_num = '9999'")
    code, said = asked(app)

    assert (code, "9999, which a newer release made" in said) == (1, True)


def test_a_store_that_is_away_is_a_finding(stores):
    away = app_as_it_is(Stores(stores.data, "postgresql://maya:her-password@127.0.0.1:9/x", stores.keyring_url))
    code, said = asked(away)

    assert (code, "The database does not answer." in said, "her-password" in said) == (2, True, False)


def test_it_erases_again_what_a_restore_brought_back(stores):
    from tests.accounts.test_erasures import Clinic

    clinic = Clinic(new_app(stores), stores, "sqlite")
    maya = join(clinic.app, "maya")
    backup = clinic.copy_of(stores.database_url, "before")
    assert maya.delete("/account").status_code == 204
    (stores.data / "before.sqlite3").chmod(0o600)
    app = clinic.restored(backup)

    code, said = asked(app)

    assert re.search(r"^note +erased-again +1 accounts and 0 rows erased again", said, re.MULTILINE)
    assert (code, said.splitlines()[-1]) == (0, "All is well.")
    with app.app_context():
        assert accounts.count_accounts() == 0
    assert asked(app)[0] == 0


def test_settings_that_start_nothing_are_a_finding(stores):
    environ = _environment(stores.data, stores, "http://localhost:8000") | {"SHORELINE_SECRETS": "/nowhere"}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "doctor", "--json"]
    done = subprocess.run(flask, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "")
    told = json.loads(done.stdout)
    assert told["findings"][0]["says"].startswith("No secrets at /nowhere.")
    assert (told["level"], told["findings"][0]["name"]) == ("refuse", "settings")


def test_every_other_command_still_says_why_it_cannot(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["flask", "invite"])
    with pytest.raises(SystemExit) as ended:
        doctor.instead(UnsafeStart("No secrets at /nowhere."))

    assert (ended.value.code, capsys.readouterr().err) == (3, "No secrets at /nowhere.\n")


def test_levels_have_an_order_and_production_is_stricter(stores):
    found = [Finding("a", level, "") for level in ("warn", "ok", "note")]
    assert (worst(found), worst([])) == ("warn", "ok")
    assert in_production(settings(stores), "warn", "a", "b").level == "ok"
    assert in_production(settings(stores, production=True), "warn", "a", "b").level == "warn"


SAID = r'(?:Finding|in_production|unsafe)\(\s*(?:settings, )?(?:WARN, |NOTE, )?"([a-z.-]+)"'


def test_the_page_names_every_finding_there_is():
    """docs/operating/doctor.md has a line for each."""
    page, names = (ROOT / "docs" / "operating" / "doctor.md").read_text(), set()
    for file in (ROOT / "journal" / "operating").glob("*.py"):
        code = file.read_text()
        names |= set(re.findall(r'f"\{store\}(\.[a-z-]+)"', code)) | set(re.findall(SAID, code))
    assert {".fsync", ".modes", "swap", "locks", "database.unlogged", "settings"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []


def test_no_words_of_the_database_are_in_what_it_says(stores):
    """Numbers change between two clinics, and nothing else."""
    said = []
    for name in ("maya", "noor"):
        here = Stores.sqlite(stores.data / name)
        here.data.mkdir(mode=0o700)
        app = new_app(here)
        person = join(app, name)
        person.has_session()
        told = json.loads(asked(app, "--json")[1].replace(str(here.data), ""))["findings"]
        said.append([(it["name"], re.sub(r"[\d.]+ GiB", "", it["says"]), it["mend"]) for it in told])
        assert person.login_name not in str(said[-1])
        assert person.account["id"] not in str(said[-1])
    assert said[0] == said[1]
