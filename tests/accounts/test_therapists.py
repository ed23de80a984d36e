"""Therapists as accounts: invited once, shut when they leave, and the keys of what is shared with them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from journal import clock, database
from journal.accounts import enrolling, keyring_store, service, sign_ins, signing_in
from journal.accounts.models import SIGN_INS
from journal.accounts.refusals import SignInRefused
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import find, prove_by_password
from journal.crypto import SignInToken
from journal.errors import SignInNeeded
from tests.accounts.invited import half_in, slug, wholly_in  # noqa: F401  fixtures
from tests.accounts.people import (
    NEW,
    WRONG,
    cookie_of,
    in_hand,
    on_another_browser,
    recovers,
    signs_in,
)
from tests.cast import Authenticator, Person, join
from tests.stores import new_app


@pytest.fixture(scope="module")
def app(new_stores):
    return new_app(new_stores("therapists"))


def row_of(app, person: Person) -> dict:
    this = SIGN_INS.c.id == SignInToken.parse(cookie_of(person)).row_id
    with app.app_context(), database.reading() as c:
        return dict(c.execute(select(SIGN_INS).where(this)).one()._mapping)


def put_back(app, row: dict) -> None:
    with app.app_context(), database.writing() as c:
        c.execute(SIGN_INS.insert().values(row))


class TestLeavingThePractice:
    """An account that the operator disabled."""

    def test_every_sign_in_ends_and_none_begins(self, app, okafor):
        elsewhere = on_another_browser(app, okafor)
        disable(app, okafor)

        assert [person.get("/account").status_code for person in (okafor, elsewhere)] == [401, 401]
        refused = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=okafor.authenticator.code())
        assert refused.data == signs_in(Person.nobody(app), okafor.login_name, WRONG).data
        back = recovers(Person.nobody(app), okafor.login_name, okafor.recovery_code, code=okafor.authenticator.code())
        assert back.data == recovers(Person.nobody(app), "nobody-here", okafor.recovery_code).data

    def test_a_sign_in_put_back_is_nobody(self, app, okafor):
        row = row_of(app, okafor)
        disable(app, okafor)
        put_back(app, row)

        assert okafor.get("/account").status_code == 401

    def test_a_password_that_was_being_checked_meanwhile_lets_nobody_in(self, app, okafor):
        with app.app_context():
            who = prove_by_password(find(in_hand(app, okafor).login_index, "password", None), okafor.password)
            disable(app, okafor)
            with pytest.raises(SignInRefused):
                signing_in._begin(who, Browser(""), okafor.authenticator.code())

    def test_setting_up_the_second_factor_does_not_bring_her_back(self, app, half):
        code = Authenticator(half.post("/second-factor").json["secret"]).code()
        with app.app_context():
            owner = sign_ins.find(cookie_of(half))
            disable(app, half)
            with pytest.raises(SignInNeeded):
                enrolling.confirm_factor(owner, code, Browser(""))

    def test_others_may_know_that_she_left_and_nothing_more(self, app, okafor):
        account_id, bundle = in_hand(app, okafor).account_id, in_hand(app, okafor).bundle
        with app.app_context():
            assert service.account_named(f" {okafor.login_name.upper()}") == (account_id, "therapist")
            assert service.account_named("nobody-here") is None
            assert service.public_identity(account_id) == ("therapist", bundle.public(account_id), False)
            disable(app, okafor)
            assert service.public_identity(account_id) == ("therapist", bundle.public(account_id), True)
            assert service.public_identity(bytes(16)) is None


def disable(app, person: Person) -> None:
    account_id = in_hand(app, person).account_id
    with app.app_context(), database.writing() as c:
        service.disable(c, account_id)


class TestInvitations:
    @pytest.fixture
    def code(self, app) -> str:
        with app.app_context():
            done = app.test_cli_runner().invoke(args=["invite-therapist", "--days", "3"])
        assert done.exit_code == 0
        return done.stdout.strip()

    def test_the_operators_code_makes_one_therapist(self, app, code):
        assert join(app, "okafor", code).account["role"] == "therapist"

        again = Person.nobody(app).post("/accounts", json=self.sign_up(code))
        assert slug(again) == (403, "invitation-refused")

    def test_past_its_end_it_makes_none(self, app, code):
        with clock.at(clock.now() + timedelta(days=3, minutes=1)):
            late = Person.nobody(app).post("/accounts", json=self.sign_up(code))
            assert slug(late) == (403, "invitation-refused")

    @staticmethod
    def sign_up(code: str) -> dict[str, str]:
        return {"login_name": "another-okafor", "password": NEW, "invitation": code}


class TestTheKeysOfShares:
    def test_they_go_one_by_one_and_with_the_account(self, app):
        maya, noor = join(app, "maya"), join(app, "noor")
        mayas, noors = (in_hand(app, person).account_id for person in (maya, noor))
        with app.app_context():
            first, second, other = (bytes([number]) + maya.account["id"].encode()[:15] for number in range(3))
            keys = [keyring_store.make_share_key(share, mayas) for share in (first, second)]
            kept = keyring_store.make_share_key(other, noors)
            assert [keyring_store.share_key(share) for share in (first, second)] == keys

            keyring_store.destroy_share_key(first)
            assert [keyring_store.share_key(share) for share in (first, second)] == [None, keys[1]]
            maya.delete("/account")
            assert [keyring_store.share_key(share) for share in (second, other)] == [None, kept]
            assert keyring_store.lock_key(noors) is not None
