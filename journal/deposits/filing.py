"""Filing: after a sign-in, what phones handed in is opened, looked at, and put into the journal.

Nothing that was handed in is dropped unseen: what cannot be filed waits, and is shown with the reason.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from journal.accounts.service import Owner
from journal.deposits import receipts
from journal.deposits.clerk import Case, Clerk, known, one_row
from journal.deposits.documents import Check
from journal.deposits.placing import Placed
from journal.errors import ChangedElsewhere, DoesNotOpen, Fault, Invalid
from journal.sessions import service as sessions
from journal.sessions.rows import Draft

AT_ONCE = 200
SHOWN_MOST = 200

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
class Seen:
    """The revisions that were on the screen when the patient chose; absent where nothing was stored."""

    check_in: int | None
    session: int | None


def file(owner: Owner, check: Check) -> Filing:
    """Put every deposit that needs no decision into the journal, at most `AT_ONCE` of them."""
    clerk = Clerk(owner, check)
    filed: list[Filed] = []
    held = 0
    for row in clerk.rows():
        if len(filed) == AT_ONCE:
            return Filing(tuple(filed), held, more=True)
        case = clerk.look(row)
        if case.state != "waiting":
            held += 1
            continue
        try:
            filed.append(put_in(clerk, case))
        except (ChangedElsewhere, Invalid, DoesNotOpen):  # Somebody was quicker: at the next look it is a conflict.
            held += 1
    return Filing(tuple(filed), held, more=False)


def waiting(owner: Owner, check: Check) -> list[Case]:
    """The deposits that are not in the journal, as they would be found now; the oldest, where there are very many."""
    clerk = Clerk(owner, check)
    return [clerk.look(row) for _, row in zip(range(SHOWN_MOST), clerk.rows(), strict=False)]


def decide(owner: Owner, deposit_id: UUID, choice: Choice, seen: Seen, check: Check) -> str:
    """Do as the patient chose; the id of the check-in. `ChangedElsewhere` when what is stored was not `seen`."""
    clerk = Clerk(owner, check)
    case = clerk.look(one_row(owner, deposit_id))
    if case.checked is None:
        raise DoesNotOpen if case.document is None else Invalid(faults=case.faults)
    session = case.disputed.revision if case.disputed else None
    if seen != Seen(case.stored.revision if case.stored else None, session):
        raise ChangedElsewhere("It is not as it was shown to you. Look again, then choose.")
    if choice == "stored" and (case.over or case.placed is None):
        # Also where it was deleted: it stays so. The next seal of the phone is not written over it either.
        receipts.note(owner, case.row, case.checked.check_in_id, receipts.Marks(None, None), clerk.replaced_by(case))
        return str(case.checked.check_in_id)
    return put_in(clerk, _as_chosen(case, choice)).check_in_id


def _as_chosen(case: Case, choice: Choice) -> Case:
    expected = case.stored.revision if case.stored else None
    if choice == "anytime":
        return replace(case, placed=Placed(None), expected=expected)
    if case.placed is None:
        raise Invalid(faults=[Fault("#/keep", "It belongs to no session that is here. Keep it as `anytime`.")])
    # The journal's session stays as it is where that was chosen, and where the patient was not shown it.
    unseen = case.placed.disputed and case.disputed is None
    placed = replace(case.placed, session=None) if choice == "stored" or unseen else case.placed
    return replace(case, placed=placed, expected=expected)


def put_in(clerk: Clerk, case: Case) -> Filed:
    """Put it into the journal, then note that it is there. Sent twice, or cut short between, it is kept once."""
    if case.placed and case.placed.session and case.placed.over is None:
        clerk.read_sessions_anew()  # Another tab may be filing too: one visit must not become two sessions.
        case = _placed_again(clerk, case)
    checked, placed = case.checked, case.placed
    assert checked is not None and placed is not None
    for row_id, addition in checked.additions:
        with suppress(ChangedElsewhere):  # Called something else since; the check-in names it by its id.
            sessions.keep_addition(clerk.owner, row_id, addition, None)
    session_revision = _keep_session(clerk, placed)
    kept = sessions.keep_check_in(clerk.owner, checked.check_in_id, case.draft, case.expected)
    marks = receipts.Marks(kept.row.revision, session_revision)
    receipts.note(clerk.owner, case.row, checked.check_in_id, marks, clerk.replaced_by(case))
    row = case.row
    return Filed(str(UUID(bytes=row.id)), str(UUID(bytes=row.device_id)), str(checked.check_in_id), kept.created)


def _placed_again(clerk: Clerk, case: Case) -> Case:
    again = clerk.look(case.row)
    if again.state == "refused":
        raise ChangedElsewhere
    return replace(case, placed=again.placed)


def _keep_session(clerk: Clerk, placed: Placed) -> int | None:
    told, over = placed.session, placed.over
    if told is None:
        return None
    links = {"course_id": told.course} if over is None else {name: UUID(link) for name, link in over.links.items()}
    draft = Draft(told.ratings, told.story, links)
    kept = sessions.keep_session(clerk.owner, told.id, draft, over.revision if over else None).row
    clerk.sessions = [each for each in clerk.sessions if each.id != kept.id] + [known(kept)]
    return kept.revision


def remove(owner: Owner, deposit_id: UUID) -> None:
    """Let go of a deposit for good. A receipt stays, so that a copy that comes late is not taken for a new one."""
    receipts.note(owner, one_row(owner, deposit_id), None, receipts.Marks(None, None))
