"""The landing check-in in a tired hand: few taps, large targets, no false answers, nothing lost."""

from datetime import datetime

import pytest

from tests.browser.phone import Phone, ago

MOOD = "How is your mood right now?"
AWAY = "At its strongest, how far away did you feel?"
NOTICED = "What did you notice?"
BOTHERED = "What bothered you?"
OPENED = "Did something emotional open up?"
STILL = "Anything still with you?"
LINE = "One line, if you like"
READY = "Ready for a short check-in?"
LANDING = "Check in after a session"
TOLD = "After the session: check in"


def begin(phone: Phone) -> Phone:
    return phone.open("/today").sees("Today").tap(LANDING).sees(READY)


def at_mood(phone: Phone) -> Phone:
    return begin(phone).tap("Start").sees(MOOD)


class TestTaps:
    def test_seven_are_enough_when_there_is_nothing_to_say(self, phone):
        begin(phone)
        before = phone.taps()

        phone.tap("Start").sees(MOOD).answer(4).sees(AWAY).answer(0).sees(NOTICED)
        phone.tap("Nothing special").sees(BOTHERED).tap("Nothing").sees(OPENED).answer("No").sees(LINE)
        phone.tap("Skip").sees("Saved.")

        assert phone.taps() - before == 7
        kept = phone.only_check_in()["ratings"]
        assert kept["answers"] == {"emo.mood_now": 4, "diss.peak": 0, "brk.opened": "no"}
        assert (kept["none"], kept["finished"]) == (["noticed", "bothered"], True)
        assert not {"noticed", "bothered", "still_here"} & kept.keys()

    def test_thirteen_are_typical_and_none_of_them_types(self, phone):
        begin(phone)
        before = phone.taps()

        phone.tap("Start").sees(MOOD).answer(3).sees(AWAY).answer(8).sees(NOTICED)
        phone.tap("Tingling").tap("Peaceful").tap("Colours or patterns").tap("Next").sees(BOTHERED)
        phone.tap("Sick").tap("Next").sees("Sick: How bad at worst?").answer(6).sees(OPENED)
        phone.answer("A little").sees(STILL).tap("All gone").sees(LINE).tap("Skip").sees("Saved.")

        assert phone.taps() - before == 13
        checked_in = phone.only_check_in()
        kept = checked_in["ratings"]
        assert kept["noticed"] == {"sens.tingling": {}, "psy.peaceful": {}, "perc.vision": {}}
        assert (kept["bothered"], kept["still_here"]) == ({"se.nausea": {"worst": 6}}, [])
        assert "story" not in checked_in

    def test_what_was_skipped_is_absent(self, phone):
        at_mood(phone).tap("Skip").sees(AWAY).tap("Skip").sees(NOTICED).tap("Skip").sees(BOTHERED)
        phone.tap("Dizzy").tap("Next").sees("Dizzy: How bad at worst?").tap("Skip").sees(OPENED)
        phone.tap("Skip").sees(STILL).tap("Skip").sees(LINE).tap("Skip").sees("Saved.")

        kept = phone.only_check_in()["ratings"]
        assert kept["bothered"] == {"se.dizziness": {}}
        assert not {"answers", "noticed", "none", "still_here"} & kept.keys()

    def test_a_line_is_kept_as_it_was_written(self, phone):
        at_mood(phone).answer(5).sees(AWAY)
        for heading in (NOTICED, BOTHERED, OPENED, LINE):
            phone.tap("Skip").sees(heading)
        phone.write(LINE, "Warm light, then the sea").tap("Done").sees("Saved.")

        assert phone.only_check_in()["story"]["texts"] == {"story.line": "Warm light, then the sea"}

    def test_the_same_words_of_safety_are_there_for_everyone(self, phone):
        at_mood(phone).tap("That's enough for now").sees("Nothing was answered, so nothing is kept.")

        phone.reads("Don't drive or use machines until tomorrow").reads("thoughts of suicide")
        assert phone.check_ins() == []


class TestNoFalseAnswers:
    def test_nothing_is_chosen_beforehand(self, phone):
        at_mood(phone)

        assert phone.page.locator("[aria-checked=true]").count() == 0

    def test_scrolling_that_starts_on_a_number_answers_nothing(self, phone):
        at_mood(phone).large_text()
        box = phone.number(8).bounding_box()
        touch = phone.context.new_cdp_session(phone.page)
        x, y = box["x"] + 10, box["y"] + 10
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 12):
            point = {"x": x + step, "y": y - 14 * step}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        phone.page.wait_for_timeout(300)

        assert phone.page.evaluate("scrollY") > 50
        phone.sees(MOOD)
        assert phone.page.locator("[aria-checked=true]").count() == 0

    def test_a_double_tap_answers_one_question(self, phone):
        at_mood(phone)
        number = phone.number(3).bounding_box()
        x, y = number["x"] + 20, number["y"] + 20
        phone.page.touchscreen.tap(x, y)
        phone.page.wait_for_timeout(120)
        phone.page.touchscreen.tap(x, y)

        phone.sees(AWAY).is_kept()
        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3}

    def test_an_answer_can_be_changed_and_taken_back(self, phone):
        at_mood(phone).answer(3).sees(AWAY).tap("Back").sees(MOOD)
        assert phone.number(3).get_attribute("aria-checked") == "true"

        phone.answer(5).sees(AWAY).tap("Back").sees(MOOD).tap("Take this answer back")
        assert phone.page.locator("[aria-checked=true]").count() == 0
        phone.tap("Skip").sees(AWAY).answer(2).sees(NOTICED).is_kept()

        assert phone.only_check_in()["ratings"]["answers"] == {"diss.peak": 2}

    def test_something_in_place_of_nothing(self, phone):
        at_mood(phone).answer(3).sees(AWAY).answer(2).sees(NOTICED).tap("Nothing special").sees(BOTHERED)
        phone.tap("Back").sees(NOTICED).tap("Heavy").tap("Next").sees(BOTHERED).is_kept()

        kept = phone.only_check_in()["ratings"]
        assert (kept["noticed"], kept.get("none")) == ({"sens.heavy": {}}, None)


class TestTheSession:
    def test_one_that_was_told_of_is_taken(self, phone):
        session = phone.has_session(hours_ago=1)

        phone.open("/today").sees("Today").tap(TOLD).sees(READY).tap("Start").sees(MOOD).answer(3).sees(AWAY).is_kept()

        assert phone.only_check_in()["session_id"] == session

    def test_one_that_nobody_told_of_is_kept_with_the_time_that_was_shown(self, phone):
        begin(phone).reads("Your session began at about").tap("Change")
        phone.tap("Two hours ago").tap("Start").sees(MOOD)
        assert phone.read("/sessions")["items"] == []

        phone.answer(3).sees(AWAY).is_kept()

        (session,) = phone.read("/sessions")["items"]
        apart = abs(hours_between(session["ratings"]["happened_at"], ago(hours=2)))
        assert apart < 0.1
        assert session["ratings"]["time_zone"] == "Europe/London"

    def test_one_that_was_planned_and_began_early_is_that_one(self, phone):
        planned = phone.has_session(hours_ago=-1, route="im")
        begin(phone).tap("Start").sees(MOOD).answer(3).sees(AWAY).is_kept()

        (session,) = phone.read("/sessions")["items"]
        assert (session["id"], session["ratings"]["route"]) == (planned, "im")
        assert abs(hours_between(session["ratings"]["happened_at"], ago(hours=1))) < 0.1

    def test_later_today_comes_back_to_today_and_keeps_nothing(self, phone):
        phone.has_session(hours_ago=1)
        phone.open("/today").sees("Today").tap(TOLD).sees(READY)

        phone.tap("Later today").sees("Today").reads("Put off until")

        assert phone.check_ins() == []


def hours_between(one: str, other: str) -> float:
    return (datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds() / 3600


class TestTheWay:
    def test_back_of_the_phone_leads_through_the_questions(self, phone):
        at_mood(phone).answer(3).sees(AWAY).answer(2).sees(NOTICED)

        phone.page.go_back()
        phone.sees(AWAY)
        phone.page.go_back()
        phone.sees(MOOD)
        phone.answer(6).sees(AWAY)

    def test_and_does_not_lead_into_what_is_over(self, phone):
        at_mood(phone).answer(3).sees(AWAY).tap("That's enough for now").sees("Kept so far.").tap("Back to Today")
        phone.sees("Today")

        phone.page.go_back()
        phone.sees("Today")

    def test_a_look_at_help_does_not_lose_the_place(self, phone):
        at_mood(phone).answer(3).sees(AWAY).tap("Help").sees("Help").tap("Back").sees(AWAY).answer(1).sees(NOTICED)
        phone.is_kept()

        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3, "diss.peak": 1}


class TestLarge:
    @pytest.mark.parametrize("width", [320, 360])
    def test_every_control_can_be_reached_at_twice_the_text(self, take, width):
        phone = take("maya", width=width, height=640).signed_up()
        phone.has_session(hours_ago=1)
        phone.open("/today").sees("Today").large_text()
        fits(phone)
        phone.tap(TOLD).sees(READY)
        fits(phone)
        phone.tap("Start").sees(MOOD)
        fits(phone)
        phone.answer(10).sees(AWAY)
        fits(phone)
        phone.answer(0).sees(NOTICED).tap("Tingling")
        fits(phone)
        phone.tap("Next").sees(BOTHERED).tap("Blurry or double vision")
        fits(phone)
        phone.tap("Next").sees("Blurry or double vision: How bad at worst?")
        fits(phone)
        phone.answer(6).sees(OPENED)
        fits(phone)
        phone.answer("Too soon to say").sees(STILL)
        fits(phone)
        phone.tap("All gone").sees(LINE)
        fits(phone)
        phone.tap("Skip").sees("Saved.")
        fits(phone)

    def test_numbers_are_as_large_as_a_tired_thumb_needs(self, phone):
        at_mood(phone)

        for value in range(11):
            box = phone.number(value).bounding_box()
            assert (box["width"] >= 52, box["height"] >= 56) == (True, True), (value, box)
        sizes = phone.page.evaluate(TEXT_SIZES)
        assert [found for found in sizes if found[1] < 22] == []


TEXT_SIZES = """() => [...document.querySelectorAll('.screen *')]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((element) => [element.textContent, parseFloat(getComputedStyle(element).fontSize)])
"""

REACH = """async () => {
  const faults = []
  const { scrollWidth } = document.documentElement
  if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth}`)
  for (const control of document.querySelectorAll('button, a[href], input, textarea')) {
    if (control.closest('.skip') || !control.checkVisibility()) continue
    control.scrollIntoView({ block: 'center' })
    const box = control.getBoundingClientRect()
    if (box.left < 0 || box.right > innerWidth + 0.5) faults.push(`${control.textContent} is cut off`)
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20))
    if (!at || !(control.contains(at) || at.contains(control))) {
      faults.push(`${control.textContent} is covered by ${at?.outerHTML.slice(0, 80)}`)
    }
  }
  scrollTo(0, 0)
  return faults
}"""


def fits(phone: Phone) -> None:
    """Nothing is cut off, covered, or to be scrolled to sideways."""
    assert phone.page.evaluate(REACH) == []
