"""Dr Okafor's desk: who shares, one page before a session, each check-in as Maya wrote it, and what goes back."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.axe import violations
from tests.browser.phone import Phone, ago
from tests.browser.reviewing import ASK, PIER, course, joins, lends, logged, says_yes
from tests.live import Server

LAPTOP = {"width": 1280, "height": 800}
UNWATCHED = "This journal is not watched in real time."
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"
LONG = ("I was under the pier again and the water came up to the boards, slow. " * 60)[:4000]
# Width and height of the page inside of its margins, in CSS px.
SHEETS = {"A4": (710, 1046), "Letter": (732, 980)}
INKS = """() => [...document.querySelectorAll('.brief *, h1')]
  .filter((it) => it.checkVisibility() && [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((it) => [it.tagName === 'text' ? getComputedStyle(it).fill : getComputedStyle(it).color, it.textContent])"""


@pytest.fixture
def okafor(take: Callable[..., Phone], server: Server) -> Phone:
    """Dr Okafor's laptop, signed in with the second factor."""
    return joins(take("okafor", **LAPTOP), server)


def brief(laptop: Phone, share: str, session: str = "") -> Phone:
    """Open the brief and wait until it is there."""
    laptop.open(f"/desk/{share}" + (f"?session={session}" if session else ""))
    expect(laptop.page.locator(".brief")).to_be_visible()
    return laptop


def cells(row: Locator) -> list[str]:
    return [text.strip() for text in row.locator("th, td").all_inner_texts()]


def row(laptop: Phone, table: str, name: str) -> list[str]:
    within = laptop.page.locator("table", has=laptop.page.locator("caption", has_text=table))
    return cells(within.locator("tr", has=laptop.page.get_by_role("rowheader", name=name, exact=True)))


class TestWhoShares:
    def test_an_empty_desk_offers_the_code(self, okafor: Phone):
        okafor.open("/desk").sees("Desk").reads(UNWATCHED).reads("Patients who share with you will be here")
        okafor.tap("Show your code to a patient").sees("Your code")

    def test_each_patient_has_what_is_new_until_when_and_how_they_met(self, okafor: Phone, take):
        maya, noor = take("maya").signed_up(), take("noor").signed_up()
        course(maya)
        share = lends(maya, okafor, what_for="our Thursday", ask=ASK)
        okafor.send("GET", f"/desk/{share}/brief")
        okafor.send("POST", f"/desk/{share}/reviewed")
        course(noor)
        lends(noor, okafor, name="Noor", sections=["ratings"], purpose="link")

        rows = okafor.open("/desk").sees("Desk").page.locator(".desk-row")
        expect(rows).to_have_count(2)
        expect(rows.nth(0)).to_contain_text(re.compile(r"Noor.*7 new check-ins.*Not reviewed.*not verified", re.S))
        expect(rows.nth(1)).to_contain_text(re.compile(r"Maya.*our Thursday.*Asks you.*Nothing new.*Until", re.S))
        expect(rows.nth(1)).to_contain_text("Met in person")
        assert logged(maya)[0] == "reviewed", "the list itself opens nothing"

    def test_other_keys_under_her_name_are_told_plainly(self, okafor: Phone):
        answer = okafor.send("GET", "/desk").json() | {"own_key_differs": True}
        okafor.page.route("**/api/v1/desk", lambda route: route.fulfill(json=answer))

        okafor.open("/desk").sees("Desk").reads("Tell the people who run this server now")
        expect(okafor.page.get_by_role("alert")).to_contain_text("Somebody else's keys")


class TestHerCode:
    def test_it_needs_a_name_that_patients_know(self, take, server: Server):
        laptop = joins(take("okafor", **LAPTOP), server, name=None)
        laptop.open("/desk/card").sees("Your code").tap("Use this name").reads("Write your name.")
        laptop.write("Your name", "Dr Okafor").tap("Use this name").reads("Works for 10 more minutes.")

        assert laptop.read("/settings")["display_name"] == "Dr Okafor"

    def test_it_shows_a_code_for_minutes_and_her_digits(self, okafor: Phone):
        okafor.open("/desk/card").sees("Your code").reads("Dr Okafor. Works for 10 more minutes.")

        expect(okafor.page.get_by_role("img", name="Code to scan")).to_be_visible()
        shown = okafor.page.locator(".digits li").all_inner_texts()
        assert shown == okafor.read("/digits")["digits"]
        assert len(shown) == 12
        assert "meet" not in okafor.page.url

    def test_a_code_that_ended_is_made_anew(self, okafor: Phone):
        okafor.page.clock.install()
        okafor.open("/desk/card").sees("Your code").reads("Works for 10 more minutes.")
        okafor.page.clock.fast_forward("11:00")

        okafor.reads("This code has ended.")
        expect(okafor.page.get_by_role("img", name="Code to scan")).to_have_count(0)
        expect(okafor.page.get_by_role("button", name="Make a new code")).to_be_visible()

    def test_a_link_says_that_it_does_not_verify(self, okafor: Phone, take):
        maya = take("maya").signed_up()
        okafor.open("/desk/card").sees("Your code").tap("Make a link instead").reads("you are not verified")
        address = okafor.page.get_by_label("Link", exact=True).input_value()
        assert address.startswith(f"{okafor.url}/meet#")

        read = maya.send("POST", "/cards/reading", {"card": address.split("#")[1]}).json()
        assert (read["name"], read["purpose"]) == ("Dr Okafor", "link")


class TestTheBrief:
    def test_it_tells_of_this_session_against_the_one_before(self, okafor: Phone, phone: Phone):
        course(phone)
        brief(okafor, lends(phone, okafor, ask=ASK)).sees("Maya").reads(UNWATCHED)

        assert okafor.page.locator(".brief h2").first.inner_text() == "Please ask me about"
        okafor.reads(ASK).reads("Not reviewed yet: all of it is new to you").reads("Nasal spray, 84 mg")
        assert row(okafor, "What changed most", "Tingling")[2:] == ["2", "9"]
        assert row(okafor, "What changed most", "Mood, the next day")[2:] == ["5", "8"]
        assert row(okafor, "What bothered", "Headache")[1] == "4"
        expect(okafor.page.locator("section", has_text="Picked for the first time").last).to_contain_text("Peaceful")
        expect(okafor.page.locator(".brief-moods")).to_contain_text("4\u00a0(2\u00a0h\u00a0before)")
        expect(okafor.page.locator("blockquote")).to_have_text(PIER)
        okafor.reads("8 on ").reads("The patient's own ratings. Not a diagnosis.")

    def test_a_total_stands_with_its_published_band_and_where_that_was_published(self, okafor: Phone, phone: Phone):
        course(phone)
        brief(okafor, lends(phone, okafor))

        total = okafor.page.locator("table", has_text="PHQ-8, 0 to 24").locator("tbody tr")
        assert cells(total)[1:] == ["11", "moderate (10\u201314)"]
        expect(okafor.page.locator(".brief-sources")).to_contain_text("Kroenke K, Strine TW")

    def test_ratings_alone_have_no_place_for_words(self, okafor: Phone, phone: Phone):
        course(phone)
        brief(okafor, lends(phone, okafor, sections=["ratings"]))

        page = okafor.page.locator("main").inner_text()
        assert "Shared: ratings \u00b7" in page
        for absent in ("story", "words", "Please ask me", PIER, "remember"):
            assert absent not in page
        assert okafor.page.locator(".brief blockquote, .brief figure").count() == 0

    def test_a_session_that_is_not_lent_leaves_no_trace(self, okafor: Phone, phone: Phone):
        _, second = course(phone)
        brief(okafor, lends(phone, okafor, [second])).reads("No session before it to compare with.")

        expect(okafor.page.get_by_label("Session", exact=True).locator("option")).to_have_count(1)
        page = okafor.page.locator("main").inner_text()
        assert "Session 2" not in page
        assert "Drip" not in page

    def test_another_session_is_a_choice_away_and_what_is_new_is_marked(self, okafor: Phone, phone: Phone):
        first, _ = course(phone)
        share = lends(phone, okafor)
        brief(okafor, share)
        expect(okafor.page.get_by_label("Session", exact=True).locator("option").nth(1)).to_contain_text("3 new: ")
        okafor.page.get_by_label("Session", exact=True).select_option(first)

        okafor.reads("No session before it")
        expect(okafor.page.locator(".brief-visit")).to_contain_text("Drip into a vein")
        assert okafor.page.url.endswith(f"/desk/{share}?session={first}")

    def test_what_came_since_the_last_review_leads_to_it(self, okafor: Phone, phone: Phone):
        _, second = course(phone)
        share = lends(phone, okafor)
        brief(okafor, share).tap("Mark as reviewed").reads("Maya sees it.")
        phone.has_checked_in(second, "month", 2, answers={"lt.craving": "no"})
        says_yes(phone, share)

        news = brief(okafor, share).page.locator(".brief-since")
        expect(news).to_contain_text(re.compile("Since your last review, .*After a month", re.S))
        news.get_by_role("link").tap()
        expect(okafor.page.get_by_role("heading", name="After a month")).to_be_visible()

    def test_a_share_that_was_taken_back_says_so_and_shows_nothing(self, okafor: Phone, phone: Phone):
        course(phone)
        share = lends(phone, okafor)
        phone.send("DELETE", f"/shares/{share}")

        okafor.open(f"/desk/{share}").reads("Not shared with you").tap("Go to your desk").sees("Desk")
        assert okafor.page.locator(".desk-row").count() == 0


def pages(laptop: Phone, sheet: str) -> int:
    pdf = laptop.page.pdf(format=sheet)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def on_paper(laptop: Phone, sheet: str) -> Phone:
    """Laid out as on a sheet, to be measured."""
    width, height = SHEETS[sheet]
    laptop.page.emulate_media(media="print")
    laptop.page.set_viewport_size({"width": width, "height": height})
    laptop.page.wait_for_timeout(100)
    return laptop


@pytest.fixture
def wordy(okafor: Phone, phone: Phone) -> Phone:
    """The brief of a patient who wrote as much as there is room for."""
    _, second = course(phone)
    texts = {"brk.what_opened": LONG, "story.remember": LONG[::-1]}
    bothered = {f"se.{name}": {"worst": 9, "passed": "by_end"} for name in ("dizziness", "sleepy", "speech", "tearful")}
    phone.has_checked_in(second, "next_day", 7 * 24, texts, bothered=bothered | {"se.vision_blurred": {"worst": 1}})
    phone.has_checked_in(second, "third_day", 6 * 24, {"story.line": "W" * 4000})
    return brief(okafor, lends(phone, okafor, ask=LONG, what_for="w" * 200, name="Maximiliana " * 6))


class TestOnPaper:
    @pytest.mark.parametrize("sheet", SHEETS)
    def test_it_is_one_page(self, okafor: Phone, phone: Phone, sheet: str):
        course(phone)
        brief(okafor, lends(phone, okafor, ask=ASK))

        assert pages(okafor, sheet) == 1
        on_paper(okafor, sheet).reads(PIER).reads(ASK).reads("Printed ").reads("Not a diagnosis.")
        expect(okafor.page.locator(".brief").get_by_text("\u2026 more").locator("visible=true")).to_have_count(0)
        expect(okafor.page.get_by_role("button").locator("visible=true")).to_have_count(0)

    @pytest.mark.parametrize("sheet", SHEETS)
    def test_the_longest_words_are_cut_and_say_so(self, wordy: Phone, sheet: str):
        assert wordy.page.locator("blockquote", has_text=LONG).count() == 1, "all of it is on the screen"

        assert pages(wordy, sheet) == 1
        on_paper(wordy, sheet).reads("\u2026 more on the screen").reads("\u2026 more in the check-ins themselves")
        body = wordy.page.locator(".brief-body")
        assert body.evaluate("(it) => it.scrollHeight <= it.clientHeight"), "nothing is cut but words"
        foot = wordy.page.locator(".brief-foot").bounding_box()
        assert foot["y"] + foot["height"] <= SHEETS[sheet][1]

    def test_nothing_needs_colour(self, okafor: Phone, phone: Phone):
        course(phone)
        on_paper(brief(okafor, lends(phone, okafor, ask=ASK)), "A4")

        pale = [(ink, text) for ink, text in okafor.page.evaluate(INKS) if _contrast(ink) < 7]
        assert pale == []
        changes = okafor.page.locator(".changes tbody tr").count()
        expect(okafor.page.locator(".dumbbell .hollow")).to_have_count(changes)
        expect(okafor.page.locator(".dumbbell circle")).to_have_count(changes)
        curve = okafor.page.locator(".curve")
        expect(curve.locator("circle.dot")).to_have_count(3)
        # Before the next session is two weeks after this one, and is told of as well.
        expect(curve.locator(".hollow path.dot")).to_have_count(4)
        names = curve.locator("g > text.value").all_text_contents()
        assert len(set(names)) == 2, "each curve has its name beside it"


def _contrast(ink: str) -> float:
    """Of an ink against white paper."""
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", ink)[:3])
    light = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in (red, green, blue)]
    return 1.05 / (0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] + 0.05)


class TestBackToMaya:
    def test_she_sees_when_it_was_reviewed(self, okafor: Phone, phone: Phone):
        course(phone)
        share = lends(phone, okafor)
        brief(okafor, share).reads("Maya sees when you reviewed it.").tap("Mark as reviewed").reads("Maya sees it.")

        assert phone.read(f"/shares/{share}")["reviewed_at"]
        expect(okafor.page.get_by_role("button", name="Mark as reviewed")).to_have_count(0)
        okafor.open("/desk").sees("Desk").reads("Nothing new")

    def test_a_reply_is_sent_once_and_stays_in_sight(self, okafor: Phone, phone: Phone):
        course(phone)
        share = lends(phone, okafor)
        brief(okafor, share).reads("who reads it at their next sign-in, not in real time")
        okafor.write("Your reply", "Let us begin with the pier.").tap("As written")
        expect(okafor.page.get_by_role("heading", name="The next day")).to_be_visible()
        okafor.tap("Brief").reads("Mark as reviewed")
        expect(okafor.page.get_by_label("Your reply")).to_have_value("Let us begin with the pier.")
        okafor.tap("Send").reads("Sent.")

        expect(okafor.page.get_by_label("Your reply")).to_have_value("")
        assert [it["text"] for it in phone.read(f"/shares/{share}")["replies"]] == ["Let us begin with the pier."]
        brief(okafor, share).reads("Sent before").reads("Let us begin with the pier.")

    def test_a_reply_that_did_not_arrive_is_sent_again_as_the_same(self, okafor: Phone, phone: Phone):
        course(phone)
        share = lends(phone, okafor)
        brief(okafor, share).write("Your reply", "On Thursday, then.")
        okafor.page.route("**/replies/*", lambda route: (route.fetch(), route.abort()), times=1)
        okafor.tap("Send").reads("Not sent yet: no connection").tap("Send").reads("Sent.")

        assert [it["text"] for it in phone.read(f"/shares/{share}")["replies"]] == ["On Thursday, then."]

    def test_each_look_is_one_line_in_her_log(self, okafor: Phone, phone: Phone):
        course(phone)
        share = lends(phone, okafor)
        brief(okafor, share).tap("As written")
        expect(okafor.page.get_by_role("heading", name="The next day")).to_be_visible()
        okafor.page.get_by_role("link", name=re.compile("^Earlier: ")).tap()
        expect(okafor.page.get_by_text("Drip into a vein")).to_be_visible()

        read = [what for what in logged(phone) if what.startswith("opened")]
        assert read == ["opened_session", "opened_session", "opened_brief"]


class TestAsWritten:
    def test_a_check_in_has_the_words_that_maya_sees(self, okafor: Phone, phone: Phone):
        _, second = course(phone)
        share = lends(phone, okafor)
        told = next(it for it in phone.check_ins() if it["session_id"] == second and "bothered" in it["ratings"])
        phone.open(f"/check-ins/{told['id']}").sees("The next day").reads(PIER)
        hers = phone.page.locator("dl.facts").all_inner_texts()

        okafor.open(f"/desk/{share}/sessions/{second}").reads(PIER).reads(UNWATCHED)
        section = okafor.page.locator(".lent-row", has=okafor.page.get_by_role("heading", name="The next day"))
        shown = section.locator("dl.facts").all_inner_texts()
        assert [text.split() for text in shown] == [text.split() for text in hers]

    def test_ratings_alone_are_read_without_words(self, okafor: Phone, phone: Phone):
        _, second = course(phone)
        share = lends(phone, okafor, sections=["ratings"])
        okafor.open(f"/desk/{share}/sessions/{second}").reads("Tingling").reads("how strong: 9 of 10")

        page = okafor.page.locator("main").inner_text()
        assert PIER not in page
        assert "In your words" not in page

    def test_check_ins_without_a_session_have_a_page_of_their_own(self, okafor: Phone, phone: Phone):
        share = lends(phone, okafor, from_now_on=True)
        at = ago(hours=0)
        alone = {"moment": "anytime", "happened_at": at, "time_zone": "Europe/London", "written_at": at}
        ratings = alone | {"finished": True, "answers": {"emo.mood_now": 2}}
        phone.send("PUT", f"/check-ins/{uuid4()}", {"ratings": ratings})
        says_yes(phone, share)

        brief(okafor, share).reads("No session is shared yet.")
        okafor.tap("At any time, without a session").sees("At any time, without a session")
        okafor.reads("2 of 10")
        assert logged(phone)[0] == "opened_apart"


class TestGivingBack:
    def test_the_digits_must_be_those_of_the_new_journal(self, okafor: Phone, take):
        old, new = take("maya").signed_up(), take("maya").signed_up()
        course(old)
        course(new)
        lost = lends(old, okafor, name="Maya, before")
        lends(new, okafor, name="Maya, again")
        digits = new.read("/digits")["digits"]
        okafor.open(f"/desk/{lost}/return").sees("Give back to a new journal").tap("Give it back")
        okafor.reads("Choose the new journal.").reads("12 groups of 5 digits are needed.")
        okafor.page.locator(".choice", has_text="Maya, again").tap()
        typed = "The 12 groups of digits, as the patient reads them out"
        okafor.write(typed, " ".join([*digits[1:], digits[0]])).reads("12 whole groups of 12").tap("Give it back")
        expect(okafor.page.get_by_role("alert")).to_be_visible()
        assert new.read("/returned")["returned"] == []

        okafor.write(typed, "".join(digits)).tap("Give it back").reads("2 sessions and 7 check-ins wait")
        assert len(new.read("/returned")["returned"]) == 1


LOOKS = {
    "dark laptop": {"dark": True, **LAPTOP},
    "light laptop": {"dark": False, **LAPTOP},
    "dark tablet": {"dark": True, "width": 768, "height": 1024},
    "light tablet": {"dark": False, "width": 768, "height": 1024},
    "light phone": {"dark": False},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_axe_finds_nothing_and_nothing_overflows(take, server: Server, phone: Phone, look: dict):
    laptop = joins(take("okafor", **look), server)
    looks_well(laptop.open("/desk").sees("Desk").reads("Patients who share"))
    _, second = course(phone)
    share = lends(phone, laptop, ask=ASK, what_for="our Thursday")
    looks_well(laptop.open("/desk").sees("Desk").reads("our Thursday"))
    looks_well(laptop.open("/desk/card").sees("Your code").tap("Make a link instead").reads("Copy the link"))
    looks_well(brief(laptop, share))
    looks_well(laptop.tap("Mark as reviewed").reads("Maya sees it."))
    looks_well(laptop.open(f"/desk/{share}/sessions/{second}").reads(PIER))
    looks_well(laptop.open(f"/desk/{share}/return").sees("Give back to a new journal"))
    assert "our Thursday" not in json.dumps([laptop.page.title(), laptop.page.url])


def test_320_px_and_twice_the_text_fit(take, server: Server, phone: Phone):
    small = joins(take("okafor", width=320), server)
    _, second = course(phone)
    share = lends(phone, small, ask=ASK, what_for="our Thursday")
    addresses = ["/desk", "/desk/card", *(f"/desk/{share}{rest}" for rest in ("", f"/sessions/{second}", "/return"))]

    for address in addresses:
        expect(small.open(address).page.locator(".desk-row, .qr, .brief, .lent-row, main p + p").first).to_be_visible()
        small.large_text().page.wait_for_timeout(200)
        assert small.page.evaluate("document.documentElement.scrollWidth") <= 320, address


def looks_well(laptop: Phone) -> None:
    laptop.page.wait_for_timeout(100)
    assert violations(laptop.page) == []
    assert not laptop.page.evaluate(SIDEWAYS)
