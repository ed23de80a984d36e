"""Signing up: who may, under what name, with which password, and what comes back."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from journal import clock, database
from journal.accounts import naming, service
from journal.accounts.keyring_store import KeyringLost
from journal.accounts.models import ACCOUNTS, LOCK_KEYS
from journal.database import KEYRING
from journal.errors import Invalid
from tests.accounts.people import WRONG, signs_in
from tests.cast import Person
from tests.stores import Stores, new_app

PASSWORD = "gulls over the grey harbour"


def sign_up(person: Person, login_name: str, password: str = PASSWORD, **more: str):
    return person.post("/accounts", json={"login_name": login_name, "password": password, **more})


@pytest.fixture(scope="module")
def by_invitation(stores):
    return new_app(stores, registration="invitation")


@pytest.fixture
def invited(by_invitation):
    return Person.nobody(by_invitation)


class TestSigningUp:
    def test_maya_gets_an_account_and_is_signed_in(self, maya):
        account = maya.get("/account").json

        assert account.pop("signed_in_until") > account.pop("stepped_up_until")
        assert account == {
            "id": maya.account["id"],
            "login_name": maya.login_name,
            "role": "patient",
            "recovery_code_confirmed": False,
            "second_factor_due": False,
        }

    def test_her_cookies_stay_between_her_browser_and_this_site(self, app, visitor):
        answer = sign_up(visitor, "cookies-maya")

        cookies = answer.headers.getlist("Set-Cookie")
        assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-shoreline", "__Host-shoreline-device"]
        for cookie in cookies:
            assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
            assert "Domain" not in cookie
        assert "Max-Age=31536000" in cookies[1]
        assert "Max-Age" not in cookies[0]

    def test_the_recovery_code_is_seven_groups_and_told_once(self, maya):
        assert [len(group) for group in maya.recovery_code.split("-")] == [4] * 7
        assert maya.recovery_code not in maya.get("/account").text

    @pytest.mark.parametrize("respell", [str.upper, str.title, lambda name: f"  {name} "])
    def test_a_name_is_taken_however_it_is_spelled(self, maya, visitor, respell):
        refused = sign_up(visitor, respell(maya.login_name))

        assert refused.status_code == 409
        assert refused.json["type"] == "/problems/login-name-taken"

    @pytest.mark.parametrize("name", ["   ", "two\nlines", "bell\x07", "\u2028", "x" * 65, "ﷺ" * 10])
    def test_what_cannot_be_a_name_is_refused(self, visitor, name):
        refused = sign_up(visitor, name)

        assert refused.status_code == 422
        assert refused.json["errors"][0]["pointer"] == "#/login_name"

    def test_fields_nobody_knows_are_refused(self, visitor):
        assert sign_up(visitor, "maya", email="maya@mail.example").status_code == 422

    def test_two_who_ask_for_one_name_at_once_do_not_both_get_it(self, app):
        answers = at_once(app, [lambda person: sign_up(person, "contested")] * 2)

        assert sorted(answers) == [201, 409]


class TestPasswords:
    @pytest.mark.parametrize(
        ("password", "sentence"),
        [
            ("fourteen chars", naming.TOO_SHORT),
            ("e\u0301" * 14, naming.TOO_SHORT),
            ("passwordpassword", naming.TOO_COMMON),
            ("Password123456789", naming.TOO_COMMON),
            ("password password password", naming.TOO_COMMON),
            ("P@ssw0rdP@ssw0rd", naming.TOO_COMMON),
            ("123456789012345678", naming.TOO_COMMON),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", naming.TOO_COMMON),
            ("qwertyuiopasdfghjkl", naming.TOO_COMMON),
            ("iloveyouiloveyou", naming.TOO_COMMON),
            ("thisismypassword", naming.TOO_COMMON),
            ("shoreline shoreline", naming.TOO_COMMON),
            ("shorelineshoreline1", naming.TOO_COMMON),
            ("maya.of.tidewater2", naming.TOO_COMMON),
            ("парольпарольпароль", naming.TOO_COMMON),
            ("x" * 129, naming.TOO_LONG),
        ],
    )
    def test_too_short_too_long_and_common_ones_are_refused_with_a_sentence(self, visitor, password, sentence):
        refused = sign_up(visitor, "maya.of.tidewater", password)

        assert refused.status_code == 422
        assert refused.json["errors"] == [{"pointer": "#/password", "detail": sentence}]
        assert password not in refused.text

    @pytest.mark.parametrize(
        "password",
        [
            "correct horse battery staple",
            "私は猫が好きです。毎日一緒です",
            "9$kT!z0qLw#81vb",
            "four grey gulls, one crab 🦀",
        ],
    )
    def test_others_in_any_script_are_taken(self, password):
        naming.check_password(password, "maya", "#/password")

    def test_every_proposed_passphrase_would_be_taken(self, visitor):
        for _ in range(25):
            phrase = visitor.post("/passphrases").json["passphrase"]
            assert len(phrase.split(" ")) == 4
            naming.check_password(phrase, "maya", "#/password")

    def test_all_128_characters_count(self, app, visitor):
        whole = ("four grey gulls, é雪🦀; " * 9)[:127]
        assert len(whole) == 127
        assert sign_up(visitor, "long-maya", whole + "a").status_code == 201

        assert signs_in(Person.nobody(app), "long-maya", whole + "b").status_code == 401
        assert signs_in(Person.nobody(app), "long-maya", whole + "a").status_code == 201

    def test_judging_the_dearest_password_stays_cheap(self):
        """What substitutions can mean grows fast with length, and anybody may send one."""
        started = time.process_time()
        with pytest.raises(Invalid):
            naming.check_password("{$|%8<345619[!|5|52@9<0+" * 5 + "x" * 9, "maya", "#/password")

        assert time.process_time() - started < 1

    def test_nobody_with_a_wrong_password_learns_it_from_the_log(self, maya, visitor, caplog):
        signs_in(visitor, maya.login_name, WRONG)

        assert WRONG not in caplog.text
        assert maya.login_name not in caplog.text


class TestRegistration:
    def test_everyone_can_ask_who_may_join(self, visitor, invited):
        assert visitor.get("/registration").json == {"mode": "open"}
        assert invited.get("/registration").json == {"mode": "invitation"}

    def test_closed_means_nobody_invited_or_not(self, stores):
        app = new_app(stores, registration="closed")
        with app.app_context():
            code = service.invite()

        for more in ({}, {"invitation": code}):
            refused = sign_up(Person.nobody(app), "closed-maya", **more)
            assert refused.status_code == 403
            assert refused.json["type"] == "/problems/registration-closed"

    @pytest.mark.parametrize("code", [None, "", "0" * 20, "not a code"])
    def test_without_a_good_code_nobody_joins(self, invited, code):
        more = {} if code is None else {"invitation": code}
        refused = sign_up(invited, "uninvited", **more)

        assert refused.status_code == (422 if code == "" else 403)

    def test_dr_okafor_joins_by_a_code_read_out_to_her(self, by_invitation, invited):
        with by_invitation.app_context():
            code = service.invite("therapist")

        joined = sign_up(invited, "dr-okafor", invitation=code.lower().replace("-", " ").replace("0", "o"))

        assert joined.status_code == 201
        assert joined.json["account"]["role"] == "therapist"
        again = sign_up(Person.nobody(by_invitation), "dr-lind", invitation=code)
        assert again.json["type"] == "/problems/invitation-refused"

    def test_a_code_past_its_end_is_refused(self, by_invitation, invited):
        with by_invitation.app_context():
            code = service.invite(valid_for=timedelta(days=1))
            with clock.at(datetime.now(UTC) + timedelta(days=2)):
                assert sign_up(invited, "late-maya", invitation=code).status_code == 403

    def test_of_two_with_one_code_one_joins_and_the_other_leaves_nothing(self, by_invitation):
        with by_invitation.app_context():
            code = service.invite()
            before = rows()

        answers = at_once(
            by_invitation,
            [lambda person, name=name: sign_up(person, name, invitation=code) for name in ("first", "second")],
        )

        assert sorted(answers) == [201, 403]
        with by_invitation.app_context():
            assert rows() == tuple(count + 1 for count in before)

    def test_an_unknown_role_is_the_operators_mistake(self, app):
        with app.app_context(), pytest.raises(ValueError, match="patient, therapist"):
            service.invite("admin")


class TestAskingForNameAfterName:
    """Under open registration the answer tells who is here, so only so many an hour may ask."""

    @pytest.fixture
    def small(self, folder):
        """A host where two an hour may sign up."""
        return new_app(Stores.sqlite(folder), sign_ups_an_hour=2)

    def test_a_stranger_soon_waits_and_learns_nothing_while_waiting(self, small):
        sign_up(Person.nobody(small), "maya")
        assert sign_up(Person.nobody(small), "maya").status_code == 409

        refused = [sign_up(Person.nobody(small), name) for name in ("maya", "nobody-has-this")]

        assert [answer.json["type"] for answer in refused] == ["/problems/too-many-sign-ups"] * 2
        assert all(0 < int(answer.headers["Retry-After"]) <= 1800 for answer in refused)
        assert signs_in(Person.nobody(small), "maya", PASSWORD).status_code == 201
        with clock.at(datetime.now(UTC) + timedelta(minutes=31)):
            assert [sign_up(Person.nobody(small), "maya").status_code for _ in range(2)] == [409, 429]

    def test_whoever_was_invited_has_turns_of_their_own(self, small):
        sign_up(Person.nobody(small), "maya")
        for _ in range(2):
            sign_up(Person.nobody(small), "maya")
        with small.app_context():
            noors, linds = service.invite(), service.invite("therapist")

        asked = [sign_up(Person.nobody(small), "maya", invitation=noors).status_code for _ in range(3)]

        assert asked == [409, 409, 429]
        assert sign_up(Person.nobody(small), "dr-lind", invitation=linds).status_code == 201


def rows() -> tuple[int, int]:
    """How many accounts, and how many lock keys."""
    with database.reading() as c, database.reading(KEYRING) as keyring:
        return (
            c.execute(select(func.count()).select_from(ACCOUNTS)).scalar_one(),
            keyring.execute(select(func.count()).select_from(LOCK_KEYS)).scalar_one(),
        )


def at_once(app, verbs) -> list[int]:
    """The statuses of people who ask at the same moment."""
    start, statuses = threading.Barrier(len(verbs)), []

    def ask(verb) -> None:
        person = Person.nobody(app)
        start.wait(5)
        statuses.append(verb(person).status_code)

    threads = [threading.Thread(target=ask, args=(verb,)) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return statuses


def test_a_keyring_that_is_not_this_databases_opens_nothing_and_says_so(maya, stores, tmp_path, caplog):
    """A new index key beside old accounts would look like a start, and find nobody."""
    other = new_app(stores, keyring_url=f"sqlite:///{tmp_path}/keyring.sqlite3")
    refused = signs_in(Person.nobody(other), "maya", WRONG)

    assert refused.status_code == 500
    assert [type(record.error) for record in caplog.records] == [KeyringLost]
    with other.app_context():
        assert service.accounts_without_lock_key() == service.count_accounts() > 0
