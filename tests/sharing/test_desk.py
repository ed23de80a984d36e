"""Dr Okafor's desk: who shares, what is new, the brief, check-ins as written, replies, and that it was reviewed."""

from datetime import UTC, timedelta
from uuid import UUID, uuid4

import pytest

from journal import clock
from journal.sharing import desk as desk_room
from tests.cast import check_in
from tests.sessions.stored import flipped
from tests.sharing.between import (
    LINE,
    NOW,
    RATINGS,
    STORY,
    after,
    brief,
    decides,
    desk,
    lends,
    meets,
    raw,
    reads,
    shown,
    slug,
    stands,
)

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def share(maya, okafor, journal):
    return lends(maya, meets(maya, okafor), STORY, journal.sessions)


def reviews(therapist, share):
    answer = therapist.post(f"/desk/{share}/reviewed")
    assert answer.status_code == 201
    return answer.json["reviewed_at"]


def replies(therapist, share, text, reply=None):
    return therapist.put(f"/desk/{share}/replies/{reply or uuid4()}", {"text": text})


class TestTheDesk:
    def test_tells_who_shares_and_how_much_of_it_is_new(self, maya, okafor, share):
        assert okafor.get("/desk").json == {
            "now": okafor.get("/desk").json["now"],
            "own_key_differs": False,
            "shares": [
                {
                    "id": share, "opens": True, "patient": "Maya", "sections": STORY, "met": "in_person",
                    "until": stands(maya, share)["until"], "digits": maya.get("/digits").json["digits"],
                    "new": 2, "check_ins": 2, "ask": False,
                    "newest_at": NOW.replace(minute=0).strftime("%Y-%m-%dT") + f"{NOW.hour + 4:02}:00:00Z",
                }
            ],
        }  # fmt: skip

    def test_is_empty_for_who_has_no_share(self, lind, share):
        assert desk(lind) == []
        for path in ("brief", "apart", f"sessions/{uuid4()}"):
            there, nowhere = lind.get(f"/desk/{share}/{path}"), lind.get(f"/desk/{uuid4()}/{path}")
            assert (there.status_code, there.data) == (404, nowhere.data)

    def test_has_the_newest_unread_first(self, maya, noor, okafor, journal):
        pin = meets(maya, okafor)
        first = lends(maya, pin, STORY, [journal.first])
        with clock.at(LATER):
            second = lends(maya, pin, STORY, [journal.second])
            hers = noor.checks_in(None, "anytime", NOW.isoformat())
            third = lends(noor, meets(noor, okafor), name="Noor")
            assert [it["id"] for it in desk(okafor)] == [second, first, third]
            # What was reviewed goes behind what was not.
            brief(okafor, second)
            reviews(okafor, second)
            assert [it["id"] for it in desk(okafor)] == [first, second, third]
        assert hers

    def test_leaves_nothing_in_the_log(self, maya, okafor, share):
        desk(okafor)
        assert [it["what"] for it in maya.get("/access-log").json["entries"]] == ["made"]
        assert "last_opened_at" not in stands(maya, share)


class TestSinceTheLastReview:
    def test_all_is_new_until_it_was_reviewed(self, maya, okafor, journal, share):
        assert {it["check_in_id"] for it in brief(okafor, share)["since"]} == {journal.early, journal.late}
        reviews(okafor, share)
        assert brief(okafor, share)["since"] == []
        assert [(it["new"], it["check_ins"]) for it in desk(okafor)] == [(0, 2)]

    def test_what_was_not_shown_was_not_reviewed(self, maya, okafor, journal, share):
        """She reads one session, and marks it as reviewed while another was lent meanwhile."""
        assert okafor.get(f"/desk/{share}/sessions/{journal.first}").status_code == 200
        reviews(okafor, share)
        assert [it["check_in_id"] for it in brief(okafor, share)["since"]] == [journal.late]
        assert [it["new"] for it in desk(okafor)] == [1]

    def test_what_was_lent_after_it_is_new_and_what_was_changed_is_too(self, maya, okafor, journal, share):
        brief(okafor, share)
        reviews(okafor, share)
        changed = check_in(journal.second, "next_day", after(hours=27).isoformat(), LINE, answers={"emo.mood_now": 1})
        assert maya.put(f"/check-ins/{journal.late}", changed, if_match='"1"').status_code == 200
        assert decides(maya, share, lend=[journal.late, journal.landing]).status_code == 200

        since = {it["check_in_id"]: it["changed"] for it in brief(okafor, share)["since"]}
        assert since == {journal.late: True, journal.landing: False}
        assert [it["new"] for it in desk(okafor)] == [2]

    def test_a_change_of_words_alone_is_no_change_where_words_are_not_lent(self, maya, okafor, journal):
        share = lends(maya, meets(maya, okafor), RATINGS, [journal.second])
        before = brief(okafor, share)
        reviews(okafor, share)
        row = maya.get(f"/check-ins/{journal.late}").json
        row["story"] = {"texts": {"story.line": "What nobody shall read."}}
        body = {name: row[name] for name in ("ratings", "story", "session_id")}
        assert maya.put(f"/check-ins/{journal.late}", body, if_match='"1"').status_code == 200
        assert decides(maya, share, lend=[journal.late]).status_code == 200

        told = brief(okafor, share)
        assert (told["since"], desk(okafor)[0]["new"]) == ([], 0)
        assert told["instruments"] == before["instruments"]


class TestReading:
    def test_the_brief_is_of_the_latest_beside_the_one_before(self, maya, okafor, journal, share):
        told = brief(okafor, share)
        assert (told["session"]["id"], told["before"]["id"]) == (journal.second, journal.first)
        assert [it["id"] for it in told["sessions"]] == [journal.second, journal.first]
        changes = {it.get("term", it.get("item")): it["by"] for it in told["changes"]}
        assert changes == {"sens.numbness": 6, "emo.mood_now": 4}
        assert told["own_terms"] == {f"own.{journal.own}": "Humming"}
        assert (told["unopened"], told["replies"]) == (0, [])

    def test_the_brief_of_a_session_of_ones_choice(self, okafor, journal, share):
        told = brief(okafor, share, journal.first)
        assert told["session"]["id"] == journal.first
        assert "before" not in told
        assert okafor.get(f"/desk/{share}/brief?session={uuid4()}").status_code == 404

    def test_questionnaires_obey_the_same_decision_as_words(self, maya, okafor, journal, share):
        totals = {it["check_in_id"]: it["total"] for it in brief(okafor, share)["instruments"][0]["points"]}
        assert totals == {journal.early: 14, journal.late: 7}
        asked = {"check_ins": [{"id": journal.late, "revision": 1, "share": False}]}
        assert maya.put(f"/shares/{share}/decisions", asked).status_code == 200
        totals = [it["total"] for it in brief(okafor, share)["instruments"][0]["points"]]
        assert totals == [14]

    def test_a_session_as_written(self, maya, okafor, journal, share):
        found = okafor.get(f"/desk/{share}/sessions/{journal.second}").json
        [session], [told] = found["sessions"], found["check_ins"]
        hers = maya.get(f"/check-ins/{journal.late}").json
        assert (session["id"], session["ratings"]["route"]) == (journal.second, "im")
        assert (told["ratings"], told["story"], told["session_id"]) == (hers["ratings"], LINE, journal.second)

    def test_what_belongs_to_no_session(self, maya, okafor, journal):
        share = lends(maya, meets(maya, okafor))
        apart = maya.checks_in(None, "anytime", NOW.isoformat(), LINE)
        assert decides(maya, share, lend=[apart]).status_code == 200
        found = okafor.get(f"/desk/{share}/apart").json
        assert ([it["id"] for it in found["check_ins"]], found["sessions"]) == ([apart], [])
        assert brief(okafor, share)["apart"] == 1


class TestAnswering:
    def test_a_reply_reaches_her_and_is_unread_until_she_read_it(self, maya, okafor, share):
        made = replies(okafor, share, "See you on Monday.")
        assert made.status_code == 201
        assert stands(maya, share)["replies"] == brief(okafor, share)["replies"] == [made.json]
        assert stands(maya, share)["unread_replies"] == 1
        assert maya.post(f"/shares/{share}/replies-read").status_code == 204
        assert stands(maya, share)["unread_replies"] == 0

    def test_sent_twice_is_there_once_and_another_under_its_id_is_refused(self, maya, okafor, share):
        reply = uuid4()
        assert [replies(okafor, share, "Hello.", reply).status_code for _ in range(2)] == [201, 200]
        assert slug(replies(okafor, share, "Other.", reply)) == "412 changed-elsewhere"
        assert [it["text"] for it in stands(maya, share)["replies"]] == ["Hello."]

    def test_so_many_and_no_more_as_each_is_opened_when_she_looks(self, maya, okafor, share, monkeypatch):
        monkeypatch.setattr(desk_room, "MOST_REPLIES", 2)
        first = uuid4()
        assert [replies(okafor, share, "Hello.", it).status_code for it in (first, uuid4(), uuid4(), first)] == [
            201, 201, 422, 200,
        ]  # fmt: skip

    def test_reviewed_again_the_latest_counts(self, maya, okafor, share, database):
        for hours in (1, 2):
            with clock.at(NOW + timedelta(hours=hours)):
                at = okafor.post(f"/desk/{share}/reviewed").json["reviewed_at"]
        assert stands(maya, share)["reviewed_at"] == at
        assert [row["kind"] for row in database.rows("share_notes")].count("reviewed") == 1

    def test_under_an_id_that_something_else_has(self, maya, okafor, share, database):
        """What she asks has the share's own id, and a review one that the database knows."""
        assert slug(replies(okafor, share, "Hello.", share)) == "412 changed-elsewhere"
        assert maya.put(f"/shares/{share}/ask", {"text": "The garden"}).status_code == 200
        assert slug(replies(okafor, share, "Hello.", share)) == "412 changed-elsewhere"
        reviews(okafor, share)
        [review] = database.rows("share_notes", kind="reviewed")
        assert slug(replies(okafor, share, "Hello.", str(UUID(bytes=review["id"])))).startswith("412")

    def test_one_changed_behind_the_back_is_not_shown_as_hers(self, maya, okafor, share, database):
        reply = str(uuid4())
        replies(okafor, share, "Hello.", reply)
        [row] = database.rows("share_notes", id=raw(reply))
        for changes in ({"body": flipped(row["body"], 300)}, {"revision": 2}, {"kind": "reviewed"}, {"kind": "odd"}):
            database.change("share_notes", {"id": raw(reply)}, **changes)
            assert stands(maya, share)["replies"] == brief(okafor, share)["replies"] == []
            assert "reviewed_at" not in stands(maya, share)
            database.change("share_notes", {"id": raw(reply)}, **{name: row[name] for name in changes})
        assert [it["text"] for it in stands(maya, share)["replies"]] == ["Hello."]
        database.change("share_notes", {"id": raw(reply)}, revision=2)
        assert slug(replies(okafor, share, "Hello.", reply)) == "412 changed-elsewhere"

    def test_maya_sees_when_it_was_reviewed_and_when_it_was_opened(self, maya, okafor, share):
        brief(okafor, share)
        with clock.at(LATER):
            at = reviews(okafor, share)
        seen = stands(maya, share)
        assert seen["reviewed_at"] == at == LATER.astimezone(UTC).isoformat()
        assert seen["last_opened_at"] < at
        assert [it["reviewed_at"] for it in desk(okafor)] == [at]

    def test_what_she_answered_stays_readable_after_the_end(self, maya, okafor, share):
        replies(okafor, share, "See you.")
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert [it["text"] for it in stands(maya, share)["replies"]] == ["See you."]
        assert maya.post(f"/shares/{share}/replies-read").status_code == 204
        assert stands(maya, share)["unread_replies"] == 0


def test_two_therapists_do_not_know_of_each_other(maya, okafor, lind, journal):
    one = lends(maya, meets(maya, okafor), STORY, [journal.first])
    other = lends(maya, meets(maya, lind), RATINGS, [journal.second])
    assert (reads(okafor, one), reads(lind, other)) == ({journal.early}, {journal.late})
    assert [len(desk(person)) for person in (okafor, lind)] == [1, 1]
    replies(okafor, one, "For Maya.")
    assert brief(lind, other)["replies"] == []
    assert "story" not in shown(lind, other)["check_ins"][journal.late]
