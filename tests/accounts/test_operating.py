"""What the operator does: invite, change the pepper, sweep."""

import os
import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from journal import clock, database
from journal.accounts import keyring_store, service
from journal.accounts.models import DEVICES, INVITATIONS, SIGN_INS
from journal.accounts.service import Relocked
from tests.accounts.people import cookie_of, in_hand, recovers, signs_in, with_cookies
from tests.cast import Person, join
from tests.stores import PEPPER, Stores, new_app


@pytest.fixture
def alone(folder) -> Stores:
    return Stores.sqlite(folder)


def test_the_pepper_is_changed_with_nobody_there_and_nobody_signed_out(alone):
    """Old pepper; both; new one only."""
    maya = join(new_app(alone), "maya")
    new = os.urandom(32)

    between = new_app(alone, pepper=new, previous_pepper=PEPPER)
    assert with_cookies(between, sign_in=cookie_of(maya)).get("/account").status_code == 200
    with between.app_context():
        assert service.relock() == Relocked(done=3)
        assert service.relock() == Relocked(done=3)

    after = new_app(alone, pepper=new)
    assert with_cookies(after, sign_in=cookie_of(maya)).get("/account").status_code == 200
    assert signs_in(Person.nobody(after), maya.login_name, maya.password).status_code == 201
    assert recovers(Person.nobody(after), maya.login_name, maya.recovery_code).status_code == 201


def test_what_the_new_pepper_cannot_open_is_counted_not_hidden(alone):
    maya = join(new_app(alone), "maya")
    wrong = new_app(alone, pepper=os.urandom(32), previous_pepper=os.urandom(32))

    with wrong.app_context():
        assert service.relock() == Relocked(refused=3)
    assert signs_in(Person.nobody(wrong), maya.login_name, maya.password).status_code == 401


def test_sweeping_takes_what_is_past_its_end_and_nothing_else(alone):
    app = new_app(alone)
    join(app, "maya")
    with app.app_context():
        service.invite(valid_for=timedelta(days=1))
        service.invite(valid_for=timedelta(days=30))
        assert service.sweep() == 0
        assert (service.count_accounts(), service.accounts_without_lock_key()) == (1, 0)
        with clock.at(datetime.now(UTC) + timedelta(days=2)):
            assert service.sweep() == 2
        assert counts() == (0, 1, 1)
        with clock.at(datetime.now(UTC) + timedelta(days=400)):
            service.sweep()
        assert counts() == (0, 0, 0)


def run(app, command: str) -> tuple[int, str]:
    """What `flask` does with the command: how it ends, and what it says."""
    with app.app_context():
        done = app.test_cli_runner().invoke(args=[command])
    return done.exit_code, done.output


def test_the_operators_commands_say_what_they_found(alone):
    app = new_app(alone)
    maya = join(app, "maya")
    assert run(app, "verify") == (0, "1 accounts, 0 of them without a key in this keyring.\n")
    assert run(app, "sweep") == (0, "0 deleted.\n")

    with app.app_context():
        keyring_store.destroy_lock_key(in_hand(app, maya).account_id)
    assert run(app, "verify") == (1, "1 accounts, 1 of them without a key in this keyring.\n")


def test_an_invitation_says_where_it_is_typed_and_until_when(alone):
    """On standard output the code is alone, for whoever pipes it."""
    at = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
    app = new_app(alone, origin="https://journal.example")
    with app.app_context(), clock.at(at):
        done = app.test_cli_runner().invoke(args=["invite", "--days", "3"])
    assert re.fullmatch(r"([0-9A-Z]{5}-){3}[0-9A-Z]{5}\n", done.stdout)
    assert done.stderr == (
        "For one patient, once, until 2026-11-29 10:05 UTC: to be typed at https://journal.example/sign-up as the "
        "invitation code. It is not shown again.\n"
    )
    closed = new_app(alone, registration="closed")
    with closed.app_context():
        assert "while SHORELINE_REGISTRATION is closed" in closed.test_cli_runner().invoke(args=["invite"]).stderr


def counts() -> tuple[int, ...]:
    """Sign-ins, invitations, known devices."""
    with database.reading() as c:
        tables = (SIGN_INS, INVITATIONS, DEVICES)
        return tuple(c.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
