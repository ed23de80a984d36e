"""Each fault is planted in a real server, and found; a sound one is found sound."""

import dataclasses
import re
import time

import pytest
from sqlalchemy import make_url

from journal.operating import checks, postgres
from tests.cast import join
from tests.operating.looks import app_as_it_is, everything, quick, wrong
from tests.operating.postgres import ask, set_to
from tests.stores import Stores, new_app, settings

# What a server for tests is and a clinic's must not be.
OF_TESTS = {"backup-key", "database.checksums", "keyring.checksums", "database.role", "keyring.role", "apart"}


@pytest.fixture(scope="module")
def stores(tmp_path_factory, postgres):
    return Stores.postgres(tmp_path_factory.mktemp("looked"), postgres, "looked")


@pytest.fixture(scope="module")
def app(stores):
    app = new_app(stores, production=True)
    join(app, "maya")
    return app


@pytest.fixture
def facts(app):
    """What the database's server says, to be changed in what no test can change."""
    from journal import database

    with app.app_context(), database.reading() as c:
        return postgres.ask(c)


def changed(facts, **server):
    said = dataclasses.make_dataclass("Said", list({**facts.server._mapping, **server}))
    return dataclasses.replace(facts, server=said(**{**facts.server._mapping, **server}))


def test_a_sound_server_is_found_sound(app):
    found = everything(app)

    assert set(wrong(found)) <= OF_TESTS
    assert {"database.fsync", "keyring.synchronous-commit", "database.unlogged", "keyring.rights"} <= set(found)


def test_it_is_quick(app):
    """A start waits for it. Measured in the processor's time, as other tests run beside this one."""
    took = []
    for _ in range(5):
        before = time.process_time()
        quick(app)
        took.append(time.process_time() - before)

    assert min(took) < 0.1


@pytest.mark.parametrize(
    ("name", "value", "finding", "level"),
    [
        ("fsync", "off", "fsync", "refuse"),
        ("synchronous_commit", "off", "synchronous-commit", "refuse"),
        ("full_page_writes", "off", "full-page-writes", "warn"),
    ],
)
def test_a_server_that_can_lose_what_it_took_is_found(app, stores, postgres, name, value, finding, level):
    with set_to(postgres, name, value):
        found = wrong(quick(app))
        elsewhere = wrong(quick(new_app(stores)))
    assert found.get(f"database.{finding}") == found.get(f"keyring.{finding}") == level
    assert elsewhere[f"database.{finding}"] == "warn"
    assert f"database.{finding}" not in wrong(quick(app))


def test_it_is_the_apps_own_session_that_counts(app, stores, postgres):
    """A database or a role can have a setting of its own."""
    ask(f"{postgres}/postgres", 'ALTER DATABASE "looked" SET synchronous_commit = off')
    try:
        found = wrong(quick(new_app(stores, production=True)))
    finally:
        ask(f"{postgres}/postgres", 'ALTER DATABASE "looked" RESET synchronous_commit')
    assert found["database.synchronous-commit"] == "refuse"
    assert "keyring.synchronous-commit" not in found


def test_a_table_of_sign_ins_that_is_logged_is_found(app, stores):
    ask(stores.database_url, "ALTER TABLE sign_ins SET LOGGED")
    found = quick(app)["database.unlogged"]
    assert (found.level, found.mend) == ("warn", "As the owner: ALTER TABLE sign_ins SET UNLOGGED;")

    ask(stores.database_url, found.mend.removeprefix("As the owner: "))

    assert quick(app)["database.unlogged"].level == "ok"


def test_a_database_in_another_encoding_is_found(postgres, tmp_path):
    ask(f"{postgres}/postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    keyring = Stores.postgres(tmp_path, postgres, "utf").keyring_url
    app = new_app(Stores(tmp_path, f"{postgres}/latin", keyring))

    assert quick(app)["database.encoding"].level == "warn"
    assert "keyring.encoding" not in quick(app)


def test_a_database_without_an_encoding_is_refused(postgres, tmp_path):
    ask(f"{postgres}/postgres", "CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
    app = app_as_it_is(Stores(tmp_path, f"{postgres}/ascii", Stores.sqlite(tmp_path).keyring_url))

    assert everything(app)["database.encoding"].level == "refuse"


def test_a_role_with_more_than_it_needs_is_found(app, stores, postgres):
    assert "SUPERUSER" in quick(app)["database.role"].says
    ask(f"{postgres}/postgres", "CREATE ROLE strong LOGIN CREATEDB BYPASSRLS REPLICATION IN ROLE pg_read_all_data")
    strong = Stores(stores.data, stores.database_url.replace("shoreline@", "strong@"), stores.keyring_url)

    found = quick(app_as_it_is(strong))["database.role"]

    assert re.search("CREATEDB, REPLICATION, BYPASSRLS, pg_read_all_data", found.says)


def test_a_role_that_lacks_a_right_is_refused_anywhere(app, stores, postgres):
    ask(f"{postgres}/postgres", "CREATE ROLE weak LOGIN")
    ask(stores.database_url, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO weak")
    ask(stores.database_url, "REVOKE DELETE ON check_ins FROM weak")
    weak = Stores(stores.data, stores.database_url.replace("shoreline@", "weak@"), stores.keyring_url)

    found = quick(app_as_it_is(weak))

    assert (found["database.rights"].level, "check_ins." in found["database.rights"].says) == ("refuse", True)
    assert "pepper" not in found


def test_too_few_connections_are_found(app, stores, postgres, monkeypatch):
    assert quick(app)["database.connections"].level == "ok"
    monkeypatch.setenv("WEB_CONCURRENCY", "60")
    found = quick(app)["database.connections"]
    assert found.level == "warn"
    assert "60 workers of 4 threads want 485" in found.says

    monkeypatch.delenv("WEB_CONCURRENCY")
    ask(f"{postgres}/postgres", "ALTER DATABASE looked CONNECTION LIMIT 12")
    assert "12 connections" in quick(app)["database.connections"].says
    ask(f"{postgres}/postgres", "ALTER DATABASE looked CONNECTION LIMIT -1")


def test_both_stores_on_one_server_are_told_in_production(app, stores, postgres, tmp_path):
    assert "One role" in quick(app)["apart"].says
    assert quick(new_app(stores))["apart"].level == "ok"
    file = new_app(Stores(tmp_path, stores.database_url, Stores.sqlite(tmp_path).keyring_url), production=True)
    assert quick(file)["apart"].level == "ok"

    one = Stores.postgres(tmp_path, postgres, "one").database_url
    ask(one, "CREATE SCHEMA keys")
    together = new_app(Stores(tmp_path, one, f"{one}?options=-csearch_path%3Dkeys"), production=True)
    assert "one PostgreSQL database" in quick(together)["apart"].says


@pytest.mark.parametrize(
    ("server", "address", "level"),
    [
        ({"same_host": True, "ssl": False}, "postgresql://a@db.example/n", "ok"),
        ({"same_host": False, "ssl": False}, "postgresql://a@localhost/n", "ok"),
        ({"same_host": False, "ssl": False}, "postgresql://a@db.example/n", "refuse"),
        ({"same_host": False, "ssl": True}, "postgresql://a@db.example/n", "warn"),
        ({"same_host": False, "ssl": True}, "postgresql://a@db.example/n?sslmode=require", "warn"),
        ({"same_host": False, "ssl": True}, "postgresql://a@db.example/n?sslmode=verify-full", "ok"),
    ],
)
def test_a_server_across_the_network_needs_tls(facts, stores, server, address, level, monkeypatch):
    monkeypatch.delenv("PGSSLMODE", raising=False)
    here = settings(stores, production=True)
    assert postgres.link(here, "keyring", changed(facts, **server), make_url(address)).level == level


def test_a_standby_an_old_release_and_pages_without_checksums_are_found(facts):
    assert postgres.standby("database", changed(facts, standby=True)).level == "refuse"
    assert postgres.version("database", changed(facts, server_version_num="140012")).level == "warn"
    assert postgres.version("database", changed(facts, server_version_num="180001")).level == "ok"
    assert [it.level for it in postgres.damage("database", changed(facts, data_checksums="off"))] == ["ok", "warn"]
    assert [it.level for it in postgres.damage("database", changed(facts, data_checksums="on"))] == ["ok", "ok"]


def test_a_database_whose_clock_is_another_is_found(app):
    from datetime import timedelta

    from journal import clock

    with clock.at(clock.now() - timedelta(hours=3)):
        found = everything(app)
    assert (found["clock.database"].level, found["clock.rows"].level) == ("warn", "warn")


def test_a_store_that_does_not_answer_is_one_finding_and_no_password_is_told(stores):
    away = Stores(stores.data, "postgresql://maya:her-password@127.0.0.1:9/nothing", stores.keyring_url)
    found = checks.findings(app_as_it_is(away))
    names = {it.name: it.level for it in found}

    assert names["database.answers"] == "refuse"
    assert names["keyring.schema"] == "ok"
    assert "her-password" not in repr(found)
