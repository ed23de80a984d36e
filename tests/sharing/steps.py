"""What a patient and a therapist do with each other over HTTP, step by step."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from journal import clock
from tests.cast import Person

RATINGS, WORDS = ["ratings"], ["ratings", "story"]


def card_of(therapist: Person, purpose: str = "in_person") -> str:
    """A new card of the therapist's."""
    made = therapist.post("/cards", json={"purpose": purpose})
    assert made.status_code == 201, made.json
    return made.json["card"]


def keeps(patient: Person, therapist: Person, purpose: str = "in_person") -> str:
    """The patient keeps the therapist; the pin's id."""
    kept = patient.put(f"/pins/{uuid4()}", {"card": card_of(therapist, purpose)})
    assert kept.status_code in (200, 201), kept.json
    return kept.json["id"]


def draft(patient: Person, pin: str, sessions: list[str], sections: list[str] = WORDS, **more: Any) -> dict[str, Any]:
    """The body of a share as the preview showed it: of these sessions, or from now on where there are none."""
    scope = {"sections": sections, "covers": "sessions" if sessions else "from_now_on", "session_ids": sessions}
    seen = patient.post("/shares/preview", json=scope)
    assert seen.status_code == 200, seen.json
    return {
        **scope,
        "pin_id": pin,
        "name": "M.",
        "until": (clock.now() + timedelta(days=30)).isoformat(timespec="seconds"),
        "check_ins": seen.json["seen_check_ins"],
        "sessions": seen.json["seen_sessions"],
        **more,
    }


def lends(patient: Person, pin: str, sessions: list[str], sections: list[str] = WORDS, **more: Any) -> str:
    """The patient makes a share of what the preview showed; its id."""
    share = str(uuid4())
    made = patient.put(f"/shares/{share}", draft(patient, pin, sessions, sections, **more))
    assert made.status_code == 201, made.json
    return share


def says(patient: Person, share: str, *, lend: bool) -> None:
    """The patient lends everything that waits in a share, or keeps all of it back."""
    there = next(it for it in patient.get("/shares/waiting").json["shares"] if it["share_id"] == share)
    check_ins = [{"id": it["check_in_id"], "revision": it["revision"], "share": lend} for it in there["check_ins"]]
    sessions = [{"id": it["id"], "revision": it["revision"]} for it in there["sessions"]]
    said = patient.put(f"/shares/{share}/decisions", {"check_ins": check_ins, "sessions": sessions})
    assert said.status_code == 200, said.json


def gives_back(therapist: Person, old: str, new: str, patient: Person) -> None:
    """The therapist gives what the old share lends to the journal that the new one is of."""
    read_out = patient.get("/digits").json["digits"]
    given = therapist.post(f"/desk/{old}/returned", json={"to": new, "digits": read_out})
    assert given.status_code == 201, given.json
