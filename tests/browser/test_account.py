"""Maya signs up on her phone, keeps her recovery code, comes back, and leaves; what she typed is never lost."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.phone import Phone

WELCOME = "A private journal for ketamine therapy"
NEW = "a tide of seven grey herons"


def shown_code(phone: Phone) -> list[str]:
    """The groups of the recovery code on the screen."""
    return [re.sub(r"^\d\s*", "", group) for group in phone.page.locator(".code li").all_inner_texts()]


def types_back(phone: Phone, groups: list[str]) -> Phone:
    """Types the two groups that are asked for, in small letters."""
    for field in phone.page.locator("#type-back .field").all():
        number = int(re.sub(r"\D", "", field.locator("label").inner_text()))
        field.locator("input").fill(groups[number - 1].lower())
    return phone.tap("That's it")


def signs_up(phone: Phone) -> list[str]:
    """From the welcome to Today; the groups of the code."""
    phone.open("/").sees(WELCOME).tap("Start your journal").sees("Start your journal")
    phone.write("Login name", phone.login_name).write("Password", phone.password)
    phone.tap("Start your journal").sees("Your recovery code")
    groups = shown_code(phone)
    phone.tap("I have kept it").sees("Two groups, to be sure")
    types_back(phone, groups).sees("Today")
    return groups


def signs_in(phone: Phone, password: str | None = None) -> Phone:
    phone.open("/sign-in").sees("Welcome back").write("Login name", phone.login_name)
    return phone.write("Password", password or phone.password).tap("Sign in")


class TestSigningUp:
    def test_from_the_welcome_to_today_with_a_code_that_is_hers(self, take: Callable[..., Phone]):
        phone = take()
        groups = signs_up(phone)

        assert [len(group) for group in groups] == [4] * 7
        assert phone.read("/account")["recovery_code_confirmed"] is True
        assert phone.complaints == []

    def test_four_random_words_fill_the_password_and_can_be_read(self, take: Callable[..., Phone]):
        phone = take().open("/sign-up").sees("Start your journal")
        phone.tap("Propose four random words")
        proposed = phone.page.locator(".proposed strong")

        assert len(proposed.inner_text().split()) == 4
        expect(phone.page.get_by_label("Password", exact=True)).to_have_value(proposed.inner_text())

    def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_typed_is_lost(self, take: Callable[..., Phone]):
        phone = take().open("/sign-up").sees("Start your journal")
        phone.write("Login name", "maya").write("Password", "too short").tap("Start your journal")
        password = phone.page.get_by_label("Password", exact=True)

        expect(password).to_have_attribute("aria-invalid", "true")
        expect(password).to_be_focused()
        expect(password).to_have_accessible_description(re.compile("at least 15 characters", re.I))
        expect(password).to_have_value("too short")
        expect(phone.page.get_by_label("Login name", exact=True)).to_have_value("maya")

    def test_a_code_that_was_not_kept_does_not_pass(self, take: Callable[..., Phone]):
        phone = take().open("/sign-up").sees("Start your journal")
        phone.write("Login name", phone.login_name).write("Password", phone.password)
        phone.tap("Start your journal").sees("Your recovery code").tap("I have kept it")
        types_back(phone, ["0000"] * 7).reads("This is not that group.")

        assert phone.read("/account")["recovery_code_confirmed"] is False

    def test_the_download_holds_the_code(self, take: Callable[..., Phone]):
        phone = take().open("/sign-up").sees("Start your journal")
        phone.write("Login name", phone.login_name).write("Password", phone.password)
        phone.tap("Start your journal").sees("Your recovery code")
        with phone.page.expect_download() as download:
            phone.tap("Download")

        assert "-".join(shown_code(phone)) in download.value.path().read_text()

    def test_the_code_is_shown_once(self, take: Callable[..., Phone]):
        phone = take().open("/sign-up").sees("Start your journal")
        phone.write("Login name", phone.login_name).write("Password", phone.password)
        phone.tap("Start your journal").sees("Your recovery code")
        phone.page.on("dialog", lambda dialog: dialog.accept())
        phone.page.reload()

        phone.sees("The code was shown once")


class TestComingBack:
    def test_a_wrong_password_says_no_more_than_it_must(self, take: Callable[..., Phone]):
        phone = signs_in(take().signed_up(), "not the harbour wall at all").reads("The login name or the password")

        expect(phone.page.get_by_label("Password", exact=True)).to_have_value("not the harbour wall at all")

    def test_she_lands_where_she_was_going(self, take: Callable[..., Phone]):
        phone = take().signed_up()
        phone.context.clear_cookies(name="__Host-shoreline")
        phone.open("/settings/people").sees("Welcome back")
        phone.write("Login name", phone.login_name).write("Password", phone.password).tap("Sign in")

        phone.sees("People to call")

    def test_another_site_cannot_choose_where(self, take: Callable[..., Phone]):
        phone = take().signed_up().open("/sign-in?to=//evil.example/today").sees("Welcome back")
        phone.write("Login name", phone.login_name).write("Password", phone.password).tap("Sign in")

        phone.sees("Today")
        assert phone.page.url == f"{phone.url}/today"

    def test_a_lost_password_is_replaced_with_the_code_which_is_then_spent(self, take: Callable[..., Phone]):
        phone = take()
        groups = signs_up(phone)
        phone.tap("Settings").sees("Settings").tap("Sign out").sees(WELCOME)
        phone.open("/recover").sees("Back in with your code").write("Login name", phone.login_name)
        phone.write("Recovery code", " ".join(groups).lower()).write("New password", NEW)
        phone.tap("Set the new password").sees("Your recovery code")
        fresh = shown_code(phone)

        assert fresh != groups
        phone.tap("I have kept it").sees("Two groups, to be sure")
        types_back(phone, fresh).sees("Today")
        signs_in(phone.open("/settings").sees("Settings").tap("Sign out").sees(WELCOME), NEW).sees("Today")


class TestAnEndedSignIn:
    def test_what_she_was_saving_is_saved_after_she_signs_in_again(self, phone: Phone):
        phone.open("/settings/people").sees("People to call")
        phone.page.get_by_label("Name").first.fill("Sam")
        phone.page.get_by_label("Phone number").first.fill("555 0100")
        phone.context.clear_cookies(name="__Host-shoreline")
        phone.tap("Save").reads("Your answers are still here")
        dialog = phone.page.get_by_role("dialog")
        dialog.get_by_label(f"Password for {phone.login_name}").fill(phone.password)
        dialog.get_by_role("button", name="Sign in").tap()

        phone.reads("Saved.")
        assert phone.read("/settings")["own_contact"] == {"name": "Sam", "phone": "555 0100"}

    def test_noor_cannot_go_on_where_maya_was(self, take: Callable[..., Phone]):
        noor, phone = take("noor").signed_up(), take("maya").signed_up()
        phone.open("/settings/people").sees("People to call")
        phone.page.get_by_label("Name").first.fill("Sam")
        phone.context.clear_cookies(name="__Host-shoreline")
        phone.page.get_by_label("Phone number").first.fill("555 0100")
        phone.tap("Save").reads("Your answers are still here")
        phone.page.get_by_role("dialog").get_by_label("Password for").fill(noor.password)
        phone.page.get_by_role("dialog").get_by_role("button", name="Sign in").tap()

        phone.reads("The login name or the password is not right.")
        assert noor.read("/settings") == {}


class TestSettings:
    def test_two_devices_lose_nothing_to_each_other(self, phone: Phone):
        phone.open("/settings/people").sees("People to call")
        name, number = phone.page.get_by_label("Name").first, phone.page.get_by_label("Phone number").first
        name.fill("Sam")
        number.fill("1")
        before = phone.send("GET", "/settings").headers["etag"]
        phone.send("PUT", "/settings", {"clinic": {"name": "Harbour", "phone": "2"}}, if_match=before)
        phone.tap("Save").reads("Changed on another device").tap("Keep what is here").reads("Saved.")

        assert phone.read("/settings") == {"own_contact": {"name": "Sam", "phone": "1"}}

    def test_a_device_is_signed_out_from_afar(self, phone: Phone):
        first = phone.context.cookies()
        phone.context.clear_cookies()
        phone.send("POST", "/sign-ins", {"login_name": phone.login_name, "password": phone.password})
        phone.open("/settings/sign-ins").sees("Where you are signed in")
        phone.page.get_by_role("button", name=re.compile("Sign out (?!everywhere)")).tap()
        expect(phone.page.locator(".list li")).to_have_count(1)

        phone.context.clear_cookies()
        phone.context.add_cookies(first)
        phone.open("/today").sees("Welcome back")

    def test_leaving_asks_for_the_password_once_more_and_leaves_nothing_behind(self, phone: Phone):
        phone.open("/settings/delete").sees("Delete the account")
        expect(phone.page.get_by_role("button", name="Delete my account")).to_have_count(0)
        phone.page.get_by_label("I understand that this cannot be undone.").tap()
        phone.tap("Delete my account")
        dialog = phone.page.get_by_role("dialog")
        if dialog.count():
            dialog.get_by_label("Password", exact=True).fill(phone.password)
            dialog.get_by_role("button", name="Go on").tap()
        phone.sees(WELCOME)

        assert phone.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})") == "{}"
        signs_in(phone).reads("The login name or the password is not right.")
