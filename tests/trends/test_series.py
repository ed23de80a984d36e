"""All series together: which rows count, in which order, and what can never appear."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from journal.content import catalogue
from journal.trends.series import trends
from tests.trends.told import check_in, series_of, session

DOSE = "2026-10-01T10:00:00-04:00"
TERMS = {name: [term.id for term in catalogue().terms if term.list == name] for name in ("noticed", "bothered")}


class TestWhichRowsCount:
    def test_anytime_belongs_to_no_session(self):
        dose = session(DOSE)
        loose = check_in(None, "anytime", "2026-10-01T11:00:00-04:00", mood=9, noticed={"sens.heavy": {}})

        assert trends([dose], [loose]) == trends([dose], [])

    def test_anytime_that_names_a_session_is_of_it(self):
        dose = session(DOSE)
        told = trends([dose], [check_in(dose, "anytime", "2026-10-01T13:00:00-04:00", mood=9)])

        assert [point["hours"] for point in told["mood"][0]["points"]] == [3.0]

    def test_a_questionnaire_counts_by_its_date_alone(self):
        dose = session(DOSE)
        loose = check_in(None, "anytime", "2026-09-10T11:00:00-04:00", instruments={"gad7": {"answers": [1] * 7}})
        of_it = check_in(
            dose, "week", "2026-10-07T11:00:00-04:00", instruments={"gad7": {"answers": [1, None, *[1] * 5]}}
        )

        assert trends([dose], [of_it, loose])["instruments"] == [
            {
                "instrument": "gad7",
                "points": [
                    {"check_in_id": loose["id"], "happened_at": "2026-09-10T11:00:00-04:00", "total": 7},
                    {
                        "check_in_id": of_it["id"],
                        "happened_at": "2026-10-07T11:00:00-04:00",
                        "session_id": dose["id"],
                    },
                ],
            }
        ]

    def test_what_belongs_to_a_session_that_is_gone_is_left_out(self):
        dose, gone = session(DOSE), session(DOSE)

        assert trends([dose], [check_in(gone, "landing", DOSE, mood=9)])["mood"] == []

    def test_sessions_stand_by_time_and_keep_the_number_they_were_given(self):
        late = session("2026-10-20T10:00:00-04:00", route="im", dose={"amount": 70, "unit": "mg"})
        early = session(DOSE, number=4)
        early["course_id"] = "a course"
        told = trends([late, early], [])["sessions"]

        assert [(it["id"], it["number"]) for it in told] == [(early["id"], 4), (late["id"], 2)]
        assert told[0]["course_id"] == "a course"
        assert (told[1]["route"], told[1]["dose"]) == ("im", {"amount": 70, "unit": "mg"})
        assert "route" not in told[0]

    def test_a_revised_check_in_is_told_as_it_is_now(self):
        dose = session(DOSE)
        first_said = check_in(dose, "landing", "2026-10-01T11:00:00-04:00", mood=3, noticed={"sens.heavy": {}})
        now_says = deepcopy(first_said)
        now_says["ratings"] |= {"happened_at": "2026-10-01T12:00:00-04:00", "noticed": {"sens.tingling": {}}}
        told = trends([dose], [now_says])

        assert told["mood"][0]["points"][0]["hours"] == 2.0
        assert series_of(told, "sens.heavy") is None


class TestBreakthroughs:
    def test_the_line_stands_beside_what_opened(self):
        dose, plain = session(DOSE), session("2026-10-08T10:00:00-04:00")
        landing = check_in(
            dose,
            "landing",
            "2026-10-01T11:00:00-04:00",
            texts={"story.line": "The door was open."},
            answers={"brk.opened": "yes", "diss.peak": 7},
        )
        next_day = check_in(
            dose,
            "next_day",
            "2026-10-02T11:00:00-04:00",
            texts={"story.happened": "A long story.", "story.remember": "Her voice."},
            answers={"brk.release": 0, "psy.self_awareness": 6, "emo.mood_now": 5},
        )
        told = trends([dose, plain], [next_day, landing])

        assert told["breakthroughs"] == [
            {
                "session_id": dose["id"],
                "opened": "yes",
                "items": {"brk.release": 0, "psy.self_awareness": 6},
                "lines": [
                    {"prompt_id": "story.line", "text": "The door was open.", "check_in_id": landing["id"]},
                    {"prompt_id": "story.remember", "text": "Her voice.", "check_in_id": next_day["id"]},
                ],
            }
        ]
        assert told["detachment"] == [{"session_id": dose["id"], "value": 7}]

    def test_a_line_alone_is_told_too(self):
        dose = session(DOSE)
        told = trends([dose], [check_in(dose, "landing", DOSE, texts={"story.line": "Quiet."})])

        assert told["breakthroughs"][0]["lines"][0]["text"] == "Quiet."
        assert "opened" not in told["breakthroughs"][0]


ratings = st.integers(0, 10)
picks = {
    name: st.dictionaries(st.sampled_from(ids), st.fixed_dictionaries({}, optional={key: ratings}), max_size=4)
    for (name, ids), key in zip(TERMS.items(), ("intensity", "worst"), strict=True)
}
answered = st.fixed_dictionaries(
    {},
    optional={
        "answers": st.dictionaries(st.sampled_from(["emo.mood_now", "diss.peak", "brk.release"]), ratings),
        **picks,
        "still_here": st.lists(st.sampled_from(TERMS["noticed"]), max_size=3),
    },
)
moments = st.sampled_from([moment.id for moment in catalogue().moments])


@st.composite
def journals(draw):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    sessions, check_ins = [], []
    for place in range(draw(st.integers(0, 4))):
        at = start + timedelta(days=7 * place, minutes=draw(st.integers(0, 3 * 24 * 60)))
        sessions.append(session(at.isoformat()))
        for _ in range(draw(st.integers(0, 3))):
            when = at + timedelta(minutes=draw(st.integers(-24 * 60, 14 * 24 * 60)))
            check_ins.append(check_in(sessions[-1], draw(moments), when.isoformat(), **draw(answered)))
    return sessions, check_ins


def values(told):
    return [point["value"] for it in told["sensations"] for point in it["points"] if "value" in point]


often_enough = settings(max_examples=60, deadline=None)


class TestAlways:
    @often_enough
    @given(journals(), st.randoms())
    def test_the_order_rows_come_in_does_not_matter(self, journal, random):
        sessions, check_ins = journal
        told = trends(sessions, check_ins)
        random.shuffle(sessions)
        random.shuffle(check_ins)

        assert trends(sessions, check_ins) == told

    @often_enough
    @given(journals(), st.integers(-14, 14))
    def test_the_zone_a_time_is_written_in_does_not_matter(self, journal, offset):
        sessions, check_ins = journal
        told = trends(sessions, check_ins)
        for row in check_ins:
            at = datetime.fromisoformat(row["ratings"]["happened_at"])
            row["ratings"]["happened_at"] = at.astimezone(timezone(timedelta(hours=offset))).isoformat()

        assert trends(sessions, check_ins) == told

    @often_enough
    @given(journals())
    def test_nothing_is_made_up(self, journal):
        """Every value was given by the patient; one point at most for a term in a session; nothing is null."""
        sessions, check_ins = journal
        told = trends(sessions, check_ins)
        given_for = {
            (row["session_id"], term, value)
            for row in check_ins
            for name in TERMS
            for term, detail in row["ratings"].get(name, {}).items()
            for value in detail.values()
        }

        for it in told["sensations"]:
            points = it["points"]
            assert len({point["session_id"] for point in points}) == len(points)
            assert any(point["chosen"] for point in points)
            for point in points:
                assert "value" not in point or (point["session_id"], it["term"], point["value"]) in given_for
        assert "None" not in repr(told)

    @often_enough
    @given(journals())
    def test_a_check_in_without_answers_changes_nothing(self, journal):
        sessions, check_ins = journal
        empty = [check_in(of, "landing", of["ratings"]["happened_at"]) for of in sessions]

        assert trends(sessions, check_ins + empty) == trends(sessions, check_ins)

    @often_enough
    @given(journals())
    def test_lift_lasted_at_least_less_than_it_took_to_come_back(self, journal):
        for lift in trends(*journal)["lift"]:
            if lift["state"] == "back":
                assert 0 <= lift["last_above_hours"] <= lift["first_back_hours"]
            if "last_above_hours" in lift:
                assert lift["highest"] > lift["baseline"]
