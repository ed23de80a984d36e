"""Answers are kept as they are given; a lost connection, an ended sign-in or a second device loses none of them."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.phone import Phone
from tests.browser.test_landing import AWAY, BOTHERED, LANDING, LINE, MOOD, NOTICED, OPENED, READY, at_mood

NOT_SENT = "Not sent yet: no connection."


def answers(phone: Phone) -> dict:
    return phone.only_check_in()["ratings"]["answers"]


class TestPartial:
    def test_closing_the_app_leaves_what_was_said_and_a_way_to_go_on(self, phone):
        at_mood(phone).answer(3).sees(AWAY).answer(7).sees(NOTICED).is_kept()
        phone.page.close()

        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 7}
        assert "finished" not in phone.only_check_in()["ratings"]
        phone.page = phone.context.new_page()
        phone.open("/today").sees("Today").tap("Go on with: After the session").sees(NOTICED)
        phone.tap("Nothing special").sees(BOTHERED)

    def test_loading_the_page_anew_finds_the_same_check_in(self, phone):
        at_mood(phone).answer(3).sees(AWAY).is_kept()
        phone.page.reload()

        phone.sees(AWAY).answer(5).sees(NOTICED).is_kept()

        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 5}

    def test_going_on_skips_nothing_that_was_left_open_after_it(self, phone):
        session = phone.has_session(hours_ago=1)
        phone.has_checked_in(session, "landing", 0.5, answers={"emo.mood_now": 2}, finished=False)

        phone.open("/today").sees("Today").tap("Go on with: After the session").sees(AWAY)


class TestWithoutAConnection:
    def test_answers_wait_and_are_sent_after(self, phone):
        at_mood(phone).answer(3).sees(AWAY).is_kept()
        phone.context.set_offline(True)
        phone.answer(7).sees(NOTICED).reads(NOT_SENT)
        phone.tap("Heavy").tap("Next").sees(BOTHERED)
        phone.context.set_offline(False)

        phone.is_kept()

        kept = phone.only_check_in()["ratings"]
        assert (kept["answers"], kept["noticed"]) == ({"emo.mood_now": 3, "diss.peak": 7}, {"sens.heavy": {}})

    def test_even_one_begun_and_ended_without_it(self, phone):
        phone.open("/today").sees("Today").tap(LANDING).sees(READY).tap("Start").sees(MOOD)
        phone.context.set_offline(True)
        phone.answer(3).sees(AWAY).answer(7).sees(NOTICED).tap("Nothing special").sees(BOTHERED).tap("Nothing")
        phone.sees(OPENED).answer("No").sees(LINE).tap("Skip").sees("Not sent yet.").reads(NOT_SENT)
        assert phone.page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))") is False
        phone.tap("Back to Today").sees("Today").reads("They are sent by themselves")
        phone.context.set_offline(False)

        expect(phone.page.get_by_text("They are sent by themselves")).to_be_hidden()
        for _ in range(40):  # What is being sent is not said to wait any more, and not yet there.
            if phone.check_ins():
                break
            phone.page.wait_for_timeout(250)

        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 7, "brk.opened": "no"}

    def test_a_reply_that_got_lost_is_no_conflict(self, phone):
        at_mood(phone)
        lost = []

        def lose_one(route: Route) -> None:
            if len(lost) < 2 and "/check-ins/" in route.request.url:
                lost.append(route.fetch())
                route.abort()
            else:
                route.continue_()

        phone.page.route("**/api/v1/**", lose_one)
        phone.answer(3).sees(AWAY).answer(7).sees(NOTICED).tap("Nothing special").sees(BOTHERED)
        phone.is_kept()

        assert len(lost) == 2
        assert all(reply.ok for reply in lost)
        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 7}
        assert phone.page.get_by_text("somewhere else").count() == 0


class TestAnEndedSignIn:
    def test_asks_for_the_password_and_goes_on_where_she_was(self, phone):
        at_mood(phone).answer(3).sees(AWAY).is_kept()
        phone.context.clear_cookies()

        phone.answer(7).sees(NOTICED)
        phone.page.get_by_label(f"Password for {phone.login_name}").fill(phone.password)
        phone.tap("Sign in")

        phone.sees(NOTICED).is_kept().tap("Nothing special").sees(BOTHERED).is_kept()
        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 7}

    def test_can_wait_until_she_says_so(self, phone):
        at_mood(phone).answer(3).sees(AWAY).is_kept()
        phone.context.clear_cookies()
        phone.answer(7).sees(NOTICED).tap("Not now").reads("you are signed out")
        phone.tap("Nothing special").sees(BOTHERED)
        assert phone.page.get_by_role("dialog").count() == 0

        phone.tap("Sign in again")
        phone.page.get_by_label(f"Password for {phone.login_name}").fill(phone.password)
        phone.tap("Sign in").is_kept()

        assert answers(phone) == {"emo.mood_now": 3, "diss.peak": 7}


class TestChangedElsewhere:
    @pytest.fixture
    def torn(self, phone) -> Phone:
        """Maya answers on her phone what she has just changed on her tablet."""
        session = phone.has_session(hours_ago=1)
        row = phone.has_checked_in(session, "landing", 0.5, answers={"emo.mood_now": 2}, finished=False)
        phone.open("/today").sees("Today").tap("Go on with: After the session").sees(AWAY)
        stored = phone.only_check_in()
        stored["ratings"]["answers"] = {"emo.mood_now": 9, "diss.peak": 1}
        body = {"session_id": session, "ratings": stored["ratings"]}
        phone.send("PUT", f"/check-ins/{row}", body, if_match='"1"')
        phone.answer(7).sees(NOTICED).reads("changed somewhere else")
        return phone

    def test_nothing_is_overwritten_before_she_chooses(self, torn):
        torn.tap("Nothing special").sees(BOTHERED)

        assert answers(torn) == {"emo.mood_now": 9, "diss.peak": 1}

    def test_both_are_shown_with_what_differs(self, torn):
        torn.tap("See both").sees("Two versions")

        mood = torn.page.locator("section", has=torn.page.get_by_role("heading", name="Mood"))
        expect(mood).to_contain_text("Mine, from here")
        expect(mood).to_contain_text("2 of 10")
        expect(mood).to_contain_text("9 of 10")

    def test_hers_is_kept_when_she_says_so(self, torn):
        torn.tap("See both").sees("Two versions").tap("Keep mine").sees(NOTICED).is_kept()

        assert answers(torn) == {"emo.mood_now": 2, "diss.peak": 7}

    def test_or_the_other_and_she_goes_on_from_it(self, torn):
        torn.tap("See both").sees("Two versions").tap("Keep the other").sees(NOTICED)
        torn.tap("Nothing special").sees(BOTHERED).is_kept()

        kept = torn.only_check_in()["ratings"]
        assert (kept["answers"], kept["none"]) == ({"emo.mood_now": 9, "diss.peak": 1}, ["noticed"])


class TestTraces:
    PLANTED = "Warm light 7f3a"

    def test_nothing_she_said_can_be_read_in_the_browser(self, phone):
        at_mood(phone).answer(3).sees(AWAY)
        for heading in (NOTICED, BOTHERED, OPENED, LINE):
            phone.tap("Skip").sees(heading)
        phone.write(LINE, self.PLANTED)
        seen = [phone.page.title(), phone.page.url]
        phone.tap("Done").sees("Saved.").tap("Back to Today").sees("Today")
        seen += [phone.page.title(), phone.page.url]

        stored = phone.page.evaluate(STORES)

        assert phone.only_check_in()["story"]["texts"] == {"story.line": self.PLANTED}
        assert self.PLANTED not in stored + "".join(seen)
        assert "/api/" not in stored
        assert "database" not in stored


STORES = """async () => {
  const small = [{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie]
  const found = small.map((each) => JSON.stringify(each))
  for (const { name } of await indexedDB.databases()) found.push(`database ${name}`)
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      found.push(request.url)
      if (request.url.includes('/api/')) found.push(await (await cache.match(request)).text())
    }
  }
  return found.join('\\n')
}"""
