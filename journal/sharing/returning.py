"""Returning: a reviewer gives lent check-ins back to their patient's new journal, when the old one cannot be opened.

Password and recovery code are lost, so the patient has a new account, and new keys that the reviewer compares with
digits read out from the patient's screen. What the reviewer could read goes to exactly those keys; the patient takes
it only from somebody whose keys were kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import and_, delete, insert, select

from journal import clock
from journal.accounts.service import Owner, account_lock, read_settings
from journal.crypto import LetterPlace, PublicIdentity, Refused, ShareKeys, digits, open_letter, seal_letter
from journal.database import reading as database_reading
from journal.database import writing
from journal.errors import ChangedElsewhere, DoesNotOpen, Invalid, NotFound
from journal.sessions import service as sessions
from journal.sessions.rows import Draft, Kept
from journal.sharing import grants, identities, pins
from journal.sharing.models import RETURNED_ROWS, RETURNS
from journal.sharing.reading import LentRows, lent_rows, reading
from journal.sharing.refusals import DigitsDiffer, invalid

LOCK = "returned"

Json = dict[str, Any]
# Makes a draft of what came back, or None where it is not one this journal could have written.
Check = Callable[[str, Json], Draft | None]

# Sessions first: check-ins hang on them.
_KEEP: dict[str, Callable[[Owner, UUID, Draft, int | None], Kept]] = {
    "session": sessions.keep_session,
    "addition": sessions.keep_addition,
    "check_in": sessions.keep_check_in,
}


@dataclass(frozen=True)
class ReturnView:
    """What was given back, as the patient sees it."""

    id: str
    name: str
    stored_at: datetime
    opens: bool
    sessions: int = 0
    check_ins: int = 0


@dataclass(frozen=True)
class Taken:
    """What became of it."""

    kept: int = 0
    already: int = 0
    refused: int = 0


def give_back(reviewer: Owner, share_id: UUID, to: UUID, read_out: list[str]) -> Json:
    """Give everything a share lends to the journal that another share is of, if its keys have the digits read out."""
    with reading(reviewer, to) as it:
        patient = it.held.patient
    if list(digits(patient.fingerprint)) != read_out:
        raise DigitsDiffer
    with reading(reviewer, share_id) as it:
        if it.row.account_id == patient.account_id:
            raise invalid("#/to", "This is the same journal. Choose the share of the new one.")
        found = lent_rows(it)
        it.log({"what": "gave_back", "count": len(found.check_ins), "sections": it.held.grant.sections})
    _send(reviewer, patient, found)
    return {"sessions": len(found.sessions), "check_ins": len(found.check_ins)}


def waiting(owner: Owner) -> list[ReturnView]:
    """Everything given back and not taken yet."""
    with database_reading() as c:
        found = c.execute(select(RETURNS).where(RETURNS.c.account_id == owner.account_id)).all()
    return [_view(owner, row) for row in found]


def take(owner: Owner, return_id: UUID, check: Check) -> Taken:
    """Keep what was given back, sealed anew as one's own. What is here already stays as it is."""
    row = _one(owner, return_id)
    try:
        found = list(_opened(owner, row))
    except (Refused, TypeError):  # SQLite keeps a value of any type in any column.
        raise DoesNotOpen from None
    counts = {"kept": 0, "already": 0, "refused": sum(kind not in _KEEP for kind, _, _ in found)}
    for kind in _KEEP:
        for name, document in ((name, it) for its_kind, name, it in found if its_kind == kind):
            counts[_keep(owner, kind, name, check(kind, document))] += 1
    refuse(owner, return_id)
    return Taken(**counts)


def refuse(owner: Owner, return_id: UUID) -> None:
    """Remove what was given back."""
    with writing() as c:
        if c.execute(delete(RETURNS).where(_is(owner, return_id))).rowcount == 0:
            raise NotFound


def _send(reviewer: Owner, patient: PublicIdentity, found: LentRows) -> None:
    return_id = uuid4().bytes
    keys = ShareKeys.generate(return_id, patient.account_id, story=True)
    name = read_settings(reviewer).values.get("display_name", "")
    place = LetterPlace("returned", reviewer.account_id, patient.account_id, return_id)
    counts = {"sessions": len(found.sessions), "check_ins": len(found.check_ins), "additions": len(found.own_terms)}
    document = orjson.dumps({"name": name, "keys": grants.secrets_of(keys), **counts})
    letter = account_lock(patient.account_id).close(
        seal_letter(reviewer.bundle, patient, place, document), LOCK, return_id
    )
    whose = {"account_id": patient.account_id, "return_id": return_id}
    bodies = [
        whose | {"id": name, "body": keys.seal_note("returned", name, 1, orjson.dumps(document))}
        for name, document in _documents(found)
    ]
    with writing() as c:
        known = {"account_id": patient.account_id, "id": return_id, "sender_id": reviewer.account_id}
        c.execute(insert(RETURNS).values(**known, letter=letter, stored_at=clock.this_hour()))
        if bodies:
            c.execute(insert(RETURNED_ROWS), bodies)


def _documents(found: LentRows) -> Iterator[tuple[bytes, Json]]:
    for kind, several in (("session", found.sessions), ("check_in", found.check_ins)):
        for row in several:
            document = {name: it for name, it in row.items() if name != "id"}
            yield UUID(row["id"]).bytes, {"kind": kind, "document": document}
    for term, label in found.own_terms.items():
        document = {"ratings": {"list": found.lists[term]}, "story": {"label": label}}
        yield UUID(term.removeprefix("own.")).bytes, {"kind": "addition", "document": document}


def _view(owner: Owner, row: Any) -> ReturnView:
    name = grants.name_of(row.id)
    try:
        letter, pin = _letter(owner, row)
        return ReturnView(name, pin.name, row.stored_at, True, letter["sessions"], letter["check_ins"])
    except (Refused, TypeError):
        return ReturnView(name, "", row.stored_at, opens=False)


def _letter(owner: Owner, row: Any) -> tuple[Json, pins.Pin]:
    """The letter, from somebody whose keys were kept and are what they were; else Refused."""
    pin = next((it for it in pins.every(owner) if it.reviewer_id == row.sender_id), None)
    there = identities.published(row.sender_id)
    if pin is None or there is None or there.public is None or pins.differs(pin, there):
        raise Refused
    letter = account_lock(owner.account_id).open(row.letter, LOCK, row.id)
    place = LetterPlace("returned", row.sender_id, owner.account_id, row.id)
    own = identities.own(owner)
    found: Json = orjson.loads(open_letter(owner.bundle, own.fingerprint, there.public, place, letter))
    return found, pin


def _opened(owner: Owner, row: Any) -> Iterator[tuple[str, UUID, Json]]:
    """Each row that came back: its kind, its id, and what it says."""
    letter, _ = _letter(owner, row)
    keys = grants.keys_of(row.id, owner.account_id, letter["keys"])
    this = and_(RETURNED_ROWS.c.account_id == owner.account_id, RETURNED_ROWS.c.return_id == row.id)
    with database_reading() as c:
        bodies = c.execute(select(RETURNED_ROWS.c.id, RETURNED_ROWS.c.body).where(this)).all()
    if len(bodies) != sum(letter[name] for name in ("sessions", "check_ins", "additions")):
        raise Refused
    for body in bodies:
        found = orjson.loads(keys.open_note("returned", body.id, 1, body.body))
        yield found["kind"], UUID(bytes=body.id), found["document"]


def _keep(owner: Owner, kind: str, row_id: UUID, draft: Draft | None) -> str:
    if draft is None:
        return "refused"
    try:
        return "kept" if _KEEP[kind](owner, row_id, draft, None).created else "already"
    except ChangedElsewhere:
        return "already"
    except Invalid:
        return "refused"


def _one(owner: Owner, return_id: UUID) -> Any:
    with database_reading() as c:
        row = c.execute(select(RETURNS).where(_is(owner, return_id))).one_or_none()
    if row is None:
        raise NotFound
    return row


def _is(owner: Owner, return_id: UUID) -> Any:
    return and_(RETURNS.c.account_id == owner.account_id, RETURNS.c.id == return_id.bytes)
