"""Shares as their patient makes, changes and takes them back. Every public verb commits, and leaves a log entry."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from journal import clock
from journal.accounts.service import Owner, destroy_share_lock, renewed_share_lock, share_lock
from journal.crypto import Refused, ShareKeys
from journal.database import reading, writing
from journal.errors import ChangedElsewhere, DoesNotOpen, NotFound
from journal.sessions import rereading
from journal.sharing import access_log, grants, lending, notes, pins
from journal.sharing.book import Book, Scope
from journal.sharing.grants import FROM_NOW_ON, Copy
from journal.sharing.models import NOTES, SHARES
from journal.sharing.refusals import Ended, invalid

LONGEST = timedelta(days=366)
MOST_SHARES = 200
PATIENT, OPERATOR, TIME, REVIEWER = "patient", "operator", "time", "reviewer"

Json = dict[str, Any]


@dataclass(frozen=True)
class Mine:
    """One of the patient's shares: its row, and her copy of it; None where that does not open."""

    row: Any
    copy: Copy | None

    @property
    def is_live(self) -> bool:
        """Whether its reviewer can read what it lends."""
        row, copy = self.row, self.copy
        there = row.letter is not None and row.ended_at is None and row.reviewer_id is not None
        return there and copy is not None and not copy.grant.is_over(clock.now())

    def keys(self) -> ShareKeys:
        """Its keys; `DoesNotOpen` without the copy."""
        if self.copy is None:
            raise DoesNotOpen
        return self.copy.keys(self.row.id, self.row.account_id)


def every(owner: Owner) -> list[Mine]:
    """All shares of the patient, the latest first, ended ones too."""
    query = select(SHARES).where(SHARES.c.account_id == owner.account_id)
    with reading() as c:
        found = c.execute(query.order_by(SHARES.c.created_at.desc(), SHARES.c.id)).all()
    return [_mine(owner, row) for row in found]


def one(owner: Owner, share_id: UUID) -> Mine:
    """One share; `NotFound` when it is not there or not the patient's."""
    with reading() as c:
        row = c.execute(select(SHARES).where(_is(owner, share_id.bytes))).one_or_none()
    if row is None:
        raise NotFound
    return _mine(owner, row)


def refuse_too_many(owner: Owner) -> None:
    """Raise `Invalid` where as much is shared as fits: whoever reviews opens a letter of each at every look."""
    sweep_over(owner)
    count = select(func.count()).select_from(SHARES)
    with reading() as c:
        there = c.execute(count.where(SHARES.c.account_id == owner.account_id, SHARES.c.letter.is_not(None)))
        if there.scalar_one() >= MOST_SHARES:
            raise invalid("#/pin_id", "You have as many shares as there can be. Take one back first.")


def live(owner: Owner, share_id: UUID) -> tuple[Mine, Copy]:
    """One share that lends; `Ended` for one that does no more, `DoesNotOpen` where it is not as she made it."""
    mine = one(owner, share_id)
    if mine.copy is None:
        raise DoesNotOpen
    if not mine.is_live:
        raise Ended
    if not grants.is_same_letter(mine.row, mine.copy):
        raise DoesNotOpen
    return mine, mine.copy


def take_back(owner: Owner, share_id: UUID) -> None:
    """End a share: its letter, its wraps and its own key go, here and in old backups. Done twice, it is done once."""
    mine = one(owner, share_id)
    with writing() as c:
        if end(c, share_id.bytes, PATIENT) and mine.copy is not None:
            _log(c, mine, {"what": "taken_back"})


def end(c: Connection, share_id: bytes, by: str) -> bool:
    """End a share in this transaction, which is undone if its key cannot be destroyed; False when it had ended."""
    first = end_rows(c, share_id, by)
    destroy_share_lock(share_id)
    return first


def end_rows(c: Connection, share_id: bytes, by: str) -> bool:
    """The same, but for its key."""
    this = and_(SHARES.c.id == share_id, or_(SHARES.c.ended_at.is_(None), SHARES.c.letter.is_not(None)))
    ended = update(SHARES).where(this).values(letter=None, ended_at=clock.this_hour(), ended_by=by)
    first = c.execute(ended).rowcount == 1
    lending.take_all(c, share_id)
    return first


def change_until(owner: Owner, share_id: UUID, until: str) -> None:
    """Let a share end at another time. Later is lending more: not in a hold, and only to the keys that were kept."""
    mine, copy = live(owner, share_id)
    end_at = end_of(until, clock.now())
    sooner = datetime.fromisoformat(end_at) < datetime.fromisoformat(copy.grant.until)
    if not sooner:
        Book.of(owner).refuse_in_hold()
    public = pins.check_keys(owner, pins.one(owner, UUID(copy.pin_id)))
    copy = grants.changed(copy, until=end_at)
    try:
        # Under another key where it lends less, so that the older letter opens no more, whoever puts it back.
        renewed = renewed_share_lock(mine.row.id, owner.account_id) if sooner else None
        lock = renewed.lock if renewed else share_lock(mine.row.id, owner.account_id)
        letter, digest = grants.written(owner, public, copy.grant, mine.keys(), lock)
        with writing() as c:
            revise(c, owner, mine, replace(copy, letter=digest), letter=letter)
            _log(c, mine, {"what": "until_changed"})
            if renewed:
                renewed.put_in_place()
    except Refused:
        raise Ended from None


def ask(owner: Owner, share_id: UUID, text: str) -> None:
    """What the patient would like to be asked about; empty takes it away, which works in a hold too."""
    mine, copy = live(owner, share_id)
    if text:
        Book.of(owner).refuse_in_hold()
        pins.check_keys(owner, pins.one(owner, UUID(copy.pin_id)))
    copy = replace(copy, ask_revision=copy.ask_revision + 1)
    with writing() as c:
        revise(c, owner, mine, copy)
        put_ask(c, mine.keys(), copy, text)
        _log(c, mine, {"what": "asked"})


def decide(owner: Owner, share_id: UUID, draft: Mapping[str, Any]) -> None:
    """Lend check-ins that the share covers, as they were looked at; keep others back, which works in a hold too."""
    mine, copy = live(owner, share_id)
    lend = [it for it in draft["check_ins"] if it["share"]]
    back = [it for it in draft["check_ins"] if not it["share"]]
    found, lent_ids = _lend(owner, mine, copy, lend, draft["sessions"]) if lend else ([], [])
    there = lending.lent([mine.row.id])[mine.row.id]
    loosens = any(("check_in", str(it["id"])) in there for it in back)
    check_ins = Book.of(owner).check_ins if loosens else {}
    kept_back = (set(copy.kept_back) | {str(it["id"]) for it in back}) - set(lent_ids)
    with writing() as c:
        revise(c, owner, mine, replace(copy, kept_back=sorted(kept_back)))
        lending.put(c, found)
        for it in back:
            lending.take(c, mine.row.id, "check_in", it["id"].bytes)
        if loosens:
            lending.take_left_over(c, mine.row.id, check_ins)
        for what, ids in (("lent", lent_ids), ("kept_back", [str(it["id"]) for it in back])):
            if ids:
                _log(c, mine, {"what": what, "check_ins": ids, "sections": copy.grant.sections})


def replies_read(owner: Owner, share_id: UUID) -> None:
    """The patient has seen every reply there is."""
    mine = one(owner, share_id)
    if mine.copy is None:
        raise DoesNotOpen
    query = select(NOTES.c.id).where(NOTES.c.share_id == mine.row.id, NOTES.c.kind == "reply")
    with writing() as c:
        seen = [row.hex() for row in c.execute(query).scalars()]
        revise(c, owner, mine, replace(mine.copy, replies_read=seen), ended_too=True)


def sweep_over(owner: Owner) -> None:
    """End the patient's shares whose time has passed or whose reviewer left: wraps and keys go. None opened before.

    How a share ended without her is in her log from then on.
    """
    now = clock.now()
    for mine in every(owner):
        if mine.copy is None:
            continue
        if mine.row.ended_by == OPERATOR and not mine.copy.end_told:
            _tell_end(owner, mine, mine.copy)
        elif mine.row.ended_at is None and mine.copy.grant.is_over(now):
            _end_by_itself(mine, TIME, {"what": "expired", "at": mine.copy.grant.until})
        elif mine.row.ended_at is None and mine.row.reviewer_id is None:
            _end_by_itself(mine, REVIEWER, {"what": "reviewer_left", "by": REVIEWER})


def _end_by_itself(mine: Mine, by: str, entry: Json) -> None:
    with writing() as c:
        if end(c, mine.row.id, by):
            _log(c, mine, entry)


def _tell_end(owner: Owner, mine: Mine, copy: Copy) -> None:
    """The operator has no key to write it with."""
    with suppress(ChangedElsewhere), writing() as c:
        revise(c, owner, mine, replace(copy, end_told=True), ended_too=True)
        _log(c, mine, {"what": "ended_by_operator", "by": OPERATOR, "at": mine.row.ended_at.isoformat()})


def scope_of(book: Book, draft: Mapping[str, Any]) -> Scope:
    """The scope that somebody asks for; `Invalid` when its parts do not fit each other."""
    if draft["sections"] not in (["ratings"], ["ratings", "story"]):
        raise invalid("#/sections", 'Send ["ratings"], or ["ratings", "story"].')
    ids = [str(it) for it in draft["session_ids"]]
    if (draft["covers"] == FROM_NOW_ON) == bool(ids):
        raise invalid("#/session_ids", "Name sessions when the share is about sessions, and none otherwise.")
    if any(it not in book.sessions for it in ids):
        raise invalid("#/session_ids", "One of these sessions is not there.")
    return Scope(draft["covers"], frozenset(ids), book.now)


def revise(c: Connection, owner: Owner, mine: Mine, copy: Copy, *, ended_too: bool = False, **columns: Any) -> None:
    """Seal the patient's copy anew in this transaction, unless it changed since it was read, or the share ended."""
    values = grants.sealed(owner, mine.row.id, copy, mine.row.revision + 1) | columns
    this = and_(SHARES.c.id == mine.row.id, SHARES.c.revision == mine.row.revision)
    if not ended_too:
        this = and_(this, SHARES.c.ended_at.is_(None))
    if c.execute(update(SHARES).where(this).values(values)).rowcount != 1:
        raise ChangedElsewhere("This share was changed a moment ago. Look at it again first.")


def _lend(
    owner: Owner, mine: Mine, copy: Copy, asked: list[Json], sessions: list[Json]
) -> tuple[lending.Wraps, list[str]]:
    """Wraps for check-ins as they were looked at; those still to be re-read are re-read by this."""
    pins.check_keys(owner, pins.one(owner, UUID(copy.pin_id)))
    book, scope = Book.of(owner), Scope.of(copy)
    book.refuse_in_hold()
    there = lending.lent([mine.row.id])[mine.row.id]
    check_ins, along = lending.chosen(book, asked, sessions, there)
    if any(not scope.takes_in(check_in) for check_in in check_ins):
        raise invalid("#/check_ins", "Some of these are not among what this share is about.")
    current = [
        rereading.reread(owner, UUID(it.id), it.revision) if book.to_reread(it) else it for it in check_ins
    ]
    found = lending.wraps(owner, copy.grant, mine.keys(), current, along)
    return found, [it.id for it in current]


def put_ask(c: Connection, keys: ShareKeys, copy: Copy, text: str) -> None:
    """Put what the patient would like to be asked about in place of what stood there, in this transaction."""
    c.execute(delete(NOTES).where(NOTES.c.share_id == keys.share_id, NOTES.c.kind == "ask"))
    if text:
        notes.put(c, keys, notes.Place(notes.ASK, keys.share_id, copy.ask_revision), {"text": text})


def _log(c: Connection, mine: Mine, entry: Json) -> None:
    seal = access_log.by_share(mine.keys())
    access_log.append(c, mine.row.account_id, mine.row.id, seal, {"by": PATIENT, **entry})


def end_of(until: str, now: datetime) -> str:
    """When a share is to end; `Invalid` for a time that has passed or is too far ahead."""
    at = datetime.fromisoformat(until)
    if not now < at <= now + LONGEST:
        raise invalid("#/until", "Choose a time from now on, and at most a year ahead.")
    return at.isoformat(timespec="seconds")


def _mine(owner: Owner, row: Any) -> Mine:
    try:
        return Mine(row, grants.opened(owner, row))
    except Refused:
        return Mine(row, None)


def _is(owner: Owner, share_id: bytes) -> Any:
    return and_(SHARES.c.account_id == owner.account_id, SHARES.c.id == share_id)
