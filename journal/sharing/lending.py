"""Lending: wrapping the keys of sections for a share, and taking single ones back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from journal import clock
from journal.accounts.service import Owner
from journal.content import own_terms
from journal.crypto import ShareKeys
from journal.database import reading
from journal.errors import ChangedElsewhere, NotFound
from journal.sessions import rows
from journal.sessions.kinds import ADDITION, CHECK_IN, SESSION
from journal.sessions.rows import Kind, Opened
from journal.sharing.book import Book, Revisions
from journal.sharing.grants import Grant
from journal.sharing.models import LENT, SHARES
from journal.sharing.refusals import Held, invalid

_AT_ONCE = 500
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (SESSION, CHECK_IN, ADDITION)}

Wraps = list[dict[str, Any]]


def lent(share_ids: Collection[bytes]) -> dict[bytes, dict[tuple[str, str], int]]:
    """What is lent in each share: of every row the revision whose keys were wrapped."""
    columns = (LENT.c.share_id, LENT.c.kind, LENT.c.row_id, LENT.c.revision)
    query = select(*columns).where(LENT.c.share_id.in_(list(share_ids)), LENT.c.section == "ratings")
    found: dict[bytes, dict[tuple[str, str], int]] = {share_id: {} for share_id in share_ids}
    with reading() as c:
        for row in c.execute(query):
            found[row.share_id][row.kind, rows.named(row.row_id)] = row.revision
    return found


def chosen(
    book: Book, seen: Iterable[Mapping[str, Any]], sessions: Iterable[Mapping[str, Any]], there: Revisions
) -> tuple[list[Opened], list[Opened]]:
    """The check-ins and sessions somebody looked at, as they stand now.

    Raises `ChangedElsewhere` where one was changed since, `Held` where the hold has not let go of it, and `Invalid`
    where a check-in would come without its session.
    """
    check_ins = _each_once(_as_seen(book.check_ins, it) for it in seen)
    along = _each_once(_as_seen(book.sessions, it) for it in sessions)
    known = {session.id for session in along}
    for place, check_in in enumerate(check_ins):
        session = book.session_of(check_in)
        current = session is None or session.id in known or there.get(("session", session.id)) == session.revision
        if not current:
            raise invalid(f"#/check_ins/{place}/id", "Send its session along, as you looked at it.")
        if until := book.closed_until(check_in):
            raise Held(until.isoformat(timespec="seconds"))
    needed = {check_in.links.get("session_id") for check_in in check_ins}
    return check_ins, [session for session in along if session.id in needed]


def wraps(owner: Owner, grant: Grant, keys: ShareKeys, check_ins: list[Opened], sessions: list[Opened]) -> Wraps:
    """The keys of these rows, wrapped; where words are lent, the names of the patient's own sensations go along."""
    found = [
        wrap
        for kind, several in ((SESSION, sessions), (CHECK_IN, check_ins))
        for row in several
        for wrap in _wrapped(owner, grant, keys, kind, row)
    ]
    if grant.story:
        for term in own_terms(it.ratings for it in check_ins):
            try:
                addition = rows.read(ADDITION, owner, UUID(term))
            except NotFound:
                continue  # Removed since; the check-in shows it without a name, as it does to the patient.
            found += _wrapped(owner, grant, keys, ADDITION, addition)
    return found


def put(c: Connection, found: Wraps) -> None:
    """Store wraps in place of those of earlier revisions."""
    for row in {(it["share_id"], it["kind"], it["row_id"]) for it in found}:
        take(c, *row)
    if found:
        c.execute(insert(LENT), found)


def take(c: Connection, share_id: bytes, kind: str, row_id: bytes) -> None:
    """Take one row back."""
    c.execute(delete(LENT).where(LENT.c.share_id == share_id, LENT.c.kind == kind, LENT.c.row_id == row_id))


def take_left_over(c: Connection, share_id: bytes, check_ins: Mapping[str, Opened]) -> None:
    """Take back the sessions and the names of which no lent check-in, of all these, speaks any more."""
    query = select(LENT.c.kind, LENT.c.row_id).where(LENT.c.share_id == share_id).distinct()
    there = {(row.kind, rows.named(row.row_id)): row.row_id for row in c.execute(query)}
    speak = [check_ins[name] for kind, name in there if kind == CHECK_IN.name and name in check_ins]
    needed = {(SESSION.name, it.links.get("session_id")) for it in speak}
    needed |= {(ADDITION.name, term) for term in own_terms(it.ratings for it in speak)}
    for (kind, name), row_id in there.items():
        if kind != CHECK_IN.name and (kind, name) not in needed:
            take(c, share_id, kind, row_id)


def take_everywhere(c: Connection, owner: Owner, gone: Sequence[tuple[str, bytes]]) -> Sequence[tuple[str, bytes]]:
    """Take rows that are deleted back from every share: their keys go with them. Nothing else has to."""
    shares = select(SHARES.c.id).where(SHARES.c.account_id == owner.account_id)
    for kind in KINDS:
        ids = [row_id for name, row_id in gone if name == kind]
        for first in range(0, len(ids), _AT_ONCE):
            these = (LENT.c.kind == kind, LENT.c.row_id.in_(ids[first : first + _AT_ONCE]))
            c.execute(delete(LENT).where(LENT.c.share_id.in_(shares), *these))
    return ()


def take_all(c: Connection, share_id: bytes) -> None:
    """Take every row of a share back."""
    c.execute(delete(LENT).where(LENT.c.share_id == share_id))


def _each_once(rows_seen: Iterable[Opened]) -> list[Opened]:
    return list({row.id: row for row in rows_seen}.values())


def _as_seen(there: Mapping[str, Opened], seen: Mapping[str, Any]) -> Opened:
    row = there.get(str(seen["id"]))
    if row is None or row.revision != seen["revision"]:
        raise ChangedElsewhere("This was changed since you looked at it. Look at it again first.")
    return row


def _wrapped(owner: Owner, grant: Grant, keys: ShareKeys, kind: Kind, row: Opened) -> Wraps:
    shared = {
        "share_id": keys.share_id,
        "kind": kind.name,
        "row_id": UUID(row.id).bytes,
        "revision": row.revision,
        "lent_at": clock.this_hour(),
    }
    lent_keys = rows.lend(kind, owner, row, keys, grant.sections)
    return [shared | {"section": section, "key": key} for section, key in lent_keys.items()]
