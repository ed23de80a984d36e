"""Dr Okafor joins by invitation, sets up her second factor, and comes back with a code; patients' screens are apart."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journal import create_app
from journal.accounts import service as accounts
from tests.browser.axe import violations
from tests.browser.phone import Phone
from tests.browser.test_account import WELCOME, shown_code, types_back
from tests.cast import Authenticator
from tests.live import Server
from tests.stores import Stores, settings

SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
BOX = "(path) => { const box = path.getBBox(); return [box.x, box.y, box.width, box.height] }"
CODE = "Code from your app"
LOOKS = {
    "dark phone": {"dark": True},
    "light phone": {"dark": False},
    "dark laptop": {"dark": True, "width": 1280, "height": 800},
    "light laptop": {"dark": False, "width": 1280, "height": 800},
}


@pytest.fixture
def invitation(server: Server) -> str:
    """What the operator's command prints."""
    app = create_app(settings(Stores.sqlite(server.folder)))
    with app.app_context():
        return accounts.invite("therapist")


def joins(phone: Phone, invitation: str) -> Phone:
    """From the invitation's link to the second factor."""
    phone.open(f"/sign-up#{invitation}").sees("Join with your invitation")
    phone.write("Login name", phone.login_name).write("Password", phone.password).tap("Join")
    groups = shown_code(phone.sees("Your recovery code"))
    types_back(phone.tap("I have kept it").sees("Two groups, to be sure"), groups)
    return phone.sees("Second factor")


def sets_up(phone: Phone) -> Authenticator:
    """From the second factor to the desk."""
    phone.tap("Show the QR code").sees("Scan this with your app")
    authenticator = Authenticator(shown_secret(phone))
    phone.write(CODE, authenticator.code()).tap("Confirm").sees("Recovery codes for the second factor")
    authenticator.recovery_codes = phone.page.locator(".code li").all_inner_texts()
    phone.tap("I have kept them").sees("Desk")
    return authenticator


def shown_secret(phone: Phone) -> str:
    return phone.page.locator(".secret").inner_text().replace(" ", "")


def signs_in(phone: Phone) -> Phone:
    """As far as the code."""
    phone.open("/sign-in").sees("Welcome back").write("Login name", phone.login_name)
    return phone.write("Password", phone.password).tap("Sign in").sees("Your code")


def looks_well(phone: Phone) -> Phone:
    assert violations(phone.page) == []
    assert not phone.page.evaluate(SIDEWAYS)
    return phone


class TestJoining:
    @pytest.mark.parametrize("look", LOOKS)
    def test_every_screen_from_the_link_to_the_desk(self, take: Callable[..., Phone], invitation, look):
        phone = take("okafor", **LOOKS[look])
        phone.open(f"/sign-up#{invitation}").sees("Join with your invitation")
        assert phone.page.url == f"{phone.url}/sign-up"
        expect(phone.page.get_by_label("Invitation code")).to_have_value(invitation)
        joins(looks_well(phone), invitation)
        looks_well(phone).tap("Show the QR code").sees("Scan this with your app")
        authenticator = Authenticator(shown_secret(looks_well(phone)))
        phone.write(CODE, authenticator.code()).tap("Confirm").sees("Recovery codes for the second factor")
        assert phone.page.locator(".code li").count() == 10
        looks_well(phone).tap("I have kept them").sees("Desk")
        looks_well(phone).tap("Settings").sees("Settings")
        looks_well(phone)
        assert phone.read("/account")["second_factor_due"] is False
        assert phone.complaints == []

    def test_where_anybody_may_sign_up_she_says_that_she_is_invited(
        self, take: Callable[..., Phone], invitation
    ):
        phone = take("okafor").open("/sign-up").sees("Start your journal")
        phone.tap("I have an invitation").sees("Join with your invitation")
        phone.write("Invitation code", invitation.lower().replace("-", " ")).write("Login name", phone.login_name)
        phone.write("Password", phone.password).tap("Join").sees("Your recovery code")

        assert phone.read("/account")["role"] == "therapist"

    def test_until_it_is_set_up_every_address_leads_there(self, take: Callable[..., Phone], invitation):
        phone = joins(take("okafor"), invitation)
        for address in ("/", "/desk", "/settings", "/settings/password", "/today", "/check-in/landing"):
            phone.open(address).sees("Second factor")
        phone.tap("Sign out").sees("Welcome back")

    def test_a_wrong_first_code_is_said_and_may_be_typed_again(self, take: Callable[..., Phone], invitation):
        phone = joins(take("okafor"), invitation).tap("Show the QR code").sees("Scan this with your app")
        phone.tap("Confirm").reads("Please fill this in.")
        phone.write(CODE, "000000").tap("Confirm").reads("This code did not work")
        phone.write(CODE, Authenticator(shown_secret(phone)).code()).tap("Confirm")

        phone.sees("Recovery codes for the second factor")

    def test_the_qr_code_says_what_the_text_says(self, take: Callable[..., Phone], invitation):
        """Dark modules on white, in either theme, with four of white around."""
        phone = joins(take("okafor", dark=True), invitation).tap("Show the QR code").sees("Scan this with your app")
        drawn = phone.page.get_by_role("img", name=re.compile("^QR code"))

        expect(drawn).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(drawn).to_have_css("fill", "rgb(0, 0, 0)")
        side = int(drawn.get_attribute("viewBox").split()[2])
        box = drawn.locator("path").evaluate(
            "(path) => { const b = path.getBBox(); return [b.x, b.y, b.width, b.height] }"
        )
        assert box == [4, 4, side - 8, side - 8]

    def test_the_codes_are_shown_once_and_can_be_downloaded(self, take: Callable[..., Phone], invitation):
        phone = joins(take("okafor"), invitation).tap("Show the QR code").sees("Scan this with your app")
        phone.write(CODE, Authenticator(shown_secret(phone)).code()).tap("Confirm")
        phone.sees("Recovery codes for the second factor")
        with phone.page.expect_download() as download:
            phone.tap("Download")
        codes = phone.page.locator(".code li").all_inner_texts()
        assert all(code in download.value.path().read_text() for code in codes)
        phone.page.on("dialog", lambda dialog: dialog.accept())
        phone.page.reload()

        phone.sees("The codes were shown once")


class TestComingBack:
    @pytest.fixture
    def okafor(self, take: Callable[..., Phone], invitation) -> tuple[Phone, Authenticator]:
        phone = joins(take("okafor"), invitation)
        return phone, sets_up(phone)

    def test_out_and_in_again_with_a_code(self, okafor):
        phone, authenticator = okafor
        phone.tap("Settings").sees("Settings").tap("Sign out").sees(WELCOME)
        looks_well(signs_in(phone))
        field = phone.page.get_by_label(CODE)
        assert (field.get_attribute("inputmode"), field.get_attribute("autocomplete")) == ("numeric", "one-time-code")
        phone.tap("Sign in").reads("Please fill this in.")
        phone.write(CODE, "000000").tap("Sign in").reads("This code did not work")
        phone.write(CODE, authenticator.code()).tap("Sign in").sees("Desk")

        kept = phone.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
        assert authenticator.secret not in kept
        assert phone.password not in kept

    def test_with_a_recovery_code_where_the_phone_is_not_at_hand(self, okafor):
        phone, authenticator = okafor
        phone.context.clear_cookies()
        signs_in(phone).tap("Use a recovery code instead")
        code = authenticator.recovery_codes.pop().lower()
        phone.write("Recovery code for the second factor", code).tap("Sign in").sees("Desk")

        phone.open("/settings/second-factor").reads("9 recovery codes for the second factor are left.")

    def test_the_sheet_over_a_screen_asks_for_it_too(self, okafor):
        phone, authenticator = okafor
        phone.open("/settings/name").sees("Your name for patients").write("Name", "Dr Okafor")
        phone.context.clear_cookies(name="__Host-shoreline")
        phone.tap("Save").reads("Please sign in again")
        dialog = phone.page.get_by_role("dialog")
        dialog.get_by_label(f"Password for {phone.login_name}").fill(phone.password)
        dialog.get_by_role("button", name="Sign in").tap()
        dialog.get_by_label(CODE).fill(authenticator.code())
        looks_well(phone)
        dialog.get_by_role("button", name="Sign in").tap()

        phone.reads("Saved.")
        assert phone.read("/settings") == {"display_name": "Dr Okafor"}

    def test_a_screen_where_nothing_was_asked_for_a_while_is_covered(self, okafor):
        """Whoever comes by reads nothing; what was being written is there when the same person is back."""
        phone, authenticator = okafor
        phone.page.clock.install()
        phone.open("/settings/name").sees("Your name for patients").write("Name", "Dr Ada Okafor")
        phone.page.clock.fast_forward("14:30")
        expect(phone.page.get_by_label("Name", exact=True)).to_be_visible()

        phone.page.clock.fast_forward("00:45")
        dialog = phone.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Not now").tap()
        looks_well(phone.sees("Nothing was asked for 15 minutes"))
        expect(phone.page.get_by_label("Name", exact=True)).not_to_be_visible()
        expect(phone.page.get_by_role("link", name="Desk")).to_have_count(0)

        phone.tap("Sign in")
        dialog.get_by_label(f"Password for {phone.login_name}").fill(phone.password)
        dialog.get_by_role("button", name="Sign in").tap()
        dialog.get_by_label(CODE).fill(authenticator.code())
        dialog.get_by_role("button", name="Sign in").tap()
        phone.sees("Your name for patients")
        expect(phone.page.get_by_label("Name", exact=True)).to_have_value("Dr Ada Okafor")

        phone.page.clock.fast_forward("15:15")
        dialog.get_by_role("button", name="Help").tap()
        phone.sees("Help").page.go_back()
        phone.sees("Nothing was asked for 15 minutes")

    def test_a_dialog_that_was_open_is_not_left_over_the_cover(self, okafor):
        phone, _ = okafor
        phone.page.clock.install()
        phone.open("/settings").sees("Settings")
        # As one that asks for the password again would be, minutes after the sign-in.
        phone.page.evaluate("main.appendChild(document.createElement('dialog')).showModal()")
        phone.page.clock.fast_forward("15:15")
        phone.page.get_by_role("dialog").get_by_role("button", name="Not now").tap()

        phone.sees("Nothing was asked for 15 minutes").tap("Sign in")
        expect(phone.page.get_by_role("dialog").get_by_label(f"Password for {phone.login_name}")).to_be_visible()

    def test_with_a_lost_password_the_code_is_asked_for_as_well(self, take: Callable[..., Phone], invitation):
        phone = take("okafor")
        phone.open(f"/sign-up#{invitation}").sees("Join with your invitation")
        phone.write("Login name", phone.login_name).write("Password", phone.password).tap("Join")
        groups = shown_code(phone.sees("Your recovery code"))
        types_back(phone.tap("I have kept it").sees("Two groups, to be sure"), groups).sees("Second factor")
        authenticator = sets_up(phone)
        phone.context.clear_cookies()
        phone.open("/recover").sees("Back in with your code").write("Login name", phone.login_name)
        phone.write("Recovery code", " ".join(groups)).write("New password", "a tide of seven grey herons")
        phone.tap("Set the new password").sees("Your code")
        phone.write(CODE, authenticator.code()).tap("Set the new password").sees("Your recovery code")

    def test_what_is_a_patients_is_not_hers_and_the_other_way_round(self, okafor, take: Callable[..., Phone]):
        phone, _ = okafor
        expect(phone.page.get_by_role("navigation").get_by_role("link")).to_have_text(["Desk", "Settings"])
        for address in ("/", "/today", "/sessions", "/trends", "/check-in/landing", "/settings/this-phone", "/sign-in"):
            phone.open(address).sees("Desk")
        for part in ("hold", "usual", "people"):
            phone.open(f"/settings/{part}").sees("Not here")
        maya = take("maya").signed_up()
        maya.open("/desk").sees("Today")
        for address in ("/second-factor", "/settings/name", "/settings/second-factor"):
            maya.open(address).sees("Not here")
        assert phone.complaints == []

    def test_new_codes_and_another_phone_take_the_password(self, okafor):
        phone, authenticator = okafor
        looks_well(phone.open("/settings/second-factor").sees("Second factor").reads("10 recovery codes"))
        phone.tap("Make ten new codes").sees("Recovery codes for the second factor")
        new = phone.page.locator(".code li").all_inner_texts()
        assert not set(new) & set(authenticator.recovery_codes)
        phone.tap("I have kept them").sees("Desk")
        phone.open("/settings/second-factor").sees("Second factor").tap("Set up another phone")
        phone.sees("Second factor").tap("Show the QR code").sees("Scan this with your app")
        other = Authenticator(shown_secret(phone))
        assert other.secret != authenticator.secret
        phone.write(CODE, other.code()).tap("Confirm").sees("Recovery codes for the second factor")
