"""A note is added later without rewriting what was there."""

from uuid import uuid4

import pytest

from tests.sessions.bodies import CHECK_IN, FACTS, NEXT_DAY, RATINGS, new_address

NOTE = {"written_at": NEXT_DAY, "text": "It was the gulls."}
ROWS = {"check-ins": CHECK_IN, "sessions": {"ratings": FACTS}}
noted = pytest.mark.parametrize("kind", list(ROWS))


@pytest.fixture
def address(maya, kind):
    made = new_address(kind)
    assert maya.put(made, ROWS[kind]).status_code == 201
    return made


@noted
class TestAdding:
    def test_what_was_there_stays_as_it_was(self, maya, kind, address):
        before = maya.get(address).json
        note = str(uuid4())
        answer = maya.put(f"{address}/notes/{note}", NOTE)

        assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
        assert answer.json["ratings"] == before["ratings"]
        earlier = before.get("story", {}).get("notes", [])
        assert answer.json["story"] == {**before.get("story", {}), "notes": [*earlier, {"id": note, **NOTE}]}
        assert maya.get(address).json == answer.json

    def test_sent_twice_it_is_added_once(self, maya, kind, address):
        note = f"{address}/notes/{uuid4()}"
        first, second = maya.put(note, NOTE), maya.put(note, NOTE)

        assert (second.status_code, second.json) == (200, first.json)

    def test_another_text_under_the_same_id_is_not_put_over_it(self, maya, kind, address):
        note = f"{address}/notes/{uuid4()}"
        kept = maya.put(note, NOTE).json
        refused = maya.put(note, NOTE | {"text": "No, the ferry."})

        assert (refused.status_code, refused.json["current"]) == (412, kept)

    def test_there_must_be_something_to_add_it_to(self, maya, noor, kind, address):
        assert maya.put(f"{new_address(kind)}/notes/{uuid4()}", NOTE).status_code == 404
        assert noor.put(f"{address}/notes/{uuid4()}", NOTE).status_code == 404


@noted
class TestLimits:
    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"text": "x"}, "#/written_at"),
            ({"written_at": NEXT_DAY}, "#/text"),
            (NOTE | {"text": ""}, "#/text"),
            (NOTE | {"text": "x" * 20_001}, "#/text"),
            (NOTE | {"text": 5}, "#/text"),
            (NOTE | {"written_at": "today"}, "#/written_at"),
            (NOTE | {"id": str(uuid4())}, "#/id"),
        ],
    )
    def test_what_is_no_note_is_refused(self, maya, kind, address, wrong, pointer):
        answer = maya.put(f"{address}/notes/{uuid4()}", wrong)

        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]
        assert maya.get(address).json["revision"] == 1

    def test_two_hundred_are_enough(self, maya, kind, address):
        notes = [{"id": str(uuid4()), **NOTE} for _ in range(199)]
        body = {"ratings": ROWS[kind]["ratings"], "story": {"notes": notes}}
        maya.put(address, body, if_match='"1"')

        assert maya.put(f"{address}/notes/{uuid4()}", NOTE).status_code == 200
        refused = maya.put(f"{address}/notes/{uuid4()}", NOTE)
        assert refused.status_code == 422
        assert maya.put(address, body, if_match='"3"').status_code == 200

    def test_a_row_never_outgrows_one_request(self, maya, kind, address):
        """What could not be sent back whole could never be revised."""
        statuses = [
            maya.put(f"{address}/notes/{uuid4()}", NOTE | {"text": "\u00e9" * 20_000}).status_code for _ in range(10)
        ]
        row = maya.get(address).json
        again = {name: row[name] for name in ("ratings", "story")}
        again["story"]["notes"][0]["text"] = "Put right."

        assert (statuses[0], statuses[-1]) == (200, 422)
        import orjson

        sent = orjson.dumps(again)
        answer = maya.client.put(
            f"/api/v1{address}", data=sent, content_type="application/json",
            headers={"If-Match": f'"{row["revision"]}"'},
        )  # fmt: skip
        assert answer.status_code == 200


def test_notes_in_the_draft_are_kept_too(maya):
    address = new_address("check-ins")
    story = {"notes": [{"id": str(uuid4()), **NOTE}]}

    assert maya.put(address, {"ratings": RATINGS, "story": story}).json["story"] == story
