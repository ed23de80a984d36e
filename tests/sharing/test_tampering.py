"""Who can write to the database, at what is shared: grants, wraps and rows changed or moved are refused and noticed."""

from uuid import uuid4

import pytest

from journal import clock
from tests.accounts.people import in_hand
from tests.sessions.stored import flipped
from tests.sharing.between import (
    UNTIL,
    after,
    brief,
    desk,
    every_read,
    is_shut,
    lends,
    meets,
    raw,
    reads,
    slug,
    stands,
)


class TestAGrantTamperedWith:
    def test_any_bit_of_the_letter(self, maya, okafor, journal, share, database):
        [row] = database.rows("shares")
        for bit in [*range(0, 96 * 8, 61), *range(96 * 8, len(row["letter"]) * 8, 1501)]:
            database.change("shares", {"id": raw(share)}, letter=flipped(row["letter"], bit))
            assert okafor.get(f"/desk/{share}/brief").status_code == 409, bit
            assert maya.get("/shares").json["shares"][0]["state"] == "does_not_open"
        assert desk(okafor) == [{"id": share, "opens": False}]
        assert is_shut(okafor, share, journal.second, status=409)
        lend = {"check_ins": [{"id": journal.early, "revision": 1, "share": True}]}
        assert slug(maya.put(f"/shares/{share}/decisions", lend)) == "409 does-not-open"
        database.change("shares", {"id": raw(share)}, letter=row["letter"])
        assert reads(okafor, share) == {journal.early, journal.late}

    @pytest.mark.parametrize("letter", [b"", b"\0" * 3000, b"x"], ids=["empty", "zeros", "one byte"])
    def test_no_letter_at_all(self, maya, okafor, journal, share, database, letter):
        database.change("shares", {"id": raw(share)}, letter=letter)
        assert is_shut(okafor, share, journal.second, status=409)
        assert stands(maya, share)["state"] == "does_not_open"

    def test_text_where_bytes_belong(self, okafor, maya, journal, share, database, engine):
        if engine == "sqlite":
            database.run("UPDATE shares SET letter = 'words'")
            assert is_shut(okafor, share, journal.second, status=409)
            assert [it["opens"] for it in desk(okafor)] == [False]
            assert stands(maya, share)["state"] == "does_not_open"

    def test_any_bit_of_mayas_copy(self, maya, okafor, journal, share, database):
        [row] = database.rows("shares")
        for column in ("about", "about_key"):
            for bit in range(0, len(row[column]) * 8, 1501 if column == "about" else 97):
                database.change("shares", {"id": raw(share)}, **{column: flipped(row[column], bit)})
                assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["does_not_open"]
            database.change("shares", {"id": raw(share)}, **{column: row[column]})
        database.change("shares", {"id": raw(share)}, revision=7)
        lend = {"check_ins": [{"id": journal.early, "revision": 1, "share": True}]}
        for path, body in (("decisions", lend), ("ask", {"text": "x"}), ("until", {"until": UNTIL})):
            assert slug(maya.put(f"/shares/{share}/{path}", body)) == "409 does-not-open"
        assert slug(maya.post(f"/shares/{share}/replies-read")) == "409 does-not-open"
        assert maya.get("/access-log").json["whole"] is False

    @pytest.mark.parametrize("had_looked", [True, False], ids=["she had looked", "she had not looked"])
    def test_the_letter_of_before_the_end_was_made_nearer(self, maya, okafor, journal, share, database, had_looked):
        [old] = database.rows("shares")
        until = after(days=9)
        assert maya.put(f"/shares/{share}/until", {"until": until.isoformat()}).status_code == 200
        if had_looked:
            brief(okafor, share)
        for columns in (("letter",), ("letter", "about", "about_key", "revision")):
            database.change("shares", {"id": raw(share)}, **{name: old[name] for name in columns})
            assert is_shut(okafor, share, journal.second, status=409)
            with clock.at(until):
                assert is_shut(okafor, share, journal.second, status=409)
            assert [it["opens"] for it in desk(okafor)] == [False]
            assert stands(maya, share)["state"] == "does_not_open"

    def test_the_letter_of_before_the_end_was_made_later_ends_sooner_and_is_told(
        self, maya, okafor, journal, share, database
    ):
        [old] = database.rows("shares")
        assert maya.put(f"/shares/{share}/until", {"until": after(days=60).isoformat()}).status_code == 200
        brief(okafor, share)
        database.change("shares", {"id": raw(share)}, letter=old["letter"])
        assert is_shut(okafor, share, journal.second, status=409)
        assert stands(maya, share)["state"] == "does_not_open"


class TestMovedElsewhere:
    def test_the_share_to_dr_lind(self, app, maya, okafor, lind, journal, share, database):
        reads(okafor, share)
        database.change("shares", {"id": raw(share)}, reviewer_id=in_hand(app, lind).account_id)
        assert is_shut(lind, share, journal.second, status=409)
        assert desk(lind) == [{"id": share, "opens": False}]
        assert is_shut(okafor, share, journal.second)
        assert stands(maya, share)["state"] == "does_not_open"
        assert maya.delete(f"/shares/{share}").status_code == 204

    def test_a_copy_of_its_row(self, app, maya, okafor, lind, journal, share, database):
        [row] = database.rows("shares")
        [key] = database.rows("share_keys")
        wraps, copy = database.rows("lent"), uuid4()
        for reviewer in (okafor, lind):
            other = {"id": copy.bytes, "reviewer_id": in_hand(app, reviewer).account_id}
            database.replace("shares", row, row | other)
            database.replace("lent", *wraps, *(wrap | {"share_id": copy.bytes} for wrap in wraps))
            database.replace("share_keys", key, key | {"id": copy.bytes})
            assert is_shut(reviewer, str(copy), journal.second, status=409)
            assert {"id": str(copy), "opens": False} in desk(reviewer)
            states = {it["id"]: it["state"] for it in maya.get("/shares").json["shares"]}
            assert states == {share: "live", str(copy): "does_not_open"}
        assert reads(okafor, share) == {journal.early, journal.late}

    def test_the_share_to_noor(self, app, maya, noor, okafor, journal, share, database):
        database.change("shares", {"id": raw(share)}, account_id=in_hand(app, noor).account_id)
        assert is_shut(okafor, share, journal.second, status=409)
        assert [it["state"] for it in noor.get("/shares").json["shares"]] == ["does_not_open"]
        assert maya.get("/shares").json["shares"] == []

    def unopened(self, therapist, share, session):
        """How many rows of the session did not open; none of the others is shown in their place."""
        found = therapist.get(f"/desk/{share}/sessions/{session}")
        assert found.status_code in (200, 404)
        return brief(therapist, share)["unopened"]

    def test_wraps_to_another_share(self, maya, okafor, lind, journal, share, database):
        [pin], wraps = maya.get("/pins").json["pins"], database.rows("lent")
        for therapist, its_pin in ((okafor, pin["id"]), (lind, meets(maya, lind))):
            other = lends(maya, its_pin)
            database.replace("lent", *wraps, *(wrap | {"share_id": raw(other)} for wrap in wraps))
            assert reads_nothing(therapist, other)
            assert self.unopened(therapist, other, journal.second) == 5

    def test_wraps_to_another_row(self, maya, okafor, journal, share, database):
        wraps = database.rows("lent")
        for to in (journal.landing, journal.apart, journal.early):
            others = [wrap for wrap in wraps if wrap["row_id"] != raw(to)]
            moved = [wrap | {"row_id": raw(to)} for wrap in others if wrap["row_id"] == raw(journal.late)]
            database.replace("lent", *others, *moved)
            assert self.unopened(okafor, share, journal.second) == 1
            found = okafor.get(f"/desk/{share}/sessions/{journal.second}")
            assert found.status_code == 404 or to not in {it["id"] for it in found.json["check_ins"]}

    def test_wraps_to_another_section_kind_or_revision(self, maya, okafor, journal, share, database):
        wraps = {(wrap["row_id"], wrap["section"]): wrap for wrap in database.rows("lent")}
        ratings, story = (wraps[raw(journal.late), section] for section in ("ratings", "story"))
        rest = [wrap for wrap in wraps.values() if wrap["row_id"] != raw(journal.late)]
        database.replace("lent", *rest, ratings | {"key": story["key"]}, story | {"key": ratings["key"]})
        assert self.unopened(okafor, share, journal.second) == 1
        database.replace("lent", *rest, ratings)
        assert self.unopened(okafor, share, journal.second) == 1
        database.replace("lent", *rest, ratings, story)
        database.change("check_ins", {"id": raw(journal.late)}, revision=2)
        for wrap in (ratings, story):
            database.change("lent", {"row_id": wrap["row_id"], "section": wrap["section"]}, revision=2)
        assert self.unopened(okafor, share, journal.second) == 1

    def test_any_bit_of_a_wrap_or_of_what_it_opens(self, maya, okafor, journal, share, database):
        this = {"row_id": raw(journal.early), "section": "ratings"}
        [wrap] = database.rows("lent", **this)
        for bit in range(0, len(wrap["key"]) * 8, 67):
            database.change("lent", this, key=flipped(wrap["key"], bit))
            assert brief(okafor, share)["unopened"] == 1, bit
        database.change("lent", this, key=wrap["key"])
        [row] = database.rows("check_ins", id=raw(journal.early))
        database.change("check_ins", {"id": raw(journal.early)}, ratings=flipped(row["ratings"], 999))
        assert brief(okafor, share)["unopened"] == 1

    def test_a_check_in_to_another_session(self, maya, okafor, journal, share, database):
        for to in (raw(journal.first), None):
            database.change("check_ins", {"id": raw(journal.late)}, session_id=to)
            assert brief(okafor, share)["unopened"] == 1
            for path in every_read(share, journal.first)[2:]:
                assert journal.late not in {it["id"] for it in okafor.get(path).json["check_ins"]}

    def test_what_dr_okafor_keeps_of_it(self, maya, okafor, journal, share, database):
        brief(okafor, share)
        [row] = database.rows("reviews")
        for changes in ({"about": flipped(row["about"], 999)}, {"about_key": b""}, {"revision": 9}):
            database.change("reviews", {"share_id": raw(share)}, **changes)
            assert is_shut(okafor, share, journal.second, status=409)
            assert desk(okafor) == [{"id": share, "opens": False}]
            database.change("reviews", {"share_id": raw(share)}, **{name: row[name] for name in changes})
        assert reads(okafor, share) == {journal.early, journal.late}


def reads_nothing(therapist, share):
    told_of = brief(therapist, share)
    assert (told_of["sessions"], told_of["since"], told_of["own_terms"], told_of["apart"]) == ([], [], {}, 0)
    return True
