"""Maya takes back: from that on nothing opens, whoever asks and whatever is put back."""

from uuid import uuid4

from tests.sharing.between import (
    RATINGS,
    STORY,
    after,
    brief,
    desk,
    draft,
    is_shut,
    lends,
    meets,
    raw,
    reads,
    slug,
    stands,
    told,
    waits,
)


class TestTakingBack:
    def test_ends_it_at_once(self, maya, okafor, journal, share):
        assert reads(okafor, share) == {journal.early, journal.late}
        assert maya.delete(f"/shares/{share}").status_code == 204

        assert is_shut(okafor, share, journal.second)
        assert desk(okafor) == []
        ended = stands(maya, share)
        assert (ended["state"], ended["lent"], ended["waiting"]) == ("taken_back", 0, 0)
        assert ended["ended_at"].endswith(":00:00Z")
        assert waits(maya) == []

    def test_looks_like_one_that_never_was(self, maya, okafor, share):
        maya.delete(f"/shares/{share}")
        for path in ("brief", "apart"):
            there, nowhere = okafor.get(f"/desk/{share}/{path}"), okafor.get(f"/desk/{uuid4()}/{path}")
            assert (there.status_code, there.data) == (404, nowhere.data)

    def test_takes_letter_wraps_and_key_along(self, maya, share, database):
        assert (len(database.rows("lent")), len(database.rows("share_keys"))) == (7, 1)
        maya.delete(f"/shares/{share}")
        assert database.rows("lent") == database.rows("share_keys") == []
        assert [row["letter"] for row in database.rows("shares")] == [None]

    def test_twice_is_once_and_leaves_one_entry(self, maya, share):
        assert [maya.delete(f"/shares/{share}").status_code for _ in range(2)] == [204, 204]
        assert told(maya) == ["taken_back", "made"]

    def test_is_of_that_share_alone(self, maya, okafor, lind, journal, share):
        other = lends(maya, meets(maya, lind), RATINGS, journal.sessions)
        third = lends(maya, maya.get("/pins").json["pins"][1]["id"], RATINGS, [journal.first])
        maya.delete(f"/shares/{share}")
        assert reads(lind, other) == {journal.early, journal.late}
        assert third in {it["id"] for it in maya.get("/shares").json["shares"] if it["state"] == "live"}

    def test_nothing_can_be_changed_afterwards(self, maya, okafor, journal, share):
        body = draft(maya, maya.get("/pins").json["pins"][0]["id"], STORY, journal.sessions)
        maya.delete(f"/shares/{share}")
        path = f"/shares/{share}"
        lend = {"check_ins": [body["check_ins"][0] | {"share": True}], "sessions": body["sessions"]}
        changes = [(f"{path}/decisions", lend), (f"{path}/ask", {"text": "x"}),
                   (f"{path}/until", {"until": after(days=9).isoformat()})]  # fmt: skip
        assert [slug(maya.put(*change)) for change in changes] == ["409 share-ended"] * 3
        assert slug(maya.put(path, body)) == "412 changed-elsewhere"

    def test_nobody_else_can(self, noor, okafor, lind, journal, share):
        assert [it.delete(f"/shares/{share}").status_code for it in (noor, okafor, lind)] == [404] * 3
        assert reads(okafor, share) == {journal.early, journal.late}

    def test_works_when_her_own_copy_was_spoiled(self, maya, okafor, journal, share, database):
        database.change("shares", {"id": raw(share)}, about=b"", revision=9)
        assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["does_not_open"]
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert is_shut(okafor, share, journal.second)


class TestPutBackFromABackup:
    def test_every_row_as_it_was_opens_nothing_and_is_noticed(self, maya, okafor, journal, share, database):
        names = ("shares", "lent", "share_notes", "access_log", "access_log_heads")
        brief(okafor, share)
        before = {name: database.rows(name) for name in names}
        maya.delete(f"/shares/{share}")
        for name in names:
            database.replace(name, *before[name])

        assert is_shut(okafor, share, journal.second, status=409)
        assert desk(okafor) == [{"id": share, "opens": False}]
        assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["does_not_open"]
        lend = {"check_ins": [{"id": journal.early, "revision": 1, "share": True}]}
        assert slug(maya.put(f"/shares/{share}/decisions", lend)) == "409 does-not-open"
        # And she can take it back once more.
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert [it["state"] for it in maya.get("/shares").json["shares"]] == ["taken_back"]
        assert (database.rows("lent"), desk(okafor)) == ([], [])

    def test_the_letter_alone(self, maya, okafor, journal, share, database):
        letter, wraps = database.rows("shares")[0]["letter"], database.rows("lent")
        maya.delete(f"/shares/{share}")
        database.replace("lent", *wraps)
        database.change("shares", {"id": raw(share)}, letter=letter)
        assert is_shut(okafor, share, journal.second)
        assert stands(maya, share)["state"] == "does_not_open"
        database.change("shares", {"id": raw(share)}, ended_at=None, ended_by=None)
        assert is_shut(okafor, share, journal.second, status=409)
        assert stands(maya, share)["state"] == "does_not_open"

    def test_even_with_the_key_of_another_share(self, maya, okafor, journal, share, database):
        """In the keyring's place: somebody who can write to both stores has the pepper still to get."""
        other = lends(maya, maya.get("/pins").json["pins"][0]["id"], STORY, [journal.first])
        before = database.rows("shares", id=raw(share))
        maya.delete(f"/shares/{share}")
        [key] = database.rows("share_keys", id=raw(other))
        database.replace("share_keys", key, key | {"id": raw(share)})
        database.replace("shares", *before, *database.rows("shares", id=raw(other)))
        assert is_shut(okafor, share, journal.second, status=409)
        assert reads(okafor, other) == {journal.early}

    def test_a_wrap_of_what_was_kept_back_is_a_rollback_that_she_can_see(self, maya, journal, share, database):
        """FORMAT.md owns to it: a row put back as it was. It opens what was lent once, and shows as lent."""
        wraps = database.rows("lent")
        kept = {"check_ins": [{"id": journal.late, "revision": 1, "share": False}]}
        maya.put(f"/shares/{share}/decisions", kept)
        database.replace("lent", *wraps)
        assert journal.late in {it["check_in_id"] for it in stands(maya, share)["lent_check_ins"]}


class TestSaidToHaveEnded:
    """Somebody makes Maya believe that it ended, while it is still read."""

    def test_it_is_read_no_more_and_shown_for_what_it_is(self, maya, okafor, journal, share, database):
        database.change("shares", {"id": raw(share)}, ended_at=after(days=6), ended_by="patient")
        assert is_shut(okafor, share, journal.second)
        assert desk(okafor) == []
        assert stands(maya, share)["state"] == "does_not_open"
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert (stands(maya, share)["state"], told(maya)[0]) == ("taken_back", "taken_back")
        assert database.rows("lent") == database.rows("share_keys") == []

    def test_the_letter_taken_away_is_no_end(self, maya, okafor, journal, share, database):
        database.change("shares", {"id": raw(share)}, letter=None)
        assert is_shut(okafor, share, journal.second)
        assert stands(maya, share)["state"] == "does_not_open"
