"""The days after: details of what was picked alone, questionnaires every two weeks, and what a new session closes."""

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.test_landing import BOTHERED, MOOD, NOTICED

ANXIOUS = "How anxious are you right now?"
SLEPT = "How did you sleep last night?"
ENERGY = "How much energy do you have?"
LITTLE_INTEREST = "Little interest or pleasure in doing things"
RECALL = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"


def skip_to(phone: Phone, heading: str) -> Phone:
    """Skip, or go on, until a question."""
    for _ in range(40):
        phone.page.wait_for_timeout(380)
        if phone.page.locator("h1").inner_text() == heading:
            return phone
        phone.page.get_by_role("button", name="Skip", exact=True).or_(
            phone.page.get_by_role("button", name="Next", exact=True)
        ).tap()
    raise AssertionError(f"{heading} did not come")


def after_landing(phone: Phone, hours: float = 20) -> str:
    session = phone.has_session(hours_ago=hours)
    phone.has_checked_in(
        session, "landing", hours - 1,
        answers={"emo.mood_now": 4, "diss.peak": 7, "brk.opened": "a_little"},
        noticed={"perc.time": {}}, bothered={"se.nausea": {"worst": 6}},
    )  # fmt: skip
    return session


class TestTheNextDay:
    def test_asks_details_of_what_was_picked_and_of_nothing_else(self, phone):
        after_landing(phone)
        phone.open("/today").sees("Today").tap("The next day: check in").sees(MOOD)
        phone.answer(6).sees(ANXIOUS).answer(2).sees(SLEPT).answer(7).sees(ENERGY).answer(5).sees(NOTICED)
        phone.reads("Picked earlier in this session").tap("Next").sees(BOTHERED).tap("Next")
        phone.sees("Time slower or faster").answer(7).tap("Slower").tap("Lost track of it").tap("Next")
        phone.sees("Sick").tap("By the end of the session").tap("Next").sees("When had the far-away feeling passed?")
        phone.tap("That's enough for now").sees("Kept so far.")

        kept = phone.last_check_in()["ratings"]
        assert kept["noticed"] == {"perc.time": {"intensity": 7, "direction": ["slower", "lost_track"]}}
        assert kept["bothered"] == {"se.nausea": {"passed": "by_end"}}

    def test_what_was_picked_at_landing_is_not_said_again_unless_she_says_it(self, phone):
        after_landing(phone)
        phone.open("/today").sees("Today").tap("The next day: check in").sees(MOOD).answer(6).sees(ANXIOUS)
        skip_to(phone, NOTICED).is_kept()

        assert "noticed" not in phone.last_check_in()["ratings"]

    def test_her_own_sensation_is_on_her_list_from_then_on(self, phone):
        after_landing(phone)
        phone.open("/today").sees("Today").tap("The next day: check in").sees(MOOD)
        skip_to(phone, NOTICED).tap("Something else").write("What do you call it?", "Golden hum").tap("Add")
        phone.tap("Next").sees(BOTHERED).is_kept()

        (own,) = phone.read("/additions")["items"]
        assert own["story"]["label"] == "Golden hum"
        assert f"own.{own['id']}" in phone.last_check_in()["ratings"]["noticed"]

    def test_words_readings_and_the_end(self, phone):
        session = after_landing(phone)
        phone.open("/today").sees("Today").tap("The next day: check in").sees(MOOD)
        skip_to(phone, "In your words").write("What happened?", "The harbour from above").tap("Next")
        phone.sees("One small step for this week").write("One small step for this week", "Walk to the pier").tap("Next")
        phone.sees("A blood pressure reading, if you have one").write("Upper number", "128").tap("Done")
        phone.reads("Both numbers, or none.").write("Lower number", "82").tap("Done").sees("Saved.")
        phone.tap("Back to Today").sees("Today")

        checked_in = phone.last_check_in()
        told = {"story.happened": "The harbour from above", "step.plan": "Walk to the pier"}
        assert checked_in["story"]["texts"] == told
        assert checked_in["ratings"]["finished"] is True
        reading = phone.read(f"/sessions/{session}")["ratings"]["blood_pressure"]
        assert reading == {"systolic": 128, "diastolic": 82}


class TestQuestionnaires:
    def week_after(self, phone: Phone, days_since_the_last: float) -> Phone:
        old = phone.has_session(hours_ago=24 * 60)
        phone.has_checked_in(old, "week", 24 * days_since_the_last, instruments={"phq8": {"answers": [1] * 8}})
        after_landing(phone, hours=24 * 6)
        return phone.open("/today").sees("Today").tap("After a week: check in").sees(MOOD)

    def test_come_when_two_weeks_have_passed_word_for_word_under_what_they_ask_about(self, phone):
        skip_to(self.week_after(phone, 15), LITTLE_INTEREST).reads(RECALL)
        assert phone.page.get_by_role("radio").all_inner_texts() == [
            "Not at all", "Several days", "More than half the days", "Nearly every day",
        ]  # fmt: skip

        phone.answer("Several days").sees("Feeling down, depressed, or hopeless").reads(RECALL).is_kept()

        answers = phone.last_check_in()["ratings"]["instruments"]["phq8"]["answers"]
        assert answers == [1, None, None, None, None, None, None, None]

    def test_and_not_before(self, phone):
        phone = self.week_after(phone, 10)
        skip_to(phone, "Feeling nervous, anxious, or on edge")

        phone.tap("Back")
        expect(phone.page.get_by_role("heading", level=1)).not_to_contain_text("Moving or speaking")

    def test_one_that_was_answered_elsewhere_meanwhile_can_be_left_out(self, phone):
        skip_to(self.week_after(phone, 15), LITTLE_INTEREST)
        other = phone.has_session(hours_ago=24 * 3)
        phone.has_checked_in(other, "week", 24, instruments={"phq8": {"answers": [0] * 8}})

        phone.answer("Several days").sees("Feeling down, depressed, or hopeless").reads("14 days must lie between")
        phone.tap("Leave it out and keep the rest").is_kept()

    def test_no_total_and_no_judgement_is_shown_at_the_end(self, phone):
        skip_to(self.week_after(phone, 15), LITTLE_INTEREST)
        for _ in range(8):
            phone.page.wait_for_timeout(380)
            phone.answer("Nearly every day")
        phone.page.wait_for_timeout(380)
        phone.answer("Very difficult")
        skip_to(phone, "Feeling afraid, as if something awful might happen").tap("Skip").sees("Saved.")

        assert "24" not in phone.page.locator("main").inner_text()


class TestBefore:
    def test_tells_of_the_session_with_route_and_place_as_the_last_time(self, phone):
        phone.has_session(hours_ago=24 * 9, route="im")

        phone.open("/today").sees("Today").tap("Before a session").sees("About the session")
        assert phone.page.get_by_role("button", name="Injection into a muscle").get_attribute("aria-pressed") == "true"
        phone.write("What do you call this place?", "Harbour clinic").tap("Next").sees(MOOD)
        phone.answer(3).sees(ANXIOUS).is_kept()

        planned = phone.read(f"/sessions/{phone.only_check_in()['session_id']}")
        assert (planned["ratings"]["route"], planned["story"]["place"]) == ("im", "Harbour clinic")

    def test_asks_for_her_history_once(self, phone):
        first = phone.has_session(hours_ago=24 * 9)
        texts = dict.fromkeys(("prep.goals", "prep.medicines", "prep.history", "prep.questions"), "Told")
        phone.has_checked_in(first, "before", 24 * 9 + 2, texts=texts)

        phone.open("/today").sees("Today").tap("Before a session").sees("About the session").tap("Next").sees(MOOD)
        skip_to(phone, "What would you like to bring to this session?").tap("Skip").sees("Saved.")


class TestSuperseded:
    def test_says_closed_by_the_next_session_and_never_missed(self, phone):
        after_landing(phone, hours=24 * 3)
        phone.has_session(hours_ago=20)

        phone.open("/today").sees("Today").reads("Closed by the next session").reads("After a week")
        assert "missed" not in phone.page.locator("main").inner_text().lower()
