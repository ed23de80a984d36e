"""Bringing a journal in: all or nothing, twice is once, and undone as far as nobody went on with it."""

from uuid import UUID, uuid4

import orjson
import pytest

from tests.export.files import BEARABLE, DAYLIO, bring_in, in_new_york, journal, preview
from tests.export.test_exports import written
from tests.sessions.bodies import KINDS, LANDED, OTHERWISE

EMPTY = {"courses": [], "additions": [], "sessions": [], "check_ins": []}


@pytest.fixture
def file(maya, noor) -> bytes:
    """What Maya took out: a row of every kind. Noor, who has nothing yet, brings it in."""
    in_new_york(maya)
    written(maya)
    return maya.post("/exports", json={"format": "json", "story": True}).data


def changed(file: bytes, **lists) -> bytes:
    return orjson.dumps(orjson.loads(file) | lists)


class TestComingIn:
    def test_an_empty_account_has_the_same_journal(self, maya, noor, file):
        seen = preview(noor, "shoreline", file).json
        kept = bring_in(noor, "shoreline", file)

        assert {name: seen[name] for name in ("rows", "courses", "sessions", "check_ins", "additions", "already")} == {
            "rows": 4, "courses": 1, "sessions": 1, "check_ins": 1, "additions": 1, "already": 0,
        }  # fmt: skip
        assert kept.json["kept"] == 4
        assert journal(noor) == journal(maya)
        assert noor.get("/settings").json["time_zone"] == "America/New_York"

    def test_a_preview_keeps_nothing(self, noor, file):
        preview(noor, "shoreline", file)
        assert {name: journal(noor)[name] for name in EMPTY} == EMPTY
        assert noor.get("/imports").json == {"imports": []}

    @pytest.mark.parametrize("source", ["shoreline", "daylio", "bearable"])
    def test_twice_is_once(self, noor, file, source):
        in_new_york(noor)
        content = {"shoreline": file, "daylio": DAYLIO, "bearable": BEARABLE}[source]
        first = bring_in(noor, source, content).json
        before = journal(noor)
        again = bring_in(noor, source, content)

        assert again.json == {"kept": 0, "already": first["kept"]}
        assert journal(noor) == before
        assert len(noor.get("/imports").json["imports"]) == 1

    def test_it_says_whose_file_it_was_and_when(self, noor, file):
        kept = bring_in(noor, "shoreline", file).json
        [listed] = noor.get("/imports").json["imports"]
        assert listed.pop("made_at")
        assert listed == {"id": kept["import_id"], "from": "shoreline", "kept": 4, "opens": True}

    def test_settings_of_her_own_stay(self, noor, file):
        etag = noor.get("/settings").headers["ETag"]
        noor.put("/settings", {"time_zone": "Europe/Dublin"}, if_match=etag)
        bring_in(noor, "shoreline", file)
        assert noor.get("/settings").json["time_zone"] == "Europe/Dublin"


class TestAllOrNothing:
    def refused(self, noor, content) -> list[str]:
        """What is said of each wrong row, the same in both places; and nothing was kept."""
        seen, answer = preview(noor, "shoreline", content).json, bring_in(noor, "shoreline", content)
        assert answer.status_code == 422
        assert [it["detail"] for it in answer.json["errors"]] == [it["detail"] for it in seen["errors"]]
        assert seen["wrong"] == len(seen["errors"])
        assert noor.get("/imports").json == {"imports": []}
        return [f"{it['row']}: {it['detail']}" for it in seen["errors"]]

    def test_a_wrong_answer(self, noor, file):
        [check_in] = orjson.loads(file)["check_ins"]
        check_in["ratings"]["answers"]["emo.mood_now"] = 11
        [said] = self.refused(noor, changed(file, check_ins=[check_in]))

        assert said.startswith("4: #/check_ins/0/ratings/answers/emo.mood_now: Give a whole number from 0 to 10")
        assert {name: journal(noor)[name] for name in EMPTY} == EMPTY

    def test_a_session_that_is_nowhere(self, noor, file):
        [said] = self.refused(noor, changed(file, sessions=[]))
        assert said.startswith("3: Its session is neither in this file nor in your journal.")

    def test_a_row_that_says_something_else_here(self, noor, file):
        bring_in(noor, "shoreline", file)
        [listed] = noor.get("/imports").json["imports"]
        [course] = orjson.loads(file)["courses"]
        other = changed(file, courses=[course | {"story": {"name": "Winter"}}])

        assert "says something else" in preview(noor, "shoreline", other).json["errors"][0]["detail"]
        assert bring_in(noor, "shoreline", other).status_code == 422
        assert noor.get("/imports").json["imports"] == [listed]
        assert noor.get(f"/courses/{course['id']}").json["story"]["name"] == "Autumn"

    def test_an_id_that_stands_twice(self, noor, file):
        course = orjson.loads(file)["courses"][0]
        [said] = self.refused(noor, changed(file, courses=[course, course]))
        assert "Two rows" in said

    def test_questionnaires_too_close_to_each_other(self, noor, file):
        [check_in] = orjson.loads(file)["check_ins"]
        other = orjson.loads(orjson.dumps(check_in)) | {"id": str(uuid4())}
        other["ratings"]["happened_at"] = "2024-10-31T23:00:00-04:00"
        [said] = self.refused(noor, changed(file, check_ins=[check_in, other]))
        assert "14 days" in said

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"[]", b"{", b'{"format": "shoreline-journal"}', b'{"a": 1, "a": 2}', "\ufeff{}".encode(),
            b'{"format": "shoreline-journal", "version": 2}',
        ],
    )  # fmt: skip
    def test_what_is_no_journal_at_all(self, noor, content):
        assert bring_in(noor, "shoreline", content).status_code == 422

    def test_a_newer_version_is_not_read_as_this_one(self, noor, file):
        assert bring_in(noor, "shoreline", changed(file, version=2)).status_code == 422

    def test_what_is_too_large_or_not_sent_as_bytes(self, noor):
        assert bring_in(noor, "shoreline", b" " * (16 * 1024 * 1024 + 1)).status_code == 413
        assert noor.post("/imports?from=daylio", json={}).status_code == 400
        assert bring_in(noor, "elsewhere", b"").status_code == 422


class TestUndoing:
    def test_the_journal_is_as_it_was_before(self, noor, file):
        before = journal(noor)
        kept = bring_in(noor, "shoreline", file).json
        undone = noor.delete(f"/imports/{kept['import_id']}")

        assert undone.json == {"removed": 4, "stayed": 0}
        assert journal(noor) == before
        assert noor.get("/imports").json == {"imports": []}
        assert noor.delete(f"/imports/{kept['import_id']}").status_code == 404

    def test_what_was_changed_since_stays_with_what_it_hangs_on(self, noor, file):
        kept = bring_in(noor, "shoreline", file).json
        [check_in] = journal(noor)["check_ins"]
        note = {"written_at": LANDED, "text": "Added later."}
        assert noor.put(f"/check-ins/{check_in['id']}/notes/{uuid4()}", note).status_code == 200

        undone = noor.delete(f"/imports/{kept['import_id']}").json
        # The session it belongs to, that session's course, and the sensation it names.
        assert undone == {"removed": 0, "stayed": 4}
        assert len(journal(noor)["check_ins"]) == 1

    def test_what_was_written_since_on_a_session_keeps_it(self, noor, file):
        kept = bring_in(noor, "shoreline", file).json
        [session] = journal(noor)["sessions"]
        later = noor.checks_in(session["id"], "week", "2024-10-25T10:00:00-04:00")

        assert noor.delete(f"/imports/{kept['import_id']}").json == {"removed": 2, "stayed": 2}
        assert [it["id"] for it in journal(noor)["check_ins"]] == [later]

    def test_what_was_deleted_and_kept_anew_is_hers(self, noor, file):
        kept = bring_in(noor, "shoreline", file).json
        [addition] = journal(noor)["additions"]
        address = f"/additions/{addition['id']}"
        assert noor.delete(address).status_code == 204
        assert noor.put(address, OTHERWISE["additions"]).status_code == 201

        assert noor.delete(f"/imports/{kept['import_id']}").json["stayed"] == 1
        assert noor.get(address).status_code == 200

    def test_another_patient_cannot(self, maya, noor, file):
        kept = bring_in(noor, "shoreline", file).json
        assert maya.delete(f"/imports/{kept['import_id']}").status_code == 404
        assert len(journal(noor)["check_ins"]) == 1

    def test_a_note_of_it_that_was_changed_undoes_nothing(self, noor, file, app):
        from tests.sessions.stored import Stored

        kept = bring_in(noor, "shoreline", file).json
        stored = Stored(app)
        stored.change("imports", {"id": UUID(kept["import_id"]).bytes}, about=b"\0" * 600)
        stored.close()

        assert noor.delete(f"/imports/{kept['import_id']}").status_code == 409
        assert [it["opens"] for it in noor.get("/imports").json["imports"]] == [False]
        assert len(journal(noor)["check_ins"]) == 1


def test_the_shapes_that_come_in_are_those_of_the_api():
    """A member that a shape of the API gains is in the file, and in its schema, at once."""
    from journal.export import checking
    from journal.sessions import schemas

    drafts = (schemas.CourseDraft, schemas.AdditionDraft, schemas.SessionDraft, schemas.CheckInDraft)
    for (_, shape), draft in zip(checking._SHAPES.values(), drafts, strict=True):
        assert set(shape.fields) == {*draft().fields, "id"}
    assert len(checking._SHAPES) == len(KINDS)
