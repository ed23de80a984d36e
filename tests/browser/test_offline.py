"""Writing without a sign-in: a phone that is kept opens straight into the check-in, with or without a connection, and
says where the answers are."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Request, expect

from tests.browser.paired import held, keep_this_phone, says, sign_out
from tests.browser.phone import Phone
from tests.browser.test_landing import AWAY, BOTHERED, LINE, MOOD, NOTICED, OPENED, READY

ON_THE_PHONE, DELIVERED = "on this phone", "delivered"


@pytest.fixture
def kept(phone: Phone) -> Phone:
    """Maya's phone, kept as hers, with nobody signed in."""
    keep_this_phone(phone)
    return sign_out(phone)


def through_landing(phone: Phone) -> Phone:
    phone.tap("Start").sees(MOOD).answer(3).sees(AWAY).answer(7).sees(NOTICED).tap("Nothing special").sees(BOTHERED)
    return phone.tap("Nothing").sees(OPENED).answer("No").sees(LINE)


class TestStart:
    def test_the_icon_opens_the_check_in_with_nobody_signed_in(self, kept):
        kept.open("/").sees(READY).reads("Sign in to read")

        assert kept.login_name not in kept.page.content()

    def test_offline_too_and_from_an_icon_of_before(self, kept):
        kept.context.set_offline(True)
        for address in ("/", "/today"):
            kept.open(address).sees(READY)

    def test_and_where_she_was_signed_in_but_the_server_does_not_answer(self, phone):
        keep_this_phone(phone)
        phone.open("/today").sees("Today")
        phone.page.route("**/api/v1/account", lambda route: None)

        before = time.monotonic()
        phone.open("/").sees(READY)

        assert time.monotonic() - before < 3

    def test_signed_in_it_opens_today(self, phone):
        keep_this_phone(phone)

        phone.open("/").sees("Today")

    def test_a_browser_that_is_not_kept_is_welcomed(self, take):
        take().open("/").sees("A private journal for ketamine therapy")

    def test_reading_needs_a_sign_in(self, kept):
        kept.open("/sessions").sees("Welcome back")


class TestCheckingIn:
    def test_delivered_with_no_sign_in_and_in_the_journal_after_it(self, kept):
        through_landing(kept.open("/").sees(READY))
        says(kept, DELIVERED)
        kept.tap("Skip").sees("Delivered.").reads("You can close the app now.").tap("Done").sees("Which check-in?")

        kept.reads("1 check-in is delivered.")
        assert [item["state"] for item in held(kept)] == ["delivered"]

    def test_offline_it_stays_on_the_phone_and_says_so(self, kept):
        kept.open("/").sees(READY)
        kept.context.set_offline(True)
        through_landing(kept)
        says(kept, ON_THE_PHONE)
        kept.tap("Skip").sees("Kept on this phone.").reads("on this phone only").reads("You can close the app now.")

        kept.context.set_offline(False)
        kept.sees("Delivered.")

    def test_a_tab_that_is_killed_loses_none_of_it(self, kept):
        kept.context.set_offline(True)
        through_landing(kept.open("/").sees(READY))
        says(kept, ON_THE_PHONE)
        kept.page.close()
        kept.page = kept.context.new_page()
        kept.open("/").sees(READY).reads("1 check-in is on this phone only.")
        kept.context.set_offline(False)

        kept.reads("1 check-in is delivered.")

    def test_a_second_check_in_is_another(self, kept):
        for _ in range(2):
            through_landing(kept.open("/").sees(READY)).tap("Skip").sees("Delivered.")
            kept.tap("Done").sees("Which check-in?")

        kept.reads("2 check-ins are delivered.")

    @pytest.mark.parametrize("moment", ["Before a session", "The next day", "After a week", "Any time"])
    def test_every_moment_can_be_written(self, kept, moment: str):
        kept.open("/write").sees("Which check-in?").tap(moment)
        if moment == "Before a session":
            kept.sees("About the session").tap("Next")
        kept.sees(MOOD).answer(4)
        kept.page.wait_for_timeout(500)
        kept.tap("That's enough for now").sees("Delivered.")

    def test_a_sensation_of_her_own_goes_with_it(self, kept):
        kept.open("/").sees(READY).tap("Start").sees(MOOD).answer(3).sees(AWAY).answer(7).sees(NOTICED)
        kept.tap("Something else").write("What do you call it?", "humming").tap("Add")
        expect(kept.page.get_by_role("button", name="humming")).to_have_attribute("aria-pressed", "true")
        kept.tap("Next").sees(BOTHERED)

        says(kept, DELIVERED)


class TestTraces:
    PLANTED = "Warm light 7f3a"

    def test_nothing_she_said_can_be_read_in_the_browser(self, kept):
        through_landing(kept.open("/").sees(READY)).write(LINE, self.PLANTED)
        says(kept, DELIVERED)
        kept.context.set_offline(True)
        kept.write(LINE, f"{self.PLANTED} more")
        says(kept, ON_THE_PHONE)

        stored = kept.page.evaluate(EVERYTHING)

        assert "device" in stored
        for word in (self.PLANTED, "emo.mood_now", "landing", kept.login_name):
            assert word not in stored
        assert self.PLANTED not in kept.page.title() + kept.page.url


EVERYTHING = """async () => {
  const found = [{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]
  const store = await new Promise((resolve) => {
    const request = indexedDB.open('shoreline', 1)
    request.onsuccess = () => resolve(request.result)
  })
  for (const name of store.objectStoreNames) {
    found.push(await new Promise((resolve) => {
      const all = store.transaction(name).objectStore(name).getAll()
      all.onsuccess = () => resolve(all.result)
    }))
  }
  store.close()
  const text = (value) => value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value
  return JSON.stringify(found, (_, value) => text(value))
}"""


class TestSignedIn:
    def test_what_the_server_does_not_have_is_sealed_beside_it_and_survives_the_tab(self, phone):
        keep_this_phone(phone)
        phone.open("/today").sees("Today").tap("Check in after a session").sees(READY).tap("Start").sees(MOOD)
        phone.context.set_offline(True)
        phone.answer(3).sees(AWAY)
        says(phone, ON_THE_PHONE).reads("You can close the app.")
        assert phone.page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))") is True
        phone.page.close()
        phone.page = phone.context.new_page()
        phone.open("/").sees(READY).reads("1 check-in is on this phone only.")
        phone.context.set_offline(False)

        phone.page.wait_for_timeout(1_500)
        assert [item["state"] for item in held(phone)] in ([], ["delivered"])

    def test_nothing_is_left_here_once_the_server_has_it(self, phone):
        keep_this_phone(phone)
        phone.open("/today").sees("Today").tap("Check in after a session").sees(READY).tap("Start").sees(MOOD)
        phone.answer(3).sees(AWAY).is_kept()
        phone.page.wait_for_timeout(300)

        assert held(phone) == []
        assert phone.only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3}

    def test_a_sign_in_that_ends_under_way_asks_for_nothing(self, phone):
        keep_this_phone(phone)
        phone.open("/today").sees("Today").tap("Check in after a session").sees(READY).tap("Start").sees(MOOD)
        phone.context.clear_cookies()
        phone.answer(3).sees(AWAY)
        says(phone, DELIVERED)

        assert phone.page.get_by_role("dialog").count() == 0
        phone.answer(7).sees(NOTICED)
        assert phone.page.get_by_role("dialog").count() == 0


class TestTwoPeople:
    def test_the_second_sees_and_sends_nothing_of_the_first(self, take: Callable[..., Phone], kept: Phone):
        kept.context.set_offline(True)
        through_landing(kept.open("/").sees(READY))
        says(kept, ON_THE_PHONE)
        sent: list[str] = []

        def hear(request: Request) -> None:
            if request.method == "PUT" and "/deposits/" in request.url:
                sent.append(request.url)

        kept.page.on("request", hear)
        kept.context.set_offline(False)
        kept.page.route("**/api/v1/deposits/**", lambda route: route.abort())
        noor = Phone(kept.context, kept.page, kept.url, f"noor-{kept.login_name}").signed_up()

        noor.open("/today").sees("Today")
        sent.clear()
        noor.page.wait_for_timeout(3_000)

        assert sent == []
        assert "on this phone only" not in noor.page.content()
        keep_this_phone(noor)
        noor.open("/today").sees("Today").page.wait_for_timeout(1_500)
        assert sent == []


class TestFiled:
    """What became of it after the next sign-in."""

    def signed_in_again(self, phone: Phone) -> Phone:
        phone.send("POST", "/sign-ins", {"login_name": phone.login_name, "password": phone.password})
        filing = phone.send("POST", "/deposits/filing", {}).json()
        # A busy machine takes a moment to hand in what was sealed.
        for _ in range(30):
            if filing["filed"] or filing["waiting"]:
                break
            phone.page.wait_for_timeout(300)
            filing = phone.send("POST", "/deposits/filing", {}).json()
        assert (len(filing["filed"]), filing["waiting"]) == (1, 0)
        return phone

    def test_a_landing_check_in_is_in_the_journal_with_its_session(self, kept):
        through_landing(kept.open("/").sees(READY)).write(LINE, "Warm light")
        kept.tap("Done").sees("Delivered.")

        checked_in = self.signed_in_again(kept).only_check_in()

        assert checked_in["ratings"]["answers"] == {"emo.mood_now": 3, "diss.peak": 7, "brk.opened": "no"}
        assert (checked_in["ratings"]["finished"], checked_in["story"]["texts"]) == (True, {"story.line": "Warm light"})
        assert kept.read(f"/sessions/{checked_in['session_id']}")["id"] == checked_in["session_id"]

    def test_a_follow_up_finds_its_session_and_can_be_gone_on_with(self, phone):
        session = phone.has_session(hours_ago=24)
        keep_this_phone(phone)
        sign_out(phone).open("/write").sees("Which check-in?").tap("The next day").sees(MOOD).answer(4)
        phone.page.wait_for_timeout(500)
        phone.tap("That's enough for now").sees("Delivered.")

        checked_in = self.signed_in_again(phone).only_check_in()

        assert checked_in["session_id"] == session
        assert "finished" not in checked_in["ratings"]

    def test_a_sensation_of_her_own_is_on_her_list(self, kept):
        kept.open("/").sees(READY).tap("Start").sees(MOOD).answer(3).sees(AWAY).answer(7).sees(NOTICED)
        kept.tap("Something else").write("What do you call it?", "humming").tap("Add").tap("Next").sees(BOTHERED)
        kept.tap("That's enough for now").sees("Delivered.")

        self.signed_in_again(kept)

        (own,) = kept.read("/additions")["items"]
        assert own["story"]["label"] == "humming"
        assert f"own.{own['id']}" in kept.only_check_in()["ratings"]["noticed"]

    def test_what_was_sealed_beside_a_sign_in_is_written_over_the_same_check_in(self, phone):
        keep_this_phone(phone)
        phone.open("/today").sees("Today").tap("Check in after a session").sees(READY).tap("Start").sees(MOOD)
        phone.answer(3).sees(AWAY).is_kept()
        phone.context.set_offline(True)
        phone.answer(7).sees(NOTICED)
        says(phone, ON_THE_PHONE)
        phone.page.close()
        phone.page = phone.context.new_page()
        phone.context.set_offline(False)
        sign_out(phone.open("/help").sees("Help"))
        phone.page.wait_for_timeout(1_500)

        assert self.signed_in_again(phone).only_check_in()["ratings"]["answers"] == {"emo.mood_now": 3, "diss.peak": 7}
