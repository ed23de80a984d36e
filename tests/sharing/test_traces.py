"""What is not lent leaves no trace: not in a number, a gap, a name or a size. Answers are compared as wholes."""

import json
import re
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import Person, check_in
from tests.sharing.steps import RATINGS, WORDS, draft, keeps, lends, says

FIRST, SECOND, THIRD = (f"2024-0{month}-02T10:30:00-04:00" for month in (7, 8, 9))
UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOW = ("now", "newest_at", "until", "reviewed_at", "at")


def later(session_at: str, hours: int = 30) -> str:
    return session_at.replace("-02T10:30", f"-0{2 + hours // 24}T16:30")


def writes(maya: Person, at: str, *, words: bool = False, term: str | None = None, mood: int = 5) -> str:
    """A session and two check-ins of it, with words or without."""
    session = str(uuid4())
    facts = {"happened_at": at, "time_zone": "America/New_York", "written_at": at, "route": "im", "number": 7}
    story = {"story": {"place": "The starling room", "note": "Starlings."}} if words else {}
    assert maya.put(f"/sessions/{session}", {"ratings": facts} | story).status_code == 201
    said = {"texts": {"story.line": "Starlings again."}} if words else None
    noticed = {"sens.tingling": {"intensity": mood}} | ({f"own.{term}": {"intensity": 3}} if term else {})
    for moment, hours in (("next_day", 30), ("week", 54)):
        body = check_in(session, moment, later(at, hours), said, answers={"emo.mood_now": mood}, noticed=noticed)
        assert maya.put(f"/check-ins/{uuid4()}", body).status_code == 201
    return session


def read_all(okafor: Person, share: str, sessions: list[str]) -> list[Any]:
    """Everything that a therapist can read of a share, in an order of its own."""
    found = [next(it for it in okafor.get("/desk").json["shares"] if it["id"] == share)]
    paths = ["brief", *(f"brief?session={it}" for it in sessions), *(f"sessions/{it}" for it in sessions), "apart"]
    for path in paths:
        answer = okafor.get(f"/desk/{share}/{path}")
        assert answer.status_code == 200, path
        found.append(answer.json)
    return found


def alike(answers: list[Any]) -> str:
    """The answers with ids in the order they come in, and without the times at which it was asked."""
    names: dict[str, str] = {}
    numbers = count()

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"id {next(numbers)}")

    return UUIDS.sub(name, json.dumps(_sorted(answers)))


def _sorted(value: Any) -> Any:
    """Rows come as the database has them; by what happened they are in one order."""
    if isinstance(value, dict):
        return {name: _sorted(it) for name, it in value.items() if name not in NOW}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=lambda it: UUIDS.sub("", json.dumps(it)))
    return value


@pytest.fixture
def pair(maya, okafor) -> tuple[Person, Person, str]:
    return maya, okafor, keeps(maya, okafor)


class TestRatingsOnly:
    def test_whether_there_are_words_cannot_be_told(self, pair):
        maya, okafor, pin = pair
        term = str(uuid4())
        label = {"ratings": {"list": "noticed"}, "story": {"label": "A murmuration"}}
        assert maya.put(f"/additions/{term}", label).status_code == 201
        shown = []
        for words in (True, False):
            session = writes(maya, FIRST, words=words, term=term)
            share = lends(maya, pin, [session], RATINGS)
            told = [read_all(okafor, share, [session]), read_all(okafor, share, [session])]
            assert okafor.post(f"/desk/{share}/reviewed").status_code == 201
            told.append(read_all(okafor, share, [session]))
            shown.append(alike(told))
            maya.delete(f"/shares/{share}")

        assert shown[0] == shown[1]
        assert not re.search("tarling|murmuration|story\\b|with_story", shown[0].replace('"sections": ["ratings"]', ""))

    def test_the_same_share_with_words_tells_them(self, pair):
        """So that the comparison above could fail."""
        maya, okafor, pin = pair
        shown = []
        for words in (True, False):
            session = writes(maya, FIRST, words=words)
            share = lends(maya, pin, [session], WORDS)
            shown.append(alike(read_all(okafor, share, [session])))
            maya.delete(f"/shares/{share}")

        assert "Starlings again." in shown[0]
        assert shown[0] != shown[1]

    def test_words_that_are_changed_and_lent_anew_are_nothing_new(self, pair):
        maya, okafor, pin = pair
        session = writes(maya, SECOND, words=True)
        share = lends(maya, pin, [session], RATINGS)
        read_all(okafor, share, [session])
        okafor.post(f"/desk/{share}/reviewed")
        before = alike(read_all(okafor, share, [session]))
        for row in maya.get(f"/check-ins?session={session}").json["items"]:
            body = {name: row[name] for name in ("ratings", "session_id")} | {"story": {"texts": {"story.line": "No."}}}
            assert maya.put(f"/check-ins/{row['id']}", body, if_match='"1"').status_code == 200
        says(maya, share, lend=True)

        assert alike(read_all(okafor, share, [session])) == before


class TestWithheld:
    def test_a_session_that_is_not_of_the_share_cannot_be_told(self, pair):
        maya, okafor, pin = pair
        first, third = writes(maya, FIRST, words=True, mood=3), writes(maya, THIRD, words=True, mood=8)
        share = lends(maya, pin, [first, third])
        before = alike(read_all(okafor, share, [first, third]))
        writes(maya, SECOND, words=True, mood=9)

        assert alike(read_all(okafor, share, [first, third])) == before
        again = lends(maya, pin, [first, third])
        assert alike(read_all(okafor, again, [first, third])) == before

    def test_nor_one_that_is_of_it_and_was_kept_back(self, pair):
        maya, okafor, pin = pair
        sessions = [writes(maya, at, words=True, mood=mood) for at, mood in ((FIRST, 3), (SECOND, 9), (THIRD, 8))]
        first, second, third = sessions
        wanted = lends(maya, pin, [first, third])
        before = alike(read_all(okafor, wanted, [first, third]))
        share, body = str(uuid4()), draft(maya, pin, sessions)
        body["sessions"] = [it for it in body["sessions"] if it["id"] != second]
        theirs = {row["id"] for row in maya.get(f"/check-ins?session={second}").json["items"]}
        body["check_ins"] = [it for it in body["check_ins"] if it["id"] not in theirs]
        assert maya.put(f"/shares/{share}", body).status_code == 201

        assert alike(read_all(okafor, share, [first, third])) == before
        says(maya, share, lend=False)
        assert alike(read_all(okafor, share, [first, third])) == before
        assert okafor.get(f"/desk/{share}/sessions/{second}").data == okafor.get(f"/desk/{uuid4()}/apart").data

    def test_nor_one_that_was_lent_and_is_kept_back_now(self, pair):
        """With its check-ins go the session they came with, and the names of sensations that only they spoke of."""
        maya, okafor, pin = pair
        term = str(uuid4())
        label = {"ratings": {"list": "noticed"}, "story": {"label": "A murmuration"}}
        assert maya.put(f"/additions/{term}", label).status_code == 201
        first = writes(maya, FIRST, words=True, mood=3)
        wanted = lends(maya, pin, [first])
        before = alike(read_all(okafor, wanted, [first]))
        second = writes(maya, SECOND, words=True, mood=9, term=term)
        share = lends(maya, pin, [first, second])
        assert "A murmuration" in okafor.get(f"/desk/{share}/sessions/{second}").text
        rows = maya.get(f"/check-ins?session={second}").json["items"]
        back = [{"id": row["id"], "revision": row["revision"], "share": False} for row in rows]
        assert maya.put(f"/shares/{share}/decisions", {"check_ins": back[:1]}).status_code == 200
        assert "A murmuration" in okafor.get(f"/desk/{share}/sessions/{second}").text  # the other one speaks of it
        assert maya.put(f"/shares/{share}/decisions", {"check_ins": back[1:]}).status_code == 200

        assert alike(read_all(okafor, share, [first])) == before
        assert okafor.get(f"/desk/{share}/sessions/{second}").status_code == 404
