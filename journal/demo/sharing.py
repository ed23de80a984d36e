"""The made-up therapist, and what the made-up patient lends her: most of the journal, as it stood two days ago."""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from flask import Flask

from journal import clock
from journal.accounts import service as accounts
from journal.crypto import code_at
from journal.demo.door import Door

NAME = "Dr Okafor"
# Before the last session, so that no hold is on and what came since waits for the patient's word.
LENT_BEFORE = timedelta(days=2)
ASK = "Please ask me about the phone call with my sister, and about the garden."
REPLY = "Thank you. Let us begin with the call on Thursday, and leave time for the garden."


@dataclass(frozen=True)
class MadeUpTherapist:
    """What signs her in: a setup key for an authenticator app, or one of the codes that work once each."""

    login_name: str
    password: str
    setup_key: str
    codes: list[str]


def therapist(app: Flask) -> tuple[Door, MadeUpTherapist]:
    """A therapist who joined by invitation, signed in."""
    login_name, password = f"demo-okafor-{secrets.token_hex(2)}", accounts.passphrase()
    door = Door.of(app)
    joining = {"login_name": login_name, "password": password, "invitation": accounts.invite("therapist")}
    door.send("POST", "/accounts", joining)
    door.send("POST", "/account/recovery-code/confirmation")
    key = door.send("POST", "/second-factor")["secret"]
    code = code_at(base64.b32decode(key), int(clock.now().timestamp()))
    codes = door.send("POST", "/second-factor/confirmation", {"code": code})["recovery_codes"]
    door.send("PUT", "/settings", {"display_name": NAME}, door.etag("/settings"))
    return door, MadeUpTherapist(login_name, password, key, codes)


def lend(patient: Door, reader: Door, session_ids: list[str]) -> None:
    """The two meet, the patient lends numbers and words of every session, and the therapist reads and answers."""
    with clock.at(clock.now() - LENT_BEFORE):
        card = reader.send("POST", "/cards", {"purpose": "in_person"})["card"]
        pin, share = str(uuid4()), str(uuid4())
        patient.send("PUT", f"/pins/{pin}", {"card": card})
        scope = {"sections": ["ratings", "story"], "covers": "sessions", "session_ids": session_ids}
        seen = patient.send("POST", "/shares/preview", scope)
        *first, last = seen["seen_check_ins"]
        more = {
            "pin_id": pin,
            "name": "Maya",
            "what_for": "Our integration sessions",
            "until": (clock.now() + timedelta(days=90)).isoformat(timespec="seconds"),
            "ask": ASK,
        }
        lent = {"check_ins": first, "sessions": seen["seen_sessions"]}
        patient.send("PUT", f"/shares/{share}", {**scope, **more, **lent})
        reader.send("GET", f"/desk/{share}/brief")
        reader.send("POST", f"/desk/{share}/reviewed")
        reader.send("PUT", f"/desk/{share}/replies/{uuid4()}", {"text": REPLY})
        decisions = {"check_ins": [{**last, "share": True}], "sessions": seen["seen_sessions"]}
        patient.send("PUT", f"/shares/{share}/decisions", decisions)
