"""Every screen of Today, the check-ins and the sessions, by night and by day: axe finds nothing, nothing overflows."""

import pytest

from tests.browser.axe import violations
from tests.browser.phone import Phone
from tests.browser.sharing import DAY, NAME, card_of, has_met, has_shared, landed, replies
from tests.browser.sharing import LINE as TOLD_LINE
from tests.browser.test_follow_ups import after_landing
from tests.browser.test_landing import AWAY, BOTHERED, LINE, MOOD, NOTICED, OPENED, READY, STILL, TOLD
from tests.browser.test_reminders import switch_off
from tests.cast import Person

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


def test_meeting_and_sharing_step_by_step(seen: Phone, dr_okafor: Person):
    landed(seen, hours=20 * DAY)
    landed(seen, hours=5 * DAY)
    looks_well(seen.open("/sharing").sees("Sharing").reads("Nothing is shared"))
    looks_well(seen.open("/meet").sees("Meet your therapist"))
    looks_well(seen.open(f"/meet#{card_of(dr_okafor, 'link')}").sees("Whose code is it?").reads("Not verified"))
    looks_well(seen.tap(f"Yes, keep {NAME}").sees(NAME))
    looks_well(seen.tap("Not now").sees("Sharing").tap(f"Compare digits with {NAME}").reads("They are the same"))
    looks_well(seen.open("/sharing/new").sees("With whom?"))
    looks_well(seen.tap("Next").sees(f"What may {NAME} read?").tap("Next").reads("Please choose one."))
    seen.page.get_by_text("The numbers and the words").tap()
    seen.tap("Next").sees("Which sessions?").page.get_by_text("Sessions I choose").tap()
    looks_well(seen).page.locator(".check").first.tap()
    looks_well(seen.tap("Next").sees("Until when?")).page.get_by_text("A month").tap()
    looks_well(seen.tap("Next").sees("A few words with it")).write(f"What shall {NAME} know you as?", "Maya")
    seen.tap("Next").sees(f"What {NAME} will see").reads("They can read this at once")
    looks_well(seen.reads(TOLD_LINE))
    looks_well(seen.tap(f"Share with {NAME}").reads(f"{NAME} is not verified"))
    looks_well(seen.tap("Share although not verified").sees(f"Share with {NAME}").reads("It is shared now."))


def test_a_share_and_what_waits(seen: Phone, dr_okafor: Person):
    session, check_in = landed(seen, hours=5 * DAY)
    share = has_shared(seen, has_met(seen, dr_okafor), sessions=[session])
    seen.has_checked_in(session, "landing", 5 * DAY - 1, {"story.line": TOLD_LINE}, answers={"emo.mood_now": 4})
    seen.has_checked_in(session, "third_day", 2 * DAY, answers={"emo.mood_now": 6})
    assert dr_okafor.get(f"/desk/{share}/sessions/{session}").status_code == 200
    replies(dr_okafor, share, "Let us begin with the boat.")
    looks_well(seen.open("/today").sees("Today").reads(f"{NAME} wrote to you"))
    looks_well(seen.open("/sharing").sees("Sharing").reads("Who can read what"))
    looks_well(seen.open(f"/sharing/{share}").sees(f"Share with {NAME}").reads("What they can read"))
    looks_well(seen.tap("Change the end").reads("Use this end"))
    looks_well(seen.open("/sharing/waiting").sees("Waiting for your word").reads(f"For {NAME}"))
    looks_well(seen.tap("Read the first one").sees("After the session").reads("Keep private"))
    looks_well(seen.open("/re-read").sees("Re-read").reads("Re-reading shares nothing."))
    looks_well(seen.tap("Re-read it").sees("After the session").reads("you say next"))
    looks_well(seen.open("/sharing/log").sees("Who opened what").reads("opened the session of"))
    looks_well(seen.open(f"/check-ins/{check_in}").sees("The next day").reads(f"{NAME} can read this."))
    looks_well(seen.open(f"/sessions/{session}").sees("Session 1").reads(f"{NAME} can read 1 check-in of it."))
    seen.has_session(hours_ago=2)
    looks_well(seen.open("/sharing/new").sees("Not yet"))
    looks_well(seen.open(f"/sharing/{share}").sees(f"Share with {NAME}").tap("Take it back").reads("It is taken back."))
    looks_well(seen.open("/sharing").sees("Sharing").reads("Ended"))


def test_sharing_in_large_text_on_a_narrow_phone(take, dr_okafor: Person):
    phone = take("maya", width=320).signed_up()
    session, _ = landed(phone, hours=5 * DAY)
    share = has_shared(phone, has_met(phone, dr_okafor, "link"), sessions=[session], not_verified=True)
    phone.has_checked_in(session, "third_day", 2 * DAY, {"story.line": TOLD_LINE}, answers={"emo.mood_now": 6})
    replies(dr_okafor, share, "Let us begin with the boat.")
    large(phone.open("/sharing").sees("Sharing").reads("Who can read what"))
    large(phone.tap(f"Compare digits with {NAME}").reads("They are the same"))
    large(phone.open(f"/sharing/{share}").sees(f"Share with {NAME}").reads("What they can read"))
    large(phone.open("/sharing/waiting").sees("Waiting for your word").tap("Read it").sees("The third day"))
    large(phone.open("/sharing/log").sees("Who opened what").reads(f"You shared with {NAME}"))
    large(phone.open(f"/meet#{card_of(dr_okafor)}").sees("Whose code is it?").reads(NAME))


def large(phone: Phone) -> None:
    phone.large_text().page.wait_for_timeout(200)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(phone.page) == []
