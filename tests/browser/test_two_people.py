"""The whole story of two people, each in front of a screen of their own: meet, share, hold, say yes, review, answer,
take back. SHORELINE_SCREENSHOTS names a folder for pictures of it.
"""

import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
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


def moved(maya: Phone, session: str, hours: float) -> None:
    """As if a session and what was told of it had been so many hours later: no test waits for a hold to end."""
    kept = maya.read(f"/sessions/{session}")
    maya.send("PUT", f"/sessions/{session}", {"ratings": _later(kept, hours)}, if_match=f'"{kept["revision"]}"')
    for check_in in maya.read(f"/check-ins?session={session}")["items"]:
        body = {"session_id": session, "ratings": _later(check_in, hours), "story": check_in["story"]}
        maya.send("PUT", f"/check-ins/{check_in['id']}", body, if_match=f'"{check_in["revision"]}"')


def _later(row: dict, hours: float) -> dict:
    ratings = row["ratings"]
    times = {name: datetime.fromisoformat(ratings[name]) for name in ("happened_at", "written_at")}
    return ratings | {name: (at + timedelta(hours=hours)).isoformat() for name, at in times.items()}


def test_from_the_first_scan_to_taking_it_back(take: Callable[..., Phone], okafor: Phone):
    maya = take("maya").signed_up()
    course(maya)
    session = maya.has_session(hours_ago=100, route="im")
    meets_and_shares(maya, okafor)
    okafor.open("/desk").sees("Desk").reads("Maya").reads("Met in person")

    # The hold: nothing goes out, and the screen says until when.
    moved(maya, session, 98)
    noticed = {"psy.peaceful": {}, "perc.time": {}}
    maya.has_checked_in(session, "landing", 1, {"story.line": LINE}, answers={"emo.mood_now": 7}, noticed=noticed)
    maya.open("/sharing/waiting").sees("Waiting for your word").reads("not before")
    pictured(maya, "4-held").open("/sharing/new").sees("Not yet").reads("Nothing more can be shared before")
    expect(okafor.open("/desk").sees("Desk").reads("Maya").page.get_by_text(LINE)).to_have_count(0)

    # The hold has ended: she reads it again, and says yes.
    moved(maya, session, -48)
    maya.open("/sharing/waiting").sees("Waiting for your word").tap("Read it")
    pictured(maya.sees("After the session").reads(LINE), "5-say-yes").tap(SHARE).sees("Waiting for your word")

    # Five minutes before they meet.
    okafor.open("/desk").sees("Desk").reads("new check-ins")
    pictured(okafor, "6-desk").page.get_by_role("link", name="Maya").first.tap()
    expect(okafor.page.locator(".brief")).to_be_visible()
    pictured(okafor.reads(ASK).reads("not watched in real time"), "7-brief")
    okafor.write("Your reply", REPLY).tap("Send").reads("Sent.").tap("Mark as reviewed").reads("Maya sees it.")

    # She sees that it was read, by whom and when, and what came back.
    maya.open("/today").sees("Today").tap(f"{NAME} wrote to you").sees(SHARE).reads(REPLY)
    pictured(maya, "8-reply").open("/sharing/log").sees("Who opened what").reads(f"{NAME} marked it as reviewed.")
    pictured(maya.reads(f"{NAME} opened the summary of 5 check-ins."), "9-log")

    # And takes it back; the page the other has open is the last there is.
    maya.open("/sharing").sees("Sharing").tap(f"Look at this share with {NAME}").sees(SHARE)
    pictured(maya.tap("Take it back").reads("What was already read cannot be unread."), "10-taken-back")
    okafor.page.reload()
    pictured(okafor.reads("Not shared with you"), "11-not-shared")
    okafor.open("/desk").sees("Desk").reads("Patients who share with you will be here")
    # The one refusal is the brief that is no longer there.
    assert [line for line in okafor.complaints if "404" not in line] == maya.complaints == []
