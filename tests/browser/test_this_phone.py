"""Keeping a browser as "this phone": how it is offered, what is said of it, and how it ends."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.elsewhere import OtherPhone, devices, mood
from tests.browser.paired import sign_out
from tests.browser.phone import Phone
from tests.browser.test_landing import AWAY, MOOD, READY
from tests.browser.test_looks import SIDEWAYS

TITLE, KEEP, YOURS = "This phone", "Keep as this phone", "This phone is yours"
STOP, NOT_NOW = "Stop using this phone", "Not now"
WELCOME = "A private journal for ketamine therapy"
PROPOSED, CLEARED = "Keep this as your phone?", "This phone is not kept"
# A browser of before X25519 came to the web.
OLD_BROWSER = """const made = crypto.subtle.generateKey.bind(crypto.subtle)
crypto.subtle.generateKey = async (wanted, ...rest) => {
  if (wanted.name === 'X25519') throw new DOMException('', 'NotSupportedError')
  return made(wanted, ...rest)
}"""
# As in Firefox and Safari: the page alone delivers, and what it asks for can be watched.
NO_SYNC = "Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined })"
PROMISES = "navigator.storage.persisted = async () => {answer}"


def keeps(phone: Phone) -> Phone:
    """Keep it from the settings."""
    return phone.open("/settings/this-phone").sees(TITLE).tap(KEEP).reads(YOURS)


def signs_in(phone: Phone) -> Phone:
    """With the password, on the screen that asks for it."""
    phone.open("/sign-in").sees("Welcome back").write("Login name", phone.login_name)
    return phone.write("Password", phone.password).tap("Sign in").sees("Today")


def begins_signed_out(phone: Phone, where: str = "on this phone") -> Phone:
    """One answer, sealed on the phone, with nobody signed in."""
    phone.open("/").sees(READY).tap("Start").sees(MOOD).answer(3).sees(AWAY)
    expect(phone.page.locator(".waterline")).to_contain_text(where)
    return phone


def no_box(phone: Phone) -> Phone:
    """The server's box for deposits cannot be reached; all else can."""
    phone.page.add_init_script(NO_SYNC)
    phone.page.route("**/api/v1/deposits/*-*", lambda route: route.abort())
    return phone


class TestKeeping:
    def test_is_one_tap_from_the_settings_and_says_what_it_does(self, phone):
        phone.open("/settings").sees("Settings").page.get_by_role("link", name=TITLE).tap()
        phone.sees(TITLE).reads("without a sign-in").reads("the phone itself cannot read it")
        phone.reads("always needs a sign-in").tap(KEEP).reads(YOURS)

        (device,) = devices(phone)
        phone.reads(device["name"])
        assert "dropped_at" not in device

    def test_lasts(self, phone):
        keeps(phone)

        phone.open("/settings/this-phone").reads(YOURS)
        expect(phone.page.get_by_role("button", name=KEEP)).to_have_count(0)

    def test_opens_the_check_in_without_a_sign_in(self, phone):
        sign_out(keeps(phone)).open("/").sees(READY)

    @pytest.mark.parametrize(("answer", "said"), [("true", "has promised to keep"), ("false", "may clear what waits")])
    def test_says_whether_the_browser_promised_to_keep_what_waits(self, phone, answer, said):
        phone.page.add_init_script(PROMISES.format(answer=answer))

        keeps(phone).reads(said)

    def test_a_browser_that_cannot_seal_says_so(self, phone):
        phone.page.add_init_script(OLD_BROWSER)
        phone.open("/settings/this-phone").sees(TITLE).reads("This browser cannot be kept")

        expect(phone.page.get_by_role("button", name=KEEP)).to_have_count(0)
        phone.open("/today").sees("Today").reads("Just had a session?")
        expect(phone.page.get_by_text(PROPOSED)).to_have_count(0)

    def test_without_a_connection_it_stays_as_it_was(self, phone):
        phone.open("/settings/this-phone").sees(TITLE).reads("None yet.")
        phone.context.set_offline(True)
        phone.tap(KEEP).reads("no connection")
        phone.context.set_offline(False)

        assert devices(phone) == []
        phone.tap(KEEP).reads(YOURS)


class TestTheProposal:
    def test_on_today_is_taken_with_one_tap(self, phone):
        phone.open("/today").sees("Today").reads(PROPOSED).tap(KEEP)
        expect(phone.page.get_by_text(PROPOSED)).to_have_count(0)

        assert len(devices(phone)) == 1
        phone.open("/settings/this-phone").reads(YOURS)

    def test_is_made_once(self, phone):
        phone.open("/today").sees("Today").reads(PROPOSED).tap(NOT_NOW)
        phone.open("/today").sees("Today").reads("Also open").page.wait_for_timeout(500)

        expect(phone.page.get_by_text(PROPOSED)).to_have_count(0)
        assert devices(phone) == []

    def test_is_not_made_on_a_desk(self, take):
        desk = take("maya", width=1280, height=900).signed_up()
        desk.open("/today").sees("Today").reads("Also open").page.wait_for_timeout(500)

        expect(desk.page.get_by_text(PROPOSED)).to_have_count(0)


class TestClearedStorage:
    @pytest.fixture
    def cleared(self, phone) -> Phone:
        """Kept, and then the browser ran out of room."""
        keeps(phone)
        tools = phone.context.new_cdp_session(phone.page)
        phone.page.goto("about:blank")
        tools.send("Storage.clearDataForOrigin", {"origin": phone.url, "storageTypes": "indexeddb,local_storage"})
        return phone

    def test_today_says_what_that_means(self, cleared):
        cleared.open("/today").sees("Today").reads(CLEARED).reads("delivered ones are safe").tap(KEEP)
        expect(cleared.page.get_by_text(CLEARED)).to_have_count(0)

        assert len(devices(cleared)) == 2

    def test_once(self, cleared):
        cleared.open("/today").sees("Today").reads(CLEARED).tap(NOT_NOW)
        cleared.open("/today").sees("Today").reads("Also open").page.wait_for_timeout(500)

        expect(cleared.page.get_by_text(CLEARED)).to_have_count(0)


class TestPhones:
    def test_are_named(self, phone):
        OtherPhone.kept_by(phone, "The blue phone")
        phone.open("/settings/this-phone").sees(TITLE).tap("Rename The blue phone")
        phone.write("Name", "  ").tap("Save").reads("Please give it a name.")
        phone.write("Name", "Kitchen phone").tap("Save").reads("Kitchen phone")
        expect(phone.page.get_by_role("button", name="Save")).to_have_count(0)

        assert [device["name"] for device in devices(phone)] == ["Kitchen phone"]

    def test_one_that_is_dropped_can_deliver_nothing(self, phone):
        other = OtherPhone.kept_by(phone, "The blue phone")
        other.hands_in(mood(3))
        phone.open("/settings/this-phone").sees(TITLE).reads("last delivered about").tap("Drop The blue phone")
        phone.reads("What it still holds is offered for sending").tap("Drop").reads("dropped")

        expect(phone.page.get_by_role("button", name="Rename The blue phone")).to_have_count(0)
        deposit = other.device
        assert other.sends(deposit, other.seal(mood(4), deposit)) == 401

    def test_keeping_one_after_all(self, phone):
        OtherPhone.kept_by(phone, "The blue phone")
        phone.open("/settings/this-phone").sees(TITLE).tap("Drop The blue phone").tap("Keep it")

        assert "dropped_at" not in devices(phone)[0]


class TestTheEnd:
    def test_this_phone_asks_for_a_sign_in_again(self, phone):
        keeps(phone).tap(STOP).reads("Stop using this phone?")
        phone.page.get_by_role("dialog").get_by_role("button", name=STOP).tap()
        phone.reads("dropped")

        assert "dropped_at" in devices(phone)[0]
        sign_out(phone).open("/").sees(WELCOME)

    def test_what_is_not_delivered_is_named_and_offered_after_it(self, phone):
        begins_signed_out(sign_out(keeps(no_box(phone))))
        signs_in(phone).open("/settings/this-phone").sees(TITLE).reads("1 check-in is on this phone only.")
        phone.tap(STOP).reads("Send them before, if you can.")
        phone.page.get_by_role("dialog").get_by_role("button", name=STOP).tap()
        phone.reads("This phone still holds 1 check-in").tap("Send now")

        expect(phone.page.get_by_text("This phone still holds")).to_have_count(0)
        expect(phone.page.get_by_text("on this phone only")).to_have_count(0)
        expect(phone.page.get_by_text("not in your journal yet")).to_have_count(0)
        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3}


class TestTwoPeople:
    @pytest.fixture
    def noor(self, phone) -> Phone:
        """Noor signs in where Maya keeps the phone and has something waiting."""
        begins_signed_out(sign_out(keeps(no_box(phone))))
        noor = Phone(phone.context, phone.page, phone.url, f"noor-{phone.login_name[5:]}")
        noor.signed_up()
        return noor

    def test_the_second_sees_nothing_of_the_first(self, phone, noor):
        noor.open("/today").sees("Today").reads("Also open")
        noor.page.wait_for_timeout(500)
        expect(noor.page.get_by_text("on this phone only")).to_have_count(0)
        expect(noor.page.get_by_text(PROPOSED)).to_have_count(0)

        noor.open("/settings/this-phone").sees(TITLE).reads("somebody else's").reads("stays sealed and waits for them")
        assert phone.login_name not in noor.page.content()

    def test_keeping_it_makes_it_hers_and_leaves_what_waits_for_the_first(self, phone, noor):
        noor.open("/settings/this-phone").sees(TITLE).tap(KEEP).reads(YOURS)
        assert noor.check_ins() == []
        sign_out(phone).page.unroute_all(behavior="wait")

        signs_in(phone).reads("1 check-in from this phone was added.")

        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3}


class TestSignOut:
    def test_says_what_stays_on_the_phone(self, phone):
        begins_signed_out(sign_out(keeps(no_box(phone))))
        signs_in(phone).open("/settings").sees("Settings").tap("Sign out")
        phone.reads("1 check-in is sealed on this phone").reads("delivered without a sign-in")
        phone.page.get_by_role("dialog").get_by_role("button", name="Sign out").tap()

        phone.sees(WELCOME).open("/").sees(READY).page.unroute_all(behavior="wait")
        phone.page.reload()
        phone.reads("1 check-in is delivered.")

    def test_answers_the_server_does_not_have_stay_sealed_on_a_phone_that_is_kept(self, phone):
        keeps(phone).page.route("**/api/v1/sessions/*", lambda route: route.abort())
        phone.open("/today").sees("Today").tap("Check in after a session").sees(READY).tap("Start").sees(MOOD)
        phone.answer(3).sees(AWAY).tap("That's enough for now").sees("Kept on this phone.")
        phone.tap("Back to Today").sees("Today")
        phone.page.get_by_role("link", name="Settings").tap()
        phone.sees("Settings").tap("Sign out").reads("1 check-in is sealed on this phone")
        expect(phone.page.get_by_text("go when you sign out")).to_have_count(0)
        phone.page.get_by_role("dialog").get_by_role("button", name="Sign out").tap()
        phone.sees(WELCOME).page.unroute_all(behavior="wait")

        signs_in(phone).reads("1 check-in from this phone was added.")
        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3}

    def test_asks_nothing_where_nothing_waits(self, phone):
        keeps(phone).open("/settings").sees("Settings").tap("Sign out").sees(WELCOME)


class TestLooks:
    @pytest.mark.parametrize("dark", [True, False], ids=["night", "day"])
    def test_axe_finds_nothing_and_large_text_fits(self, take, dark):
        phone = take("maya", dark=dark, width=320).signed_up()
        phone.context.new_cdp_session(phone.page).send("Page.setBypassCSP", {"enabled": True})
        OtherPhone.kept_by(phone, "The phone with the cracked glass")
        phone.open("/settings/this-phone").sees(TITLE)
        fits(phone)
        fits(phone.tap(KEEP).reads(YOURS))
        fits(phone.tap("Rename The phone with the cracked glass").reads("Save"))
        fits(phone.tap("Cancel"))
        fits(phone.tap("Drop The phone with the cracked glass").reads("A dropped phone"))
        fits(phone.tap("Keep it").tap(STOP).reads("Stop using this phone?"))


def fits(phone: Phone) -> Phone:
    phone.page.wait_for_timeout(200)
    assert violations(phone.page) == []
    phone.large_text().page.wait_for_timeout(100)
    assert not phone.page.evaluate(SIDEWAYS)
    phone.page.evaluate("document.documentElement.style.fontSize = ''")
    return phone
