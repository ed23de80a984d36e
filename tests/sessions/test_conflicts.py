"""Two devices change one thing: nothing is overwritten, both versions are there to choose from. On both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.sessions.bodies import (
    ADDITION,
    CHECK_IN,
    FACTS,
    KINDS,
    OTHERWISE,
    every_kind,
    new_address,
    saying,
    without,
)

DEVICES = 8
ROUNDS = 5


def label(text):
    return saying(ADDITION, "story", label=text)


def plan(text):
    return {"ratings": {}, "story": {"plan": text}}


@every_kind
class TestChangedElsewhere:
    def test_the_second_to_revise_is_shown_what_is_stored(self, maya, kind):
        address = new_address(kind)
        maya.put(address, KINDS[kind])
        maya.put(address, OTHERWISE[kind], if_match='"1"')
        refused = maya.put(address, KINDS[kind], if_match='"1"')

        assert (refused.status_code, refused.headers["ETag"]) == (412, '"2"')
        assert refused.json["type"] == "/problems/changed-elsewhere"
        assert refused.json["current"] == {**OTHERWISE[kind], "id": address[-36:], "revision": 2}
        assert maya.get(address).json == refused.json["current"]
        assert maya.put(address, KINDS[kind], if_match=refused.headers["ETag"]).status_code == 200

    def test_without_saying_what_was_seen_nothing_is_overwritten(self, maya, kind):
        address = new_address(kind)
        maya.put(address, KINDS[kind])
        refused = maya.put(address, OTHERWISE[kind])

        assert (refused.status_code, refused.json["current"]["revision"]) == (412, 1)
        assert maya.get(address).json["revision"] == 1

    def test_what_was_deleted_meanwhile_is_not_kept_unasked(self, maya, kind):
        address = new_address(kind)
        maya.put(address, KINDS[kind])
        maya.delete(address)
        refused = maya.put(address, OTHERWISE[kind], if_match='"1"')

        assert refused.status_code == 412
        assert "current" not in refused.json
        assert maya.get(address).status_code == 404

    @pytest.mark.parametrize("stale", ['"2"', '"0"', f'"{2**31}"', '"99999999999999999"'])
    def test_deleting_what_was_revised_meanwhile_is_refused(self, maya, kind, stale):
        address = new_address(kind)
        maya.put(address, KINDS[kind])
        refused = maya.delete(address, headers={"If-Match": stale})

        assert (refused.status_code, refused.json["current"]["revision"]) == (412, 1)
        assert maya.delete(address, headers={"If-Match": '"1"'}).status_code == 204


@pytest.mark.parametrize("odd", ["*", "1", 'W/"1"', '""', '"-1"', '"1", "2"', '"٣"', '"1"x', '"' + "9" * 99 + '"'])
def test_an_etag_that_was_never_given_is_malformed(maya, odd):
    address = new_address("additions")
    maya.put(address, ADDITION)
    revised, deleted = maya.put(address, label("x"), if_match=odd), maya.delete(address, headers={"If-Match": odd})

    for answer in (revised, deleted):
        assert (answer.status_code, answer.json["type"]) == (400, "/problems/malformed")
    assert maya.get(address).json["revision"] == 1


class TestRaces:
    @pytest.fixture
    def devices(self, maya, app):
        """Maya's, all signed in; what each does, all do at once."""

        def at_once(do):
            start = Barrier(DEVICES)

            def run(number):
                person = maya.fresh(app)
                start.wait(30)
                return do(person, number)

            with ThreadPoolExecutor(DEVICES) as pool:
                return list(pool.map(run, range(DEVICES)))

        return at_once

    def test_of_all_who_revise_at_once_exactly_one_wins(self, maya, devices):
        address = new_address("additions")
        maya.put(address, ADDITION)
        for seen in range(1, ROUNDS + 1):
            answers = devices(lambda who, n, seen=seen: who.put(address, label(f"{seen} by {n}"), if_match=f'"{seen}"'))

            assert sorted(answer.status_code for answer in answers) == [200, *[412] * (DEVICES - 1)]
            won = next(answer for answer in answers if answer.status_code == 200)
            assert won.headers["ETag"] == f'"{seen + 1}"'
            assert maya.get(address).json == won.json
            for lost in answers:
                if lost is not won:
                    assert lost.json["current"] == won.json

    def test_no_revision_is_lost(self, maya, devices):
        """Each device adds its marks to what it last saw, and to what it is shown when somebody was quicker."""
        address = new_address("courses")
        maya.put(address, plan("begun"))

        def add_marks(who, number):
            for mark in range(ROUNDS):
                row = who.get(address).json
                while True:
                    longer = plan(f"{row['story']['plan']} {number}{mark}")
                    answer = who.put(address, longer, if_match=f'"{row["revision"]}"')
                    if answer.status_code == 200:
                        break
                    assert answer.status_code == 412
                    row = answer.json["current"]

        devices(add_marks)
        kept = maya.get(address).json
        marks = [f"{number}{mark}" for number in range(DEVICES) for mark in range(ROUNDS)]
        assert kept["revision"] == 1 + len(marks)
        assert sorted(kept["story"]["plan"].split()) == sorted(["begun", *marks])

    def test_one_request_sent_by_all_at_once_is_kept_once(self, maya, devices):
        for _ in range(ROUNDS):
            address, body = new_address("check-ins"), without(CHECK_IN, "ratings", "instruments")
            answers = devices(lambda who, _, address=address, body=body: who.put(address, body))

            assert sorted(answer.status_code for answer in answers) == [*[200] * (DEVICES - 1), 201]
            assert {answer.headers["ETag"] for answer in answers} == {'"1"'}

    def test_of_all_who_take_one_id_one_keeps_it(self, maya, devices):
        address = new_address("additions")
        answers = devices(lambda who, number: who.put(address, label(f"by {number}")))

        assert sorted(answer.status_code for answer in answers) == [201, *[412] * (DEVICES - 1)]
        won = next(answer for answer in answers if answer.status_code == 201)
        assert all(answer.json["current"] == won.json for answer in answers if answer is not won)

    def test_notes_added_by_all_at_once_are_all_there(self, maya, devices):
        address = new_address("sessions")
        maya.put(address, {"ratings": FACTS})

        def add(who, number):
            note = {"written_at": FACTS["written_at"], "text": f"by {number}"}
            return who.put(f"{address}/notes/{new_address('n')[-36:]}", note)

        assert {answer.status_code for answer in devices(add)} == {200}
        assert {note["text"] for note in maya.get(address).json["story"]["notes"]} == {
            f"by {number}" for number in range(DEVICES)
        }

    def test_a_course_goes_while_its_sessions_are_revised(self, maya, devices):
        course = new_address("courses")
        maya.put(course, plan("six"))
        sessions = [new_address("sessions") for _ in range(DEVICES - 1)]
        for session in sessions:
            maya.put(session, {"course_id": course[-36:], "ratings": FACTS})

        def change(who, number):
            if number == len(sessions):
                return who.delete(course).status_code
            for mark in range(ROUNDS):
                row = who.get(sessions[number]).json
                links = {name: row[name] for name in ("course_id",) if name in row}
                body = {**links, "ratings": FACTS, "story": {"note": f"{mark}"}}
                answer = who.put(sessions[number], body, if_match=f'"{row["revision"]}"')
                assert answer.status_code in (200, 412, 422)
            return 200

        assert devices(change)[-1] == 204
        assert maya.get(course).status_code == 404
        assert {maya.get(session).status_code for session in sessions} == {200}

    def test_revised_and_deleted_at_once_it_is_one_or_the_other(self, maya, devices):
        for _ in range(ROUNDS):
            address = new_address("additions")
            maya.put(address, ADDITION)

            def change(who, number, address=address):
                if number % 2:
                    return who.delete(address, headers={"If-Match": '"1"'}).status_code
                return who.put(address, label(f"by {number}"), if_match='"1"').status_code

            statuses = devices(change)
            assert sum(status in (200, 204) for status in statuses) == 1
            assert set(statuses) <= {200, 204, 404, 412}
            assert maya.get(address).status_code == (200 if 200 in statuses else 404)
