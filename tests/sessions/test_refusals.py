"""What cannot be kept is refused with a sentence at the place to mend, in one shape, and nothing of it is stored."""

import json
from uuid import UUID

import pytest

from tests.cast import API
from tests.sessions.bodies import (
    ADDITION,
    CHECK_IN,
    COURSE,
    FACTS,
    KINDS,
    RATINGS,
    SESSION,
    new_address,
    saying,
    without,
)

HUGE = 2**63
LONG_LINE, LONG_PROSE = "x" * 301, "x" * 20_001
DEEP = json.loads("[" * 50 + "]" * 50)


def facts(**members):
    return "sessions", saying(SESSION, "ratings", **members)


def told(**members):
    return "check-ins", saying(CHECK_IN, "ratings", **members)


def picked(term, which="noticed", **detail):
    return told(**{which: {term: detail}})


# What is sent, and where it is to be mended.
CANNOT_BE_KEPT = [
    # A section that is missing, or is none.
    (("courses", {}), "#/ratings"),
    (("sessions", {"story": {"note": "x"}}), "#/ratings"),
    (("sessions", SESSION | {"ratings": None}), "#/ratings"),
    (("sessions", SESSION | {"ratings": []}), "#/ratings"),
    (("sessions", SESSION | {"story": "x"}), "#/story"),
    (("additions", {"ratings": {"list": "noticed"}}), "#/story"),
    (("additions", saying(ADDITION, "story", label="")), "#/story/label"),
    (("additions", saying(ADDITION, "story", label="x" * 61)), "#/story/label"),
    # Members nobody knows.
    (("courses", COURSE | {"id": "x"}), "#/id"),
    (("sessions", SESSION | {"revision": 1}), "#/revision"),
    (("sessions", SESSION | {"a/b~c": 1}), "#/a~1b~0c"),
    (("additions", saying(ADDITION, "ratings", colour="blue")), "#/ratings/colour"),
    (facts(mood=5), "#/ratings/mood"),
    (told(score=5), "#/ratings/score"),
    (("check-ins", saying(CHECK_IN, "story", diary="x")), "#/story/diary"),
    # Wrong types and values out of bounds, in every part.
    (("courses", saying(COURSE, "ratings", planned_sessions=0)), "#/ratings/planned_sessions"),
    (("courses", saying(COURSE, "ratings", planned_sessions=HUGE)), "#/ratings/planned_sessions"),
    (("courses", saying(COURSE, "ratings", started_on="autumn")), "#/ratings/started_on"),
    (("courses", saying(COURSE, "ratings", started_on=20241018)), "#/ratings/started_on"),
    (("courses", saying(COURSE, "story", name=LONG_LINE)), "#/story/name"),
    (("courses", saying(COURSE, "story", plan=LONG_PROSE)), "#/story/plan"),
    (facts(number=0), "#/ratings/number"),
    (facts(number=10_001), "#/ratings/number"),
    (facts(number=2**40), "#/ratings/number"),
    (facts(number=HUGE), "#/ratings/number"),
    (facts(number=2**200), "#/ratings/number"),
    (facts(number=3.0), "#/ratings/number"),
    (facts(number="3"), "#/ratings/number"),
    (facts(number=True), "#/ratings/number"),
    (facts(number=None), "#/ratings/number"),
    (facts(number=DEEP), "#/ratings/number"),
    (facts(route="by post"), "#/ratings/route"),
    (facts(route=["im"]), "#/ratings/route"),
    (facts(dose={"amount": 70}), "#/ratings/dose/unit"),
    (facts(dose={"amount": 0, "unit": "mg"}), "#/ratings/dose/amount"),
    (facts(dose={"amount": -1, "unit": "mg"}), "#/ratings/dose/amount"),
    (facts(dose={"amount": 10_001, "unit": "mg"}), "#/ratings/dose/amount"),
    (facts(dose={"amount": "70", "unit": "mg"}), "#/ratings/dose/amount"),
    (facts(dose={"amount": True, "unit": "mg"}), "#/ratings/dose/amount"),
    (facts(dose={"amount": 70, "unit": "ml"}), "#/ratings/dose/unit"),
    (facts(dose=70), "#/ratings/dose"),
    (facts(duration_min=0), "#/ratings/duration_min"),
    (facts(duration_min=1441), "#/ratings/duration_min"),
    (facts(position="upside_down"), "#/ratings/position"),
    (facts(setting="train"), "#/ratings/setting"),
    (facts(water="maybe"), "#/ratings/water"),
    (facts(rest=True), "#/ratings/rest"),
    (facts(pulse=0), "#/ratings/pulse"),
    (facts(pulse=401), "#/ratings/pulse"),
    (facts(blood_pressure={"systolic": 120}), "#/ratings/blood_pressure/diastolic"),
    (facts(blood_pressure={"systolic": 120, "diastolic": 80, "at": "noon"}), "#/ratings/blood_pressure/at"),
    (("sessions", saying(SESSION, "story", place=LONG_LINE)), "#/story/place"),
    (("sessions", saying(SESSION, "story", note="")), "#/story/note"),
    (("sessions", SESSION | {"course_id": 2**40}), "#/course_id"),
    (("sessions", SESSION | {"course_id": "autumn"}), "#/course_id"),
    (("sessions", without(SESSION, "ratings", "happened_at")), "#/ratings/happened_at"),
    (("sessions", without(SESSION, "ratings", "time_zone")), "#/ratings/time_zone"),
    (("sessions", without(SESSION, "ratings", "written_at")), "#/ratings/written_at"),
    (("check-ins", CHECK_IN | {"session_id": None}), "#/session_id"),
    (("check-ins", CHECK_IN | {"session_id": 2**40}), "#/session_id"),
    (told(moment="midnight"), "#/ratings/moment"),
    (told(finished=1), "#/ratings/finished"),
    (told(finished="true"), "#/ratings/finished"),
    # Answers, by the catalogue.
    (told(answers={"emo.mood_then": 5}), "#/ratings/answers/emo.mood_then"),
    (told(answers={"emo.mood_now": 11}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": -1}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": 5.0}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": "5"}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": False}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": None}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": HUGE}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"emo.mood_now": DEEP}), "#/ratings/answers/emo.mood_now"),
    (told(answers={"brk.opened": "perhaps"}), "#/ratings/answers/brk.opened"),
    (told(answers={"brk.opened": ["yes"]}), "#/ratings/answers/brk.opened"),
    (told(answers={"lt.memory": True}), "#/ratings/answers/lt.memory"),
    (told(answers={"diss.dissociation": "soon"}), "#/ratings/answers/diss.dissociation"),
    (told(answers=[]), "#/ratings/answers"),
    # Picks, by the catalogue: which list, which details, which values.
    (picked("sens.joy"), "#/ratings/noticed/sens.joy"),
    (picked("se.nausea"), "#/ratings/noticed/se.nausea"),
    (picked("sens.heavy", "bothered"), "#/ratings/bothered/sens.heavy"),
    (picked("sens.heavy", where=["hands"]), "#/ratings/noticed/sens.heavy/where"),
    (picked("sens.heavy", intensity=11), "#/ratings/noticed/sens.heavy/intensity"),
    (picked("sens.heavy", intensity=None), "#/ratings/noticed/sens.heavy/intensity"),
    (picked("sens.heavy", intensity=True), "#/ratings/noticed/sens.heavy/intensity"),
    (picked("sens.heavy", intensity=DEEP), "#/ratings/noticed/sens.heavy/intensity"),
    (picked("sens.heavy", valence=3), "#/ratings/noticed/sens.heavy/valence"),
    (picked("sens.heavy", note="x"), "#/ratings/noticed/sens.heavy/note"),
    (picked("sens.tingling", where=["elbow"]), "#/ratings/noticed/sens.tingling/where"),
    (picked("sens.tingling", where=["hands", "hands"]), "#/ratings/noticed/sens.tingling/where"),
    (picked("sens.tingling", where="hands"), "#/ratings/noticed/sens.tingling/where"),
    (picked("sens.tingling", where=[["hands"]]), "#/ratings/noticed/sens.tingling/where"),
    (picked("sens.tingling", passed="soon"), "#/ratings/noticed/sens.tingling/passed"),
    (picked("sens.tingling", passed=["during"]), "#/ratings/noticed/sens.tingling/passed"),
    (picked("perc.time", direction=["sideways"]), "#/ratings/noticed/perc.time/direction"),
    (picked("se.nausea", "bothered", intensity=3), "#/ratings/bothered/se.nausea/intensity"),
    (picked("se.nausea", "bothered", worst="3"), "#/ratings/bothered/se.nausea/worst"),
    (told(noticed={"sens.heavy": None}), "#/ratings/noticed/sens.heavy"),
    (told(noticed={"sens.heavy": 5}), "#/ratings/noticed/sens.heavy"),
    (told(noticed=["sens.heavy"]), "#/ratings/noticed"),
    (told(noticed=None), "#/ratings/noticed"),
    (told(noticed={f"own.{n:08x}-0000-4000-8000-000000000000": {} for n in range(201)}), "#/ratings/noticed"),
    # Lists of names.
    (told(emotions=["glad"]), "#/ratings/emotions/0"),
    (told(emotions=["sad", "sad"]), "#/ratings/emotions"),
    (told(emotions="sad"), "#/ratings/emotions"),
    (told(still_here=["sens.joy"]), "#/ratings/still_here"),
    (told(still_here=["sens.heavy"] * 2), "#/ratings/still_here"),
    (told(still_here=[5]), "#/ratings/still_here/0"),
    (told(none=["emotions"]), "#/ratings/none/0"),
    # Nothing, and something.
    (told(none=["noticed"], noticed={"sens.heavy": {}}), "#/ratings/none"),
    (told(none=["bothered", "noticed"], noticed={}, bothered={"se.nausea": {}}), "#/ratings/none"),
    (told(none=["noticed", "noticed"], noticed={}), "#/ratings/none"),
    # Words, by the prompts.
    (("check-ins", CHECK_IN | {"story": {"texts": {"story.dream": "x"}}}), "#/story/texts/story.dream"),
    (("check-ins", CHECK_IN | {"story": {"texts": {"story.line": ""}}}), "#/story/texts/story.line"),
    (("check-ins", CHECK_IN | {"story": {"texts": {"story.line": LONG_PROSE}}}), "#/story/texts/story.line"),
    (("check-ins", CHECK_IN | {"story": {"texts": {"story.line": 5}}}), "#/story/texts/story.line"),
    (("check-ins", CHECK_IN | {"story": {"texts": ["x"]}}), "#/story/texts"),
    (("check-ins", CHECK_IN | {"story": {"notes": [{"text": "x"}]}}), "#/story/notes/0/id"),
    (("check-ins", CHECK_IN | {"story": {"notes": [CHECK_IN["story"]["notes"][0]] * 201}}), "#/story/notes"),
]


def as_problem(answer, status, slug):
    """The one shape of every refusal."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == f"/problems/{slug}"
    assert answer.json["status"] == status
    assert answer.json["title"]
    assert answer.json["detail"]
    assert answer.headers["X-Request-Id"]
    return answer.json


@pytest.mark.parametrize(("sent", "pointer"), CANNOT_BE_KEPT, ids=[pointer for _, pointer in CANNOT_BE_KEPT])
def test_what_cannot_be_kept_is_refused_where_it_is_wrong(maya, sent, pointer):
    kind, body = sent
    address = new_address(kind)
    problem = as_problem(maya.put(address, body), 422, "invalid")

    assert pointer in [fault["pointer"] for fault in problem["errors"]]
    assert all(fault["detail"] for fault in problem["errors"])
    assert maya.get(address).status_code == 404


def test_everything_wrong_is_told_at_once(maya):
    body = saying(CHECK_IN, "ratings", moment="midnight", answers={"emo.mood_now": 1}, emotions=["glad"])
    body["story"] = {"texts": {"story.line": ""}}
    problem = as_problem(maya.put(new_address("check-ins"), body), 422, "invalid")

    assert {fault["pointer"] for fault in problem["errors"]} == {
        "#/ratings/moment", "#/ratings/emotions/0", "#/story/texts/story.line",
    }  # fmt: skip


def test_a_refused_revision_changes_nothing(maya):
    for kind, body in KINDS.items():
        address = new_address(kind)
        maya.put(address, body)
        as_problem(maya.put(address, body | {"unknown": 1}, if_match='"1"'), 422, "invalid")
        assert maya.get(address).json == {"id": address[-36:], "revision": 1, **body}


SMALL = json.dumps({"ratings": FACTS})
CANNOT_BE_READ = {
    "empty": b"",
    "null": b"null",
    "a list": b"[]",
    "a list of rows": f"[{SMALL}]".encode(),
    "a text": b'"ratings"',
    "a number": b"5",
    "cut short": SMALL.encode()[:-1],
    "two in one": SMALL.encode() * 2,
    "single quotes": SMALL.replace('"', "'").encode(),
    "NaN": b'{"ratings": {"number": NaN}}',
    "Infinity": b'{"ratings": {"number": -Infinity}}',
    "a number beyond all numbers": b'{"ratings": {"number": 1e400}}',
    "a number of five thousand digits": b'{"ratings": {"number": ' + b"9" * 5000 + b"}}",
    "half a character escaped": b'{"ratings": {"route": "\\ud83c"}}',
    "half a character, the other half": b'{"ratings": {"route": "\\udf0a"}}',
    "no UTF-8": b'{"ratings": {"route": "\xff"}}',
    "UTF-16": SMALL.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + SMALL.encode(),
    "a bare zero byte": b'{"ratings": {"route": "i\x00m"}}',
    "a trailing comma": b'{"ratings": {},}',
    "a comment": b'{"ratings": {} /* none */}',
    "nested a hundred thousand deep": b'{"ratings": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "nested a thousand deep": b'{"ratings": ' + b"[" * 1015 + b"]" * 1015 + b"}",
    "a member twice": SMALL.replace('"written_at"', '"happened_at"').encode(),
    "a member twice below": b'{"ratings": {"dose": {"unit": "mg", "unit": "mg_per_kg"}}}',
    "a section twice": b'{"ratings": {}, "ratings": {}}',
}  # fmt: skip


@pytest.mark.parametrize("name", CANNOT_BE_READ)
def test_what_cannot_be_read_is_refused(maya, name):
    address = API + new_address("sessions")
    answer = maya.client.put(address, data=CANNOT_BE_READ[name], content_type="application/json")

    as_problem(answer, 400, "malformed")
    assert maya.client.get(address).status_code == 404


@pytest.mark.parametrize("depth", [12, 100, 500, 900])
def test_nesting_that_can_be_read_is_refused_for_what_it_is(maya, depth):
    body = b'{"ratings": ' + b'{"noticed": ' * depth + b"{}" + b"}" * depth + b"}"
    answer = maya.client.put(API + new_address("check-ins"), data=body, content_type="application/json")

    as_problem(answer, 422, "invalid")


@pytest.mark.parametrize("mimetype", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(maya, mimetype):
    answer = maya.client.put(API + new_address("sessions"), data=SMALL, content_type=mimetype)

    as_problem(answer, 400, "malformed")


@pytest.mark.parametrize("kind", KINDS)
def test_more_than_256_kib_is_not_read(maya, kind):
    body = json.dumps({"ratings": RATINGS, "story": {"note": "x" * 300_000}}).encode()
    answer = maya.client.put(API + new_address(kind), data=body, content_type="application/json")

    as_problem(answer, 413, "too-large")


NO_IDS = [str(2**40), str(2**63), "0", "-1", "x", "%00", "a" * 4000, "%F0%9F%8C%8A", "..%2f..%2fetc"]


@pytest.mark.parametrize("name", NO_IDS, ids=lambda name: name[:20])
def test_an_id_that_is_none_is_nowhere(maya, name):
    for kind, body in KINDS.items():
        address = f"/{kind}/{name}"
        as_problem(maya.get(address), 404, "not-found")
        for answer in (maya.put(address, body), maya.delete(address)):
            # To the router it is an address of the app's pages, and those are only read.
            as_problem(answer, 405, "method-not-allowed")


NO_WAYS = [("post", "/sessions"), ("patch", f"/sessions/{UUID(int=0)}"), ("delete", "/check-ins"), ("put", "/today")]


@pytest.mark.parametrize(("method", "path"), NO_WAYS)
def test_a_way_that_is_none_says_which_there_are(maya, method, path):
    answer = getattr(maya.client, method)(API + path, json={})

    as_problem(answer, 405, "method-not-allowed")
    assert "GET" in answer.headers["Allow"]


def test_a_refusal_repeats_nothing_of_what_was_typed(maya):
    words = "wisteriaonthewall"
    for body in (
        saying(CHECK_IN, "ratings", moment=words),
        saying(CHECK_IN, "ratings", time_zone=words),
        saying(CHECK_IN, "ratings", happened_at=words),
        saying(CHECK_IN, "ratings", emotions=[words]),
        saying(CHECK_IN, "ratings", still_here=[words]),
        saying(CHECK_IN, "ratings", answers={"brk.opened": words}),
        saying(CHECK_IN, "ratings", noticed={"perc.time": {"direction": [words]}}),
        CHECK_IN | {"story": {"texts": words}},
        CHECK_IN | {"session_id": words},
    ):
        answer = maya.put(new_address("check-ins"), body)

        as_problem(answer, 422, "invalid")
        assert words not in answer.get_data(as_text=True)
    assert words not in maya.get(f"/check-ins?cursor={words}").get_data(as_text=True)
