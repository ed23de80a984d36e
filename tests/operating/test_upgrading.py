"""Every schema there has been goes forward to this one with a journal in it, and everything opens as it was written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import MetaData, insert

from journal import clock
from journal.database import db, migrate, writing
from tests.accounts.people import NEW, recovers, with_cookies
from tests.cast import Authenticator, Person
from tests.operating import make_released
from tests.stores import Stores, app_of, settings

HISTORY = [script.revision for script in ScriptDirectory(migrate.directory).walk_revisions()][::-1]
EARLIER = [revision for revision in HISTORY if revision in make_released.COMMITS]
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)]


def test_every_earlier_schema_has_left_a_journal():
    """A release that changes the schema keeps what the one before wrote: see make_released.py."""
    assert HISTORY[: len(EARLIER)] == EARLIER
    assert set(HISTORY[:-1]) <= set(EARLIER), "make the dump of the schema before the newest one, and commit it"


def test_nothing_in_them_names_a_machine():
    for revision in EARLIER:
        kept = (make_released.RELEASED / f"{revision}.jsonl.gz").read_bytes()
        assert len(kept) < 40_000
        assert all(word not in str(make_released.read(revision)) for word in ("/tmp", "/work", "/home", "/root"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("revision", EARLIER)
def test_it_goes_forward_and_everything_opens(revision, engine, folder, request):
    told, rows = make_released.read(revision)
    app = app_of(settings(stores(engine, revision, folder, request)))
    fill(app, revision, rows)
    with app.app_context():
        upgrade()
        counted = how_many(rows)
        assert {name: how_many(dumped_now(app)).get(name, 0) for name in counted} == counted
    with clock.at(datetime.fromisoformat(told["at"]) + timedelta(minutes=2)):
        people = {name: came_in(app, it) for name, it in told["people"].items()}
        for name, pages in told["reads"].items():
            for path, as_read in pages.items():
                assert_as_it_was(as_read, people[name].get(path).json, path)
        what_waited_is_filed(people["maya"], told.get("waiting"))
        if "gone" in told:
            assert people["maya"].get(told["gone"]).status_code == 404
        comes_back(app, told["people"]["noor"])
    close(app)


def stores(engine: str, revision: str, folder, request) -> Stores:
    if engine == "sqlite":
        return Stores.sqlite(folder)
    return Stores.postgres(folder, request.getfixturevalue("postgres"), f"upgraded_{revision}")


def fill(app: Flask, revision: str, rows: list[dict[str, Any]]) -> None:
    """Stores as they were at that revision, by its own migrations; no model of today's is asked."""
    with app.app_context():
        upgrade(revision=revision)
        for store, bind in make_released.STORES.items():
            then = MetaData()
            then.reflect(db.engines[bind])
            with writing(bind) as c:
                for table in then.sorted_tables:
                    values = [row["row"] for row in rows if (row["store"], row["table"]) == (store, table.name)]
                    values = [{name: make_released.unpacked(it) for name, it in row.items()} for row in values]
                    if values:
                        c.execute(insert(table), values)


def dumped_now(app: Flask) -> list[dict[str, Any]]:
    return make_released.dumped(app)


def how_many(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Rows of each table. Half a sign-in is what 0003 made of a therapist's, and before it there were none."""
    names = [(row["store"], row["table"]) for row in rows]
    return {name: names.count(name) for name in names}


def came_in(app: Flask, it: dict[str, Any]) -> Person:
    """With the sign-in of then, which still stands; and but for Noor once more with the password of then."""
    person = with_cookies(app, sign_in=it["cookie"])
    assert person.get("/account").status_code == 200
    if it["login_name"].startswith("noor"):
        return person
    person = Person.nobody(app)
    given = {"login_name": it["login_name"], "password": it["password"]}
    if "secret" in it:
        given["code"] = Authenticator(it["secret"]).at(clock.now() + timedelta(seconds=15))
    answer = person.post("/sign-ins", json=given)
    assert answer.status_code == 201, answer.json
    return person


def comes_back(app: Flask, it: dict[str, Any]) -> None:
    assert recovers(Person.nobody(app), it["login_name"], it["recovery_code"], NEW).status_code in (200, 201)


def what_waited_is_filed(maya: Person, waiting: dict[str, Any] | None) -> None:
    if waiting is None:
        return
    assert maya.get(f"/check-ins/{waiting['id']}").status_code == 404
    assert maya.post("/deposits/filing", json={}).status_code == 200
    assert_as_it_was(waiting, maya.get(f"/check-ins/{waiting['id']}").json, "the deposit")


def assert_as_it_was(then: Any, now: Any, where: str) -> None:
    """All that was there is there with its value; a later release may tell more."""
    if isinstance(then, dict):
        assert isinstance(now, dict), where
        for name, value in then.items():
            if name == "now":
                continue
            assert name in now, f"{where} has no {name}"
            assert_as_it_was(value, now[name], f"{where}, {name}")
    elif isinstance(then, list):
        assert isinstance(now, list), where
        assert len(then) == len(now), where
        for number, (value, found) in enumerate(zip(then, now, strict=True)):
            assert_as_it_was(value, found, f"{where}, {number}")
    else:
        assert then == now, where


def close(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
