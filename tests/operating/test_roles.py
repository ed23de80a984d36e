"""The app in a role that reads and writes rows and no more, as docs/operating/roles.sql makes it."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from flask_migrate import upgrade

from journal.accounts import service as accounts
from journal.sharing import service as sharing
from tests.cast import join, join_therapist
from tests.journeys import test_a_course
from tests.live import ROOT, _environment
from tests.operating.looks import app_as_it_is, quick
from tests.operating.postgres import ask
from tests.sharing.everybody import gathered
from tests.stores import Stores, new_app

SCRIPT = ROOT / "docs" / "operating" / "roles.sql"


def in_role(server: str, folder: Path, database: str, keyring: str) -> Stores:
    as_role = [server.replace("shoreline@", f"{role}@") for role in (database, keyring)]
    return Stores(folder, f"{as_role[0]}/shoreline", f"{as_role[1]}/shoreline_keyring")


@pytest.fixture(scope="module")
def made(postgres, tmp_path_factory) -> dict[str, Stores]:
    """The page's own script, as psql runs it."""
    parts = SCRIPT.read_text().split("\\connect ")
    for part in parts:
        name, _, statements = part.partition("\n") if part is not parts[0] else ("postgres", "", part)
        with psycopg.connect(f"{postgres}/{name}", autocommit=True) as connection:
            for statement in statements.split(";\n"):
                connection.execute(statement)
    folder = tmp_path_factory.mktemp("roles")
    return {
        "owner": in_role(postgres, folder, "shoreline_owner", "shoreline_keys_owner"),
        "app": in_role(postgres, folder, "shoreline_app", "shoreline_keys"),
    }


def first_start(stores: Stores) -> subprocess.CompletedProcess[str]:
    environ = _environment(stores.data, stores, "http://localhost:8000")
    command = [sys.executable, "-m", "journal.first_start"]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def app(made):
    """The owner brings the schema; the app only starts."""
    owner = app_as_it_is(made["owner"])
    with owner.app_context():
        upgrade(revision="0004")
    behind = first_start(made["app"])
    assert behind.returncode != 0
    assert "this role may not change it" in behind.stderr
    assert "Traceback" not in behind.stderr
    with owner.app_context():
        upgrade()
    assert first_start(made["app"]).returncode == 0
    return new_app(made["app"])


@pytest.mark.slow
def test_a_whole_story_is_served_and_lent_and_taken_out(app):
    test_a_course.test_maya_goes_through_a_course(app)
    therapists = (join_therapist(app, name, f"Dr {name.title()}") for name in ("okafor", "lind"))
    world = gathered(app, join(app, "maya"), join(app, "noor"), *therapists)

    assert world.ask("live", "GET", f"/api/v1/desk/{world.shares['live']}/brief").status_code == 200
    for export in ("json", "csv", "fhir"):
        sent = world.ask("program", "POST", "/api/v1/exports", json={"format": export, "story": True})
        assert sent.status_code == 200
    with app.app_context():
        assert (accounts.relock() + sharing.relock()).refused == 0
    for command in ("sweep", "doctor", "verify", "replay-erasures"):
        with app.app_context():
            done = app.test_cli_runner().invoke(args=[command])
        assert done.exception is None or isinstance(done.exception, SystemExit), command
    join(app, "leaving").delete("/account")


def test_the_checks_see_a_lesser_role(app):
    found = quick(app)

    assert {found[name].level for name in ("database.role", "keyring.role")} == {"ok"}
    assert {found[name].level for name in ("database.rights", "keyring.rights", "database.unlogged")} == {"ok"}
    assert "One server has both" in found["apart"].says


def test_the_role_that_owns_is_told_apart(app, made):
    assert quick(app_as_it_is(made["owner"]))["database.role"].level == "note"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (id int)", "DROP TABLE check_ins", "ALTER TABLE check_ins ADD COLUMN more int",
        "TRUNCATE check_ins", "ALTER TABLE sign_ins SET LOGGED", "CREATE ROLE another", "CREATE SCHEMA another",
        "CREATE TRIGGER t BEFORE INSERT ON check_ins EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE TEMPORARY TABLE aside (id int)", "SELECT pg_read_file('PG_VERSION')",
    ],
)  # fmt: skip
def test_it_may_do_nothing_else(app, made, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(made["app"].database_url, statement)


def test_one_role_has_no_way_into_the_others_store(app, made):
    both = made["app"].database_url, made["app"].keyring_url
    ends = [url.rpartition("/") for url in both]
    for url in (f"{ends[0][0]}/{ends[1][2]}", f"{ends[1][0]}/{ends[0][2]}"):
        assert url not in both
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            ask(url, "SELECT 1")


def test_a_table_that_comes_later_can_be_used_too(app, made):
    ask(made["owner"].database_url, "CREATE TABLE later (id int PRIMARY KEY)")
    for statement in ("INSERT INTO later VALUES (1)", "UPDATE later SET id = 2", "DELETE FROM later"):
        ask(made["app"].database_url, statement)
    ask(made["owner"].database_url, "DROP TABLE later")
