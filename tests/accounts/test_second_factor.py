"""Dr Okafor's second factor: set up by her, asked of whoever has her password, on both databases."""

import os
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from journal import clock, database
from journal.accounts import service, subjects, throttle
from journal.accounts.models import ACCOUNTS, SIGN_INS
from journal.accounts.sign_ins import Browser
from journal.crypto import SignInToken
from tests.accounts.invited import half_in, slug, wholly_in  # noqa: F401  fixtures
from tests.accounts.people import (
    NEW,
    WRONG,
    cookie_of,
    in_hand,
    on_another_browser,
    recovers,
    signs_in,
    with_cookies,
)
from tests.cast import Authenticator, Person, enter, join, join_therapist, set_second_factor
from tests.stores import PEPPER, Stores, new_app

MONDAY = datetime(2030, 11, 25, 9, 0, tzinfo=UTC)
HALF_A_MINUTE = timedelta(seconds=30)


@pytest.fixture(scope="module")
def app(new_stores):
    return new_app(new_stores("second_factor"))


@pytest.fixture
def stranger(app) -> Person:
    """Whoever has her name and her password, and no more."""
    return Person.nobody(app)


def lets_in(answer) -> bool:
    return answer.status_code == 201


class TestSettingItUp:
    def test_until_it_is_set_no_door_opens_but_those_that_lead_to_it(self, half):
        assert half.get("/account").json["second_factor_due"] is True
        assert half.get("/second-factor").json == {"enabled": False, "recovery_codes_left": 0}
        for path in ("/settings", "/sign-ins"):
            assert slug(half.get(path)) == (403, "second-factor-needed")
        assert slug(half.post("/account/recovery-code")) == (403, "second-factor-needed")
        assert slug(half.delete("/account")) == (403, "second-factor-needed")

    def test_the_first_code_makes_the_sign_in_whole(self, app, half):
        before = cookie_of(half)

        set_second_factor(half)

        assert half.get("/account").json["second_factor_due"] is False
        assert half.get("/settings").status_code == 200
        assert half.get("/second-factor").json == {"enabled": True, "recovery_codes_left": 10}
        # The half sign-in is gone, and no cookie of it opens anything.
        assert with_cookies(app, sign_in=before).get("/account").status_code == 401

    def test_every_sign_in_begun_without_it_ends(self, app, half):
        elsewhere = on_another_browser(app, half)

        set_second_factor(half)

        assert elsewhere.get("/account").status_code == 401

    def test_a_wrong_first_code_changes_nothing(self, half):
        begun = half.post("/second-factor").json
        wrong = Authenticator(begun["secret"]).at(clock.now() + timedelta(hours=1))

        assert slug(half.post("/second-factor/confirmation", json={"code": wrong})) == (403, "second-factor-refused")
        assert half.get("/second-factor").json["enabled"] is False
        right = Authenticator(begun["secret"]).code()
        assert lets_in(half.post("/second-factor/confirmation", json={"code": f" {right[:3]} {right[3:]} "}))

    def test_only_the_last_secret_shown_can_be_confirmed(self, half):
        first = Authenticator(half.post("/second-factor").json["secret"])
        last = Authenticator(half.post("/second-factor").json["secret"])

        assert half.post("/second-factor/confirmation", json={"code": first.code()}).status_code == 403
        assert lets_in(half.post("/second-factor/confirmation", json={"code": last.code()}))

    def test_there_is_nothing_to_confirm_before_it_was_begun(self, half):
        answer = half.post("/second-factor/confirmation", json={"code": "123456"})

        assert slug(answer) == (409, "second-factor-not-begun")

    def test_the_app_is_told_whose_it_is(self, half):
        begun = half.post("/second-factor").json

        assert begun["uri"].startswith(f"otpauth://totp/Shoreline:{half.login_name}?")
        assert f"secret={begun['secret']}" in begun["uri"]

    def test_the_first_code_does_not_count_as_the_password(self, half):
        """Half a sign-in that lay about for an hour must not become one that may delete the account."""
        started = clock.now()
        with clock.at(started + timedelta(minutes=10)):
            set_second_factor(half)
            assert slug(half.delete("/account")) == (403, "step-up-needed")

    def test_patients_have_none(self, app):
        maya = join(app, "maya")
        nowhere = maya.get("/check-ins/0f6f4a3e-2f1d-4c53-9e0a-8a4a7f6f1f10").data

        answers = [
            maya.get("/second-factor"),
            maya.post("/second-factor"),
            maya.post("/second-factor/confirmation", json={"code": "123456"}),
            maya.post("/second-factor/confirmation", json={"nonsense": True}),
            maya.post("/second-factor/recovery-codes"),
        ]
        assert {answer.data for answer in answers} == {nowhere}
        assert {answer.status_code for answer in answers} == {404}

    def test_a_patients_addresses_are_not_there_for_her(self, app, okafor, half):
        maya = join(app, "maya")
        address = f"/sessions/{maya.has_session()}"
        nowhere = maya.get("/sessions/0f6f4a3e-2f1d-4c53-9e0a-8a4a7f6f1f10").data

        for person in (okafor, half):
            assert {person.get(path).data for path in (address, "/today", "/trends", "/devices")} == {nowhere}
            assert person.put(address, {"nonsense": True}).data == nowhere


class TestAtTheDoor:
    def test_a_password_alone_is_not_enough(self, okafor, stranger):
        refused = signs_in(stranger, okafor.login_name, okafor.password)

        assert slug(refused) == (401, "second-factor-needed")
        assert cookie_of(stranger) == ""

    def test_it_is_not_told_to_whoever_has_not_the_password(self, app, okafor, stranger):
        wrong = signs_in(stranger, okafor.login_name, WRONG, code=okafor.authenticator.code())
        nobody = signs_in(stranger, "nobody-here", WRONG, code="123456")

        assert slug(wrong) == (401, "sign-in-refused")
        assert wrong.data == nobody.data

    def test_password_and_code_are(self, okafor, stranger):
        assert lets_in(signs_in(stranger, okafor.login_name, okafor.password, code=okafor.authenticator.code()))
        assert stranger.get("/account").json["second_factor_due"] is False
        assert stranger.get("/settings").json["display_name"] == "Dr Okafor"

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_her_phones_clock_may_be_half_a_minute_off(self, okafor, stranger, steps):
        with clock.at(MONDAY):
            code = okafor.authenticator.at(MONDAY + steps * HALF_A_MINUTE)
            assert lets_in(signs_in(stranger, okafor.login_name, okafor.password, code=code))

    @pytest.mark.parametrize("steps", [-2, 2])
    def test_but_not_a_minute(self, okafor, stranger, steps):
        with clock.at(MONDAY):
            code = okafor.authenticator.at(MONDAY + steps * HALF_A_MINUTE)
            refused = signs_in(stranger, okafor.login_name, okafor.password, code=code)
            assert slug(refused) == (401, "second-factor-refused")

    def test_a_code_somebody_saw_her_type_works_no_second_time(self, app, okafor):
        with clock.at(MONDAY):
            code, before = okafor.authenticator.at(), okafor.authenticator.at(MONDAY - HALF_A_MINUTE)
            assert lets_in(signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=code))
            for replayed in (code, before):
                refused = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=replayed)
                assert slug(refused) == (401, "second-factor-refused")
        with clock.at(MONDAY + HALF_A_MINUTE):
            refused = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=code)
            assert refused.status_code == 401

    def test_the_code_that_set_it_up_is_used_too(self, okafor, stranger):
        step = datetime.fromtimestamp(okafor.authenticator.last_step * 30, UTC)
        with clock.at(step):
            refused = signs_in(stranger, okafor.login_name, okafor.password, code=okafor.authenticator.at())
            assert slug(refused) == (401, "second-factor-refused")

    def test_of_two_who_give_one_code_at_once_one_gets_in(self, app, okafor):
        assert at_once(app, okafor, okafor.authenticator.code()) == [201, 401]

    def test_step_up_takes_the_password_alone_and_stays_whole(self, okafor):
        assert okafor.post("/step-up", json={"password": okafor.password}).status_code == 200
        assert okafor.get("/settings").status_code == 200

    def test_a_new_password_leaves_the_second_factor_as_it_is(self, okafor, stranger):
        changed = {"current_password": okafor.password, "new_password": NEW}
        assert okafor.put("/account/password", changed).status_code == 204

        assert okafor.get("/settings").status_code == 200
        assert slug(signs_in(stranger, okafor.login_name, NEW)) == (401, "second-factor-needed")
        assert lets_in(signs_in(stranger, okafor.login_name, NEW, code=okafor.authenticator.code()))


def at_once(app, okafor: Person, code: str) -> list[int]:
    """How two are answered who sign in with one code at the same moment."""
    start, statuses = threading.Barrier(2), []

    def come_in() -> None:
        start.wait(5)
        answer = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=code)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=come_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(statuses)


class TestRecoveryCodes:
    def test_each_works_once_however_it_is_typed(self, app, okafor):
        code = okafor.authenticator.recovery_codes[0]
        typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

        assert lets_in(signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=typed))
        refused = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=code)
        assert slug(refused) == (401, "second-factor-refused")
        assert okafor.get("/second-factor").json["recovery_codes_left"] == 9

    def test_of_two_who_give_one_at_once_one_gets_in(self, app, okafor):
        assert at_once(app, okafor, okafor.authenticator.recovery_codes[0]) == [201, 401]

    def test_there_are_ten_and_each_is_another(self, okafor):
        codes = okafor.authenticator.recovery_codes

        assert len(set(codes)) == 10
        assert all(len(code.replace("-", "")) == 16 for code in codes)

    def test_new_ones_take_their_place_and_the_password_is_asked_for(self, app, okafor):
        old = okafor.authenticator.recovery_codes[0]
        with clock.at(clock.now() + timedelta(minutes=6)):
            assert slug(okafor.post("/second-factor/recovery-codes")) == (403, "step-up-needed")
            okafor.post("/step-up", json={"password": okafor.password})
            new = okafor.post("/second-factor/recovery-codes").json["recovery_codes"]
            assert signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=old).status_code == 401
            assert lets_in(signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=new[9]))

    def test_another_therapists_are_not_hers(self, app, okafor, stranger):
        lind = join_therapist(app, "lind", "Dr Lind")
        for code in (lind.authenticator.recovery_codes[0], lind.authenticator.code()):
            assert signs_in(stranger, okafor.login_name, okafor.password, code=code).status_code == 401


class TestWrongCodes:
    def wrong(self, okafor: Person) -> str:
        """A code of another hour."""
        return okafor.authenticator.at(clock.now() + timedelta(hours=5))

    def test_they_wait_like_passwords_and_then_the_right_one_does_too(self, app, okafor, stranger):
        with clock.at(MONDAY):
            answers = [
                signs_in(stranger, okafor.login_name, okafor.password, code=self.wrong(okafor)) for _ in range(5)
            ]
            assert {slug(answer) for answer in answers} == {(401, "second-factor-refused")}
        # The count of passwords is another one; the codes' own outlives it.
        self.forget_passwords(app, okafor)
        with clock.at(MONDAY + timedelta(seconds=1)):
            waits = signs_in(stranger, okafor.login_name, okafor.password, code=okafor.authenticator.at())
            assert slug(waits) == (429, "too-many-tries")
            assert waits.headers["Retry-After"] == "59"
        self.forget_passwords(app, okafor)
        with clock.at(MONDAY + timedelta(seconds=61)):
            assert lets_in(signs_in(stranger, okafor.login_name, okafor.password, code=okafor.authenticator.at()))

    def test_they_never_make_the_count_of_passwords_begin_anew(self, okafor, stranger):
        with clock.at(MONDAY):
            statuses = [signs_in(stranger, okafor.login_name, WRONG).status_code for _ in range(3)]
            statuses += [
                signs_in(stranger, okafor.login_name, okafor.password, code=self.wrong(okafor)).status_code,
                signs_in(stranger, okafor.login_name, okafor.password).status_code,
                signs_in(stranger, okafor.login_name, WRONG).status_code,
            ]
        assert statuses == [401] * 5 + [429]

    def test_a_right_recovery_code_never_waits(self, app, okafor, stranger):
        """Who has her password cannot keep her out by guessing codes."""
        self.use_up(app, okafor)
        refused = signs_in(stranger, okafor.login_name, okafor.password, code=okafor.authenticator.code())
        assert refused.status_code == 429
        code = okafor.authenticator.recovery_codes[0]
        assert lets_in(signs_in(stranger, okafor.login_name, okafor.password, code=code))
        # Her success begins the count anew.
        again = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=okafor.authenticator.code())
        assert lets_in(again)

    def test_a_browser_she_used_before_has_a_count_of_its_own(self, app, okafor):
        self.use_up(app, okafor)
        known = with_cookies(app, device=cookie_of(okafor, service.DEVICE_COOKIE))

        assert lets_in(signs_in(known, okafor.login_name, okafor.password, code=okafor.authenticator.code()))

    def test_wrong_recovery_codes_are_slowed_and_never_locked(self, app, okafor):
        wrong = "0000-0000-0000-0000"
        with clock.at(clock.now()):
            statuses = []
            for _ in range(7):
                self.forget_passwords(app, okafor)
                answer = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=wrong)
                statuses.append(answer.status_code)
        assert statuses == [401] * 5 + [429] * 2

    @staticmethod
    def use_up(app, okafor: Person) -> None:
        """Five wrong codes, without the Argon2id of each."""
        who = in_hand(app, okafor)
        with app.app_context():
            for _ in range(5):
                throttle.reserve(subjects.second_factor(who, Browser(""))[0], throttle.PASSWORD)

    @staticmethod
    def forget_passwords(app, okafor: Person) -> None:
        who = in_hand(app, okafor)
        with app.app_context(), database.writing() as c:
            throttle.forget(c, subjects.of(who, Browser("")))


class TestComingBack:
    def test_the_recovery_code_of_the_account_takes_the_second_factor_as_well(self, app, okafor):
        refused = recovers(Person.nobody(app), okafor.login_name, okafor.recovery_code)
        assert slug(refused) == (401, "second-factor-needed")
        wrong = recovers(Person.nobody(app), okafor.login_name, okafor.recovery_code, code="000000")
        assert slug(wrong) == (401, "second-factor-refused")
        # Neither spent the code, nor changed the password, nor signed her out.
        assert okafor.get("/settings").status_code == 200

        back = Person.nobody(app)
        code = okafor.authenticator.code()
        assert lets_in(recovers(back, okafor.login_name, okafor.recovery_code, code=code))
        assert back.get("/settings").status_code == 200
        assert okafor.get("/account").status_code == 401

    def test_a_code_that_opened_once_opens_no_recovery(self, app, okafor, stranger):
        code = okafor.authenticator.code()
        assert lets_in(signs_in(stranger, okafor.login_name, okafor.password, code=code))

        refused = recovers(Person.nobody(app), okafor.login_name, okafor.recovery_code, code=code)
        assert slug(refused) == (401, "second-factor-refused")

    def test_without_one_she_comes_back_to_set_it_up(self, app, half):
        back = Person.nobody(app)
        assert lets_in(recovers(back, half.login_name, half.recovery_code))
        assert slug(back.get("/settings")) == (403, "second-factor-needed")


class TestAnotherPhone:
    def test_she_sets_up_a_new_one_after_giving_her_password(self, app, okafor):
        elsewhere = on_another_browser(app, okafor)
        with clock.at(clock.now() + timedelta(minutes=6)):
            assert slug(okafor.post("/second-factor")) == (409, "second-factor-set")
            okafor.post("/step-up", json={"password": okafor.password})
            new = Authenticator(okafor.post("/second-factor").json["secret"])
            # Until it is confirmed the old one works.
            assert lets_in(
                signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=okafor.authenticator.code())
            )
            assert lets_in(okafor.post("/second-factor/confirmation", json={"code": new.code()}))
            assert elsewhere.get("/account").status_code == 401
            old = signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=okafor.authenticator.at())
            assert slug(old) == (401, "second-factor-refused")
            assert lets_in(signs_in(Person.nobody(app), okafor.login_name, okafor.password, code=new.code()))

    def test_half_a_sign_in_cannot_replace_one_that_was_set_meanwhile(self, app, half):
        """Somebody with the password sat at the screen that shows the secret while she set hers up."""
        other = on_another_browser(app, half)
        row = row_of(app, other)
        set_second_factor(half)
        put_back(app, row)

        assert other.get("/account").json["second_factor_due"] is True
        assert slug(other.post("/second-factor")) == (409, "second-factor-set")
        assert slug(other.post("/second-factor/confirmation", json={"code": "123456"})) == (409, "second-factor-set")
        other.post("/step-up", json={"password": half.password})
        assert slug(other.post("/second-factor")) == (409, "second-factor-set")
        assert slug(other.get("/settings")) == (403, "second-factor-needed")


def row_of(app, person: Person) -> dict:
    this = SIGN_INS.c.id == SignInToken.parse(cookie_of(person)).row_id
    with app.app_context(), database.reading() as c:
        return dict(c.execute(select(SIGN_INS).where(this)).one()._mapping)


def put_back(app, row: dict) -> None:
    with app.app_context(), database.writing() as c:
        c.execute(SIGN_INS.insert().values(row))


class TestWhoCanWriteToTheDatabase:
    def test_half_a_sign_in_said_to_be_whole_opens_nothing(self, app, half):
        self.say(app, half, second_factor_due=False)

        assert half.get("/account").status_code == 401
        assert half.get("/settings").status_code == 401

    def test_a_whole_one_said_to_be_half_opens_nothing_either(self, app, okafor):
        self.say(app, okafor, second_factor_due=True)

        assert okafor.get("/account").status_code == 401

    def test_another_role_does_not_spare_the_code(self, app, okafor, stranger):
        self.become(app, okafor, "patient")
        assert slug(signs_in(stranger, okafor.login_name, okafor.password)) == (401, "second-factor-needed")

    def test_a_patients_role_makes_half_a_sign_in_no_more(self, app, half):
        self.become(app, half, "patient")
        assert slug(half.get("/today")) == (403, "second-factor-needed")

    def test_the_database_tells_nothing_of_it(self, app, okafor):
        this = ACCOUNTS.c.id == in_hand(app, okafor).account_id
        with app.app_context(), database.reading() as c:
            profile = c.execute(select(ACCOUNTS.c.profile).where(this)).scalar_one()
        assert okafor.authenticator.secret.encode() not in profile
        assert b"second_factor" not in profile

    @staticmethod
    def say(app, person: Person, **values) -> None:
        this = SIGN_INS.c.id == SignInToken.parse(cookie_of(person)).row_id
        with app.app_context(), database.writing() as c:
            assert c.execute(update(SIGN_INS).where(this).values(values)).rowcount == 1

    @staticmethod
    def become(app, person: Person, role: str) -> None:
        this = ACCOUNTS.c.id == in_hand(app, person).account_id
        with app.app_context(), database.writing() as c:
            assert c.execute(update(ACCOUNTS).where(this).values(role=role)).rowcount == 1


def test_changing_the_pepper_moves_half_a_sign_in_too(app, folder):
    alone = Stores.sqlite(folder)
    half, new = enter(new_app(alone), "okafor"), os.urandom(32)
    between = new_app(alone, pepper=new, previous_pepper=PEPPER)
    with between.app_context():
        assert service.relock() == service.Relocked(done=3)

    after = new_app(alone, pepper=new)
    assert with_cookies(after, sign_in=cookie_of(half)).get("/account").json["second_factor_due"] is True


def test_the_guard_asks_the_role_first(app, half, okafor):
    """What is not of their role is not there; what is, but wants the second factor, says so."""
    assert slug(half.get("/today")) == (404, "not-found")
    assert slug(okafor.get("/today")) == (404, "not-found")
    assert slug(half.get("/settings")) == (403, "second-factor-needed")
