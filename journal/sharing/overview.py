"""Who can read what, as the patient sees it: her shares, what waits for her word, a preview, and the log."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from journal import clock
from journal.accounts.service import Owner
from journal.content import own_terms
from journal.crypto import ShareKeys
from journal.database import reading
from journal.sessions import rows
from journal.sessions.kinds import ADDITION
from journal.sessions.rows import Opened
from journal.sharing import access_log, grants, identities, lending, notes, pins, shares
from journal.sharing.as_lent import as_lent
from journal.sharing.book import Book, Revisions, Scope, line
from journal.sharing.grants import Copy
from journal.sharing.pins import Pin
from journal.sharing.shares import OPERATOR, PATIENT, REVIEWER, Mine

Json = dict[str, Any]
_ENDED = {PATIENT: "taken_back", OPERATOR: "ended_by_operator", REVIEWER: "reviewer_left"}


class Overview:
    """The patient's shares with what they lend now: worked out once, shown in parts."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self.book = Book.of(owner)
        self.mine = sorted(shares.every(owner), key=lambda mine: not mine.is_live)
        self._pins = {str(pin.id): pin for pin in pins.those_that_open(owner)}
        self._lent = lending.lent([mine.row.id for mine in self.mine])
        self._reads = access_log.last_reads(owner, keys_of(self.mine))

    def listed(self) -> Json:
        """Every share, the live ones first."""
        shown: Json = {"shares": [self.share(mine) for mine in self.mine]}
        if until := self.book.held_until():
            shown["held_until"] = until
        return shown

    def named(self, share_id: UUID) -> Mine:
        """One of the shares; `NotFound` when it is not there."""
        there = next((mine for mine in self.mine if mine.row.id == share_id.bytes), None)
        return there or shares.one(self._owner, share_id)

    def share(self, mine: Mine) -> Json:
        """One share: to whom, what, until when, and what came of it."""
        return self._shown(mine, self._notes(mine))

    def detail(self, mine: Mine) -> Json:
        """One share with what was kept back, and the replies."""
        told = self._notes(mine)
        kept = set(mine.copy.kept_back) if mine.copy is not None else set()
        back = [line(it) for it in self.book.check_ins.values() if it.id in kept]
        return self._shown(mine, told) | {"kept_back": back, "replies": told["reply"]}

    def _shown(self, mine: Mine, told: dict[str, list[Json]]) -> Json:
        shown: Json = {
            "id": grants.name_of(mine.row.id), "state": state(mine), "lent": 0, "lent_check_ins": [], "waiting": 0,
            "unread_replies": 0,
        }  # fmt: skip
        if mine.row.ended_at is not None:
            shown["ended_at"] = mine.row.ended_at.isoformat(timespec="seconds").replace("+00:00", "Z")
        if (copy := mine.copy) is None:
            return shown
        replies = {reply["id"] for reply in told["reply"]}
        lent = [line(it) for it in self._lent_of(mine)]
        shown |= {
            "reviewer": self._reviewer(copy),
            **_granted(copy),
            "lent": len(lent),
            "lent_check_ins": lent,
            "unread_replies": len(replies - {str(UUID(hex=it)) for it in copy.replies_read}),
        }
        if mine.is_live:
            shown["waiting"] = len(self.waiting(mine))
        if mine.row.id in self._reads:
            shown["last_opened_at"] = self._reads[mine.row.id]
        if told["reviewed"]:
            shown["reviewed_at"] = told["reviewed"][-1]["at"]
        if told["ask"]:
            shown["ask"] = told["ask"][0]["text"]
        return shown

    def _notes(self, mine: Mine) -> dict[str, list[Json]]:
        if mine.copy is None:
            return {notes.ASK: [], notes.REPLY: [], notes.REVIEWED: []}
        with reading() as c:
            return notes.of_share(c, mine.keys())

    def waiting(self, mine: Mine) -> list[Json]:
        """The check-ins of a live share that wait for the patient."""
        assert mine.copy is not None
        return self.book.waiting(Scope.of(mine.copy), mine.copy.kept_back, self._lent[mine.row.id])

    def all_waiting(self) -> Json:
        """What waits, share by share."""
        found = ((mine, self.waiting(mine)) for mine in self.mine if mine.is_live)
        return {"shares": [self._waiting_share(mine, waiting) for mine, waiting in found if waiting]}

    def _waiting_share(self, mine: Mine, waiting: list[Json]) -> Json:
        assert mine.copy is not None
        return {
            "share_id": grants.name_of(mine.row.id),
            "reviewer": mine.copy.pin_name,
            "sections": mine.copy.grant.sections,
            "check_ins": waiting,
            "sessions": self._sessions_of(waiting),
        }

    def _sessions_of(self, waiting: Iterable[Json]) -> list[Json]:
        names = dict.fromkeys(it["session_id"] for it in waiting if "session_id" in it)
        sessions = [self.book.sessions[name] for name in names]
        return [
            {"id": it.id, "revision": it.revision}
            | {name: it.ratings[name] for name in ("happened_at", "route") if name in it.ratings}
            for it in sessions
        ]

    def _lent_of(self, mine: Mine) -> list[Opened]:
        there: Revisions = self._lent[mine.row.id]
        return [it for it in self.book.check_ins.values() if self.book.is_lent(it, there)]

    def _reviewer(self, copy: Copy) -> Json:
        pin: Pin | None = self._pins.get(copy.pin_id)
        if pin is None:
            return {"pin_id": copy.pin_id, "name": copy.pin_name, "verified": pins.NOT_VERIFIED, "key_differs": False}
        there = identities.published(pin.reviewer_id)
        differs = pins.differs(pin, there)
        return {"pin_id": copy.pin_id, "name": pin.name, "verified": pin.verified, "key_differs": differs}


def listed(owner: Owner) -> Json:
    """Every share. Those whose time has passed are ended first."""
    shares.sweep_over(owner)
    return Overview(owner).listed()


def read(owner: Owner, share_id: UUID) -> Json:
    """One share in full."""
    overview = Overview(owner)
    return overview.detail(overview.named(share_id))


def as_listed(owner: Owner, share_id: UUID) -> Json:
    """One share, as it stands in the list."""
    overview = Overview(owner)
    return overview.share(overview.named(share_id))


def all_waiting(owner: Owner) -> Json:
    """Everything that waits for the patient's word."""
    return Overview(owner).all_waiting()


def preview(owner: Owner, draft: Mapping[str, Any]) -> Json:
    """Exactly what a reviewer would see at once, and what would wait."""
    book = Book.of(owner)
    scope = shares.scope_of(book, draft)
    story = "story" in draft["sections"]
    waiting = book.waiting(scope, (), {})
    waits = {it["check_in_id"] for it in waiting if it["state"] == "held" or it["to_reread"]}
    check_ins = [it for it in book.covered(scope) if it.id not in waits]
    names = dict.fromkeys(it.links["session_id"] for it in check_ins if "session_id" in it.links)
    sessions = [book.sessions[name] for name in names]
    return {
        "sessions": [as_lent(it.id, it.ratings, it.story if story else None, None) for it in sessions],
        "check_ins": [
            as_lent(it.id, it.ratings, it.story if story else None, it.links.get("session_id")) for it in check_ins
        ],
        "own_terms": _own_labels(owner, check_ins) if story else {},
        "seen_check_ins": [{"id": it.id, "revision": it.revision} for it in check_ins],
        "seen_sessions": [{"id": it.id, "revision": it.revision} for it in sessions],
        "waiting": [it for it in waiting if it["check_in_id"] in waits],
    }


def log(owner: Owner, before: int | None) -> Json:
    """The access log with names and check-ins in place of ids, newest first. Shares that ended end in it as well."""
    shares.sweep_over(owner)
    mine = shares.every(owner)
    page = access_log.page(owner, keys_of(mine), before)
    names = {it.row.id: it.copy.pin_name for it in mine if it.copy is not None}
    check_ins = Book.of(owner).check_ins
    entries = [_entry(entry, names, check_ins) for entry in page.entries]
    shown: Json = {"entries": entries, "whole": page.whole}
    return shown if page.following is None else shown | {"next": page.following}


def keys_of(mine: Iterable[Mine]) -> dict[bytes, ShareKeys]:
    """The keys of every share whose copy opens."""
    return {it.row.id: it.keys() for it in mine if it.copy is not None}


def state(mine: Mine) -> str:
    """How a share stands."""
    if mine.copy is None:
        return "does_not_open"
    if mine.row.ended_at is not None and mine.row.letter is None:
        return _ENDED.get(mine.row.ended_by, "expired")
    if mine.copy.grant.is_over(clock.now()):
        return "expired"
    if mine.row.reviewer_id is None:
        return "reviewer_left"
    return "live" if grants.is_same_letter(mine.row, mine.copy) else "does_not_open"


def _granted(copy: Copy) -> Json:
    grant = copy.grant
    names = ("name", "what_for", "sections", "covers", "made_at", "until")
    shown: Json = {name: getattr(grant, name) for name in names if getattr(grant, name)}
    return shown | {"session_ids": copy.session_ids} if copy.session_ids else shown


def _own_labels(owner: Owner, check_ins: Iterable[Opened]) -> dict[str, str]:
    wanted = own_terms(it.ratings for it in check_ins)
    additions = (it for it in rows.every(ADDITION, owner) if isinstance(it, Opened) and it.id in wanted)
    return {f"own.{it.id}": it.story["label"] for it in additions if it.story}


def _entry(entry: Json, names: Mapping[bytes, str], check_ins: Mapping[str, Opened]) -> Json:
    shown = dict(entry)
    share_id = shown.pop("share_id", None)
    if share_id is not None:
        shown["share_id"] = rows.named(share_id)
        shown.setdefault("name", names.get(share_id, ""))
    if "check_ins" in shown:
        shown["check_ins"] = [line(check_ins[it]) for it in shown["check_ins"] if it in check_ins]
    return shown


