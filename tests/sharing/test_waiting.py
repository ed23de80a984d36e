"""What waits for the patient's word: in a hold nothing is lent, and a standing share asks at every new check-in."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from journal import clock
from tests.cast import join
from tests.sharing.between import (
    LINE,
    NOW,
    STORY,
    after,
    brief,
    decides,
    desk,
    draft,
    is_shut,
    lends,
    log,
    meets,
    preview,
    put,
    reads,
    slug,
    stands,
    told,
    waits,
    writes,
)

HELD = after(days=7, hours=3)


@pytest.fixture
def in_hold(maya, pin):
    """A session now; the hold is 24 hours."""
    session = maya.has_session(NOW.isoformat())
    until = (NOW + timedelta(hours=24)).isoformat()
    with clock.at(HELD):
        yield session, until


@pytest.fixture
def newly_joined(app):
    """What she sets here is remembered, and is not to be met in other stories."""
    return join(app, "maya")


class TestInAHold:
    def is_held(self, answer, until):
        assert slug(answer) == "409 held"
        assert datetime.fromisoformat(answer.json["held_until"]) == datetime.fromisoformat(until)
        return True

    def test_no_new_share_and_nobody_new(self, maya, okafor, lind, pin, in_hold):
        first = maya.get("/sessions").json["items"][-1]["id"]
        body = draft(maya, pin, STORY, [first])
        assert self.is_held(put(maya, uuid4(), body), in_hold[1])
        assert self.is_held(put(maya, uuid4(), body | {"pin_id": meets(maya, lind)}), in_hold[1])
        shares = maya.get("/shares").json
        assert (shares["shares"], shares["held_until"]) == ([], in_hold[1])
        assert desk(okafor) == []

    def test_nothing_more_of_a_share_there_is(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, [journal.first], until=after(days=20).isoformat())
        body = draft(maya, pin, STORY, [journal.first])
        maya.has_session(NOW.isoformat())
        until = (NOW + timedelta(hours=24)).isoformat()
        path = f"/shares/{share}"
        with clock.at(HELD):
            assert self.is_held(maya.put(f"{path}/until", {"until": after(days=21).isoformat()}), until)
            assert self.is_held(maya.put(f"{path}/ask", {"text": "The garden"}), until)
            asked = {"check_ins": [{**body["check_ins"][0], "share": True}], "sessions": body["sessions"]}
            assert self.is_held(maya.put(f"{path}/decisions", asked), until)
            # Lending less works: a nearer end, keeping back, no word of asking, and taking back.
            kept = {"check_ins": [{**body["check_ins"][0], "share": False}]}
            assert maya.put(f"{path}/decisions", kept).status_code == 200
            assert reads(okafor, share) == set()
            assert maya.put(f"{path}/ask", {"text": ""}).status_code == 200
            assert maya.put(f"{path}/until", {"until": after(days=9).isoformat()}).status_code == 200
            assert maya.delete(path).status_code == 204
            assert is_shut(okafor, share, journal.first)
        # She shut it by that; when the hold has ended it can be made anew.
        with clock.at(after(days=8)):
            assert reads(okafor, lends(maya, pin, STORY, [journal.first])) == {journal.early}

    def test_a_shorter_hold_set_within_it_ends_nothing(self, newly_joined, maya, okafor):
        maya = newly_joined
        journal, pin = writes(maya), meets(maya, okafor)
        share = lends(maya, pin, STORY, [journal.first])
        maya.has_session(NOW.isoformat())
        with clock.at(HELD):
            now = maya.get("/settings")
            assert maya.put("/settings", {"hold_hours": 4}, if_match=now.headers["ETag"]).status_code == 200
        with clock.at(NOW + timedelta(hours=5)):
            until = (NOW + timedelta(hours=24)).isoformat()
            assert maya.get("/shares").json["held_until"] == until
            assert self.is_held(put(maya, uuid4(), draft(maya, pin, STORY, [journal.second])), until)
            assert self.is_held(maya.put(f"/shares/{share}/ask", {"text": "The garden"}), until)

    @pytest.mark.parametrize("becomes", ["deleted", "earlier", "later"])
    def test_it_stays_whatever_becomes_of_its_session(self, newly_joined, maya, okafor, becomes):
        maya = newly_joined
        journal, pin = writes(maya), meets(maya, okafor)
        session, until = maya.has_session(NOW.isoformat()), (NOW + timedelta(hours=24)).isoformat()
        with clock.at(HELD):
            hers = maya.checks_in(None, "anytime", HELD.isoformat())
            row = maya.get(f"/sessions/{session}")
            if becomes == "deleted":
                assert maya.delete(f"/sessions/{session}").status_code == 204
            else:
                moved = HELD + timedelta(days=3 if becomes == "later" else -3)
                body = {"ratings": {**row.json["ratings"], "happened_at": moved.isoformat()}}
                assert maya.put(f"/sessions/{session}", body, if_match=row.headers["ETag"]).status_code == 200
            assert maya.get("/shares").json["held_until"] == until
            assert self.is_held(put(maya, uuid4(), draft(maya, pin, STORY, [journal.first])), until)
        with clock.at(NOW + timedelta(hours=25)):
            assert lends(maya, pin, STORY, [journal.first])
            assert hers in {it["check_in_id"] for it in maya.get("/rereading").json["items"]}

    def test_a_session_of_a_hold_that_has_ended_takes_none_along(self, newly_joined, maya, journal):
        maya = newly_joined
        session = maya.has_session((NOW - timedelta(days=2)).isoformat())
        assert maya.delete(f"/sessions/{session}").status_code == 204
        assert maya.get("/rereading").json["items"] == []
        assert "held_until" not in maya.get("/shares").json

    def test_what_was_lent_before_it_stays_readable(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, [journal.first])
        maya.has_session(NOW.isoformat())
        with clock.at(HELD):
            assert reads(okafor, share) == {journal.early}

    def test_the_preview_shows_what_would_wait(self, maya, journal, pin, in_hold):
        session, until = in_hold
        hers = maya.checks_in(session, "landing", HELD.isoformat())
        waiting = preview(maya, STORY, [session])["waiting"]
        assert [(it["check_in_id"], it["state"], it["to_reread"]) for it in waiting] == [(hers, "held", True)]
        assert datetime.fromisoformat(waiting[0]["held_until"]) == datetime.fromisoformat(until)


class TestAStandingShare:
    def test_new_check_ins_wait_until_the_hold_has_ended_and_she_said_yes(self, maya, okafor, journal, pin):
        share = lends(maya, pin)
        assert (reads(okafor, share), waits(maya)) == (set(), [])

        with clock.at(HELD):
            session = maya.has_session(NOW.isoformat())
            landing = maya.checks_in(session, "landing", HELD.isoformat(), LINE)
            [waiting] = waits(maya)[0]["check_ins"]
            assert (waiting["check_in_id"], waiting["state"], waiting["to_reread"]) == (landing, "held", True)
            assert slug(decides(maya, share, lend=[landing])) == "409 held"
            assert reads(okafor, share) == set()

        with clock.at(after(days=8) - timedelta(seconds=1)):
            assert slug(decides(maya, share, lend=[landing])) == "409 held"
        with clock.at(after(days=8)):
            # The hold has ended; by itself nothing goes.
            assert [it["state"] for it in waits(maya)[0]["check_ins"]] == ["ready"]
            assert reads(okafor, share) == set()
            answer = decides(maya, share, lend=[landing])
            assert (answer.status_code, answer.json["lent"], answer.json["waiting"]) == (200, 1, 0)
            assert reads(okafor, share) == {landing}
            # Saying yes to it was re-reading it.
            assert maya.get("/rereading").json["items"][-1:] == maya.get("/rereading").json["items"][:1]
            assert landing not in {it["check_in_id"] for it in maya.get("/rereading").json["items"]}
            [made] = [entry for entry in log(maya) if entry["what"] == "lent"]
            assert [it["check_in_id"] for it in made["check_ins"]] == [landing]

    def test_is_about_nothing_from_before(self, maya, journal, pin):
        share = lends(maya, pin)
        late = maya.checks_in(None, "anytime", (NOW + timedelta(minutes=1)).isoformat())
        assert [it["check_in_id"] for it in waits(maya)[0]["check_ins"]] == [late]
        for name in (journal.apart, journal.late):
            asked = {"check_ins": [{"id": name, "revision": 1, "share": True}]}
            assert maya.put(f"/shares/{share}/decisions", asked).status_code == 422

    def test_kept_back_is_not_asked_again_and_can_be_lent_after_all(self, maya, okafor, journal, pin):
        share = lends(maya, pin)
        apart = maya.checks_in(None, "anytime", NOW.isoformat())
        with clock.at(after(days=8)):
            assert decides(maya, share, keep_back=[apart]).status_code == 200
            assert waits(maya) == []
            assert [it["check_in_id"] for it in stands(maya, share)["kept_back"]] == [apart]
            assert reads(okafor, share) == set()
            asked = {"check_ins": [{"id": apart, "revision": 1, "share": True}]}
            assert maya.put(f"/shares/{share}/decisions", asked).status_code == 200
            assert (stands(maya, share)["kept_back"], reads(okafor, share)) == ([], {apart})
        assert told(maya)[::-1][:3] == ["made", "kept_back", "opened_brief"]

    def test_with_a_check_in_goes_its_session_or_neither(self, maya, okafor, journal, pin):
        share = lends(maya, pin)
        session = maya.has_session(NOW.isoformat())
        late = maya.checks_in(session, "next_day", after(days=8, hours=3).isoformat())
        with clock.at(after(days=8, hours=4)):
            asked = {"check_ins": [{"id": late, "revision": 1, "share": True}]}
            assert slug(maya.put(f"/shares/{share}/decisions", asked)) == "422 invalid"
            assert decides(maya, share, lend=[late]).status_code == 200
            assert [it["id"] for it in brief(okafor, share)["sessions"]] == [session]
            # The next of the same session needs it no second time.
            more = maya.checks_in(session, "anytime", after(days=8, hours=3).isoformat())
            asked = {"check_ins": [{"id": more, "revision": 1, "share": True}]}
            assert maya.put(f"/shares/{share}/decisions", asked).status_code == 200
            assert reads(okafor, share) == {late, more}
