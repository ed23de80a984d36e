"""Somebody leaves: a therapist whose account is shut or who deletes it, and Maya. What was lent goes with them."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from journal import clock
from journal.accounts import service as accounts
from journal.accounts.service import Relocked
from journal.sharing import service as sharing
from tests.accounts.people import in_hand, on_another_browser, signs_in
from tests.cast import Person, join, join_therapist
from tests.sharing.between import (
    RATINGS,
    STORY,
    brief,
    card,
    desk,
    draft,
    is_shut,
    lends,
    log,
    meets,
    reads,
    slug,
    stands,
    told,
    writes,
)
from tests.stores import PEPPER, Stores, new_app


@pytest.fixture
def leaving(app):
    """A therapist of this story's own."""
    return join_therapist(app, "vance", "Dr Vance")


def disables(app, login_name):
    with app.app_context():
        done = app.test_cli_runner().invoke(args=["disable-therapist", login_name])
    return done.exit_code, done.output


class TestATherapistWhoseAccountIsShut:
    def test_loses_sign_ins_wraps_and_keys_and_the_patients_are_told(
        self, app, maya, noor, okafor, leaving, journal, database
    ):
        other = on_another_browser(app, leaving)
        pin, stays = meets(maya, leaving), lends(maya, meets(maya, okafor), RATINGS, [journal.first])
        share = lends(maya, pin, STORY, journal.sessions)
        noors = lends(noor, meets(noor, leaving), name="Noor")
        brief(leaving, share)

        code, said = disables(app, leaving.login_name)
        assert (code, "2 shares ended" in said) == (0, True)
        assert [it.get("/desk").status_code for it in (leaving, other)] == [401, 401]
        answer = signs_in(Person.nobody(app), leaving.login_name, leaving.password, code=leaving.authenticator.code())
        assert answer.status_code == 401
        assert len(database.rows("share_keys")) == 1
        assert {row["share_id"] for row in database.rows("lent")} == {
            row["id"] for row in database.rows("shares") if row["letter"]
        }

        for patient, its in ((maya, share), (noor, noors)):
            ended = stands(patient, its)
            assert (ended["state"], ended["lent"]) == ("ended_by_operator", 0)
            assert [it["left"] for it in patient.get("/pins").json["pins"] if it["name"] == "Dr Vance"] == [True]
        first, *others = log(maya)
        assert [it["what"] for it in others] == ["opened_brief", "made", "made"]
        assert (first["what"], first["by"], first["name"]) == ("ended_by_operator", "operator", "Dr Vance")
        assert log(maya) == [first, *others]
        assert reads(okafor, stays) == {journal.early}
        assert slug(maya.post(f"/pins/{pin}/comparison")) == "409 reviewer-left"
        assert maya.delete(f"/pins/{pin}").status_code == 204

    def test_nothing_new_is_lent_to_them_and_once_more_shuts_nothing_more(self, app, maya, leaving, journal):
        pin, text = meets(maya, leaving), card(leaving)
        body = draft(maya, pin, STORY, journal.sessions)
        assert disables(app, leaving.login_name)[0] == 0
        assert slug(maya.put("/shares/11111111-1111-4111-8111-111111111111", body)) == "409 reviewer-left"
        assert slug(maya.post("/cards/reading", json={"card": text})) == "422 card-refused"
        code, said = disables(app, leaving.login_name)
        assert (code, "0 shares ended" in said) == (0, True)

    def test_nobody_else_is_shut_by_the_command(self, app, maya):
        for name in (maya.login_name, "nobody-at-all"):
            code, said = disables(app, name)
            assert (code, said) == (1, "There is no therapist with this login name.\n")
        assert maya.get("/account").status_code == 200

    def test_put_back_what_was_ended_opens_nothing(self, app, maya, leaving, journal, database):
        """Not for them, who could enable the account again, and not for Maya, who is told."""
        lends(maya, meets(maya, leaving), STORY, journal.sessions)
        names = ("shares", "lent", "accounts", "sign_ins")
        before = {name: database.rows(name) for name in names}
        disables(app, leaving.login_name)
        for name in names:
            database.replace(name, *before[name])
        assert [it["opens"] for it in desk(leaving)] == [False]
        assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["does_not_open"]


class TestATherapistWhoDeletesTheAccount:
    def test_reads_no_more_and_the_patients_see_that_they_left(self, app, maya, leaving, journal, database):
        pin = meets(maya, leaving)
        share = lends(maya, pin, STORY, journal.sessions)
        brief(leaving, share)
        assert leaving.delete("/account").status_code == 204

        assert stands(maya, share)["state"] == "reviewer_left"
        assert [it["left"] for it in maya.get("/pins").json["pins"]] == [True]
        assert slug(maya.put(f"/shares/{share}/ask", {"text": "x"})) == "409 share-ended"
        # What was lent to them goes when she looks.
        [shown] = maya.get("/shares").json["shares"]
        assert (shown["state"], shown["reviewer"]["name"], shown["lent"]) == ("reviewer_left", "Dr Vance", 0)
        assert database.rows("lent") == database.rows("share_keys") == database.rows("reviews") == []
        assert told(maya) == ["reviewer_left", "opened_brief", "made"]
        assert maya.delete(f"/pins/{pin}").status_code == 204


class TestMayaDeletesHerAccount:
    @pytest.fixture
    def hers(self, app, maya):
        """Another account of Maya's, for she needs the one she has; it is made today, for sign-ups are counted."""
        with clock.at(datetime.now(UTC)):
            return join(app, "maya")

    def test_and_nothing_of_it_opens_on_any_desk(self, hers, okafor, database):
        journal = writes(hers)
        share = lends(hers, meets(hers, okafor), STORY, journal.sessions, ask="The garden")
        okafor.put(f"/desk/{share}/replies/{journal.own}", {"text": "Yes."})
        reads(okafor, share)
        assert hers.delete("/account").status_code == 204

        assert is_shut(okafor, share, journal.second)
        assert desk(okafor) == []
        logs = ("access_log", "access_log_heads")
        for name in ("shares", "lent", "share_notes", "reviews", "pins", "share_keys", *logs):
            assert database.rows(name) == [], name

    def test_nor_when_the_rows_are_put_back(self, hers, okafor, database):
        journal = writes(hers)
        share = lends(hers, meets(hers, okafor), STORY, journal.sessions)
        names = ("accounts", "shares", "lent", "check_ins", "dosing_sessions", "additions")
        before = {name: database.rows(name) for name in names}
        with database.put_back_after("accounts"):
            assert hers.delete("/account").status_code == 204
            for name in names:
                database.replace(name, *before[name])
            assert is_shut(okafor, share, journal.second, status=409)


@pytest.mark.slow
class TestThePepper:
    """Letters move with it, with nobody signed in."""

    def test_is_changed_and_every_letter_moves(self, folder, okafor):
        alone, new = Stores.sqlite(folder), os.urandom(32)
        first = new_app(alone)
        maya, vance = join(first, "maya"), join_therapist(first, "vance", "Dr Vance")
        journal = writes(maya)
        share = lends(maya, meets(maya, vance), STORY, journal.sessions, until=in_a_month())
        gone = lends(maya, maya.get("/pins").json["pins"][0]["id"], STORY, [journal.first], until=in_a_month())
        assert maya.delete(f"/shares/{gone}").status_code == 204

        between = new_app(alone, pepper=new, previous_pepper=PEPPER)
        with between.app_context():
            assert accounts.relock().refused == 0
            assert sharing.relock() == sharing.relock() == Relocked(done=1)
        after = new_app(alone, pepper=new)
        hers, theirs = maya.fresh(after), vance.fresh(after)
        assert reads(theirs, share) == {journal.early, journal.late}
        assert stands(hers, share)["state"] == "live"
        assert in_hand(after, hers).role == "patient"

    def test_that_opens_none_is_told(self, folder):
        alone = Stores.sqlite(folder)
        first = new_app(alone)
        maya, vance = join(first, "maya"), join_therapist(first, "vance", "Dr Vance")
        lends(maya, meets(maya, vance), RATINGS, until=in_a_month())
        wrong = new_app(alone, pepper=os.urandom(32))
        with wrong.app_context():
            assert sharing.relock() == Relocked(refused=1)


def in_a_month():
    return (clock.now() + timedelta(days=30)).isoformat()
