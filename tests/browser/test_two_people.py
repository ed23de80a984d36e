"""The whole story of two people, each in front of a screen of their own: meet, share, say yes, review, answer, hold,
take back. SHORELINE_SCREENSHOTS names a folder for pictures of it.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.phone import Phone
from tests.browser.reviewing import course, joins
from tests.browser.test_sharing import picks
from tests.live import Server

NAME = "Dr Okafor"
SHARE = f"Share with {NAME}"
LINE = "The boat turned and I let it."
ASK = "Please ask about the boat."
REPLY = "Thank you. Let us begin with the boat."
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def okafor(take: Callable[..., Phone], server: Server) -> Phone:
    return joins(take("okafor", width=1280, height=800), server)


def pictured(who: Phone, name: str) -> Phone:
    """Nothing wrong with the screen; and a picture of it, where pictures are asked for."""
    assert violations(who.page) == []
    assert not who.page.evaluate(SIDEWAYS)
    if folder := os.environ.get("SHORELINE_SCREENSHOTS"):
        who.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    return who


def shown_card(laptop: Phone) -> str:
    """What the QR code on the screen says."""
    with laptop.page.expect_response(re.compile(r"/api/v1/cards$")) as answered:
        laptop.open("/desk").sees("Desk").tap("Show your code to a patient")
    expect(laptop.sees("Your code").page.get_by_role("img", name="Code to scan")).to_be_visible()
    card: str = answered.value.json()["card"]
    return card


def meets_and_shares(maya: Phone, okafor: Phone) -> None:
    """Maya scans the code on the laptop's screen and shares the latest session and the one before."""
    card = shown_card(okafor)
    pictured(okafor, "1-code-on-the-laptop")
    maya.open("/today").sees("Today").open(f"/meet#{card}").sees("Whose code is it?").reads(NAME)
    pictured(maya, "2-whose-code").tap(f"Yes, keep {NAME}").sees(NAME).tap(SHARE)
    maya.sees("With whom?").tap("Next")
    picks(maya.sees(f"What may {NAME} read?"), "The numbers and the words").tap("Next")
    picks(maya.sees("Which sessions?"), "Sessions I choose")
    for place in (0, 1):
        maya.page.locator(".check").nth(place).tap()
    maya.tap("Next")
    picks(maya.sees("Until when?"), "A month").tap("Next")
    maya.sees("A few words with it").write(f"What shall {NAME} know you as?", "Maya")
    maya.write("Please ask me about", ASK).tap("Next").sees(f"What {NAME} will see")
    pictured(maya, "3-preview").tap(SHARE).sees(SHARE).reads("It is shared now.")


def test_from_the_first_scan_to_taking_it_back(take: Callable[..., Phone], okafor: Phone):
    maya = take("maya").signed_up()
    course(maya)
    session = maya.has_session(hours_ago=100, route="im")
    meets_and_shares(maya, okafor)
    okafor.open("/desk").sees("Desk").reads("Maya").reads("Met in person")

    # Told of it after they met: it waits until she has read it again, and says yes.
    noticed = {"psy.peaceful": {}, "perc.time": {}}
    maya.has_checked_in(session, "landing", 99, {"story.line": LINE}, answers={"emo.mood_now": 7}, noticed=noticed)
    maya.open("/sharing/waiting").sees("Waiting for your word").reads("not yet re-read")
    expect(okafor.open("/desk").sees("Desk").reads("Maya").page.get_by_text("4 new check-ins")).to_be_visible()
    pictured(maya.tap("Read it").sees("After the session").reads(LINE), "4-say-yes").tap(SHARE)
    maya.sees("Waiting for your word").reads("Nothing waits for your word.")

    # Five minutes before they meet.
    okafor.open("/desk").sees("Desk").reads("5 new check-ins")
    pictured(okafor, "5-desk").page.get_by_role("link", name="Maya").first.tap()
    expect(okafor.page.locator(".brief")).to_be_visible()
    pictured(okafor.reads(ASK).reads("not watched in real time"), "6-brief")
    okafor.write("Your reply", REPLY).tap("Send").reads("Sent.").tap("Mark as reviewed").reads("Maya sees it.")

    # She sees that it was read, by whom and when, and what came back.
    maya.open("/today").sees("Today").tap(f"{NAME} wrote to you").sees(SHARE).reads(REPLY)
    pictured(maya, "7-reply").open("/sharing/log").sees("Who opened what").reads(f"{NAME} marked it as reviewed.")
    pictured(maya.reads(f"{NAME} opened the summary of 5 check-ins."), "8-log")

    # A new session: in its hold nothing more goes out, and the screen says until when.
    told = maya.has_session(hours_ago=2, route="im")
    maya.has_checked_in(told, "landing", 1, {"story.line": "Not for anybody yet."}, answers={"emo.mood_now": 9})
    pictured(maya.open("/sharing/new").sees("Not yet").reads("Nothing more can be shared before"), "9-hold")

    # She takes it back, which works in a hold too; the page the other has open is the last there is.
    maya.open("/sharing").sees("Sharing").tap(f"Look at this share with {NAME}").sees(SHARE)
    pictured(maya.tap("Take it back").reads("What was already read cannot be unread."), "10-taken-back")
    okafor.page.reload()
    pictured(okafor.reads("Not shared with you"), "11-not-shared")
    okafor.open("/desk").sees("Desk").reads("Patients who share with you will be here")
    # The one refusal is the brief that is no longer there.
    assert [line for line in okafor.complaints if "404" not in line] == maya.complaints == []
