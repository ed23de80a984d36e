"""Deleting an account: the lock key first, then every row, in the stores and on the disk."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import inspect, select

from journal import clock, database
from journal.accounts import keyring_store, service, sign_ins
from journal.accounts.models import TRIES
from journal.database import db
from journal.errors import SignInNeeded
from tests.accounts.people import (
    WRONG,
    cookie_of,
    in_hand,
    on_another_browser,
    signs_in,
    with_cookies,
)
from tests.cast import Person, join
from tests.stores import Stores, files_with, new_app


@pytest.fixture(scope="module")
def either_app(new_stores):
    return new_app(new_stores("left"))


def test_nothing_of_her_is_left_and_noor_stays(either_app):
    maya, noor = join(either_app, "maya"), join(either_app, "noor")
    account = in_hand(either_app, maya).account_id
    other = on_another_browser(either_app, maya)
    signs_in(Person.nobody(either_app), maya.login_name, WRONG)
    maya.has_session()

    answer = maya.delete("/account")

    assert answer.status_code == 204
    assert [cookie_of(maya, name) for name in ("__Host-shoreline", "__Host-shoreline-device")] == ["", ""]
    assert [person.get("/account").status_code for person in (maya, other, noor)] == [401, 401, 200]
    with either_app.app_context():
        assert everything_of(account) == []
        assert keyring_store.lock_key(account) is None
        with database.reading() as c:
            assert c.execute(select(TRIES).where(TRIES.c.failures > 0)).all() == []
    # Her name is free again, and nobody can tell that it was hers.
    assert signs_in(Person.nobody(either_app), maya.login_name, maya.password).status_code == 401


def everything_of(account: bytes) -> list[str]:
    """The tables in which a row still names the account, or holds its id in any column."""
    found = []
    for engine in db.engines.values():
        for table in inspect(engine).get_table_names():
            with engine.connect() as c:
                rows = c.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            if any(
                account in (bytes(value) if isinstance(value, memoryview) else value for value in row) for row in rows
            ):
                found.append(table)
    return found


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_the_search_finds_her_while_she_is_there(app, maya):
    with app.app_context():
        assert {"accounts", "ways_in", "sign_ins", "known_devices", "lock_keys"} <= set(
            everything_of(in_hand(app, maya).account_id)
        )


class TestOnTheDisk:
    @pytest.fixture
    def alone(self, folder):
        return new_app(Stores.sqlite(folder))

    def test_the_lock_key_is_gone_from_every_file(self, alone, folder):
        maya = join(alone, "maya")
        with alone.app_context():
            key = keyring_store.lock_key(in_hand(alone, maya).account_id)
        assert files_with(folder, key) != []

        maya.delete("/account")

        assert files_with(folder, key) == []

    def test_a_backup_of_the_database_opens_nothing_for_whoever_has_everything_else(self, alone, folder):
        maya = join(alone, "maya")
        cookie = cookie_of(maya)
        with alone.app_context(), db.engines[None].connect() as c:
            c.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(folder / "journal.sqlite3", folder / "backup.sqlite3")
        maya.delete("/account")

        restored = new_app(
            Stores(folder, f"sqlite:///{folder}/backup.sqlite3", f"sqlite:///{folder}/keyring/keyring.sqlite3")
        )

        assert with_cookies(restored, sign_in=cookie).get("/account").status_code == 401
        assert signs_in(Person.nobody(restored), maya.login_name, maya.password).status_code == 401
        code = {
            "login_name": maya.login_name,
            "recovery_code": maya.recovery_code,
            "new_password": "gulls over the wall",
        }
        assert Person.nobody(restored).post("/recovery", json=code).status_code == 401

    def test_a_worker_that_knew_her_lock_key_forgets_it_within_a_minute(self, alone):
        """Rows put back while a worker still runs: it must not open them from memory for long."""
        maya = join(alone, "maya")
        assert maya.get("/account").status_code == 200
        with alone.app_context():
            keyring_store.destroy_lock_key(in_hand(alone, maya).account_id)

        with clock.at(datetime.now(UTC) + timedelta(seconds=61)):
            assert maya.get("/account").status_code == 401


def test_it_takes_the_password_and_only_once(app):
    maya = join(app, "maya")
    with clock.at(datetime.now(UTC) + timedelta(minutes=6)):
        refused = maya.delete("/account")
        assert (refused.status_code, refused.json["type"]) == (403, "/problems/step-up-needed")
        maya.post("/step-up", json={"password": maya.password})
        assert maya.delete("/account").status_code == 204
    assert maya.delete("/account").status_code == 401


def test_another_tab_still_at_work_is_told_to_sign_in(app):
    maya = join(app, "maya")
    with app.app_context():
        owner = sign_ins.find(cookie_of(maya))
        assert maya.delete("/account").status_code == 204

        for verb in (service.view, service.read_settings, service.confirm_recovery_code, service.renew_recovery_code):
            with pytest.raises(SignInNeeded):
                verb(owner)


def test_when_the_keyring_does_not_answer_nothing_is_half_gone(folder):
    """The rows and the key go together, or stay together."""
    app = new_app(Stores.sqlite(folder))
    maya = join(app, "maya")
    assert maya.get("/account").status_code == 200  # So the guard need not ask the keyring.
    keyring = folder / "keyring" / "keyring.sqlite3"
    with app.app_context():
        db.engines["keyring"].dispose()
    keyring.rename(folder / "taken away")
    keyring.mkdir()

    assert maya.delete("/account").status_code == 503

    keyring.rmdir()
    (folder / "taken away").rename(keyring)
    assert maya.get("/account").status_code == 200
    assert maya.delete("/account").status_code == 204
