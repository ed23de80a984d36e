"""Looking at deposits with their owner's keys in hand: what each says, where it would go, what stands there already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
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
from journal.deposits.placing import Before, Known, Placed, place
from journal.errors import DoesNotOpen, Fault, Invalid, NotFound
from journal.sessions import service as sessions
from journal.sessions.rows import Draft, Opened

CHUNK = 100
FAULTS_SHOWN = 20
# Of the seals one deposit names as replaced, the latest count: those may still be on their way.
REPLACED_MOST = 200

State = Literal["waiting", "conflict", "refused"]


@dataclass(frozen=True)
class Case:
    """A deposit as it was found. `over`: the check-in itself would be written over what the phone has not seen."""

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
    over: bool = False

    @property
    def deleted(self) -> bool:
        """The check-in was in the journal, and is not any more; that alone is to be decided then."""
        return self.stored is None and self.expected is not None

    @property
    def disputed(self) -> Known | None:
        """The session as the journal has it, where the phone says something else of it."""
        return self.placed.over if self.placed and self.placed.disputed and not self.deleted else None

    @property
    def draft(self) -> Draft:
        """The check-in on the session where it belongs; of no session it is one of any time."""
        assert self.checked is not None and self.placed is not None
        if self.placed.session_id is not None:
            return replace(self.checked.draft, links={"session_id": UUID(self.placed.session_id)})
        return replace(self.checked.draft, ratings={**self.checked.draft.ratings, "moment": "anytime"}, links={})


@dataclass(frozen=True)
class Seal:
    """What a waiting deposit is a seal of, and which earlier seals it says it replaces."""

    device_id: bytes
    check_in_id: UUID
    replaces: frozenset[bytes]


class Clerk:
    """One owner's deposits in one request: keys of phones and sessions are read once."""

    def __init__(self, owner: Owner, check: Check) -> None:
        self.owner, self.check = owner, check
        self.phones = devices.known(owner)
        self.sessions = [known(session) for session in sessions.every_session(owner)]

    def rows(self) -> Iterator[Row[Any]]:
        """Every deposit that waits and is not replaced by a later seal of the same check-in, which waits too."""
        replaced = self._replaced
        return (row for row in waiting_rows(self.owner) if row.id not in replaced)

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
                sessions.refuse_too_close(self._check_ins, checked.check_in_id, checked.draft)
        except Invalid as invalid:
            return replace(case, faults=invalid.faults[:FAULTS_SHOWN])
        return self._placed(replace(case, checked=checked))

    def replaced_by(self, case: Case) -> list[bytes]:
        """The earlier seals that are done with when this one is: of the same phone and the same check-in, or such as
        never came. A phone cannot talk away what it or another handed in of anything else."""
        assert case.checked is not None
        mine = (case.row.device_id, case.checked.check_in_id)
        found = []
        for each in case.checked.replaces[-REPLACED_MOST:]:
            seal = self._seals.get(each.bytes)
            if each.bytes != case.row.id and (seal is None or (seal.device_id, seal.check_in_id) == mine):
                found.append(each.bytes)
        return found

    def read_sessions_anew(self) -> None:
        """Somebody may have told of one meanwhile."""
        self.sessions = [known(session) for session in sessions.every_session(self.owner)]

    def _placed(self, case: Case) -> Case:
        checked = case.checked
        assert checked is not None
        stored = self._stored(checked)
        marks = receipts.of(self.owner, checked.check_in_id, checked.replaces)
        told_at = max((each.session_revision or 0 for each in marks), default=0)
        before = Before(stored.links.get("session_id"), told_at) if marks and stored else None
        placed = place(checked.written, self.sessions, before)
        if placed is None:
            return replace(case, reason="no-session", stored=stored)
        expected = max([checked.based_on or 0, *(each.check_in_revision or 0 for each in marks)]) or None
        case = replace(case, state="waiting", reason=None, placed=placed, expected=expected, stored=stored)
        case = replace(case, over=_is_over(case))
        return replace(case, state="conflict") if case.over or placed.disputed else case

    def _stored(self, checked: Checked) -> Opened | None:
        try:
            return sessions.read_check_in(self.owner, checked.check_in_id)
        except (NotFound, DoesNotOpen):
            return None

    @cached_property
    def _check_ins(self) -> list[Opened]:
        return sessions.whole_journal(self.owner).check_ins

    @cached_property
    def _seals(self) -> Mapping[bytes, Seal]:
        found = {}
        for row in waiting_rows(self.owner):
            try:
                checked = self.check(documents.opened(self.owner, row, self.phones.get(row.device_id)))
            except (Refused, Invalid):
                continue
            named = frozenset(each.bytes for each in checked.replaces)
            found[row.id] = Seal(row.device_id, checked.check_in_id, named)
        return found

    @cached_property
    def _replaced(self) -> set[bytes]:
        """An honest phone names ever more; to ask for that keeps two from hiding each other."""
        gone = set()
        for seal in self._seals.values():
            for each in seal.replaces:
                other = self._seals.get(each)
                same = other and (other.device_id, other.check_in_id) == (seal.device_id, seal.check_in_id)
                if other and same and len(other.replaces) < len(seal.replaces):
                    gone.add(each)
        return gone


def known(session: Opened) -> Known:
    """A session as the placing has it."""
    return Known(session.id, session.revision, session.ratings, session.story, dict(session.links))


def one_row(owner: Owner, deposit_id: UUID) -> Row[Any]:
    """A deposit that waits; else `NotFound`."""
    this = and_(DEPOSITS.c.account_id == owner.account_id, DEPOSITS.c.id == deposit_id.bytes)
    rows = _fetched(select(DEPOSITS).where(this, DEPOSITS.c.blob.is_not(None)))
    if not rows:
        raise NotFound
    return rows[0]


def waiting_rows(owner: Owner) -> Iterator[Row[Any]]:
    """Deposits with their blobs, a few at a time, in an order that holds while some of them are filed."""
    columns = DEPOSITS.c
    query = select(DEPOSITS).where(columns.account_id == owner.account_id, columns.blob.is_not(None))
    query = query.order_by(columns.stored_at, columns.id).limit(CHUNK)
    after: Any = None
    while True:
        rows = _fetched(query if after is None else query.where(after))
        yield from rows
        if len(rows) < CHUNK:
            return
        last = rows[-1]
        later = and_(columns.stored_at == last.stored_at, columns.id > last.id)
        after = or_(columns.stored_at > last.stored_at, later)


def _fetched(query: Any) -> list[Row[Any]]:
    try:
        with reading() as connection:
            return list(connection.execute(query).all())
    except (ValueError, TypeError):  # What stands where the hour was stored is no time.
        raise DoesNotOpen from None


def _is_over(case: Case) -> bool:
    if case.stored is None:
        return case.deleted
    return case.stored.revision != case.expected and not case.stored.holds(case.draft)
