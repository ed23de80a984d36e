"""Mood around the dose: at the hours that really passed, and how long it stayed above where it began."""

import pytest

from journal.trends.series import trends
from tests.trends.told import check_in, session

DOSE = "2026-10-01T10:00:00-04:00"


def curve(told, of):
    points = next((it["points"] for it in told["mood"] if it["session_id"] == of["id"]), [])
    return [(point["hours"], point["value"]) for point in points]


def lift(told, of):
    return next((it for it in told["lift"] if it["session_id"] == of["id"]), None)


class TestRealHours:
    def test_the_night_the_clocks_go_back_has_an_hour_more(self):
        dose = session("2026-10-31T20:00:00-04:00")
        told = trends([dose], [check_in(dose, "next_day", "2026-11-01T20:00:00-05:00", mood=6)])

        assert curve(told, dose) == [(25.0, 6)]

    def test_the_night_they_go_forward_has_an_hour_less(self):
        dose = session("2026-03-07T20:00:00-05:00")
        told = trends([dose], [check_in(dose, "next_day", "2026-03-08T20:00:00-04:00", mood=6)])

        assert curve(told, dose) == [(23.0, 6)]

    def test_a_flight_moves_nothing(self):
        dose = session("2026-10-01T10:00:00+01:00", time_zone="Europe/London")
        told = trends([dose], [check_in(dose, "next_day", "2026-10-02T08:00:00-04:00", mood=6)])

        assert curve(told, dose) == [(27.0, 6)]

    def test_zulu_time_will_do(self):
        dose = session("2026-10-01T14:00:00Z")
        told = trends([dose], [check_in(dose, "landing", "2026-10-01T11:30:00-04:00", mood=6)])

        assert curve(told, dose) == [(1.5, 6)]

    def test_before_is_negative_and_unanswered_is_absent(self):
        dose = session(DOSE)
        told = trends(
            [dose],
            [
                check_in(dose, "landing", "2026-10-01T11:00:00-04:00", answers={"diss.peak": 5}),
                check_in(dose, "before", "2026-10-01T08:30:00-04:00", mood=0),
            ],
        )

        assert curve(told, dose) == [(-1.5, 0)]

    def test_two_landing_check_ins_are_two_points(self):
        dose = session(DOSE)
        told = trends(
            [dose],
            [
                check_in(dose, "landing", "2026-10-01T14:00:00-04:00", mood=6),
                check_in(dose, "landing", "2026-10-01T11:00:00-04:00", mood=4),
            ],
        )

        assert curve(told, dose) == [(1.0, 4), (4.0, 6)]


class TestTheNextSession:
    dose, again = session(DOSE), session("2026-10-08T10:00:00-04:00")
    before_again = check_in(again, "before", "2026-10-08T08:00:00-04:00", mood=4)

    def test_the_check_in_before_it_is_the_last_of_this_one(self):
        told = trends([self.dose, self.again], [self.before_again])

        assert curve(told, self.dose) == [(166.0, 4)]
        assert curve(told, self.again) == [(-2.0, 4)]

    def test_what_comes_after_its_dose_is_no_longer_this_ones_lift(self):
        told = trends(
            [self.dose, self.again],
            [
                check_in(self.dose, "before", "2026-10-01T09:00:00-04:00", mood=3),
                check_in(self.dose, "landing", "2026-10-01T11:00:00-04:00", mood=6),
                self.before_again,
                check_in(self.dose, "week", "2026-10-09T10:00:00-04:00", mood=9),
            ],
        )

        assert lift(told, self.dose) == {
            "session_id": self.dose["id"],
            "baseline": 3,
            "highest": 6,
            "last_above_hours": 166.0,
            "state": "still_above",
        }
        assert curve(told, self.dose)[-1] == (192.0, 9)


class TestLift:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (None, [5], {"highest": 5, "state": "no_baseline"}),
            (5, [5, 3], {"baseline": 5, "highest": 5, "state": "not_above"}),
            (
                3,
                [6, 7, 3, 8],
                {"baseline": 3, "highest": 8, "last_above_hours": 2.0, "first_back_hours": 3.0, "state": "back"},
            ),
            (3, [2, 4], {"baseline": 3, "highest": 4, "last_above_hours": 2.0, "state": "still_above"}),
            (0, [1], {"baseline": 0, "highest": 1, "last_above_hours": 1.0, "state": "still_above"}),
        ],
    )
    def test_it_is_told_from_the_answers_alone(self, before, after, expected):
        dose = session(DOSE)
        rows = [
            check_in(dose, "landing", f"2026-10-01T{10 + hour}:00:00-04:00", mood=value)
            for hour, value in enumerate(after, 1)
        ]
        if before is not None:
            rows.append(check_in(dose, "before", "2026-10-01T09:00:00-04:00", mood=before))

        assert lift(trends([dose], rows), dose) == {"session_id": dose["id"], **expected}

    def test_the_last_word_before_is_the_baseline(self):
        dose = session(DOSE)
        rows = [
            check_in(dose, "before", "2026-09-30T20:00:00-04:00", mood=2),
            check_in(dose, "before", "2026-10-01T09:00:00-04:00", mood=4),
            check_in(dose, "landing", "2026-10-01T11:00:00-04:00", mood=6),
        ]

        assert lift(trends([dose], rows), dose)["baseline"] == 4

    def test_nothing_told_afterwards_is_nothing_to_say(self):
        dose = session(DOSE)
        told = trends([dose], [check_in(dose, "before", "2026-10-01T09:00:00-04:00", mood=4)])

        assert told["lift"] == []
