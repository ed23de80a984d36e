"""What every screen shares: it opens without a connection, offers new versions and never applies one over unsaved
answers, is readable by anybody, and keeps its look."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.changing import released, version
from tests.browser.phone import Phone
from tests.live import ROOT

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text()
FAULTS = """async (axe_source) => {
  (0, eval)(axe_source)
  const found = await axe.run()
  const said = found.violations.map((fault) => `${fault.id}: ${fault.nodes.map((node) => node.target).join(' ')}`)
  return [found.passes.length, said]
}"""
# Nothing is wider than the page, and nothing that can be tapped is cut off at its side.
SIDEWAYS = """() => [...document.querySelectorAll('body *')].filter((part) => {
  const box = part.getBoundingClientRect()
  return !part.closest('.table, .shore, .skip, .unseen, select') && box.width && box.right > innerWidth + 1
}).map((part) => part.outerHTML.slice(0, 80))"""
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
NIGHT, DAY = "rgb(10, 29, 34)", "rgb(245, 238, 226)"

VISITORS = {
    "/welcome": "A private journal for ketamine therapy",
    "/about": "Who can read what",
    "/sign-up": "Start your journal",
    "/sign-in": "Welcome back",
    "/recover": "Back in with your code",
    "/help": "Help",
    "/meet": "Meet your therapist",
}
OWNERS = {
    "/settings": "Settings",
    "/settings/this-phone": "This phone",
    "/settings/people": "People to call",
    "/settings/usual": "The usual",
    "/settings/hold": "After a session",
    "/settings/sign-ins": "Where you are signed in",
    "/settings/password": "Password",
    "/settings/recovery-code": "Recovery code",
    "/settings/delete": "Delete the account",
    "/sharing": "Sharing",
    "/sharing/new": "Share with somebody",
    "/sharing/waiting": "Waiting for your word",
    "/sharing/log": "Who opened what",
    "/sharing/digits": "Your own digits",
    "/sharing/returned": "Given back to you",
    "/re-read": "Re-read",
    "/waiting": "From your phones",
    "/export": "Take your journal with you",
    "/import": "Bring a journal in",
    "/help": "Help",
}


def every_screen(take: Callable[..., Phone], **look: object) -> Iterator[tuple[Phone, str]]:
    """Each screen in turn, a visitor's and then Maya's."""
    for phone, screens in ((take(**look), VISITORS), (take(**look).signed_up(), OWNERS)):
        for path, heading in screens.items():
            phone.open(path).sees(heading).page.wait_for_timeout(300)
            yield phone, path


def has_set(phone: Phone, **values: object) -> None:
    """Settings made on another device."""
    phone.send("PUT", "/settings", values, if_match=phone.send("GET", "/settings").headers["etag"])


def with_worker(phone: Phone) -> Phone:
    """Wait until the shell is kept on the phone."""
    phone.page.evaluate("navigator.serviceWorker.ready")
    phone.page.wait_for_timeout(300)
    return phone


class TestForAnybody:
    @pytest.mark.parametrize("dark", [True, False], ids=["night", "day"])
    def test_axe_finds_nothing(self, take: Callable[..., Phone], dark: bool):
        found = {}
        for phone, path in every_screen(take, dark=dark):
            phone.context.new_cdp_session(phone.page).send("Page.setBypassCSP", {"enabled": True})
            passes, faults = phone.page.evaluate(FAULTS, AXE)
            assert passes > 10, path
            found[path] = faults

        assert {path: faults for path, faults in found.items() if faults} == {}
        assert len(found) == len(VISITORS | OWNERS)

    def test_320_px_and_twice_the_text_fit(self, take: Callable[..., Phone]):
        found = {}
        for phone, path in every_screen(take, width=320):
            phone.large_text().page.wait_for_timeout(200)
            assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320, path
            found[path] = phone.page.evaluate(SIDEWAYS)

        assert {path: wide for path, wide in found.items() if wide} == {}

    def test_a_new_screen_takes_the_focus_to_its_heading(self, phone: Phone):
        phone.open("/settings").sees("Settings").page.get_by_text("People to call").tap()

        expect(phone.page.get_by_role("heading", level=1, name="People to call")).to_be_focused()

    def test_the_keyboard_skips_to_the_content_without_a_new_screen(self, phone: Phone):
        phone.open("/settings").sees("Settings")
        phone.page.evaluate("window.before = document.querySelector('main'), 0")
        phone.page.keyboard.press("Tab")
        expect(phone.page.get_by_role("link", name="Skip to the content")).to_be_focused()
        phone.page.keyboard.press("Enter")

        assert phone.page.evaluate("window.before === document.querySelector('main')")

    def test_the_title_says_nothing_of_a_screen(self, phone: Phone):
        for path, heading in OWNERS.items():
            phone.open(path).sees(heading)
            assert phone.page.title() == "Shoreline"


class TestHelp:
    def test_her_person_comes_first_then_her_clinic_then_a_crisis_line(self, phone: Phone):
        robin, clinic = {"name": "Robin", "phone": "555 01"}, {"name": "Harbour", "phone": "555 02"}
        has_set(phone, own_contact=robin, clinic=clinic, region="IE")
        phone.open("/today").sees("Today").open("/help").sees("Help").reads("Call Robin")
        calls = phone.page.locator("a[href^='tel:']")

        expect(phone.page.get_by_role("link", name="Call Samaritans")).to_be_visible()
        numbers = [calls.nth(place).get_attribute("href") for place in range(3)]
        assert numbers == ["tel:55501", "tel:55502", "tel:116123"]

    def test_it_works_without_a_connection(self, take: Callable[..., Phone]):
        phone = with_worker(take().open("/welcome").sees(VISITORS["/welcome"]))
        phone.context.set_offline(True)
        phone.open("/help").sees("Help").reads("Don't drive or use machines")
        phone.page.get_by_label("Where you are").select_option("US")

        expect(phone.page.locator("a[href='tel:988']")).to_be_visible()
        expect(phone.page.locator("a[href='sms:988']")).to_be_visible()

    def test_her_people_stay_on_the_phone_only_if_she_says_so(self, phone: Phone):
        has_set(phone, own_contact={"name": "Robin", "phone": "555 01"})
        with_worker(phone.open("/settings/people").sees("People to call"))
        assert "Robin" not in phone.page.evaluate("JSON.stringify(localStorage)")
        phone.page.get_by_label("Keep these people readable on this phone").tap()
        phone.page.wait_for_function("() => JSON.stringify(localStorage).includes('Robin')")
        phone.context.set_offline(True)

        phone.open("/help").sees("Help").reads("Call Robin")


class TestWithoutAConnection:
    def test_the_shell_opens_and_says_what_it_cannot_do(self, phone: Phone):
        with_worker(phone.open("/settings").sees("Settings"))
        phone.context.set_offline(True)
        phone.open("/today").sees("Your journal needs a connection").reads("No connection.")
        phone.context.set_offline(False)
        phone.sees("Today")

    def test_nothing_of_a_journal_is_in_the_caches(self, phone: Phone):
        phone.has_session(hours_ago=2)
        with_worker(phone.open("/today").sees("Today"))
        kept = phone.page.evaluate(
            "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))"
            ".then((all) => Promise.all(all.map((one) => one.keys())))"
            ".then((all) => all.flat().map((one) => new URL(one.url).pathname))"
        )

        assert kept
        assert [path for path in kept if path.startswith("/api")] == []


class TestTheLook:
    def test_her_choice_outlives_the_page_and_the_system(self, take: Callable[..., Phone]):
        phone = take(dark=False).signed_up().open("/settings").sees("Settings")
        assert phone.page.evaluate(GROUND) == DAY
        phone.page.get_by_text("Night", exact=True).tap()
        assert phone.page.evaluate(GROUND) == NIGHT

        phone.open("/help").sees("Help")
        assert phone.page.evaluate(GROUND) == NIGHT


class TestANewVersion:
    """On a server of this test's own, whose front end can change under way."""

    def test_waits_until_answers_are_saved_and_she_says_so(self, changing: Phone, front_end: Path):
        with_worker(changing.open("/settings/people").sees("People to call"))
        changing.page.get_by_label("Name").first.fill("Robin")
        changing.page.get_by_label("Phone number").first.fill("555 01")
        released(changing, front_end)
        changing.reads("It waits until your answers are saved.")
        expect(changing.page.get_by_role("button", name="Use it now")).to_have_count(0)

        changing.tap("Save").reads("Saved.")
        assert version(changing).startswith("A private")
        with changing.page.expect_navigation():
            changing.tap("Use it now")
        changing.sees("People to call")
        assert version(changing).startswith("A newer")
        expect(changing.page.get_by_role("button", name="Use it now")).to_have_count(0)
