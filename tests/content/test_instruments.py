"""PHQ-8 and GAD-7 to the letter, their totals, the two weeks between them, and the bands only a reviewer sees."""

from datetime import datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.content import as_json
from journal.content.bands import BANDS, band
from journal.content.instruments import GAD7, INSTRUMENTS, OFFERED, PHQ8, PHQ9, due, too_close, total

PHQ = [
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless"
    " that you have been moving around a lot more than usual",
]
GAD = [
    "Feeling nervous, anxious, or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid, as if something awful might happen",
]
ANCHORS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


@pytest.fixture
def shown():
    return {it["id"]: it for it in as_json()["instruments"]}


class TestWording:
    def test_the_questions_are_the_published_ones(self, shown):
        assert [item["text"] for item in shown["phq8"]["items"]] == PHQ
        assert [item["text"] for item in shown["gad7"]["items"]] == GAD
        assert "how often have you been bothered by" in shown["phq8"]["recall"]
        assert shown["phq8"]["recall"].startswith("Over the last 2 weeks")
        assert shown["gad7"]["recall"].startswith("Over the last two weeks")

    def test_the_answers_are_exactly_four(self, shown):
        for instrument in shown.values():
            assert instrument["answers"] == [{"value": n, "label": label} for n, label in enumerate(ANCHORS)]

    def test_the_difficulty_item_is_asked_with_phq(self, shown):
        labels = [answer["label"] for answer in shown["phq8"]["difficulty"]["answers"]]

        assert labels == [
            "Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult"
        ]  # fmt: skip
        assert "difficulty" not in shown["gad7"]

    def test_the_ninth_item_is_not_asked(self, shown):
        assert [it.id for it in OFFERED] == ["phq8", "gad7"] == list(shown)
        assert b"better off dead" not in orjson.dumps(as_json())

    def test_a_patient_never_gets_a_band(self):
        seen = orjson.dumps(as_json()).decode().lower()

        assert not any(it.source.lower() in seen for bands in BANDS.values() for it in bands)
        assert "moderately" not in seen


class TestTotals:
    @pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda it: it.id)
    def test_it_is_the_sum(self, instrument):
        assert total(instrument, [0] * instrument.items) == 0
        assert total(instrument, [3] * instrument.items) == instrument.highest == 3 * instrument.items
        assert total(instrument, [1, *[0] * (instrument.items - 1)]) == 1

    @given(st.lists(st.sampled_from([0, 1, 2, 3, None]), min_size=8, max_size=8).filter(lambda it: None in it))
    def test_one_answer_left_open_and_there_is_no_total(self, answers):
        assert total(PHQ8, answers) is None

    def test_too_few_answers_are_no_total_either(self):
        assert total(GAD7, [3] * 6) is None
        assert total(GAD7, [3] * 8) is None
        assert total(GAD7, []) is None


class TestBands:
    @pytest.mark.parametrize("below", [4, 9, 14, 19])
    def test_phq_9_changes_band_where_it_was_published(self, below):
        assert band("phq9", below) != band("phq9", below + 1)
        assert band("phq9", below).highest == below

    @pytest.mark.parametrize("below", [4, 9, 14])
    def test_gad_7_changes_band_where_it_was_published(self, below):
        assert band("gad7", below) != band("gad7", below + 1)
        assert band("gad7", below).highest == below

    @pytest.mark.parametrize("instrument", [PHQ8, PHQ9, GAD7], ids=lambda it: it.id)
    def test_every_total_has_one_band_with_its_source(self, instrument):
        for value in range(instrument.highest + 1):
            assert band(instrument.id, value).source
        assert band(instrument.id, instrument.highest + 1) is None

    def test_no_total_no_band(self):
        assert band("phq8", None) is None
        assert band("phq2", 3) is None


class TestTwoWeeks:
    last = datetime.fromisoformat("2026-10-05T21:30:00-04:00")

    def test_the_first_is_always_due(self):
        assert due(None, self.last)

    def test_thirteen_days_are_too_few_even_late_in_the_evening(self):
        assert not due(self.last, datetime.fromisoformat("2026-10-18T23:59:00-04:00"))

    def test_the_fourteenth_morning_will_do(self):
        """Less than 14 x 24 hours, but two weeks on anyone's calendar."""
        assert due(self.last, datetime.fromisoformat("2026-10-19T00:01:00-04:00"))

    def test_it_does_not_hang_on_the_zone_now_is_told_in(self):
        evening = datetime.fromisoformat("2026-10-18T23:59:00-04:00")

        assert evening.astimezone(timezone(timedelta(hours=5, minutes=30))).day == 19
        assert not due(self.last, evening.astimezone(timezone(timedelta(hours=5, minutes=30))))

    def test_a_time_before_the_last_is_not_due(self):
        assert not due(self.last, self.last - timedelta(days=30))

    def test_one_told_late_may_not_squeeze_in_before_another(self):
        assert too_close([self.last], self.last - timedelta(days=13))
        assert not too_close([self.last], self.last - timedelta(days=14))
        assert not too_close([], self.last)

    @given(st.integers(0, 24 * 60), st.integers(0, 40 * 24 * 60), st.integers(-14, 14))
    def test_what_today_offers_is_never_refused_when_it_comes(self, earlier, later, zone):
        here, there = (timezone(timedelta(hours=side * zone)) for side in (1, -1))
        last = self.last.astimezone(here) + timedelta(minutes=earlier)
        now = (last + timedelta(minutes=later)).astimezone(there)

        assert due(last, now) is not too_close([last], now)
