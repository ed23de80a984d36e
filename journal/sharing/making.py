"""Making a share: what is lent at once, the letter with its keys, and both stored together or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from journal import clock
from journal.accounts.service import Owner, destroy_share_lock, new_share_lock
from journal.crypto import LETTER_MAX, Refused, ShareKeys
from journal.database import writing
from journal.errors import ChangedElsewhere, DoesNotOpen, NotFound
from journal.sharing import access_log, grants, lending, pins, shares
from journal.sharing.book import Book, Scope
from journal.sharing.grants import Copy, Grant
from journal.sharing.models import SHARES
from journal.sharing.pins import NOT_VERIFIED, Pin
from journal.sharing.refusals import KeyDiffers, NotVerified, invalid

_TAKEN = "Another share has this id. Send it with a new one."


@dataclass(frozen=True)
class _New:
    share_id: bytes
    copy: Copy
    letter: bytes
    wraps: lending.Wraps


def make(owner: Owner, share_id: UUID, draft: Mapping[str, Any]) -> bool:
    """Make a share; False when it is there already, as a request sent twice finds it."""
    if _made_before(owner, share_id, draft):
        return False
    book, pin = Book.of(owner), pins.one(owner, draft["pin_id"])
    scope = shares.scope_of(book, draft)
    until = shares.end_of(draft["until"], book.now)
    book.refuse_in_hold()
    shares.refuse_too_many(owner)
    public = pins.check_keys(owner, pin)
    if pin.verified == NOT_VERIFIED and not draft["not_verified"]:
        raise NotVerified
    check_ins, sessions = lending.chosen(book, draft["check_ins"], draft["sessions"], {})
    if any(not scope.takes_in(check_in) for check_in in check_ins):
        raise invalid("#/check_ins", "Some of these are not among what this share is about.")
    grant = Grant(
        draft["name"], draft["sections"], draft["covers"], book.now.isoformat(timespec="seconds"), until,
        draft.get("what_for", ""), pin.card,
    )  # fmt: skip
    _refuse_long(grant)
    for check_in in check_ins:
        if book.to_reread(check_in):
            raise invalid("#/check_ins", "One of these is still to be re-read. Share it after you have re-read it.")
    keys = ShareKeys.generate(share_id.bytes, owner.account_id, story=grant.story)
    found = lending.wraps(owner, grant, keys, check_ins, sessions)
    lock = new_share_lock(share_id.bytes, owner.account_id)
    if lock is None:
        if _made_before(owner, share_id, draft):  # By the same request, sent twice at once.
            return False
        raise ChangedElsewhere(_TAKEN)
    try:
        letter, digest = grants.written(owner, public, grant, keys, lock)
        copy = replace(_copy(pin, grant, keys, scope, digest), sent=_hash(draft))
        _store(owner, _New(share_id.bytes, copy, letter, found), draft)
    except (IntegrityError, Refused) as error:
        destroy_share_lock(share_id.bytes)
        if isinstance(error, Refused):  # Keys that nothing can be sealed to: nobody keeps such keys honestly.
            raise KeyDiffers from None
        raise ChangedElsewhere(_TAKEN) from None
    return True


def _store(owner: Owner, new: _New, draft: Mapping[str, Any]) -> None:
    keys = new.copy.keys(new.share_id, owner.account_id)
    with writing() as c:
        c.execute(
            insert(SHARES).values(
                id=new.share_id,
                account_id=owner.account_id,
                reviewer_id=bytes.fromhex(new.copy.reviewer_id),
                letter=new.letter,
                created_at=clock.this_hour(),
                **grants.sealed(owner, new.share_id, new.copy, 1),
            )
        )
        lending.put(c, new.wraps)
        if draft.get("ask"):
            shares.put_ask(c, keys, new.copy, draft["ask"])
        lent = [str(it["id"]) for it in draft["check_ins"]]
        entry = {"by": shares.PATIENT, "what": "made", "check_ins": lent, "sections": new.copy.grant.sections}
        access_log.append(c, owner.account_id, new.share_id, access_log.by_share(keys), entry)


def _copy(pin: Pin, grant: Grant, keys: ShareKeys, scope: Scope, digest: str) -> Copy:
    return Copy(
        grant, str(pin.id), pin.name, pin.reviewer_id.hex(), grants.secrets_of(keys), sorted(scope.session_ids),
        digest, ask_revision=1,
    )  # fmt: skip


def _made_before(owner: Owner, share_id: UUID, draft: Mapping[str, Any]) -> bool:
    try:
        mine = shares.one(owner, share_id)
    except NotFound:
        return False
    if mine.copy is None:
        raise DoesNotOpen
    if mine.copy.sent != _hash(draft):
        raise ChangedElsewhere(_TAKEN)
    return True


def _hash(draft: Mapping[str, Any]) -> str:
    return sha256(orjson.dumps(draft, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _refuse_long(grant: Grant) -> None:
    """A letter has a largest size; names and purposes in some scripts take more bytes than signs."""
    if len(orjson.dumps(grant)) > LETTER_MAX - 256:
        raise invalid("#/what_for", "This is too long. Say it in fewer words.")
