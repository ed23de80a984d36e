"""Maya lends: what the preview shows is what is read; in a hold nothing more goes out, and nothing ever by itself."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from journal import clock
from tests.cast import check_in, join
from tests.sharing.between import (
    LINE,
    NOW,
    RATINGS,
    STORY,
    UNTIL,
    after,
    brief,
    decides,
    desk,
    draft,
    is_shut,
    lends,
    log,
    meets,
    on_both,
    preview,
    raw,
    reads,
    scope,
    shown,
    slug,
    stands,
    told,
    waits,
    writes,
)


@pytest.fixture
def journal(maya):
    return writes(maya)


@pytest.fixture
def pin(maya, okafor, journal):
    return meets(maya, okafor)


def by_id(rows):
    return {row["id"]: row for row in rows}


def put(patient, share, body):
    return patient.put(f"/shares/{share}", body)


@on_both
class TestWhatIsLent:
    @pytest.mark.parametrize("sections", [RATINGS, STORY])
    def test_the_desk_shows_exactly_what_the_preview_showed(self, maya, okafor, journal, pin, sections):
        before = preview(maya, sections, journal.sessions)
        share = lends(maya, pin, sections, journal.sessions, ask="Please ask me about the garden.", what_for="Monday")

        after_it = shown(okafor, share)
        assert after_it["sessions"] == by_id(before["sessions"])
        assert after_it["check_ins"] == by_id(before["check_ins"])
        assert after_it["own_terms"] == before["own_terms"]
        assert set(after_it["check_ins"]) == {journal.early, journal.late}
        assert [it["check_in_id"] for it in before["waiting"]] == [journal.landing]

    def test_words_only_where_words_are_lent(self, maya, okafor, journal, pin):
        told_with = shown(okafor, lends(maya, pin, STORY, [journal.second]))
        told_without = shown(okafor, lends(maya, pin, RATINGS, [journal.second]))

        assert told_with["check_ins"][journal.late]["story"] == LINE
        assert told_with["own_terms"] == {f"own.{journal.own}": "Humming"}
        assert "story" not in told_without["check_ins"][journal.late]
        assert told_without["own_terms"] == {}
        # That something of her own was chosen is a rating; by what name, are words.
        assert f"own.{journal.own}" in told_without["check_ins"][journal.late]["ratings"]["noticed"]

    def test_ratings_do_not_tell_whether_there_are_words(self, maya, okafor, journal, pin, database):
        share = lends(maya, pin, RATINGS, journal.sessions)
        for row in shown(okafor, share)["check_ins"].values():
            assert not {"with_story", "number", "reread_at", "revised_at"} & set(row["ratings"])
        assert {row["section"] for row in database.rows("lent")} == {"ratings"}
        assert {row["kind"] for row in database.rows("lent")} == {"session", "check_in"}

    def test_chosen_sessions_and_no_other(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, [journal.second])
        assert reads(okafor, share) == {journal.late}
        assert okafor.get(f"/desk/{share}/sessions/{journal.first}").status_code == 404
        # Numbers would tell of the one before.
        assert "number" not in shown(okafor, share)["sessions"][journal.second]["ratings"]

    def test_names_of_her_own_only_of_what_is_lent(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, [journal.first])
        assert shown(okafor, share)["own_terms"] == {}

    def test_of_all_that_was_shown_she_can_lend_less(self, maya, okafor, journal, pin):
        body = draft(maya, pin, STORY, journal.sessions)
        body["check_ins"] = [it for it in body["check_ins"] if it["id"] == journal.early]
        share = str(uuid4())
        assert put(maya, share, body).status_code == 201

        assert reads(okafor, share) == {journal.early}
        assert [it["id"] for it in brief(okafor, share)["sessions"]] == [journal.first]
        assert {it["check_in_id"] for it in waits(maya)[0]["check_ins"]} == {journal.late, journal.landing}


@on_both
class TestMakingAShare:
    def test_sent_twice_makes_one(self, maya, journal, pin):
        share, body = uuid4(), draft(maya, pin, STORY, journal.sessions)
        assert [put(maya, share, body).status_code for _ in range(2)] == [201, 200]
        assert len(maya.get("/shares").json["shares"]) == 1
        assert told(maya) == ["made"]

    @pytest.mark.parametrize(
        "other",
        [{"until": after(days=8).isoformat()}, {"check_ins": []}, {"sections": RATINGS}, {"what_for": "Tuesday"}],
        ids=lambda other: next(iter(other)),
    )
    def test_another_under_its_id_is_not_taken_for_it(self, maya, journal, pin, other):
        """She took something out and sent it again: she must not be told that it went as she says now."""
        share, body = uuid4(), draft(maya, pin, STORY, journal.sessions)
        assert put(maya, share, body).status_code == 201
        assert slug(put(maya, share, body | other)) == "412 changed-elsewhere"

    def test_under_the_id_of_noors(self, maya, noor, journal, pin, okafor):
        share = lends(maya, pin, STORY, journal.sessions)
        hers = {"pin_id": meets(noor, okafor), "name": "Noor", "until": UNTIL, **scope(RATINGS, ())}
        assert slug(put(noor, share, hers)) == "412 changed-elsewhere"
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert slug(put(noor, share, hers)) == "412 changed-elsewhere"
        assert noor.get("/shares").json["shares"] == []

    def test_what_changed_since_it_was_looked_at_is_not_lent(self, maya, okafor, journal, pin):
        body, share = draft(maya, pin, STORY, journal.sessions), uuid4()
        changed = check_in(journal.second, "next_day", after(hours=27).isoformat(), LINE, answers={"emo.mood_now": 2})
        assert maya.put(f"/check-ins/{journal.late}", changed, if_match='"1"').status_code == 200
        assert slug(put(maya, share, body)) == "412 changed-elsewhere"

        assert maya.delete(f"/check-ins/{journal.late}").status_code == 204
        assert slug(put(maya, share, body)) == "412 changed-elsewhere"
        assert (maya.get("/shares").json["shares"], desk(okafor)) == ([], [])

    def test_a_changed_session_neither(self, maya, okafor, journal, pin):
        body = draft(maya, pin, STORY, journal.sessions)
        ratings = {"happened_at": after().isoformat(), "time_zone": "America/New_York", "written_at": NOW.isoformat()}
        changed = {"ratings": ratings, "story": {"note": "More."}}
        assert maya.put(f"/sessions/{journal.second}", changed, if_match='"1"').status_code == 200
        assert slug(put(maya, uuid4(), body)) == "412 changed-elsewhere"

    def test_a_check_in_needs_its_session(self, maya, journal, pin):
        body = draft(maya, pin, STORY, journal.sessions)
        refused = put(maya, uuid4(), body | {"sessions": body["sessions"][:1]})
        assert slug(refused) == "422 invalid"
        assert "errors" in refused.json

    def test_what_is_still_to_be_re_read_is_not_lent_on_the_side(self, maya, journal, pin):
        body = draft(maya, pin, STORY, journal.sessions)
        body["check_ins"].append({"id": journal.landing, "revision": 1})
        assert slug(put(maya, uuid4(), body)) == "422 invalid"

    def test_nor_what_it_is_not_about(self, maya, journal, pin):
        body = draft(maya, pin, STORY, [journal.first])
        body["check_ins"].append({"id": journal.apart, "revision": 1})
        assert slug(put(maya, uuid4(), body)) == "422 invalid"

    def test_nor_noors(self, maya, noor, okafor, journal, pin):
        body = draft(maya, pin, STORY, [journal.first])
        body["pin_id"] = meets(noor, okafor)
        assert put(noor, uuid4(), body | {"sessions": [], "check_ins": []}).status_code == 422
        body["pin_id"] = pin
        theirs = noor.checks_in(None, "anytime", after(days=3).isoformat())
        body["check_ins"] = [{"id": theirs, "revision": 1}]
        assert slug(put(maya, uuid4(), body)) == "412 changed-elsewhere"

    @pytest.mark.parametrize("until", [NOW - timedelta(hours=1), NOW, NOW + timedelta(days=367)])
    def test_an_end_that_cannot_be(self, maya, journal, pin, until):
        assert slug(put(maya, uuid4(), draft(maya, pin, until=until.isoformat()))) == "422 invalid"

    @pytest.mark.parametrize(
        "wrong",
        [{"sections": []}, {"sections": ["story"]}, {"sections": ["story", "ratings"]}, {"covers": "from_now_on"}],
        ids=str,
    )
    def test_parts_that_do_not_fit_each_other(self, maya, journal, pin, wrong):
        body = draft(maya, pin, STORY, journal.sessions) | wrong
        assert put(maya, uuid4(), body).status_code == 422

    def test_nobody_kept_is_nobody_to_lend_to(self, maya, noor, okafor, journal, pin):
        for other in (meets(noor, okafor), str(uuid4())):
            assert put(maya, uuid4(), draft(maya, other)).status_code == 404


@on_both
class TestTheEnd:
    def test_is_the_very_second(self, maya, okafor, journal, pin):
        until = after(days=9)
        share = lends(maya, pin, STORY, journal.sessions, until=until.isoformat())
        with clock.at(until - timedelta(seconds=1)):
            assert reads(okafor, share) == {journal.early, journal.late}
            assert [it["id"] for it in desk(okafor)] == [share]
        with clock.at(until):
            assert is_shut(okafor, share, journal.second)
            assert desk(okafor) == []
            assert stands(maya, share)["state"] == "expired"
            assert slug(maya.put(f"/shares/{share}/until", {"until": UNTIL})) == "409 share-ended"
            assert slug(maya.put(f"/shares/{share}/ask", {"text": "x"})) == "409 share-ended"

    def test_that_is_over_takes_wraps_and_keys_along_when_maya_looks(self, maya, journal, pin, database):
        share = lends(maya, pin, STORY, journal.sessions, until=after(days=9).isoformat())
        with clock.at(after(days=9)):
            assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["expired"]
            assert told(maya) == ["expired", "made"]
        assert database.rows("lent") == database.rows("share_keys") == []
        assert [row["letter"] for row in database.rows("shares", id=raw(share))] == [None]

    def test_can_be_moved_either_way(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions)
        sooner, later = after(days=9), after(days=60)
        assert maya.put(f"/shares/{share}/until", {"until": sooner.isoformat()}).status_code == 200
        assert desk(okafor)[0]["until"] == stands(maya, share)["until"] == sooner.isoformat()
        assert maya.put(f"/shares/{share}/until", {"until": later.isoformat()}).status_code == 200
        with clock.at(sooner):
            assert reads(okafor, share) == {journal.early, journal.late}
        with clock.at(later):
            assert is_shut(okafor, share, journal.second)
        assert [what for what in told(maya) if not what.startswith("opened")] == ["until_changed"] * 2 + ["made"]


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


@on_both
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


@on_both
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


@on_both
class TestWhatChangesAfterwards:
    def change(self, person, journal, **ratings):
        body = check_in(journal.second, "next_day", after(hours=27).isoformat(), LINE, **ratings)
        revision = person.get(f"/check-ins/{journal.late}").json["revision"]
        answer = person.put(f"/check-ins/{journal.late}", body, if_match=f'"{revision}"')
        assert answer.status_code == 200, answer.json

    def test_is_unreadable_until_she_says_so_again(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions)
        assert reads(okafor, share) == {journal.early, journal.late}
        self.change(maya, journal, answers={"emo.mood_now": 1})

        assert reads(okafor, share) == {journal.early}
        [changed] = [it for it in waits(maya)[0]["check_ins"] if it["check_in_id"] == journal.late]
        assert (changed["changed"], changed["state"]) == (True, "ready")
        assert decides(maya, share, lend=[journal.late]).status_code == 200
        assert shown(okafor, share)["check_ins"][journal.late]["ratings"]["answers"] == {"emo.mood_now": 1}

    def test_a_yes_said_twice_in_one_breath_is_one(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, [journal.first])
        body = draft(maya, pin, STORY, [journal.first])
        body["check_ins"] *= 2
        other = str(uuid4())
        assert put(maya, other, body).status_code == 201
        assert reads(okafor, other) == {journal.early}
        asked = {"check_ins": [{**it, "share": True} for it in body["check_ins"]], "sessions": body["sessions"] * 2}
        assert maya.put(f"/shares/{share}/decisions", asked).status_code == 200
        assert reads(okafor, share) == {journal.early}

    def test_a_yes_to_what_she_no_longer_says_is_none(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions)
        for mood in (1, 2):
            self.change(maya, journal, answers={"emo.mood_now": mood})
        asked = {"check_ins": [{"id": journal.late, "revision": 2, "share": True}]}
        assert slug(maya.put(f"/shares/{share}/decisions", asked)) == "412 changed-elsewhere"
        assert reads(okafor, share) == {journal.early}

    def test_a_changed_session_takes_its_check_ins_along_and_leaves_no_trace(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions)
        ratings = {"happened_at": after().isoformat(), "time_zone": "America/New_York", "written_at": NOW.isoformat()}
        changed = {"ratings": ratings, "story": {"note": "What I did not say."}}
        assert maya.put(f"/sessions/{journal.second}", changed, if_match='"1"').status_code == 200

        assert reads(okafor, share) == {journal.early}
        assert shown(okafor, share)["own_terms"] == {}
        [on_desk] = desk(okafor)
        assert (on_desk["check_ins"], on_desk["new"]) == (1, 1)
        assert stands(maya, share)["lent"] == 1

    def test_kept_back_leaves_no_trace_of_it_and_no_key(self, maya, okafor, journal, pin, database):
        """Neither its session, of which nothing else is lent, nor the name of a sensation that only it speaks of."""
        share = lends(maya, pin, STORY, journal.sessions)
        asked = {"check_ins": [{"id": journal.late, "revision": 1, "share": False}]}
        assert maya.put(f"/shares/{share}/decisions", asked).status_code == 200

        seen = shown(okafor, share)
        assert (set(seen["sessions"]), set(seen["check_ins"]), seen["own_terms"]) == (
            {journal.first}, {journal.early}, {}
        )  # fmt: skip
        assert okafor.get(f"/desk/{share}/sessions/{journal.second}").status_code == 404
        assert [it["check_ins"] for it in desk(okafor)] == [1]
        kept = {raw(journal.first), raw(journal.early)}
        assert {row["row_id"] for row in database.rows("lent", share_id=raw(share))} == kept
        # And she can lend it again, session and name with it.
        assert decides(maya, share, lend=[]).status_code == 200
        both = {"check_ins": [{"id": journal.late, "revision": 1, "share": True}],
                "sessions": [{"id": journal.second, "revision": 1}]}  # fmt: skip
        assert maya.put(f"/shares/{share}/decisions", both).status_code == 200
        assert shown(okafor, share)["own_terms"] == {f"own.{journal.own}": "Humming"}

    def test_deleted_leaves_no_trace_either(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions)
        assert maya.delete(f"/check-ins/{journal.late}").status_code == 204
        seen = shown(okafor, share)
        assert (set(seen["sessions"]), seen["own_terms"]) == ({journal.first}, {})
        assert [it["id"] for it in brief(okafor, share)["sessions"]] == [journal.first]

    def test_what_she_would_like_to_be_asked(self, maya, okafor, journal, pin):
        share = lends(maya, pin, STORY, journal.sessions, ask="The garden")
        assert (brief(okafor, share)["ask"], desk(okafor)[0]["ask"]) == ("The garden", True)
        assert maya.put(f"/shares/{share}/ask", {"text": "The sea"}).json["ask"] == "The sea"
        assert brief(okafor, share)["ask"] == "The sea"
        assert "ask" not in maya.put(f"/shares/{share}/ask", {"text": ""}).json
        assert "ask" not in brief(okafor, share)
        assert desk(okafor)[0]["ask"] is False
