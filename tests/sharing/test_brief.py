"""Noor has five minutes before she sees Maya: one session against the one before, from nothing but what is lent."""

from copy import deepcopy
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.sharing.brief import brief
from journal.sharing.reading import Review, digest
from journal.sharing.schemas_desk import Brief
from tests.trends.test_series import journals
from tests.trends.told import check_in, session

HUM = "own.3f0c8a9e-6a55-4d0e-9b1e-0c7e8f1d2a3b"
FIRST, SECOND, THIRD = (f"2026-10-{day:02}T10:00:00-04:00" for day in (1, 8, 15))


def hours_after(of, hours):
    return (datetime.fromisoformat(of["ratings"]["happened_at"]) + timedelta(hours=hours)).isoformat()


def landing(of, **said):
    return check_in(of, "landing", hours_after(of, 1), **said)


def read(sessions, check_ins, seen=None, of=None):
    unseen = Review("", 1, seen=seen or {}).unseen(shown(check_ins))
    return brief(sessions, check_ins, unseen, None if of is None else of["id"])


def ids(told):
    return [it["id"] for it in told]


def shown(check_ins):
    return {row["id"]: (digest(row), 1) for row in check_ins}


class TestNothingIsLent:
    def test_it_is_empty_and_says_of_no_session(self):
        assert read([], []) == {
            "sessions": [],
            "apart": 0,
            "since": [],
            "changes": [],
            "first_time": [],
            "bothered": [],
            "detachment": {},
            "mood": {"now": [], "before": []},
            "instruments": [],
        }

    def test_a_check_in_apart_is_told_without_one(self):
        loose = check_in(None, "anytime", FIRST, mood=4, instruments={"gad7": {"answers": [1] * 7}})
        told = read([], [loose])

        assert told["apart"] == 1
        assert told["since"] == [
            {"check_in_id": loose["id"], "moment": "anytime", "happened_at": FIRST, "changed": False}
        ]
        assert told["instruments"][0]["points"][0]["total"] == 7
        assert "session" not in told

    def test_a_session_that_is_not_lent_is_not_there(self):
        lent, kept = session(FIRST), session(SECOND)

        for sessions in ([], [lent]):
            with pytest.raises(KeyError):
                read(sessions, [], of=kept)


class TestWhichSession:
    def test_the_latest_beside_the_one_before(self):
        first, second, third = session(FIRST), session(SECOND), session(THIRD)
        told = read([second, third, first], [])

        assert ids(told["sessions"]) == [third["id"], second["id"], first["id"]]
        assert (told["session"]["id"], told["before"]["id"]) == (third["id"], second["id"])

    def test_the_one_that_noor_asks_for(self):
        first, second, third = session(FIRST), session(SECOND), session(THIRD)

        assert read([first, second, third], [], of=second)["before"]["id"] == first["id"]
        assert "before" not in read([first, second, third], [], of=first)

    def test_a_session_kept_back_between_two_leaves_no_gap(self):
        first, third = session(FIRST, number=1), session(THIRD, number=3)
        told = read([first, third], [landing(first), landing(third)])

        assert told["before"]["id"] == first["id"]
        assert all("number" not in it for it in (*told["sessions"], told["session"], told["before"]))

    def test_what_was_said_of_it_stands_beside_its_date(self):
        dose = session(FIRST, route="im", dose={"amount": 70, "unit": "mg"}, place="Harbor Street")
        dose["course_id"] = "a course"

        assert read([dose], [])["session"] == {
            "id": dose["id"],
            "happened_at": FIRST,
            "time_zone": "America/New_York",
            "route": "im",
            "dose": {"amount": 70, "unit": "mg"},
            "new": 0,
        }


class TestSinceTheLastReview:
    dose = session(FIRST)
    next_day = check_in(dose, "next_day", hours_after(dose, 24), mood=5)
    before = check_in(dose, "before", hours_after(dose, -2), mood=3)

    def test_all_is_new_at_first_oldest_first(self):
        told = read([self.dose], [self.next_day, self.before])

        assert [it["check_in_id"] for it in told["since"]] == [self.before["id"], self.next_day["id"]]
        assert told["sessions"][0]["new"] == told["session"]["new"] == 2

    def test_what_was_shown_is_not_told_again(self):
        told = read([self.dose], [self.next_day, self.before], shown([self.before]))

        assert [(it["check_in_id"], it["changed"]) for it in told["since"]] == [(self.next_day["id"], False)]
        assert told["session"]["new"] == 1

    def test_what_reads_otherwise_than_it_did_has_changed(self):
        seen = shown([self.before, self.next_day])
        now_says = deepcopy(self.next_day)
        now_says["ratings"]["answers"]["emo.mood_now"] = 6
        told = read([self.dose], [self.before, now_says], seen)

        assert [(it["check_in_id"], it["changed"]) for it in told["since"]] == [(self.next_day["id"], True)]

    def test_words_lent_later_are_a_change(self):
        seen = shown([self.before])
        with_words = self.before | {"story": {"texts": {"session.intention": "To rest."}}}

        assert read([self.dose], [with_words], seen)["since"][0]["changed"] is True

    def test_what_was_seen_and_is_lent_no_more_leaves_no_trace(self):
        seen = shown([self.before, self.next_day])

        assert read([self.dose], [self.before], seen) == read([self.dose], [self.before], shown([self.before]))

    def test_the_order_of_members_is_no_change(self):
        turned = {name: self.next_day[name] for name in reversed(self.next_day)}
        turned["ratings"] = {name: turned["ratings"][name] for name in reversed(turned["ratings"])}

        assert list(turned) != list(self.next_day)
        assert digest(turned) == digest(self.next_day)


class TestChanges:
    def test_the_furthest_apart_first_and_no_more_than_six(self):
        first, second = session(FIRST), session(SECOND)
        terms = ("sens.tingling", "sens.numbness", "sens.floating", "sens.heavy", "sens.relaxation", "perc.time")
        was = {term: {"intensity": 5} for term in terms}
        told = read(
            [first, second],
            [
                landing(first, noticed=was, answers={"diss.peak": 2}, bothered={"se.nausea": {"worst": 9}}),
                landing(
                    second,
                    noticed={term: {"intensity": 5 + by} for term, by in zip(terms, (1, 0, -3, 3, 2, 1), strict=True)},
                    answers={"diss.peak": 6},
                    bothered={"se.nausea": {"worst": 1}},
                ),
            ],
        )["changes"]

        assert told[0] == {"term": "se.nausea", "list": "bothered", "first": 9, "second": 1, "by": -8}
        assert told[1] == {"item": "diss.peak", "list": "items", "first": 2, "second": 6, "by": 4}
        assert [(it["term"], it["by"]) for it in told[2:]] == [
            ("sens.floating", -3),
            ("sens.heavy", 3),
            ("sens.relaxation", 2),
            ("sens.tingling", 1),
        ]

    def test_a_number_told_once_is_not_compared(self):
        first, second = session(FIRST), session(SECOND)
        told = read(
            [first, second],
            [
                landing(first, answers={"diss.peak": 3}, noticed={"sens.heavy": {}, "sens.tingling": {"intensity": 0}}),
                landing(second, noticed={"sens.heavy": {"intensity": 9}}),
            ],
        )

        assert told["changes"] == []

    def test_zero_is_a_number(self):
        first, second = session(FIRST), session(SECOND)
        told = read(
            [first, second], [landing(first, answers={"diss.peak": 0}), landing(second, answers={"diss.peak": 4})]
        )

        assert [it["by"] for it in told["changes"]] == [4]

    def test_mood_is_compared_at_the_same_moment_only(self):
        first, second = session(FIRST), session(SECOND)
        told = read(
            [first, second],
            [
                check_in(first, "before", hours_after(first, -2), mood=2),
                check_in(first, "landing", hours_after(first, 1), mood=4),
                check_in(first, "landing", hours_after(first, 2), mood=5),
                check_in(first, "anytime", hours_after(first, 30), mood=0),
                check_in(second, "landing", hours_after(second, 1), mood=8),
                check_in(second, "week", hours_after(second, 140), mood=9),
                check_in(second, "anytime", hours_after(second, 30), mood=10),
            ],
        )["changes"]

        assert told == [{"item": "emo.mood_now", "list": "landing", "first": 5, "second": 8, "by": 3}]

    def test_it_is_the_session_before_and_no_other(self):
        first, second, third = session(FIRST), session(SECOND), session(THIRD)
        rows = [landing(of, answers={"diss.peak": value}) for of, value in ((first, 1), (second, 5), (third, 7))]

        assert read([first, second, third], rows)["changes"][0]["by"] == 2
        assert read([first, third], [rows[0], rows[2]])["changes"][0]["by"] == 6
        assert read([first, second, third], rows, of=first)["changes"] == []


class TestForTheFirstTime:
    def test_chosen_now_and_passed_over_earlier(self):
        first, second = session(FIRST), session(SECOND)
        told = read(
            [first, second],
            [
                landing(first, noticed={"sens.heavy": {}}, none=["bothered"]),
                landing(second, noticed={"sens.heavy": {}, "psy.peaceful": {}}, bothered={"se.nausea": {}}),
            ],
        )

        assert told["first_time"] == ["psy.peaceful", "se.nausea"]

    def test_any_earlier_session_that_is_lent_counts(self):
        first, second, third = session(FIRST), session(SECOND), session(THIRD)
        rows = [
            landing(first, noticed={"psy.peaceful": {}}),
            landing(second, noticed={"sens.heavy": {}}),
            landing(third, noticed={"psy.peaceful": {}}),
        ]

        assert read([first, second, third], rows)["first_time"] == []
        assert read([second, third], rows[1:])["first_time"] == ["psy.peaceful"]

    def test_what_comes_later_does_not_count(self):
        first, second, third = session(FIRST), session(SECOND), session(THIRD)
        rows = [
            landing(first, none=["noticed"]),
            landing(second, noticed={"psy.peaceful": {}}),
            landing(third, noticed={"psy.peaceful": {}}),
        ]

        assert read([first, second, third], rows, of=second)["first_time"] == ["psy.peaceful"]

    def test_where_the_list_was_never_answered_nothing_is_new(self):
        first, second = session(FIRST), session(SECOND)
        told = read([first, second], [landing(first, mood=4), landing(second, noticed={"psy.peaceful": {}})])

        assert told["first_time"] == []

    def test_the_short_list_says_nothing_of_what_it_does_not_show(self):
        first, second = session(FIRST), session(SECOND)
        crying = check_in(second, "next_day", hours_after(second, 24), bothered={"se.tearful": {"worst": 6}})
        short = landing(first, bothered={"se.nausea": {"worst": 3}})
        long = check_in(first, "next_day", hours_after(first, 24), none=["bothered"])

        assert read([first, second], [short, crying])["first_time"] == []
        assert read([first, second], [long, crying])["first_time"] == ["se.tearful"]

    def test_a_sensation_of_her_own_had_no_name_before(self):
        first, second = session(FIRST), session(SECOND)
        told = read([first, second], [landing(first, none=["noticed"]), landing(second, noticed={HUM: {}})])

        assert told["first_time"] == []


class TestThisSession:
    first, second = session(FIRST), session(SECOND)
    rows = (
        landing(
            first,
            mood=4,
            answers={"diss.peak": 3, "brk.opened": "no"},
            bothered={"se.nausea": {"worst": 6, "passed": "during"}, "se.headache": {"worst": 2}},
        ),
        check_in(second, "before", hours_after(second, -2), mood=3),
        check_in(
            second,
            "landing",
            hours_after(second, 1),
            texts={"story.line": "The door was open.", "story.happened": "Long."},
            mood=7,
            answers={"diss.peak": 8, "brk.opened": "yes", "brk.release": 6},
            bothered={"se.dizziness": {}, "se.nausea": {"worst": 4}, "se.hr_up": {"worst": 7, "passed": "same_day"}},
            still_here=["se.nausea"],
        ),
    )

    def told(self):
        return read([self.first, self.second], self.rows)

    def test_what_bothered_is_told_worst_first_beside_the_time_before(self):
        assert self.told()["bothered"] == [
            {
                "term": "se.hr_up",
                "now": {"session_id": self.second["id"], "worst": 7, "passed": "same_day", "still_here": False},
            },
            {
                "term": "se.nausea",
                "now": {"session_id": self.second["id"], "worst": 4, "still_here": True},
                "before": {"session_id": self.first["id"], "worst": 6, "passed": "during"},
            },
            {"term": "se.dizziness", "now": {"session_id": self.second["id"], "still_here": False}},
        ]

    def test_how_far_away_it_felt(self):
        assert self.told()["detachment"] == {"now": 8, "before": 3}
        assert read([self.second], self.rows[1:])["detachment"] == {"now": 8}
        assert read([self.first, self.second], self.rows[:2])["detachment"] == {"before": 3}

    def test_what_opened_in_her_own_words(self):
        assert self.told()["breakthrough"] == {
            "session_id": self.second["id"],
            "opened": "yes",
            "items": {"brk.release": 6},
            "lines": [
                {"prompt_id": "story.line", "text": "The door was open.", "check_in_id": self.rows[2]["id"]},
            ],
        }

    def test_mood_around_both_at_real_hours(self):
        mood = self.told()["mood"]

        assert [(it["hours"], it["value"]) for it in mood["now"]] == [(-2.0, 3), (1.0, 7)]
        assert [(it["hours"], it["value"]) for it in mood["before"]] == [(1.0, 4), (166.0, 3)]

    def test_how_long_it_lasted(self):
        assert self.told()["lift"] == {
            "session_id": self.second["id"],
            "baseline": 3,
            "highest": 7,
            "last_above_hours": 1.0,
            "state": "still_above",
        }

    def test_nothing_said_is_nothing_told(self):
        told = read([self.first, self.second], [])

        assert "lift" not in told
        assert "breakthrough" not in told
        assert told["detachment"] == {}

    def test_all_of_it_has_a_place_on_the_wire(self):
        rows = [*self.rows, check_in(None, "anytime", THIRD, instruments={"gad7": {"answers": [1] * 7}})]
        told = read([self.first, self.second], rows)

        assert Brief().dump(told) == told

    def test_ratings_alone_have_no_words(self):
        numbers = [{name: row[name] for name in row if name != "story"} for row in self.rows]
        told = read([self.first, self.second], numbers)

        assert told["breakthrough"]["lines"] == []
        assert "The door was open." not in repr(told)
        for name in ("changes", "bothered", "mood", "lift", "detachment"):
            assert told[name] == self.told()[name]


def answers_of(total, items):
    """Answers that add up to it."""
    return [min(3, max(0, total - 3 * place)) for place in range(items)]


class TestQuestionnaires:
    @pytest.mark.parametrize(
        ("total", "name"),
        [
            (0, "minimal"),
            (4, "minimal"),
            (5, "mild"),
            (9, "mild"),
            (10, "moderate"),
            (14, "moderate"),
            (15, "moderately severe"),
            (19, "moderately severe"),
            (20, "severe"),
            (24, "severe"),
        ],
    )
    def test_the_published_band_of_a_depression_total(self, total, name):
        row = check_in(None, "anytime", FIRST, instruments={"phq8": {"answers": answers_of(total, 8)}})
        (series,) = read([], [row])["instruments"]
        (point,) = series["points"]

        assert (series["instrument"], series["highest"]) == ("phq8", 24)
        assert (point["total"], point["band"]["name"]) == (total, name)
        assert point["band"]["lowest"] <= total <= point["band"]["highest"]
        assert point["band"]["source"].startswith("Kroenke K, Strine TW")

    @pytest.mark.parametrize(
        ("total", "name"),
        [
            (4, "minimal"),
            (5, "mild"),
            (9, "mild"),
            (10, "moderate"),
            (14, "moderate"),
            (15, "severe"),
            (19, "severe"),
            (20, "severe"),
            (21, "severe"),
        ],
    )
    def test_the_published_band_of_an_anxiety_total(self, total, name):
        row = check_in(None, "anytime", FIRST, instruments={"gad7": {"answers": answers_of(total, 7)}})
        (series,) = read([], [row])["instruments"]

        assert series["highest"] == 21
        assert [(it["total"], it["band"]["name"]) for it in series["points"]] == [(total, name)]
        assert "2006;166" in series["points"][0]["band"]["source"]

    def test_one_left_open_has_a_date_and_no_total(self):
        dose = session(FIRST)
        row = check_in(dose, "week", SECOND, instruments={"gad7": {"answers": [1, None, *[1] * 5]}})

        assert read([dose], [row])["instruments"][0]["points"] == [{"check_in_id": row["id"], "happened_at": SECOND}]

    def test_all_that_is_lent_stands_by_date_whichever_session_is_read(self):
        first, second = session(FIRST), session(SECOND)
        rows = [
            check_in(second, "week", THIRD, instruments={"phq8": {"answers": [1] * 8}}),
            check_in(None, "anytime", "2026-09-20T10:00:00-04:00", instruments={"phq8": {"answers": [3] * 8}}),
        ]
        (series,) = read([first, second], rows, of=first)["instruments"]

        assert [it["total"] for it in series["points"]] == [24, 8]

    def test_two_of_the_same_minute_stand_the_same_way_round_however_they_come(self):
        pair = [
            check_in(None, "anytime", FIRST, mood=mood, instruments={"gad7": {"answers": [mood] * 7}})
            for mood in (1, 2)
        ]

        assert read([], pair) == read([], pair[::-1])


often_enough = settings(max_examples=60, deadline=None)


class TestAlways:
    @often_enough
    @given(journals(), st.randoms())
    def test_the_order_rows_come_in_does_not_matter(self, journal, random):
        sessions, check_ins = journal
        told = read(sessions, check_ins)
        random.shuffle(sessions)
        random.shuffle(check_ins)

        assert read(sessions, check_ins) == told

    @often_enough
    @given(journals(), st.data())
    def test_what_is_kept_back_leaves_no_trace(self, journal, data):
        """A session and a check-in kept back: not the numbers, nor what Noor saw of them once, tell that they are."""
        sessions, check_ins = journal
        kept = set(data.draw(st.lists(st.sampled_from([row["id"] for row in (*sessions, *check_ins)] or ["nobody"]))))
        lent = [row for row in sessions if row["id"] not in kept]
        lent_of_them = [row for row in check_ins if not {row["id"], row["session_id"]} & kept]
        numbered = [{**row, "ratings": row["ratings"] | {"number": place}} for place, row in enumerate(sessions, 1)]
        told = read([row for row in numbered if row["id"] not in kept], lent_of_them, shown(check_ins[::2]))

        assert told == read(lent, lent_of_them, shown(row for row in check_ins[::2] if row in lent_of_them))
        assert not kept & set(every_text(told))

    @often_enough
    @given(journals())
    def test_no_row_is_changed_by_reading_it(self, journal):
        as_lent = deepcopy(journal)
        read(*journal)

        assert journal == as_lent

    @often_enough
    @given(journals())
    def test_nothing_is_made_up(self, journal):
        """Every change is between two numbers that were given; nothing is null."""
        sessions, check_ins = journal
        told = read(sessions, check_ins)
        given_of = {of["id"]: set() for of in sessions}
        for row in check_ins:
            for name, number in numbers(row["ratings"]):
                given_of[row["session_id"]].add((name, number))

        for it in told["changes"]:
            name = it.get("term") or it["item"]
            assert (name, it["first"]) in given_of[told["before"]["id"]]
            assert (name, it["second"]) in given_of[told["session"]["id"]]
            assert it["by"] == it["second"] - it["first"] != 0
        assert "None" not in repr(told)

    @often_enough
    @given(journals())
    def test_all_of_it_has_a_place_on_the_wire(self, journal):
        told = read(*journal)

        assert Brief().dump(told) == told


def numbers(ratings):
    yield from ratings.get("answers", {}).items()
    for name in ("noticed", "bothered"):
        for term, detail in ratings.get(name, {}).items():
            yield from ((term, value) for value in detail.values())


def every_text(told):
    if isinstance(told, dict):
        for inner in told.values():
            yield from every_text(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from every_text(inner)
    elif isinstance(told, str):
        yield told
