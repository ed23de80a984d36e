"""Maya and Dr Okafor: how they meet, and what Maya shares. Dr Okafor's side is over the API, on the same stores."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.browser.phone import Phone
from tests.cast import Person

NAME = "Dr Okafor"
LINE = "Warm light over the water."
DAY = 24
RATINGS, STORY = ["ratings"], ["ratings", "story"]


def card_of(reviewer: Person, purpose: str = "in_person") -> str:
    """A card that they show, or send."""
    answer = reviewer.post("/cards", json={"purpose": purpose})
    assert answer.status_code == 201, answer.json
    card: str = answer.json["card"]
    return card


def has_met(phone: Phone, reviewer: Person, purpose: str = "in_person") -> str:
    """Keep them, on another device; the pin's id."""
    pin = str(uuid4())
    phone.send("PUT", f"/pins/{pin}", {"card": card_of(reviewer, purpose)})
    return pin


def landed(phone: Phone, hours: float) -> tuple[str, str]:
    """A session so long ago, and the check-in of the next day, which no hold keeps."""
    session = phone.has_session(hours_ago=hours, route="im")
    answers = {"emo.mood_now": 4, "emo.anxiety_now": 3}
    return session, phone.has_checked_in(session, "next_day", hours - 30, {"story.line": LINE}, answers=answers)


def has_shared(phone: Phone, pin: str, sections: list[str] = STORY, **draft: Any) -> str:
    """Share chosen sessions, or all from now on, on another device; the share's id."""
    scope = {"sections": sections, "covers": "from_now_on", "session_ids": []}
    if sessions := draft.pop("sessions", None):
        scope |= {"covers": "sessions", "session_ids": sessions}
    seen = phone.send("POST", "/shares/preview", scope).json()
    share, until = str(uuid4()), (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
    body = {"pin_id": pin, "name": "Maya", "until": until, **scope, **draft}
    rows = {"check_ins": seen["seen_check_ins"], "sessions": seen["seen_sessions"]}
    phone.send("PUT", f"/shares/{share}", body | rows)
    return share


def replies(reviewer: Person, share: str, text: str) -> None:
    """Dr Okafor writes back."""
    answer = reviewer.put(f"/desk/{share}/replies/{uuid4()}", {"text": text})
    assert answer.status_code == 201, answer.json
