"""What hangs on what: courses let go of their sessions, sessions take their check-ins along. On both databases."""

from uuid import uuid4

import pytest

from tests.cast import check_in
from tests.sessions.bodies import AT, CHECK_IN, COURSE, FACTS, LANDED, new_address


@pytest.fixture
def course(maya):
    address = new_address("courses")
    assert maya.put(address, COURSE).status_code == 201
    return address[-36:]


def keep_session(person, **links):
    address = new_address("sessions")
    assert person.put(address, {**links, "ratings": FACTS, "story": {"note": "Rain."}}).status_code == 201
    return address[-36:]


class TestCourses:
    def test_a_session_says_which_course_it_belongs_to(self, maya, course):
        session = keep_session(maya, course_id=course)

        assert maya.get(f"/sessions/{session}").json["course_id"] == course
        assert maya.get("/trends").json["sessions"][0]["course_id"] == course

    def test_deleted_it_lets_its_sessions_go(self, maya, course):
        session, other = keep_session(maya, course_id=course), keep_session(maya)
        maya.delete(f"/courses/{course}")
        kept = maya.get(f"/sessions/{session}").json

        assert "course_id" not in kept
        assert (kept["revision"], kept["story"]) == (2, {"note": "Rain."})
        assert maya.get(f"/sessions/{other}").json["revision"] == 1

    def test_a_deletion_that_is_refused_lets_nothing_go(self, maya, course):
        session = keep_session(maya, course_id=course)
        refused = maya.delete(f"/courses/{course}", headers={"If-Match": '"7"'})

        assert (refused.status_code, refused.json["current"]["id"]) == (412, course)
        assert maya.get(f"/sessions/{session}").json["course_id"] == course

    def test_a_session_may_leave_it_and_join_another(self, maya, course):
        other = new_address("courses")[-36:]
        maya.put(f"/courses/{other}", COURSE)
        session = keep_session(maya, course_id=course)
        moved = maya.put(f"/sessions/{session}", {"course_id": other, "ratings": FACTS}, if_match='"1"')
        left = maya.put(f"/sessions/{session}", {"ratings": FACTS}, if_match='"2"')

        assert moved.json["course_id"] == other
        assert "course_id" not in left.json

    def test_it_must_be_there_and_be_hers(self, maya, noor, course):
        for person, named in ((maya, str(uuid4())), (noor, course)):
            answer = person.put(new_address("sessions"), {"course_id": named, "ratings": FACTS})

            assert answer.status_code == 422
            assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/course_id"]


class TestSessions:
    def test_deleted_it_takes_its_check_ins_along(self, maya):
        session, other = maya.has_session(AT), maya.has_session(AT)
        gone = [maya.checks_in(session, moment, LANDED) for moment in ("landing", "next_day", "anytime")]
        stays = [maya.checks_in(other, "landing", LANDED), maya.checks_in(None, "anytime", LANDED)]
        maya.delete(f"/sessions/{session}")

        assert [maya.get(f"/check-ins/{row}").status_code for row in gone] == [404] * 3
        assert [maya.get(f"/check-ins/{row}").status_code for row in stays] == [200] * 2
        assert maya.get("/trends").json["unopened"] == 0

    def test_a_check_in_can_be_moved_to_the_session_it_was_of(self, maya):
        wrong, right = maya.has_session(AT), maya.has_session(AT)
        made = maya.checks_in(wrong, "landing", LANDED)
        moved = maya.put(f"/check-ins/{made}", check_in(right, "landing", LANDED), if_match='"1"')

        assert moved.json["session_id"] == right
        maya.delete(f"/sessions/{wrong}")
        assert maya.get(f"/check-ins/{made}").json["session_id"] == right

    def test_one_of_anytime_can_be_given_to_a_session_and_taken_back(self, maya):
        session = maya.has_session(AT)
        made = maya.checks_in(None, "anytime", LANDED)
        maya.put(f"/check-ins/{made}", check_in(session, "anytime", LANDED), if_match='"1"')
        taken_back = maya.put(f"/check-ins/{made}", check_in(None, "anytime", LANDED), if_match='"2"')

        assert "session_id" not in taken_back.json
        maya.delete(f"/sessions/{session}")
        assert maya.get(f"/check-ins/{made}").status_code == 200

    @pytest.mark.parametrize("moment", ["before", "landing", "next_day", "third_day", "week", "month"])
    def test_only_anytime_stands_alone(self, maya, moment):
        answer = maya.put(new_address("check-ins"), check_in(None, moment, LANDED))

        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/session_id"]

    def test_its_session_must_be_there_and_be_hers(self, maya, noor):
        noors, mine = noor.has_session(AT), maya.has_session(AT)
        made = maya.checks_in(mine, "landing", LANDED)
        for named in (str(uuid4()), noors):
            new = maya.put(new_address("check-ins"), check_in(named, "landing", LANDED))
            moved = maya.put(f"/check-ins/{made}", check_in(named, "landing", LANDED), if_match='"1"')

            for answer in (new, moved):
                assert answer.status_code == 422
                assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/session_id"]
        assert maya.get(f"/check-ins/{made}").json["session_id"] == mine

    def test_hers_and_noors_under_one_id_stay_apart(self, maya, noor):
        same = str(uuid4())
        for person in (maya, noor):
            person.put(f"/sessions/{same}", {"ratings": FACTS})
        noors = noor.checks_in(same, "landing", LANDED)
        maya.delete(f"/sessions/{same}")

        assert noor.get(f"/check-ins/{noors}").json["session_id"] == same


class TestOwnSensations:
    def test_maya_names_one_and_picks_it(self, maya):
        address = new_address("additions")
        maya.put(address, {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}})
        session, term = maya.has_session(AT), f"own.{address[-36:]}"
        details = {"intensity": 6, "valence": 2, "passed": "by_end"}
        maya.checks_in(session, "landing", LANDED, noticed={term: details}, still_here=[term])

        [series] = maya.get("/trends").json["sensations"]
        assert (series["term"], series["list"]) == (term, "noticed")
        assert series["points"][0]["value"] == 6
        assert series["points"][0]["still_here"] is True

    def test_retired_it_is_no_longer_offered_and_what_was_picked_stays(self, maya):
        address = new_address("additions")
        body = {"ratings": {"list": "bothered"}, "story": {"label": "Jaw"}}
        maya.put(address, body)
        session, term = maya.has_session(AT), f"own.{address[-36:]}"
        made = maya.checks_in(session, "landing", LANDED, bothered={term: {"worst": 3}})
        retired = maya.put(address, body | {"ratings": {"list": "bothered", "retired": True}}, if_match='"1"')

        assert retired.json["ratings"]["retired"] is True
        assert maya.get(f"/check-ins/{made}").json["ratings"]["bothered"] == {term: {"worst": 3}}

    @pytest.mark.parametrize(
        ("which", "term", "detail", "pointer"),
        [
            ("noticed", "own.not-an-id", {}, "own.not-an-id"),
            ("noticed", f"own.{'A' * 8}-aaaa-4aaa-aaaa-{'a' * 12}", {}, f"own.{'A' * 8}-aaaa-4aaa-aaaa-{'a' * 12}"),
            ("noticed", "own.{id}", {"worst": 3}, "own.{id}/worst"),
            ("bothered", "own.{id}", {"intensity": 3}, "own.{id}/intensity"),
            ("noticed", "own.{id}", {"where": ["hands"]}, "own.{id}/where"),
        ],
    )
    def test_of_what_is_hers_nothing_else_can_be_asked(self, maya, which, term, detail, pointer):
        made = str(uuid4())
        body = {"ratings": {**CHECK_IN["ratings"], which: {term.format(id=made): detail}}}
        answer = maya.put(new_address("check-ins"), body)

        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json["errors"]] == [f"#/ratings/{which}/{pointer.format(id=made)}"]
