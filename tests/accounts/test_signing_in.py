"""Signing in and out, on one device and many, and how a sign-in ends."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from journal import clock, database
from journal.accounts import service, sign_ins, signing_in, subjects, throttle
from journal.accounts.models import SIGN_INS
from journal.accounts.refusals import SignInRefused
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import find, prove_by_password
from journal.crypto import SignInToken
from journal.database import db
from tests.accounts.people import (
    PHONE,
    WRONG,
    cookie_of,
    in_hand,
    on_another_browser,
    signs_in,
    with_cookies,
)
from tests.cast import Person, join
from tests.statements import said


class TestAtTheDoor:
    def test_maya_signs_in_however_she_types_her_name(self, app, maya, visitor):
        answer = signs_in(visitor, f" {maya.login_name.upper()} ", maya.password)

        assert answer.status_code == 201
        assert answer.json["account"]["id"] == maya.account["id"]
        assert answer.json["account"]["login_name"] == maya.login_name
        assert visitor.get("/account").status_code == 200

    def test_a_known_and_an_unknown_name_are_answered_alike(self, app, maya, noor):
        """The same bytes, the same look-ups, the same work, five times over; and then the same wait."""
        known, unknown = Told.of(app, noor.login_name), Told.of(app, "nobody-here")

        assert known.bodies == unknown.bodies
        assert known.statuses == unknown.statuses == [401] * 5 + [429] * 2
        assert known.headers == unknown.headers
        assert known.statements == unknown.statements
        # Without the work for nobody it would be 20 or so; two busy cores alone make it 0.78.
        assert 0.5 < known.seconds / unknown.seconds < 2

    @pytest.mark.parametrize("body", [{}, {"login_name": "maya"}, {"login_name": "maya", "password": 5}])
    def test_half_a_request_is_refused_before_any_work(self, visitor, body):
        assert visitor.post("/sign-ins", json=body).status_code == 422

    def test_signing_in_again_on_a_browser_takes_the_place_of_its_sign_in(self, app, maya):
        browser = on_another_browser(app, maya)
        before = cookie_of(browser)

        signs_in(browser, maya.login_name, maya.password)

        assert cookie_of(browser) != before
        assert with_cookies(app, sign_in=before).get("/account").status_code == 401

    def test_a_password_changed_while_it_was_being_checked_lets_nobody_in(self, app):
        maya = join(app, "maya")
        with app.app_context():
            index = in_hand(app, maya).login_index
            who = prove_by_password(find(index, "password", None), maya.password)
            body = {"current_password": maya.password, "new_password": "another harbour, another wall"}
            assert maya.put("/account/password", body).status_code == 204
            with pytest.raises(SignInRefused):
                signing_in._begin(who, Browser(""))


class Told:
    """What somebody can tell from trying a name seven times with a wrong password."""

    @classmethod
    def of(cls, app, login_name: str) -> "Told":
        told, person = cls(), Person.nobody(app)
        told.statements = []
        with app.app_context():
            engines = list(db.engines.values())
        for engine in engines:
            event.listen(engine, "before_cursor_execute", told._note)
        started = time.process_time()
        with clock.at(datetime.now(UTC)):
            answers = [signs_in(person, login_name, WRONG) for _ in range(7)]
        told.seconds = time.process_time() - started
        for engine in engines:
            event.remove(engine, "before_cursor_execute", told._note)
        told.statuses = [answer.status_code for answer in answers]
        told.bodies = [answer.data for answer in answers]
        told.headers = [
            [header for header in answer.headers if header[0] not in ("X-Request-Id", "Date")] for answer in answers
        ]
        return told

    def _note(self, _connection, _cursor, statement, _parameters, _context, _many) -> None:
        self.statements.append(statement)


class TestTheList:
    def test_maya_sees_where_she_is_signed_in(self, app):
        maya = join(app, "maya")
        phone = Person.nobody(app)
        phone.post(
            "/sign-ins", json={"login_name": maya.login_name, "password": maya.password}, headers={"User-Agent": PHONE}
        )

        listed = phone.get("/sign-ins").json["sign_ins"]

        assert [(found["device"], found["current"]) for found in listed] == [
            ("Firefox on Android", True),
            ("A browser", False),
        ]
        assert all(found["signed_in_at"] <= found["last_seen_at"] < found["expires_at"] for found in listed)

    def test_she_ends_one_of_them(self, app):
        maya = join(app, "maya")
        lost = on_another_browser(app, maya)
        name = next(found["id"] for found in maya.get("/sign-ins").json["sign_ins"] if not found["current"])

        assert maya.delete(f"/sign-ins/{name}").status_code == 204

        assert lost.get("/account").status_code == 401
        assert maya.get("/account").status_code == 200
        assert maya.delete(f"/sign-ins/{name}").status_code == 404

    def test_noor_cannot_end_them(self, app, maya, noor):
        name = maya.get("/sign-ins").json["sign_ins"][0]["id"]

        assert noor.delete(f"/sign-ins/{name}").status_code == 404
        assert maya.get("/account").status_code == 200

    @pytest.mark.parametrize("name", ["x", "é", "AAAA", "_" * 43, "9" * 400])
    def test_names_of_nothing_are_not_there(self, maya, name):
        assert maya.delete(f"/sign-ins/{name}").status_code == 404

    def test_signing_out_ends_this_one_and_clears_the_cookie(self, app, maya):
        browser = on_another_browser(app, maya)
        cookie = cookie_of(browser)

        assert browser.delete("/sign-ins/current").status_code == 204

        assert cookie_of(browser) == ""
        assert with_cookies(app, sign_in=cookie).get("/account").status_code == 401
        assert maya.get("/account").status_code == 200

    def test_signing_out_everywhere_ends_all(self, app):
        maya = join(app, "maya")
        others = [on_another_browser(app, maya) for _ in range(2)]

        assert maya.delete("/sign-ins").status_code == 204

        assert [person.get("/account").status_code for person in (maya, *others)] == [401] * 3


class TestItsEnd:
    @pytest.fixture
    def browser(self, app, maya):
        return on_another_browser(app, maya)

    def test_after_an_hour_without_a_request_it_has_ended(self, browser):
        started = datetime.now(UTC)
        with clock.at(started + timedelta(minutes=59)):
            assert browser.get("/account").status_code == 200
        with clock.at(started + timedelta(minutes=59 + 59)):
            assert browser.get("/account").status_code == 200
        with clock.at(started + timedelta(minutes=59 + 59 + 61)):
            assert browser.get("/account").status_code == 401
        # It is gone, not only late.
        assert browser.get("/account").status_code == 401

    def test_after_twelve_hours_it_has_ended_however_busy(self, browser):
        started = datetime.now(UTC)
        for minutes in range(30, 12 * 60, 30):
            with clock.at(started + timedelta(minutes=minutes)):
                assert browser.get("/account").status_code == 200
        with clock.at(started + timedelta(hours=12, seconds=1)):
            assert browser.get("/account").status_code == 401

    def test_it_says_until_when(self, browser):
        started = datetime.now(UTC)
        with clock.at(started + timedelta(minutes=30)):
            assert browser.get("/account").json["signed_in_until"] == rfc3339(started + timedelta(minutes=90))
        for minutes in range(60, 12 * 60, 40):
            with clock.at(started + timedelta(minutes=minutes)):
                until = browser.get("/account").json["signed_in_until"]
        assert until == browser.get("/sign-ins").json["sign_ins"][0]["expires_at"]

    def test_a_therapist_has_a_quarter_of_an_hour(self, app):
        """Her screen stands where others pass."""
        with app.app_context():
            code = service.invite("therapist")
        okafor = Person.nobody(app)
        body = {"login_name": "dr-okafor-at-work", "password": "a lamp in the east window", "invitation": code}
        assert okafor.post("/accounts", json=body).status_code == 201
        with clock.at(datetime.now(UTC) + timedelta(minutes=14)):
            assert okafor.get("/account").status_code == 200
        with clock.at(datetime.now(UTC) + timedelta(minutes=30)):
            assert okafor.get("/account").status_code == 401

    def test_being_seen_is_written_once_a_minute_at_most(self, app, browser):
        started = datetime.now(UTC)
        seen, row_id = [], SignInToken.parse(cookie_of(browser)).row_id
        for seconds in (0, 30, 59, 70, 100):
            with clock.at(started + timedelta(seconds=seconds)):
                browser.get("/account")
            with app.app_context(), database.reading() as c:
                seen.append(c.execute(select(SIGN_INS.c.last_seen_at).where(SIGN_INS.c.id == row_id)).scalar_one())
        assert len(set(seen)) == 2


class TestStepUp:
    def test_the_password_counts_for_five_minutes(self, app, maya):
        browser = on_another_browser(app, maya)
        started = datetime.now(UTC)
        with clock.at(started + timedelta(minutes=4)):
            assert browser.post("/account/recovery-code").status_code == 201
        with clock.at(started + timedelta(minutes=6)):
            refused = browser.post("/account/recovery-code")
            assert refused.status_code == 403
            assert refused.json["type"] == "/problems/step-up-needed"
            assert "stepped_up_until" not in browser.get("/account").json

    def test_giving_it_again_makes_a_new_sign_in(self, app, maya):
        browser = on_another_browser(app, maya)
        before = cookie_of(browser)
        later = datetime.now(UTC) + timedelta(minutes=6)
        with clock.at(later):
            answer = browser.post("/step-up", json={"password": maya.password})
            assert answer.json == {"stepped_up_until": rfc3339(later + timedelta(minutes=5))}
            assert browser.post("/account/recovery-code").status_code == 201
            assert with_cookies(app, sign_in=before).get("/account").status_code == 401

    def test_a_wrong_one_is_refused_and_counted_apart_from_the_door(self, app):
        maya = join(app, "maya")
        refused = maya.post("/step-up", json={"password": WRONG})
        assert (refused.status_code, refused.json["type"]) == (403, "/problems/password-refused")
        with app.app_context():
            for _ in range(4):
                throttle.reserve(subjects.step_up(in_hand(app, maya).account_id), throttle.PASSWORD)

        assert maya.post("/step-up", json={"password": maya.password}).status_code == 429
        body = {"current_password": maya.password, "new_password": "another harbour, another wall"}
        assert maya.put("/account/password", body).status_code == 429
        assert signs_in(Person.nobody(app), maya.login_name, maya.password).status_code == 201
        # Who came in by the password may be asked for it again.
        assert maya.post("/step-up", json={"password": maya.password}).status_code == 200


class TestEveryRequest:
    def test_who_asks_is_known_by_one_look_up(self, app, maya, folder):
        """The lock key was read in the minute before; one statement in one store is all that is left."""
        with app.app_context():
            for _ in range(6):  # At its sixth time PostgreSQL's driver makes a statement ready, by a trip of its own.
                sign_ins.find(cookie_of(maya))
        with said(app, folder) as statements, app.app_context():
            assert sign_ins.find(cookie_of(maya)) is not None
        assert len(statements) == 1

    def test_an_owner_does_not_tell_its_keys(self, app, maya):
        with app.app_context():
            owner = sign_ins.find(cookie_of(maya))
        assert owner.bundle.root_key.hex() not in repr(owner)
        assert "bundle" not in repr(owner)


class TestStrangeCookies:
    @pytest.mark.parametrize("value", ["", "x", "A" * 43, "A" * 42 + "B", "é" * 43, "_" * 4000, "%00" * 14])
    def test_they_are_nobody(self, app, value):
        assert with_cookies(app, sign_in=value).get("/account").status_code == 401

    def test_a_cookie_of_the_library_below_is_nobody_too(self, app):
        assert with_cookies(app, remember_token="1|abc", session="abc").get("/account").status_code == 401

    def test_a_strange_device_cookie_is_replaced(self, app, maya):
        browser = with_cookies(app, device="chosen by somebody")

        signs_in(browser, maya.login_name, maya.password)

        assert len(cookie_of(browser, service.DEVICE_COOKIE)) == 43


def rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
