"""The reviewer's desk: who shares, the brief, check-ins as written, replies, and that it was reviewed."""

import base64
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, delete, func, select

from journal import clock
from journal.accounts.service import Owner
from journal.crypto import PublicIdentity, Refused, digits, verify_card
from journal.database import reading as database_reading
from journal.errors import ChangedElsewhere, NotFound
from journal.sessions import rows
from journal.sessions.kinds import CHECK_IN, SESSION
from journal.sessions.rows import Kind
from journal.sharing import brief as briefs
from journal.sharing import grants, identities, notes
from journal.sharing.models import LENT, NOTES, REVIEWS, SHARES
from journal.sharing.reading import (
    Reading,
    Review,
    checked,
    first_look,
    keep_review,
    lent_rows,
    opened_review,
    reading,
)
from journal.sharing.refusals import invalid

Json = dict[str, Any]
_TAKEN = "Another reply has this id. Send it with a new one."
_MANY = "No more can be written in this share. Ask the patient to make a new one."
# Each is opened whenever the patient looks at who can read what.
MOST_REPLIES = 500


def desk(reviewer: Owner) -> Json:
    """Every share that is live, newest unread first. No section is opened for it, so nothing is in anybody's log."""
    live = (SHARES.c.letter.is_not(None), SHARES.c.ended_at.is_(None))
    query = select(SHARES).where(SHARES.c.reviewer_id == reviewer.account_id, *live)
    own = identities.own(reviewer)
    with database_reading() as c:
        reviews = _reviews(c, reviewer)
        found = [_on_desk(c, reviewer, own, row, reviews.get(row.id)) for row in c.execute(query).all()]
    shown = [share for share in found if share is not None]
    shown.sort(key=lambda it: (bool(it.get("new")), it.get("newest_at", "")), reverse=True)
    return {
        "now": _now(),
        "own_key_differs": identities.own_key_differs(reviewer),
        "shares": shown,
    }


def brief(reviewer: Owner, share_id: UUID, session_id: UUID | None) -> Json:
    """The brief of one session; `NotFound` for one that is not lent."""
    with reading(reviewer, share_id) as it:
        found = lent_rows(it)
        shown, named = found.shown(), str(session_id) if session_id else None
        try:
            told = briefs.brief(found.sessions, found.check_ins, it.review.unseen(shown), named)
        except KeyError:
            raise NotFound from None
        entry = {"what": "opened_brief", "count": len(found.check_ins), "sections": it.held.grant.sections}
        it.log(entry | {"session_ids": [told[name]["id"] for name in ("session", "before") if name in told]})
        _keep_shown(it, reviewer, it.review.shown | shown)
        told_notes = notes.of_share(it.connection, it.held.keys)
        head = _head(it.own, it.held, it.review) | {
            "new": len(told["since"]), "check_ins": len(found.check_ins), "ask": bool(told_notes["ask"]),
        }  # fmt: skip
    words = {"ask": told_notes["ask"][0]["text"]} if told_notes["ask"] else {}
    return {
        **told,
        **words,
        "share": head,
        "now": _now(),
        "own_terms": found.own_terms,
        "replies": told_notes["reply"],
        "unopened": found.unopened,
    }


def lent_session(reviewer: Owner, share_id: UUID, session_id: UUID) -> Json:
    """A lent session and its lent check-ins, as they were written."""
    with reading(reviewer, share_id) as it:
        found = lent_rows(it, session_id.bytes)
        if not found.sessions:
            raise NotFound
        _log_rows(it, reviewer, "opened_session", found)
    return found.as_json()


def lent_apart(reviewer: Owner, share_id: UUID) -> Json:
    """The lent check-ins that belong to no session."""
    with reading(reviewer, share_id) as it:
        found = lent_rows(it, b"")
        _log_rows(it, reviewer, "opened_apart", found)
    return found.as_json()


def reply(reviewer: Owner, share_id: UUID, reply_id: UUID, text: str) -> tuple[Json, bool]:
    """Write to the patient, once under one id."""
    with reading(reviewer, share_id) as it:
        replies = notes.of_share(it.connection, it.held.keys)["reply"]
        there = next((note for note in replies if note["id"] == str(reply_id)), None)
        if there is not None:
            if there["text"] != text:
                raise ChangedElsewhere(_TAKEN)
            return there, False
        _refuse_taken(it, reply_id.bytes)
        if len(replies) >= MOST_REPLIES:
            raise invalid("#/text", _MANY)
        kept = {"at": _now(), "text": text}
        notes.put(it.connection, it.held.keys, notes.Place(notes.REPLY, reply_id.bytes), kept)
        it.log({"what": "replied"})
    return {"id": str(reply_id), **kept}, True


def mark_reviewed(reviewer: Owner, share_id: UUID) -> str:
    """What was shown until now was reviewed."""
    at = _now()
    with reading(reviewer, share_id) as it:
        keep_review(it.connection, reviewer, it.row.id, replace(it.review, seen=it.review.shown, reviewed_at=at))
        # The latest counts; those before are in the log.
        it.connection.execute(delete(NOTES).where(NOTES.c.share_id == it.row.id, NOTES.c.kind == "reviewed"))
        notes.put(it.connection, it.held.keys, notes.Place(notes.REVIEWED, uuid4().bytes), {"at": at})
        it.log({"what": "reviewed"})
    return at


def met(own: PublicIdentity, held: grants.Held) -> str:
    """How the patient came to know of the reviewer: by a card that only who was shown it has, or by a link."""
    try:
        blob = base64.b64decode(held.grant.card + "=" * (-len(held.grant.card) % 4), altchars=b"-_", validate=True)
        return verify_card(blob, own).purpose
    except (Refused, ValueError):
        return "link"


def _on_desk(c: Connection, reviewer: Owner, own: PublicIdentity, row: Any, kept: Any) -> Json | None:
    """A share on the desk; None for one past its end."""
    name = grants.name_of(row.id)
    try:
        held = grants.in_hand(reviewer, own, row)
        review = opened_review(reviewer, kept) if kept is not None else first_look(c, reviewer, row, held)
        review = checked(held, review)
    except (Refused, TypeError, ValueError, KeyError):
        return {"id": name, "opens": False}
    if held.grant.is_over(clock.now()):
        return None
    session_id = CHECK_IN.model.__table__.c.session_id
    with_session = session_id.is_(None) | session_id.in_(_lent(SESSION, row, LENT.c.row_id))
    lent = c.execute(_lent(CHECK_IN, row, LENT.c.row_id, LENT.c.revision, LENT.c.lent_at).where(with_session)).all()
    ask = select(func.count()).where(NOTES.c.share_id == row.id, NOTES.c.kind == "ask")
    shown = _head(own, held, review) | {
        "new": sum(_is_new(review, held, it) for it in lent),
        "check_ins": len(lent),
        "ask": bool(c.execute(ask).scalar()),
    }
    if lent:
        newest = max(it.lent_at for it in lent)
        shown["newest_at"] = newest.isoformat(timespec="seconds").replace("+00:00", "Z")
    return shown


def _lent(kind: Kind, share: Any, *wanted: Any) -> Select[Any]:
    """The rows of a kind that are lent as they stand now."""
    columns = kind.model.__table__.c
    current = (LENT.c.row_id == columns.id) & (LENT.c.revision == columns.revision)
    this = (LENT.c.share_id == share.id) & (LENT.c.kind == kind.name) & (LENT.c.section == "ratings")
    return select(*wanted).join(kind.model.__table__, current).where(this, columns.account_id == share.account_id)


def _is_new(review: Review, held: grants.Held, lent: Any) -> bool:
    """Whether it came since the last review. Where words are not lent, a change may be of words alone, and is none."""
    seen = review.seen.get(rows.named(lent.row_id))
    return seen is None or (held.grant.story and seen[1] != lent.revision)


def _head(own: PublicIdentity, held: grants.Held, review: Review) -> Json:
    grant = held.grant
    shown: Json = {
        "id": grants.name_of(held.share_id),
        "opens": True,
        "patient": grant.name,
        "sections": grant.sections,
        "until": grant.until,
        "met": met(own, held),
        "digits": list(digits(held.patient.fingerprint)),
    }
    optional = {"what_for": grant.what_for, "reviewed_at": review.reviewed_at}
    return shown | {name: it for name, it in optional.items() if it}


def _log_rows(it: Reading, reviewer: Owner, what: str, found: Any) -> None:
    ids = [row["id"] for row in found.check_ins]
    it.log(
        {
            "what": what,
            "check_ins": ids,
            "session_ids": [row["id"] for row in found.sessions],
            "sections": it.held.grant.sections,
        }
    )
    _keep_shown(it, reviewer, {**it.review.shown, **found.shown()})


def _keep_shown(it: Reading, reviewer: Owner, shown: dict[str, tuple[str, int]]) -> None:
    """Keep what was shown, unless all of it had been."""
    if shown != it.review.shown or not it.review.shown:
        keep_review(it.connection, reviewer, it.row.id, replace(it.review, shown=shown))


def _refuse_taken(it: Reading, note_id: bytes) -> None:
    """Refuse an id that another note has, or, being the share's own, what the patient asks may have."""
    this = (NOTES.c.share_id == it.row.id) & (NOTES.c.id == note_id)
    if note_id == it.row.id or it.connection.execute(select(NOTES.c.id).where(this)).first():
        raise ChangedElsewhere(_TAKEN)


def _reviews(c: Connection, reviewer: Owner) -> dict[bytes, Any]:
    found = c.execute(select(REVIEWS).where(REVIEWS.c.account_id == reviewer.account_id))
    return {row.share_id: row for row in found}


def _now() -> str:
    return clock.now().isoformat(timespec="seconds")
