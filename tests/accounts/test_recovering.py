"""Coming back with the recovery code."""

import cProfile
import threading

import pytest

from journal.accounts import host, ways_in
from journal.crypto import RecoveryCode, Refused
from tests.accounts.people import NEW, cookie_of, in_hand, on_another_browser, recovers, signs_in
from tests.cast import Person, join


class TestRecovering:
    def test_maya_comes_back_to_the_same_journal_with_a_new_password_and_a_new_code(self, app):
        maya = join(app, "maya")
        maya.put("/settings", {"usual_place": "the clinic by the mill"}, if_match='"1"')
        maya.post("/account/recovery-code/confirmation")
        before = in_hand(app, maya).bundle
        elsewhere = on_another_browser(app, maya)

        back = Person.nobody(app)
        answer = recovers(back, maya.login_name.upper(), f" {maya.recovery_code.lower().replace('-', ' ')} ")

        assert answer.status_code == 201
        assert answer.json["account"]["id"] == maya.account["id"]
        assert answer.json["account"]["recovery_code_confirmed"] is False
        assert answer.json["recovery_code"] != maya.recovery_code
        assert back.get("/settings").json == {"usual_place": "the clinic by the mill"}
        assert in_hand(app, back).bundle == before
        assert [person.get("/account").status_code for person in (maya, elsewhere)] == [401] * 2
        assert signs_in(Person.nobody(app), maya.login_name, maya.password).status_code == 401
        assert signs_in(Person.nobody(app), maya.login_name, NEW).status_code == 201
        # The code was spent; the new one is not.
        assert recovers(Person.nobody(app), maya.login_name, maya.recovery_code).status_code == 401
        assert recovers(Person.nobody(app), maya.login_name, answer.json["recovery_code"]).status_code == 201

    def test_wrong_codes_and_unknown_names_are_answered_alike(self, app, maya, noor, visitor):
        answers = [
            recovers(visitor, maya.login_name, noor.recovery_code),
            recovers(visitor, maya.login_name, "not a code at all"),
            recovers(visitor, "nobody-here", maya.recovery_code),
        ]

        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.data for answer in answers}) == 1
        assert maya.recovery_code not in answers[2].text

    def test_a_common_password_is_refused_before_the_code_is_looked_at(self, app, maya, visitor):
        refused = recovers(visitor, maya.login_name, maya.recovery_code, "passwordpassword")

        assert refused.json["errors"][0]["pointer"] == "#/new_password"
        assert maya.get("/account").status_code == 200

    def test_of_two_who_use_one_code_at_once_one_gets_in(self, app):
        maya = join(app, "maya")
        start, statuses = threading.Barrier(2), []

        def come_back() -> None:
            start.wait(5)
            statuses.append(recovers(Person.nobody(app), maya.login_name, maya.recovery_code).status_code)

        threads = [threading.Thread(target=come_back) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

        assert sorted(statuses) == [201, 401]

    def test_nobody_who_hammers_at_her_name_keeps_her_out(self, app):
        maya = join(app, "maya")
        hammered = [recovers(Person.nobody(app), maya.login_name, "no code").status_code for _ in range(7)]

        assert hammered == [401] * 5 + [429] * 2
        assert recovers(Person.nobody(app), maya.login_name, maya.recovery_code).status_code == 201

    def test_a_name_nobody_has_takes_as_much_work(self, app, maya):
        code = str(RecoveryCode.generate())

        def work(name: str) -> int:
            """In calls, which no neighbour on the machine makes more of."""
            way = ways_in.find(host.here().login_index(name), "recovery", None)
            with cProfile.Profile() as profile, pytest.raises(Refused):
                ways_in.prove_by_recovery(way, code)
            return sum(entry.callcount for entry in profile.getstats())

        with app.app_context():
            work(maya.login_name)
            known, unknown = work(maya.login_name), work("nobody-here")
        # Without a decoy it would be a small part of it.
        assert 0.8 < unknown / known < 1.25

    def test_a_new_code_takes_the_place_of_the_old_one(self, app):
        maya = join(app, "maya")
        new = maya.post("/account/recovery-code").json["recovery_code"]

        assert recovers(Person.nobody(app), maya.login_name, maya.recovery_code).status_code == 401
        assert recovers(Person.nobody(app), maya.login_name, new).status_code == 201

    def test_she_says_that_she_has_it_written_down(self, app, maya):
        browser = on_another_browser(app, maya)
        assert browser.post("/account/recovery-code/confirmation").status_code == 204
        assert maya.get("/account").json["recovery_code_confirmed"] is True

        browser.post("/account/recovery-code")
        assert maya.get("/account").json["recovery_code_confirmed"] is False


class TestChangingThePassword:
    def test_the_journal_stays_and_every_other_sign_in_ends(self, app):
        maya = join(app, "maya")
        before, elsewhere, cookie = in_hand(app, maya).bundle, on_another_browser(app, maya), cookie_of(maya)

        answer = maya.put("/account/password", {"current_password": maya.password, "new_password": NEW})

        assert answer.status_code == 204
        assert cookie_of(maya) != cookie
        assert in_hand(app, maya).bundle == before
        assert elsewhere.get("/account").status_code == 401
        assert signs_in(Person.nobody(app), maya.login_name, maya.password).status_code == 401
        assert signs_in(Person.nobody(app), maya.login_name, NEW).status_code == 201
        assert recovers(Person.nobody(app), maya.login_name, maya.recovery_code).status_code == 201

    @pytest.mark.parametrize(
        ("current", "new", "status"),
        [("not the one she has", NEW, 403), ("not the one she has", "passwordpassword", 422)],
    )
    def test_a_wrong_or_a_common_one_changes_nothing(self, app, maya, current, new, status):
        browser = on_another_browser(app, maya)

        refused = browser.put("/account/password", {"current_password": current, "new_password": new})

        assert refused.status_code == status
        assert browser.get("/account").status_code == 200
