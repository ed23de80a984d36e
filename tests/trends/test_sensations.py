"""One term across sessions: what was chosen, what was passed over, and where nothing was asked."""

from journal.trends.series import trends
from tests.trends.told import check_in, series_of, session

HUM = "own.3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b"


def three_sessions():
    return [session(f"2026-10-{day:02}T10:00:00-04:00") for day in (1, 8, 15)]


class TestGapsAndZeros:
    def test_not_answered_not_chosen_and_zero_are_three_things(self):
        silent, without, zero = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(silent, "landing", "2026-10-01T11:00:00-04:00", mood=5),
                check_in(without, "landing", "2026-10-08T11:00:00-04:00", noticed={"sens.floating": {}}),
                check_in(zero, "next_day", "2026-10-16T10:00:00-04:00", noticed={"sens.tingling": {"intensity": 0}}),
            ],
        )

        assert series_of(told, "sens.tingling") == [
            {"session_id": without["id"], "chosen": False},
            {"session_id": zero["id"], "chosen": True, "value": 0, "at_hours": 24.0, "moment": "next_day"},
        ]

    def test_nothing_special_is_an_answer(self):
        nothing, something, _ = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(nothing, "landing", "2026-10-01T11:00:00-04:00", none=["noticed"]),
                check_in(something, "landing", "2026-10-08T11:00:00-04:00", noticed={"sens.tingling": {}}),
            ],
        )

        assert [point["chosen"] for point in series_of(told, "sens.tingling")] == [False, True]

    def test_a_term_nobody_chose_has_no_series(self):
        first, *_ = sessions = three_sessions()
        told = trends(sessions, [check_in(first, "landing", "2026-10-01T11:00:00-04:00", none=["noticed", "bothered"])])

        assert told["sensations"] == told["bothered"] == []

    def test_the_short_list_of_the_landing_says_nothing_of_terms_it_does_not_show(self):
        short, long, chosen = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(short, "landing", "2026-10-01T11:00:00-04:00", bothered={"se.nausea": {"worst": 3}}),
                check_in(long, "next_day", "2026-10-09T11:00:00-04:00", bothered={}),
                check_in(chosen, "next_day", "2026-10-16T11:00:00-04:00", bothered={"se.tearful": {"worst": 6}}),
            ],
        )

        assert [(it["session_id"], it["chosen"]) for it in series_of(told, "se.tearful", "bothered")] == [
            (long["id"], False),
            (chosen["id"], True),
        ]
        assert [it["chosen"] for it in series_of(told, "se.nausea", "bothered")] == [True, False, False]

    def test_lists_before_the_dose_are_not_of_the_session(self):
        first, *_ = sessions = three_sessions()
        told = trends(sessions, [check_in(first, "before", "2026-10-01T08:00:00-04:00", noticed={"sens.heavy": {}})])

        assert told["sensations"] == []


class TestDetails:
    def test_the_landing_pick_and_the_next_days_detail_are_one_point(self):
        first, *_ = sessions = three_sessions()
        detail = {"intensity": 7, "direction": ["slower", "lost_track"]}
        told = trends(
            sessions,
            [
                check_in(first, "next_day", "2026-10-02T09:30:00-04:00", noticed={"perc.time": detail}),
                check_in(first, "landing", "2026-10-01T11:00:00-04:00", noticed={"perc.time": {}}),
            ],
        )

        assert series_of(told, "perc.time") == [
            {
                "session_id": first["id"],
                "chosen": True,
                "value": 7,
                "at_hours": 23.5,
                "moment": "next_day",
                "direction": ["slower", "lost_track"],
            }
        ]

    def test_of_two_landing_check_ins_both_picks_stand_and_the_later_word_holds(self):
        first, *_ = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(first, "landing", "2026-10-01T12:30:00-04:00", bothered={"se.dizziness": {"worst": 5}}),
                check_in(
                    first,
                    "landing",
                    "2026-10-01T11:00:00-04:00",
                    bothered={"se.dizziness": {"worst": 8}, "se.headache": {"worst": 2}},
                ),
            ],
        )

        assert [it["value"] for it in series_of(told, "se.dizziness", "bothered")] == [5]
        assert [it["value"] for it in series_of(told, "se.headache", "bothered")] == [2]

    def test_what_bothered_is_told_with_its_worst_and_when_it_had_passed(self):
        first, second, _ = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(first, "landing", "2026-10-01T11:00:00-04:00", bothered={"se.nausea": {"worst": 6}}),
                check_in(first, "next_day", "2026-10-02T11:00:00-04:00", bothered={"se.nausea": {"passed": "during"}}),
                check_in(second, "landing", "2026-10-08T11:00:00-04:00", none=["bothered"]),
            ],
        )

        assert told["bothered"] == [
            {"term": "se.nausea", "points": [{"session_id": first["id"], "worst": 6, "passed": "during"}]}
        ]


class TestStillHere:
    def test_the_latest_word_holds(self):
        first, *_ = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(
                    first,
                    "landing",
                    "2026-10-01T11:00:00-04:00",
                    noticed={"sens.tingling": {}, "sens.heavy": {}},
                    still_here=["sens.tingling", "sens.heavy"],
                ),
                check_in(first, "third_day", "2026-10-04T11:00:00-04:00", still_here=["sens.heavy"]),
            ],
        )

        assert [series_of(told, term)[0]["still_here"] for term in ("sens.tingling", "sens.heavy")] == [False, True]

    def test_what_was_named_afterwards_is_not_said_to_be_gone(self):
        first, *_ = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(first, "landing", "2026-10-01T11:00:00-04:00", noticed={"sens.heavy": {}}, still_here=[]),
                check_in(first, "next_day", "2026-10-02T11:00:00-04:00", bothered={"se.headache": {"worst": 3}}),
            ],
        )

        assert series_of(told, "sens.heavy")[0]["still_here"] is False
        assert "still_here" not in series_of(told, "se.headache", "bothered")[0]


class TestMayasOwn:
    def test_it_is_a_gap_until_she_first_named_it(self):
        first, second, third = sessions = three_sessions()
        told = trends(
            sessions,
            [
                check_in(first, "landing", "2026-10-01T11:00:00-04:00", none=["noticed"]),
                check_in(second, "landing", "2026-10-08T11:00:00-04:00", noticed={HUM: {"intensity": 4}}),
                check_in(third, "landing", "2026-10-15T11:00:00-04:00", none=["noticed"]),
            ],
        )

        assert [(it["session_id"], it["chosen"]) for it in series_of(told, HUM)] == [
            (second["id"], True),
            (third["id"], False),
        ]

    def test_it_stands_after_the_catalogues(self):
        first, *_ = sessions = three_sessions()
        noticed = {HUM: {}, "perc.hallucination": {}, "sens.tingling": {}}
        told = trends(sessions, [check_in(first, "landing", "2026-10-01T11:00:00-04:00", noticed=noticed)])

        assert [it["term"] for it in told["sensations"]] == ["sens.tingling", "perc.hallucination", HUM]
