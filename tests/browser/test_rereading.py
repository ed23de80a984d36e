"""Maya re-reads what she wrote after a session: when its hold has ended, one at a time, and it may stay as it is."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.phone import Phone, ago
from tests.browser.test_landing import AWAY, MOOD, READY
from tests.browser.test_shell import has_set
from tests.browser.test_today import primaries

RE_READ = "Re-read what you wrote after the session"
WHY = "is shown to nobody before you have re-read it"
LINE = "Warm light over the water."
DAY = 24


def landed(phone: Phone, hours: float) -> tuple[str, str]:
    """A session so long ago, and the check-in an hour after it."""
    session = phone.has_session(hours_ago=hours)
    answers = {"emo.mood_now": 4, "diss.peak": 7}
    return session, phone.has_checked_in(session, "landing", hours - 1, {"story.line": LINE}, answers=answers)


def ratings(phone: Phone, check_in: str) -> dict:
    return phone.read(f"/check-ins/{check_in}")["ratings"]


class TestToday:
    def test_says_so_in_one_quiet_line_when_the_hold_has_ended(self, phone):
        landed(phone, hours=2 * DAY)
        phone.open("/today").sees("Today").reads(RE_READ).reads("1 check-in")
        assert RE_READ not in primaries(phone)

        phone.page.get_by_role("link", name=RE_READ).tap()
        phone.sees("Re-read").reads(WHY).reads("You can re-read now")

    def test_says_nothing_before(self, phone):
        landed(phone, hours=20)
        phone.open("/today").sees("Today").reads("After session 1")

        expect(phone.page.get_by_text(RE_READ)).to_be_hidden()

    def test_it_never_stands_above_the_landing_check_in(self, phone):
        landed(phone, hours=3 * DAY)
        phone.has_session(hours_ago=1)
        phone.open("/today").sees("Today").reads(RE_READ)

        landing = phone.page.get_by_role("link", name="After the session: check in").bounding_box()
        line = phone.page.get_by_role("link", name=RE_READ).bounding_box()
        assert landing["y"] < line["y"]


class TestOne:
    def test_is_kept_as_it_is_with_one_tap(self, phone):
        _, check_in = landed(phone, hours=2 * DAY)
        before = phone.read(f"/check-ins/{check_in}")
        phone.open("/re-read").sees("Re-read").tap("Re-read it").sees("After the session").reads(LINE).reads("7 of 10")
        assert primaries(phone) == ["Keep as it is"]

        phone.tap("Keep as it is").sees("Re-read").reads("Nothing is waiting to be re-read.")
        after = phone.read(f"/check-ins/{check_in}")
        assert after["ratings"].pop("reread_at")
        assert (after["ratings"], after["story"]) == (before["ratings"], before["story"])

    def test_is_added_to_and_what_was_there_stays(self, phone):
        _, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/re-read/{check_in}").sees("After the session").tap("Add something")
        phone.write("Note", "I still think so.").tap("Save").reads("I still think so.").tap("Keep as it is")
        phone.sees("Re-read").reads("Nothing is waiting to be re-read.")

        story = phone.read(f"/check-ins/{check_in}")["story"]
        assert (story["texts"], [note["text"] for note in story["notes"]]) == (
            {"story.line": LINE}, ["I still think so."],
        )  # fmt: skip

    def test_is_corrected_and_comes_back_to_be_re_read(self, phone):
        _, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/re-read/{check_in}").sees("After the session").tap("Correct").sees(READY).tap("Start")
        phone.sees(MOOD).answer(6).sees(AWAY).is_kept().tap("That's enough for now").sees("Kept so far.")
        phone.tap("Back to re-reading").sees("After the session").reads("6 of 10")

        assert ratings(phone, check_in)["revised_at"] > ratings(phone, check_in)["written_at"]
        phone.tap("Keep as it is").sees("Re-read").reads("Nothing is waiting to be re-read.")
        assert ratings(phone, check_in)["answers"]["emo.mood_now"] == 6

    def test_can_be_corrected_again_after_it_was_kept(self, phone):
        """What was in this tab's memory of it is of no use any more."""
        _, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/re-read/{check_in}").sees("After the session").tap("Correct").sees(READY).tap("Start")
        phone.sees(MOOD).answer(6).sees(AWAY).is_kept().tap("That's enough for now").sees("Kept so far.")
        phone.tap("Back to re-reading").sees("After the session").reads("6 of 10").tap("Keep as it is").sees("Re-read")
        phone.tap("Back to Today").sees("Today").page.get_by_role("link", name="Sessions").tap()
        phone.sees("Sessions").page.get_by_role("link", name="Session 1").tap()
        phone.sees("Session 1").page.get_by_role("link", name="After the session").tap()
        phone.sees("After the session").tap("Correct the answers").sees(READY)
        phone.tap("Start").sees(MOOD).answer(2).sees(AWAY).is_kept()

        assert ratings(phone, check_in)["answers"]["emo.mood_now"] == 2

    def test_the_way_back_out_of_a_correction_leads_here(self, phone):
        _, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/re-read/{check_in}").sees("After the session").tap("Correct").sees(READY).tap("Back")

        phone.sees("After the session").reads(LINE)

    def test_changed_elsewhere_meanwhile_it_is_shown_as_it_stands_and_not_kept(self, phone):
        _, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/re-read/{check_in}").sees("After the session").reads(LINE)
        note = {"written_at": ago(hours=1), "text": "From the laptop."}
        phone.send("PUT", f"/check-ins/{check_in}/notes/{uuid4()}", note)

        phone.tap("Keep as it is").reads("It was changed somewhere else just now.").reads("From the laptop.")
        assert "reread_at" not in ratings(phone, check_in)
        phone.tap("Keep as it is").sees("Re-read").reads("Nothing is waiting to be re-read.")

    def test_while_the_hold_runs_it_can_be_read_and_not_yet_kept(self, phone):
        _, check_in = landed(phone, hours=20)
        phone.open(f"/re-read/{check_in}").sees("After the session").reads(LINE).reads("Not yet re-read; you can from")

        assert primaries(phone) == []

    def test_with_several_the_oldest_is_offered_first_and_the_rest_remain(self, phone):
        landed(phone, hours=9 * DAY)
        landed(phone, hours=2 * DAY)
        phone.open("/re-read").sees("Re-read").tap("Re-read the first one").sees("After the session").reads("Session 1")
        phone.tap("Keep as it is").sees("Re-read").tap("Re-read it").sees("After the session").reads("Session 2")


class TestTheMark:
    def test_is_on_the_check_in_and_in_the_list_of_its_session_until_it_was_re_read(self, phone):
        session, check_in = landed(phone, hours=2 * DAY)
        phone.open(f"/sessions/{session}").sees("Session 1").reads("Not yet re-read")
        phone.open(f"/check-ins/{check_in}").sees("After the session").reads("Not yet re-read").reads(WHY)
        phone.tap("Re-read it").sees("After the session").tap("Keep as it is").sees("Re-read")

        mark = phone.page.get_by_text("Not yet re-read")
        phone.open(f"/sessions/{session}").sees("Session 1").reads("1 hour after")
        expect(mark).to_be_hidden()
        phone.open(f"/check-ins/{check_in}").sees("After the session").reads(LINE)
        expect(mark).to_be_hidden()

    def test_says_from_when_on_while_the_hold_runs(self, phone):
        session, check_in = landed(phone, hours=20)
        phone.open(f"/sessions/{session}").sees("Session 1").reads("Not yet re-read; you can from")
        phone.open(f"/check-ins/{check_in}").sees("After the session").reads("Not yet re-read; you can from")
        expect(phone.page.get_by_role("link", name="Re-read it")).to_be_hidden()


class TestTheHold:
    def test_is_set_by_her_and_never_under_four_hours(self, phone):
        landed(phone, hours=20)
        phone.open("/settings").sees("Settings").page.get_by_role("link", name="After a session").tap()
        phone.sees("After a session").reads("24 hours")
        offered = [label.strip() for label in phone.page.locator(".choice").all_inner_texts()]
        assert offered == ["4 hours", "12 hours", "24 hours", "48 hours", "72 hours"]

        phone.page.get_by_label("12 hours").check(force=True)
        phone.tap("Save").reads("Saved")
        assert phone.read("/settings")["hold_hours"] == 12
        # The hold that has begun keeps the length it had.
        assert [it["open"] for it in phone.read("/rereading")["items"]] == [False]
        phone.open("/today").sees("Today")
        expect(phone.page.get_by_text(RE_READ)).to_be_hidden()

    def test_one_that_was_set_in_another_way_is_shown_too(self, phone):
        has_set(phone, hold_hours=168)
        phone.open("/settings/hold").sees("After a session")

        expect(phone.page.get_by_label("168 hours")).to_be_checked()


def test_it_says_nothing_anywhere_but_on_the_screen(phone):
    """No answer, date or word of hers is in the address or the title."""
    _, check_in = landed(phone, hours=2 * DAY)
    phone.open("/re-read").sees("Re-read").tap("Re-read it").sees("After the session").reads(LINE)

    assert phone.page.url.endswith(f"/re-read/{check_in}")
    assert phone.page.title() == "Shoreline"
    assert phone.complaints == []


def test_large_text_on_a_narrow_phone_leaves_every_way_in_reach(take):
    phone = take("maya", width=320).signed_up()
    _, check_in = landed(phone, hours=2 * DAY)
    phone.open(f"/re-read/{check_in}").sees("After the session").large_text().page.wait_for_timeout(200)

    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(phone.page) == []
    for name in ("Add something", "Keep as it is", "Correct"):
        button = phone.page.get_by_role("button", name=name, exact=True).or_(phone.page.get_by_role("link", name=name))
        button.first.scroll_into_view_if_needed()
        box = button.first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320, name
