"""Dr Okafor at a laptop, and what Maya lends her: all of it over the API, as from other devices."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from journal.accounts import service as accounts
from tests.browser.phone import Phone
from tests.cast import Authenticator
from tests.live import Server
from tests.stores import Stores, new_app

DAY = 24.0
PIER = "The pier, and the water under it."
ASK = "Please ask about my father."
PHQ = [1, 2, 1, 2, 1, 1, 2, 1]
BOTH = ["ratings", "story"]


def joins(laptop: Phone, server: Server, name: str | None = "Dr Okafor") -> Phone:
    """By invitation, with the second factor, and with the name that patients know."""
    with new_app(Stores.sqlite(server.folder), origin=server.url).app_context():
        invitation = accounts.invite("therapist")
    body = {"login_name": laptop.login_name, "password": laptop.password, "invitation": invitation}
    laptop.send("POST", "/accounts", body)
    secret = laptop.send("POST", "/second-factor").json()["secret"]
    laptop.send("POST", "/second-factor/confirmation", {"code": Authenticator(secret).code()})
    if name:
        laptop.send("PUT", "/settings", {"display_name": name}, if_match='"1"')
    return laptop


def course(phone: Phone) -> tuple[str, str]:
    """Two sessions, two weeks apart, each told of before, the next day and a week after."""
    first = phone.has_session(hours_ago=DAY * 23, route="iv")
    second = phone.has_session(hours_ago=DAY * 9, route="nasal", dose={"amount": 84, "unit": "mg"})
    told: tuple[tuple[str, float, dict[str, Any]], ...] = (
        (first, DAY * 23, {"mood": (3, 5, 4), "tingling": 2, "bothered": {"se.nausea": {"worst": 7}}}),
        (second, DAY * 9, {"mood": (4, 8, 7), "tingling": 9, "bothered": {"se.headache": {"worst": 4}}}),
    )
    for session, ago, it in told:
        before, next_day, week = it["mood"]
        noticed: dict[str, Any] = {"sens.tingling": {"intensity": it["tingling"]}}
        if session == second:
            noticed["psy.peaceful"] = {}
        phone.has_checked_in(session, "before", ago + 2, answers={"emo.mood_now": before})
        answers = {"emo.mood_now": next_day, "diss.peak": next_day, "brk.opened": "a_little", "brk.release": next_day}
        more = {"answers": answers, "noticed": noticed, "bothered": it["bothered"]}
        phone.has_checked_in(session, "next_day", ago - 25, {"story.remember": PIER}, **more)
        phone.has_checked_in(session, "week", ago - DAY * 7, answers={"emo.mood_now": week})
    phone.has_checked_in(second, "anytime", 3, instruments={"phq8": {"answers": PHQ}})
    return first, second


def has_met(phone: Phone, laptop: Phone, purpose: str = "in_person") -> str:
    card = laptop.send("POST", "/cards", {"purpose": purpose}).json()["card"]
    pin = str(uuid4())
    phone.send("PUT", f"/pins/{pin}", {"card": card})
    return pin


def lends(phone: Phone, laptop: Phone, sessions: list[str] | None = None, **draft: Any) -> str:
    """Meet, and share these sessions, or all there are, with everything told of them; the share's id."""
    purpose = draft.pop("purpose", "in_person")
    scope: dict[str, Any] = {"sections": draft.pop("sections", BOTH), "covers": "sessions"}
    scope["session_ids"] = sessions or [it["id"] for it in phone.read("/sessions?limit=100")["items"]]
    if draft.pop("from_now_on", False):
        scope |= {"covers": "from_now_on", "session_ids": []}
    pin = has_met(phone, laptop, purpose)
    seen = phone.send("POST", "/shares/preview", scope).json()
    until = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
    body = {"pin_id": pin, "name": "Maya", "until": until, "not_verified": purpose == "link", **scope, **draft}
    rows = {"check_ins": seen["seen_check_ins"], "sessions": seen["seen_sessions"]}
    share = str(uuid4())
    phone.send("PUT", f"/shares/{share}", body | rows)
    says_yes(phone, share)
    return share


def says_yes(phone: Phone, share: str) -> None:
    """Lend what waits, and the sessions it belongs to."""
    for waiting in phone.read("/shares/waiting")["shares"]:
        if waiting["share_id"] == share:
            rows = [{"id": it["check_in_id"], "revision": it["revision"], "share": True} for it in waiting["check_ins"]]
            along = [{"id": it["id"], "revision": it["revision"]} for it in waiting["sessions"]]
            phone.send("PUT", f"/shares/{share}/decisions", {"check_ins": rows, "sessions": along})


def logged(phone: Phone) -> list[str]:
    """What the log says was done, newest first."""
    return [entry["what"] for entry in phone.read("/access-log")["entries"]]
