"""Bringing a journal in: looked at against what is there, kept all or not at all, listed, and undone."""

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy.exc import IntegrityError

from journal.accounts.service import Owner, fill_settings
from journal.content import instruments
from journal.database import writing
from journal.errors import ChangedElsewhere, Fault, Invalid
from journal.export import ledger
from journal.export.found import Found, Read
from journal.export.reading import Json, RowError
from journal.sessions import rows, together
from journal.sessions.kinds import ADDITION, CHECK_IN, COURSE, SESSION
from journal.sessions.rows import Draft, Kind, Opened
from journal.sessions.together import New

SHOWN_MOST = 200
SAMPLE = 5
CHANGED = "It is in your journal already, and says something else there. Take it out of the file, or delete it there."
LIST_OF = {COURSE: "courses", SESSION: "sessions", CHECK_IN: "check_ins", ADDITION: "additions"}


@dataclass
class Weighed:
    """A file against the journal it is to come into."""

    read: Read
    new: list[New] = field(default_factory=list)
    already: int = 0
    errors: list[RowError] = field(default_factory=list)

    def as_json(self) -> Json:
        """The preview: counts of what is new, its span, what is wrong, and the first check-ins."""
        check_ins = [it.draft for it in self.new if it.kind is CHECK_IN]
        dated = [it.draft.ratings["happened_at"] for it in self.new if it.kind in (CHECK_IN, SESSION)]
        shown: Json = {"rows": self.read.rows, "already": self.already, "remarks": self.read.remarks}
        shown |= {name: sum(it.kind is kind for it in self.new) for kind, name in LIST_OF.items()}
        shown |= {"first": min(dated, key=_instant), "last": max(dated, key=_instant)} if dated else {}
        shown["wrong"] = len(self.errors)
        shown["errors"] = [{"row": it.row, "detail": it.detail} for it in self.errors[:SHOWN_MOST]]
        shown["sample"] = [_shown(draft) for draft in check_ins[:SAMPLE]]
        return shown


def weighed(owner: Owner, read: Read) -> Weighed:
    """What would be kept, what is there just so, and what is in the way. Changes nothing."""
    there = _There.of(owner)
    found = Weighed(read, errors=list(read.errors))
    for one in sorted(read.found, key=lambda it: together.ORDER.index(it.kind)):
        detail = _add(found, there, one)
        if detail:
            found.errors.append(RowError(one.row, detail))
    found.errors.sort(key=lambda error: error.row)
    return found


def keep(owner: Owner, source: str, read: Read) -> Json:
    """Keep everything of a file in one transaction; `Invalid`, and nothing kept, as long as any row is wrong."""
    it = weighed(owner, read)
    if it.errors:
        # RFC 7111 names rows of a table so.
        faults = [Fault(f"#row={error.row}", error.detail) for error in it.errors[:SHOWN_MOST]]
        raise Invalid("Nothing was brought in. Mend the rows that are named, or take them out.", faults=faults)
    import_id = uuid4()
    try:
        with writing() as c:
            marks = together.keep_new(c, owner, it.new)
            filled = fill_settings(c, owner, read.settings)
            if not marks and not filled:
                return {"kept": 0, "already": it.already}
            ledger.note(c, owner, import_id, ledger.About(source, marks, filled))
    except IntegrityError:
        raise ChangedElsewhere("Your journal was changed meanwhile. Nothing was brought in; look again.") from None
    return {"import_id": str(import_id), "kept": len(it.new), "already": it.already}


@dataclass
class _There:
    """What is in the journal, and grows with what is about to be."""

    by_id: dict[Kind, dict[str, Opened | None]]
    said: set[bytes]
    answered: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    @classmethod
    def of(cls, owner: Owner) -> "_There":
        by_id = {kind: dict(_by_id(rows.every(kind, owner))) for kind in together.ORDER}
        check_ins = [row for row in by_id[CHECK_IN].values() if row is not None]
        said = {_saying(row.ratings, row.story) for row in check_ins if row.ratings["moment"] == "anytime"}
        there = cls(by_id, said)
        for row in check_ins:
            there.note_answers(row.ratings)
        return there

    def note_answers(self, ratings: Json) -> None:
        """Remember when questionnaires were answered."""
        at = datetime.fromisoformat(ratings["happened_at"])
        for name in ratings.get("instruments", ()):
            insort(self.answered.setdefault(name, []), (at.astimezone(UTC), at), key=lambda told: told[0])

    def too_close(self, ratings: Json) -> bool:
        """Whether a questionnaire lies within two weeks of another: of the last before it, or the first after."""
        at = datetime.fromisoformat(ratings["happened_at"])
        for name in ratings.get("instruments", ()):
            told = self.answered.get(name, ())
            before = [it for _, it in told if it <= at][-1:]
            after = [it for _, it in told if it > at][:1]
            if instruments.too_close((*before, *after), at):
                return True
        return False


def _by_id(every: Iterable[Any]) -> Iterator[tuple[str, Opened | None]]:
    for row in every:
        yield row.id, row if isinstance(row, Opened) else None


def _add(found: Weighed, there: _There, one: Found) -> str | None:
    """Take a row in; or say what to do about it."""
    known = there.by_id[one.kind]
    if one.id is None:
        return _add_nameless(found, there, one)
    name = str(one.id)
    if name in known:
        current = known[name]
        if current is not None and current.revision == 0:
            return "Two rows of the file have this id. Take one of them out."
        if current is None or not current.holds(one.draft):
            return CHANGED
        found.already += 1
        return None
    return _taken(found, there, one, one.id)


def _add_nameless(found: Weighed, there: _There, one: Found) -> str | None:
    """A row of somebody else's table is known by what it says."""
    saying = _saying(one.draft.ratings, one.draft.story)
    if saying in there.said:
        found.already += 1
        return None
    return _taken(found, there, one, uuid4())


def _in_the_way(there: _There, one: Found) -> str | None:
    for name, kind in (("course_id", COURSE), ("session_id", SESSION)):
        link = one.draft.links.get(name)
        if link is not None and str(link) not in there.by_id[kind]:
            return f"Its {kind.name} is neither in this file nor in your journal. Bring that in first, or with it."
    if one.kind is CHECK_IN and there.too_close(one.draft.ratings):
        return f"Less than {instruments.MIN_DAYS} days lie between two of its questionnaires. Take one of them out."
    return None


def _taken(found: Weighed, there: _There, one: Found, row_id: UUID) -> str | None:
    detail = _in_the_way(there, one)
    if detail:
        return detail
    found.new.append(New(one.kind, row_id, one.draft))
    links = {name: str(link) for name, link in one.draft.links.items() if link is not None}
    # Revision 0: about to be there.
    there.by_id[one.kind][str(row_id)] = Opened(str(row_id), 0, one.draft.ratings, one.draft.story, links)
    if one.kind is CHECK_IN:
        there.note_answers(one.draft.ratings)
    return None


def _saying(ratings: Json, story: Json | None) -> bytes:
    return orjson.dumps((ratings, story), option=orjson.OPT_SORT_KEYS)


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _shown(draft: Draft) -> Json:
    shown: Json = {name: str(link) for name, link in draft.links.items() if link is not None}
    shown["ratings"] = draft.ratings
    return shown | ({"story": draft.story} if draft.story is not None else {})
