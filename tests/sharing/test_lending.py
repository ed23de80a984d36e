"""Maya lends: what the preview shows is what is read; in a hold nothing more goes out, and nothing ever by itself."""

from datetime import timedelta
from uuid import uuid4

import pytest

from journal import clock
from tests.cast import check_in
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
    meets,
    preview,
    put,
    raw,
    reads,
    scope,
    shown,
    slug,
    stands,
    told,
    waits,
)


def by_id(rows):
    return {row["id"]: row for row in rows}


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
