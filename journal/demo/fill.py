"""Files the made-up journal the way a phone would: over the API, so that all of it is checked and sealed."""

import secrets
from dataclasses import dataclass

from flask import Flask

from journal import clock
from journal.accounts import service as accounts
from journal.demo.course import demo_journal
from journal.demo.door import Door
from journal.demo.sharing import MadeUpTherapist, lend, therapist


@dataclass(frozen=True)
class MadeUp:
    """A made-up patient and the therapist she shares with, and what signs them in."""

    login_name: str
    password: str
    therapist: MadeUpTherapist


def fill(app: Flask) -> MadeUp:
    """Make a patient with a whole journal, and a therapist who reads some of it."""
    login_name, password = f"demo-{secrets.token_hex(2)}", accounts.passphrase()
    door = Door.of(app)
    joining = {"login_name": login_name, "password": password}
    if app.extensions["settings"].registration != "open":
        joining["invitation"] = accounts.invite("patient")
    door.send("POST", "/accounts", joining)
    door.send("POST", "/account/recovery-code/confirmation")
    journal = demo_journal(clock.now())
    door.send("PUT", "/settings", journal.settings, door.etag("/settings"))
    for path, rows in (
        ("courses", journal.courses),
        ("additions", journal.additions),
        ("sessions", journal.sessions),
        ("check-ins", journal.check_ins),
    ):
        for row_id, body in rows.items():
            door.send("PUT", f"/{path}/{row_id}", body)
    for path, body in journal.notes:
        door.send("PUT", f"/{path}", body)
    reader, known = therapist(app)
    lend(door, reader, list(journal.sessions))
    for each in (door, reader):
        each.send("DELETE", "/sign-ins/current")
    return MadeUp(login_name, password, known)
