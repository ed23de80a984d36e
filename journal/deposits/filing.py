"""Filing: after a sign-in, what phones handed in is opened, looked at, and put into the journal.

Nothing that was handed in is dropped unseen: what cannot be filed waits, and is shown with the reason.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from journal.accounts.service import Owner
from journal.crypto import Refused
from journal.database import reading
from journal.deposits import devices, documents, receipts
from journal.deposits.devices import About
from journal.deposits.documents import Check, Checked, Json
from journal.deposits.models import DEPOSITS
from journal.deposits.placing import Known, Placed, place
from journal.errors import ChangedElsewhere, DoesNotOpen, Fault, Invalid, NotFound
from journal.sessions import service as sessions
from journal.sessions.rows import Draft, Opened

AT_ONCE = 200
CHUNK = 100

State = Literal["waiting", "conflict", "refused"]
Choice = Literal["mine", "stored", "anytime"]


@dataclass(frozen=True)
class Filed:
    """A deposit that is in the journal now; `added` is false where the check-in was there before."""

    id: str
    device_id: str
    check_in_id: str
    added: bool


@dataclass(frozen=True)
class Filing:
    """What one filing did, how many deposits still wait for a decision, and whether there are more to look at."""

    filed: tuple[Filed, ...]
    waiting: int
    more: bool


@dataclass(frozen=True)
class Case:
    """A deposit as it was found: what it says, where it would go, and what stands there already."""

    row: Row[Any]
    about: About | None
    state: State
    reason: str | None = None
    faults: tuple[Fault, ...] = ()
    document: Json | None = None
    checked: Checked | None = None
    placed: Placed | None = None
    expected: int | None = None
    stored: Opened | None = None

    @property
    def deleted(self) -> bool:
        """The check-in was in the journal, and is not any more."""
        return self.stored is None and self.expected is not None

    @property
    def draft(self) -> Draft:
        """The check-in on the session where it belongs."""
        assert self.checked is not None and self.placed is not None
        link = UUID(self.placed.session_id) if self.placed.session_id else None
        return replace(self.checked.draft, links={"session_id": link} if link else {})


class Clerk:
    """One owner's deposits in one request: keys of phones and sessions are read once."""

    def __init__(self, owner: Owner, check: Check) -> None:
        self.owner, self.check = owner, check
        self.phones = devices.known(owner)
        self.sessions = [_known(session) for session in sessions.every_session(owner)]

    def look(self, row: Row[Any]) -> Case:
        """What is to be said of one deposit; changes nothing."""
        case = Case(row, self.phones.get(row.device_id), "refused", "does-not-open")
        try:
            document = documents.opened(self.owner, row, case.about)
        except Refused:
            return case
        case = replace(case, document=document, reason="invalid")
        try:
            checked = self.check(document)
            if checked.draft.ratings.get("instruments"):
                sessions.refuse_too_close(self.owner, checked.check_in_id, checked.draft)
        except Invalid as invalid:
            return replace(case, faults=invalid.faults)
        return self._placed(replace(case, checked=checked))

    def _placed(self, case: Case) -> Case:
        checked = case.checked
        assert checked is not None
        placed = place(checked.written, self.sessions)
        if placed is None or not self._is_there(placed):
            return replace(case, reason="no-session", stored=self._stored(checked))
        before = receipts.of(self.owner, case.row.device_id, checked.replaces)
        expected = max([checked.based_on or 0, *(each.check_in_revision or 0 for each in before)]) or None
        case = replace(case, state="waiting", reason=None, placed=placed, expected=expected)
        case = replace(case, stored=self._stored(checked))
        told_at = max((each.session_revision or 0 for each in before), default=0)
        disputed = placed.told_before and placed.over is not None and placed.over.revision != told_at
        return replace(case, state="conflict") if disputed or _in_conflict(case) else case

    def _is_there(self, placed: Placed) -> bool:
        new = placed.session is not None and placed.over is None
        return placed.session_id is None or new or any(known.id == placed.session_id for known in self.sessions)

    def _stored(self, checked: Checked) -> Opened | None:
        try:
            return sessions.read_check_in(self.owner, checked.check_in_id)
        except (NotFound, DoesNotOpen):
            return None

    def put_in(self, case: Case) -> Filed:
        """Put it into the journal, then note that it is there. Sent twice, or cut short between, it is kept once."""
        checked, placed = case.checked, case.placed
        assert checked is not None and placed is not None
        for row_id, addition in checked.additions:
            self._add(row_id, addition)
        session_revision = self._keep_session(placed)
        kept = sessions.keep_check_in(self.owner, checked.check_in_id, case.draft, case.expected)
        marks = receipts.Marks(kept.row.revision, session_revision)
        receipts.note(self.owner, case.row, checked.replaces, marks)
        return _filed(case, kept.created)

    def _add(self, row_id: UUID, addition: Draft) -> None:
        with suppress(ChangedElsewhere):  # Called something else since; the check-in names it by its id.
            sessions.keep_addition(self.owner, row_id, addition, None)

    def _keep_session(self, placed: Placed) -> int | None:
        told, over = placed.session, placed.over
        if told is None:
            return None
        links = {name: UUID(link) for name, link in over.links.items()} if over else {}
        draft = Draft(told.ratings, told.story, links)
        kept = sessions.keep_session(self.owner, told.id, draft, over.revision if over else None).row
        self.sessions = [known for known in self.sessions if known.id != kept.id] + [_known(kept)]
        return kept.revision


def file(owner: Owner, check: Check) -> Filing:
    """Put every deposit that needs no decision into the journal, at most `AT_ONCE` of them."""
    clerk = Clerk(owner, check)
    filed: list[Filed] = []
    held: list[Case] = []
    settled: set[bytes] = set()
    for row in _waiting(owner):
        if row.id in settled:
            continue
        if len(filed) == AT_ONCE:
            return Filing(tuple(filed), len(_not_replaced(held)), more=True)
        case = clerk.look(row)
        if case.state != "waiting":
            held.append(case)
            continue
        try:
            filed.append(clerk.put_in(case))
            settled |= _replaced(case)
        except (ChangedElsewhere, Invalid, DoesNotOpen):  # Somebody was quicker: at the next look it is a conflict.
            held.append(case)
    held = [case for case in held if case.row.id not in settled]
    return Filing(tuple(filed), len(_not_replaced(held)), more=False)


def _replaced(case: Case) -> set[bytes]:
    return {each.bytes for each in case.checked.replaces} if case.checked else set()


def _not_replaced(cases: list[Case]) -> list[Case]:
    """Without those that another of the same phone was sealed to replace: one decision is enough."""
    gone = {(case.row.device_id, each) for case in cases for each in _replaced(case)}
    return [case for case in cases if (case.row.device_id, case.row.id) not in gone]


def waiting(owner: Owner, check: Check) -> list[Case]:
    """Every deposit that is not in the journal, as it would be found now."""
    clerk = Clerk(owner, check)
    return _not_replaced([clerk.look(row) for row in _waiting(owner)])


def decide(owner: Owner, deposit_id: UUID, choice: Choice, seen: int | None, check: Check) -> str:
    """Do as the patient chose; the id of the check-in. `ChangedElsewhere` when the stored one is not the one `seen`."""
    clerk = Clerk(owner, check)
    case = clerk.look(_one(owner, deposit_id))
    if case.checked is None:
        raise DoesNotOpen if case.document is None else Invalid(faults=case.faults)
    if seen is not None and (case.stored is None or case.stored.revision != seen):
        raise ChangedElsewhere
    if choice == "stored" and (case.stored is not None or case.deleted):
        receipts.note(owner, case.row, case.checked.replaces, receipts.Marks(None, None))
        return str(case.checked.check_in_id)
    return clerk.put_in(_as_chosen(case, choice)).check_in_id


def _as_chosen(case: Case, choice: Choice) -> Case:
    assert case.checked is not None
    expected = case.stored.revision if case.stored else None
    if choice == "anytime":
        draft = replace(case.checked.draft, ratings={**case.checked.draft.ratings, "moment": "anytime"})
        return replace(case, checked=replace(case.checked, draft=draft), placed=Placed(None), expected=expected)
    if case.placed is None:
        raise Invalid(faults=[Fault("#/keep", "It belongs to no session that is here. Keep it as `anytime`.")])
    # The journal's session stays as it is where that was chosen, and only the check-in was not there yet.
    placed = replace(case.placed, session=None) if choice == "stored" else case.placed
    return replace(case, placed=placed, expected=expected)


def remove(owner: Owner, deposit_id: UUID) -> None:
    """Let go of a deposit for good. A receipt stays, so that a copy that comes late is not taken for a new one."""
    receipts.note(owner, _one(owner, deposit_id), (), receipts.Marks(None, None))


def _in_conflict(case: Case) -> bool:
    if case.stored is None:
        return case.deleted
    return case.stored.revision != case.expected and not case.stored.holds(case.draft)


def _filed(case: Case, added: bool) -> Filed:
    assert case.checked is not None
    row = case.row
    return Filed(str(UUID(bytes=row.id)), str(UUID(bytes=row.device_id)), str(case.checked.check_in_id), added)


def _known(session: Opened) -> Known:
    return Known(session.id, session.revision, session.ratings, session.story, dict(session.links))


def _one(owner: Owner, deposit_id: UUID) -> Row[Any]:
    this = and_(DEPOSITS.c.account_id == owner.account_id, DEPOSITS.c.id == deposit_id.bytes)
    with reading() as connection:
        row = connection.execute(select(DEPOSITS).where(this, DEPOSITS.c.blob.is_not(None))).one_or_none()
    if row is None:
        raise NotFound
    return row


def _waiting(owner: Owner) -> Iterator[Row[Any]]:
    """Deposits with their blobs, a few at a time, in an order that holds while some of them are filed."""
    columns = DEPOSITS.c
    query = select(DEPOSITS).where(columns.account_id == owner.account_id, columns.blob.is_not(None))
    query = query.order_by(columns.stored_at, columns.id).limit(CHUNK)
    after: Any = None
    while True:
        with reading() as connection:
            rows = connection.execute(query if after is None else query.where(after)).all()
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1]
        later = and_(columns.stored_at == last.stored_at, columns.id > last.id)
        after = or_(columns.stored_at > last.stored_at, later)
