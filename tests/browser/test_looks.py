"""Every screen of Today, the check-ins and the sessions, by night and by day: axe finds nothing, nothing overflows."""

import pytest

from tests.browser.axe import violations
from tests.browser.phone import Phone
from tests.browser.test_follow_ups import after_landing
from tests.browser.test_landing import AWAY, BOTHERED, LINE, MOOD, NOTICED, OPENED, READY, STILL, TOLD
from tests.browser.test_reminders import switch_off

SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(params=["dark", "light"])
def seen(take, request) -> Phone:
    return take("maya", dark=request.param == "dark").signed_up()


def looks_well(phone: Phone, *, enhanced: bool = False) -> Phone:
    assert violations(phone.page, enhanced=enhanced) == []
    assert not phone.page.evaluate(SIDEWAYS)
    return phone


def landing(phone: Phone) -> Phone:
    return looks_well(phone, enhanced=True)


def test_landing_has_seven_to_one_on_every_screen(seen):
    seen.has_session(hours_ago=1)
    looks_well(seen.open("/today").sees("Today"))
    landing(seen.tap(TOLD).sees(READY))
    landing(seen.tap("Start").sees(MOOD))
    landing(seen.answer(3).sees(AWAY).tap("Back").sees(MOOD))
    seen.tap("Next").sees(AWAY).answer(8).sees(NOTICED).tap("Tingling").tap("Heavy")
    landing(seen)
    landing(seen.tap("Next").sees(BOTHERED).tap("Sick"))
    landing(seen.tap("Next").sees("Sick: How bad at worst?"))
    landing(seen.answer(6).sees(OPENED))
    landing(seen.answer("A little").sees(STILL).tap("Heavy"))
    seen.context.set_offline(True)
    seen.tap("Next").sees(LINE).reads("Not sent yet: no connection.")
    landing(seen)
    seen.context.set_offline(False)
    seen.is_kept()
    landing(seen.tap("Skip").sees("Saved."))


def test_every_question_of_the_next_day(seen):
    after_landing(seen)
    looks_well(seen.open("/today").sees("Today"))
    seen.tap("The next day: check in").sees(MOOD)
    headings = walk(seen)

    assert {"Time slower or faster", "Which emotions were strong?", "In your words", "Saved."} <= headings


def test_a_week_after_with_its_questionnaires(seen):
    after_landing(seen, hours=24 * 6)
    seen.open("/today").sees("Today").tap("After a week: check in").sees(MOOD)
    headings = walk(seen)

    assert "Little interest or pleasure in doing things" in headings


def walk(phone: Phone) -> set[str]:
    """Skip through to the end, looking at every screen."""
    headings: set[str] = set()
    while "Saved." not in headings:
        phone.page.wait_for_timeout(380)
        looks_well(phone)
        headings.add(phone.page.locator("h1").inner_text())
        skip = phone.page.get_by_role("button", name="Skip", exact=True)
        if "Saved." not in headings:
            skip.or_(phone.page.get_by_role("button", name="Next", exact=True)).tap()
    return headings


def test_before_a_session(seen):
    looks_well(seen.open("/check-in/before").sees("About the session"))


def test_re_reading_and_reminders(seen):
    session = after_landing(seen, hours=24 * 2)
    told = seen.only_check_in()["id"]
    looks_well(seen.open("/today").sees("Today").reads("Re-read what you wrote after the session"))
    looks_well(seen.open("/re-read").sees("Re-read").reads("You can re-read now"))
    looks_well(seen.open(f"/re-read/{told}").sees("After the session").reads("Keep as it is"))
    looks_well(seen.open(f"/check-ins/{told}").sees("After the session").reads("Not yet re-read"))
    looks_well(seen.open(f"/sessions/{session}").sees("Session 1").reads("Not yet re-read"))
    looks_well(seen.open(f"/sessions/{session}/reminders").sees("Remind me").reads("After a week"))
    switch_off(seen, "After a month")
    seen.page.get_by_label("After a week: day and time").fill("2031-01-01T20:00")
    looks_well(seen.tap("Add to my calendar").reads("Choose a time between"))


def test_sessions_and_their_pages(seen):
    looks_well(seen.open("/sessions").sees("Sessions"))
    session = after_landing(seen)
    looks_well(seen.open("/sessions").sees("Sessions").reads("1 check-in"))
    looks_well(seen.open(f"/sessions/{session}").sees("Session 1"))
    looks_well(seen.tap("Add a check-in").reads("Which check-in?"))
    looks_well(seen.open(f"/check-ins/{seen.only_check_in()['id']}").sees("After the session"))
    looks_well(seen.tap("Delete this check-in").reads("Delete this check-in?"))
    looks_well(seen.open(f"/sessions/{session}/facts").sees("Change the session"))
    seen.write("Upper number", "high").tap("Save").reads("A whole number")
    looks_well(seen)
    looks_well(seen.open("/sessions/new").sees("Add a session"))
