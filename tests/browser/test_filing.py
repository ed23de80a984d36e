"""After a sign-in, what phones handed in is added in one visible step; what cannot be added waits for a decision."""

import pytest
from playwright.sync_api import expect

from tests.browser.elsewhere import OtherPhone, mood, waiting
from tests.browser.paired import sign_out
from tests.browser.phone import SETTLED_MS, Phone
from tests.browser.test_this_phone import begins_signed_out, fits, keeps, no_box, signs_in

LINE = "Warm light, then the sea."
VERSIONS, NO_SESSION, INVALID = "Two versions", "Its session is not in your journal", "Something in it needs you"
UNOPENED = "This one does not open"
NEEDS_YOU, SURE = "1 check-in from a phone needs you", "Remove it for good?"
FILLED = {"phq8": {"answers": [1] * 8}}
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))"


def moods(phone: Phone) -> list[int]:
    return [item["ratings"]["answers"]["emo.mood_now"] for item in phone.check_ins()]


@pytest.fixture
def other(phone: Phone) -> OtherPhone:
    """Maya's second phone."""
    return OtherPhone.kept_by(phone)


class TestAdded:
    def test_what_she_wrote_signed_out_is_said_and_in_the_journal(self, phone):
        begins_signed_out(sign_out(keeps(phone)), where="delivered")
        signs_in(phone).reads("1 check-in from this phone was added.")

        assert moods(phone) == [3]
        expect(phone.page.get_by_text("not in your journal yet")).to_have_count(0)
        phone.reads("Begun, and kept so far.")

    def test_what_another_phone_delivered_is_named(self, phone, other):
        other.hands_in(mood(3))
        other.hands_in(mood(4, hours_ago=1))

        phone.open("/today").sees("Today").reads("2 check-ins from The blue phone were added.")
        assert sorted(moods(phone)) == [3, 4]

    def test_it_is_said_once(self, phone, other):
        other.hands_in(mood(3))
        phone.open("/today").sees("Today").reads("1 check-in from The blue phone was added.")

        phone.open("/today").sees("Today").reads("Also open").page.wait_for_timeout(500)
        expect(phone.page.get_by_text("was added")).to_have_count(0)

    def test_when_the_app_is_looked_at_again(self, phone, other):
        phone.open("/today").sees("Today").reads("Also open").page.wait_for_timeout(500)
        other.hands_in(mood(3))
        phone.page.evaluate(LOOK_AGAIN)

        phone.reads("1 check-in from The blue phone was added.")

    def test_wherever_she_is(self, phone, other):
        other.hands_in(mood(3))
        phone.open("/settings").sees("Settings").page.wait_for_timeout(800)

        assert moods(phone) == [3]

    def test_many_in_more_than_one_call(self, phone, other):
        for value in range(205):
            other.hands_in(mood(value % 11))

        phone.open("/today").sees("Today")
        added = phone.page.get_by_text("205 check-ins from The blue phone were added.")
        expect(added).to_be_visible(timeout=60_000)

    def test_a_sign_in_that_ended_asks_for_nothing(self, phone):
        phone.open("/help").sees("Help").page.wait_for_timeout(500)
        phone.context.clear_cookies()
        phone.page.evaluate(LOOK_AGAIN)
        phone.page.wait_for_timeout(500)

        expect(phone.page.get_by_role("dialog")).to_have_count(0)


class TestOnThisPhoneOnly:
    def test_today_says_so_and_then_that_it_is_added(self, phone):
        begins_signed_out(sign_out(keeps(no_box(phone))))
        signs_in(phone).reads("1 check-in is on this phone only.")
        phone.page.unroute_all(behavior="wait")

        # As when the connection returns. The outbox may have tried by itself just now: then there is no button.
        phone.page.evaluate("dispatchEvent(new Event('online')), 0")
        phone.reads("1 check-in from this phone was added.")
        expect(phone.page.get_by_text("on this phone only")).to_have_count(0)

    def test_after_a_day_it_needs_her(self, phone):
        begins_signed_out(sign_out(keeps(no_box(phone))))
        signs_in(phone).page.clock.set_fixed_time(phone.page.evaluate("Date.now() + 26 * 3_600_000"))
        phone.page.get_by_role("link", name="Settings").tap()
        phone.sees("Settings").page.get_by_role("link", name="This phone").tap()

        phone.reads("On this phone only for more than a day").reads("it would be lost with this phone")

    def test_a_dropped_phone_offers_what_it_holds(self, phone):
        begins_signed_out(sign_out(keeps(no_box(phone))))
        signs_in(phone)
        (device,) = phone.read("/devices")["devices"]
        phone.send("DELETE", f"/devices/{device['id']}")
        phone.page.unroute_all(behavior="wait")
        phone.open("/today").sees("Today").reads("This phone still holds 1 check-in").tap("Not now")
        expect(phone.page.get_by_text("This phone still holds")).to_have_count(0)
        assert moods(phone) == []

        phone.open("/today").sees("Today").tap("Send now").reads("was added")
        assert moods(phone) == [3]
        expect(phone.page.get_by_text("This phone still holds")).to_have_count(0)


class TestTwoVersions:
    @pytest.fixture
    def torn(self, phone, other) -> Phone:
        """Changed in the journal, and on the phone that did not know of it."""
        said = mood(3)
        row, first = said["check_in"]["id"], other.hands_in(said)
        phone.send("POST", "/deposits/filing", {})
        stored = phone.read(f"/check-ins/{row}")["ratings"]
        stored["answers"] = {"emo.mood_now": 9}
        phone.send("PUT", f"/check-ins/{row}", {"ratings": stored}, if_match='"1"')
        other.hands_in(mood(4, row=row, texts={"story.line": LINE}, replaces=[str(first)]))
        return phone.open("/today").sees("Today").reads(NEEDS_YOU)

    def test_are_shown_side_by_side(self, torn):
        torn.tap("Have a look").sees(VERSIONS).reads("From The blue phone").reads(LINE)

        section = torn.page.locator("section", has=torn.page.get_by_role("heading", name="Mood"))
        expect(section).to_contain_text("Mine, from the phone")
        expect(section).to_contain_text("4 of 10")
        expect(section).to_contain_text("9 of 10")
        assert moods(torn) == [9]

    @pytest.mark.parametrize(("choice", "kept"), [("Keep mine", 4), ("Keep the other", 9)])
    def test_she_chooses(self, torn, choice, kept):
        torn.tap("Have a look").sees(VERSIONS).tap(choice).sees("Today")

        assert moods(torn) == [kept]
        expect(torn.page.get_by_text("needs you")).to_have_count(0)
        assert waiting(torn) == []

    def test_a_choice_over_what_she_has_not_seen_shows_it_first(self, torn):
        torn.tap("Have a look").sees(VERSIONS).reads("9 of 10")
        row = torn.only_check_in()
        row["ratings"]["answers"] = {"emo.mood_now": 10}
        torn.send("PUT", f"/check-ins/{row['id']}", {"ratings": row["ratings"]}, if_match='"2"')

        torn.tap("Keep mine").reads("It was changed once more").reads("10 of 10")
        assert moods(torn) == [10]
        torn.tap("Keep mine").sees("Today")
        assert moods(torn) == [4]

    def test_one_that_was_deleted_elsewhere(self, torn):
        row = torn.only_check_in()
        torn.send("DELETE", f"/check-ins/{row['id']}", if_match='"2"')
        torn.tap("Have a look").sees(VERSIONS).reads("deleted elsewhere").tap("Leave it deleted").sees("Today")

        assert (moods(torn), waiting(torn)) == ([], [])

    def test_later_is_a_choice_too(self, torn):
        torn.tap("Have a look").sees(VERSIONS).tap("Decide later").sees("Today").reads(NEEDS_YOU)

        assert len(waiting(torn)) == 1


class TestWithoutItsSession:
    def test_it_is_shown_and_kept_as_one_at_any_time(self, phone, other):
        other.hands_in(mood(4, moment="next_day", texts={"story.happened": LINE}))
        phone.open("/today").sees("Today").tap("Have a look").sees(NO_SESSION).reads(LINE).reads("4 of 10")
        phone.tap("Keep as a check-in at any time").sees("Today")

        assert phone.only_check_in()["ratings"]["moment"] == "anytime"
        assert phone.only_check_in()["story"]["texts"] == {"story.happened": LINE}

    def test_or_removed_for_good(self, phone, other):
        other.hands_in(mood(4, moment="next_day"))
        phone.open("/waiting").sees(NO_SESSION).tap("Remove it").reads(SURE).tap("Delete").sees("Today")

        assert (moods(phone), waiting(phone)) == ([], [])


class TestNotTakenAsItIs:
    @pytest.fixture
    def refused(self, phone, other) -> Phone:
        """A week after, with a questionnaire that was answered a day before elsewhere."""
        earlier, latest = phone.has_session(hours_ago=24 * 20), phone.has_session(hours_ago=24 * 6)
        phone.has_checked_in(earlier, "month", 24, instruments=FILLED)
        other.hands_in(mood(4, moment="week", instruments=FILLED, texts={"brk.growth_line": LINE}))
        self.session = latest
        return phone.open("/waiting").sees(INVALID)

    def test_it_says_what_stands_in_the_way(self, refused):
        refused.reads("PHQ-8: It asks about two weeks, so 14 days must lie between").reads(LINE).reads("4 of 10")

        assert refused.read("/check-ins?limit=100")["items"][0]["ratings"]["moment"] == "month"

    def test_put_right_it_goes_on_in_the_check_in_and_waits_no_more(self, refused):
        refused.tap("Put right").reads("not sent yet").reads("14 days must lie between")
        refused.page.wait_for_timeout(SETTLED_MS)
        refused.tap("Leave it out and keep the rest").is_kept()
        self.is_kept_without_it(refused)

    def test_what_came_too_soon_can_be_left_out_with_one_tap(self, refused):
        refused.tap("Leave it out and keep the rest").sees("Today")
        self.is_kept_without_it(refused)

    def is_kept_without_it(self, refused: Phone) -> None:
        refused.page.wait_for_timeout(500)

        (kept,) = [each for each in refused.check_ins() if each["ratings"]["moment"] == "week"]
        assert (kept["session_id"], kept["story"]["texts"]) == (self.session, {"brk.growth_line": LINE})
        assert "instruments" not in kept["ratings"]
        assert waiting(refused) == []

    def test_left_before_it_is_kept_it_still_waits(self, refused):
        refused.tap("Put right").reads("14 days must lie between")
        refused.page.close(run_before_unload=False)
        refused.page = refused.context.new_page()

        refused.open("/waiting").sees(INVALID).reads(LINE)


class TestForged:
    @pytest.fixture
    def forged(self, phone, other) -> Phone:
        """Sealed to her by somebody who has her public key and no phone of hers."""
        other.hands_in(mood(0), key=bytes(32))
        return phone.open("/today").sees("Today").tap("Have a look").sees(UNOPENED)

    def test_nothing_of_it_is_added(self, forged):
        forged.reads("It says it is from The blue phone.").reads("Nothing of it was added")

        assert moods(forged) == []

    def test_it_can_stay(self, forged):
        forged.tap("Remove it").reads(SURE).tap("Keep it")

        assert len(waiting(forged)) == 1

    def test_or_go(self, forged):
        forged.tap("Remove it").reads(SURE).tap("Delete").sees("Today")

        assert waiting(forged) == []
        forged.open("/waiting").sees("From your phones").reads("Nothing waits for you here.")

    def test_one_decision_at_a_time(self, forged, other):
        other.hands_in(mood(4, moment="next_day"))
        forged.open("/waiting")
        forged.page.get_by_text("1 of 2.").wait_for()
        forged.tap("Decide later").page.get_by_text("2 of 2.").wait_for()
        forged.tap("Decide later").sees("Today")

        assert len(waiting(forged)) == 2


class TestLooks:
    @pytest.mark.parametrize("dark", [True, False], ids=["night", "day"])
    def test_axe_finds_nothing_and_large_text_fits(self, take, dark):
        phone = take("maya", dark=dark, width=320).signed_up()
        phone.context.new_cdp_session(phone.page).send("Page.setBypassCSP", {"enabled": True})
        other = OtherPhone.kept_by(phone)
        other.hands_in(mood(4))
        other.hands_in(mood(0), key=bytes(32))
        other.hands_in(mood(4, moment="next_day", texts={"story.happened": LINE}))
        fits(phone.open("/today").sees("Today").reads("was added").reads("2 check-ins from a phone need you"))
        phone.tap("Have a look").page.locator("h1").wait_for()
        fits(phone)
        phone.tap("Decide later").page.get_by_text("2 of 2.").wait_for()
        fits(phone)
