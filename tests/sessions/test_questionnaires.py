"""PHQ-8 and GAD-7: kept as answered, fourteen days apart."""

import pytest

from tests.sessions.bodies import RATINGS, new_address, saying

PHQ8 = {"phq8": {"answers": [1] * 8, "difficulty": 2}}
GAD7 = {"gad7": {"answers": [2] * 7}}
MONDAY_EVENING = "2024-10-07T21:00:00-04:00"
TWO_WEEKS_LATER = "2024-10-21T07:00:00-04:00"
A_DAY_TOO_SOON = "2024-10-20T23:00:00-04:00"


def answered(at, **instruments):
    return {"ratings": {**RATINGS, "happened_at": at, "instruments": instruments}}


def keep(person, at, **instruments):
    return person.put(new_address("check-ins"), answered(at, **instruments))


class TestFourteenDays:
    def test_after_two_weeks_it_may_be_answered_again(self, maya):
        assert keep(maya, MONDAY_EVENING, **PHQ8).status_code == 201
        assert keep(maya, TWO_WEEKS_LATER, **PHQ8).status_code == 201

    @pytest.mark.parametrize("at", [A_DAY_TOO_SOON, MONDAY_EVENING, "2024-09-24T12:00:00-04:00"])
    def test_sooner_it_is_refused_before_and_after(self, maya, at):
        keep(maya, MONDAY_EVENING, **PHQ8)
        answer = keep(maya, at, **PHQ8, **GAD7)

        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json["errors"]] == ["#/ratings/instruments/phq8"]

    def test_each_questionnaire_counts_for_itself(self, maya):
        keep(maya, MONDAY_EVENING, **PHQ8)

        assert keep(maya, A_DAY_TOO_SOON, **GAD7).status_code == 201

    def test_one_check_in_may_be_sent_twice_and_put_right(self, maya):
        address = new_address("check-ins")
        body = answered(MONDAY_EVENING, **PHQ8)
        assert [maya.put(address, body).status_code for _ in range(2)] == [201, 200]

        put_right = maya.put(address, saying(body, "ratings", happened_at=A_DAY_TOO_SOON), if_match='"1"')
        assert put_right.status_code == 200

    def test_moving_one_too_near_another_is_refused(self, maya):
        keep(maya, MONDAY_EVENING, **PHQ8)
        address = new_address("check-ins")
        maya.put(address, answered(TWO_WEEKS_LATER, **PHQ8))

        assert maya.put(address, answered(A_DAY_TOO_SOON, **PHQ8), if_match='"1"').status_code == 422
        assert maya.get(address).json["ratings"]["happened_at"] == TWO_WEEKS_LATER

    def test_when_the_earlier_is_deleted_the_way_is_free(self, maya):
        address = new_address("check-ins")
        maya.put(address, answered(MONDAY_EVENING, **PHQ8))
        maya.delete(address)

        assert keep(maya, A_DAY_TOO_SOON, **PHQ8).status_code == 201

    def test_noors_do_not_count_for_maya(self, maya, noor):
        keep(noor, MONDAY_EVENING, **PHQ8)

        assert keep(maya, MONDAY_EVENING, **PHQ8).status_code == 201

    def test_today_says_when_each_is_due(self, maya):
        from datetime import datetime

        from journal import clock

        def due(at):
            with clock.at(datetime.fromisoformat(at)):
                return maya.get("/today").json["instruments_due"]

        assert due(MONDAY_EVENING) == {"phq8": True, "gad7": True}
        keep(maya, MONDAY_EVENING, **PHQ8)
        assert due(A_DAY_TOO_SOON) == {"phq8": False, "gad7": True}
        assert due(TWO_WEEKS_LATER) == {"phq8": True, "gad7": True}


class TestAnswers:
    def test_one_left_open_has_no_total(self, maya):
        keep(maya, MONDAY_EVENING, phq8={"answers": [1, None, *[1] * 6]}, **GAD7)
        totals = {it["instrument"]: it["points"][0] for it in maya.get("/trends").json["instruments"]}

        assert "total" not in totals["phq8"]
        assert totals["gad7"]["total"] == 14

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"phq8": {"answers": [1] * 7}}, "phq8/answers"),
            ({"phq8": {"answers": [1] * 9}}, "phq8/answers"),
            ({"gad7": {"answers": []}}, "gad7/answers"),
            ({"gad7": {}}, "gad7/answers"),
            ({"gad7": {"answers": [4, *[0] * 6]}}, "gad7/answers/0"),
            ({"gad7": {"answers": ["1", *[0] * 6]}}, "gad7/answers/0"),
            ({"gad7": {"answers": [True, *[0] * 6]}}, "gad7/answers/0"),
            ({"gad7": {"answers": [0.0, *[0] * 6]}}, "gad7/answers/0"),
            ({"gad7": [0] * 7}, "gad7"),
            ({"phq8": {"answers": [1] * 8, "difficulty": 4}}, "phq8/difficulty"),
            ({"phq8": {"answers": [1] * 8, "total": 8}}, "phq8/total"),
            ({"phq9": {"answers": [1] * 9}}, "phq9"),
        ],
    )
    def test_what_the_questionnaire_cannot_have_is_refused(self, maya, wrong, pointer):
        answer = keep(maya, MONDAY_EVENING, **wrong)

        assert answer.status_code == 422
        assert f"#/ratings/instruments/{pointer}" in [fault["pointer"] for fault in answer.json["errors"]]
