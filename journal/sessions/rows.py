"""Sealed rows: keep, read, page and forget, the same for courses, sessions, check-ins and additions."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from sqlalchemy import Insert, Row, Select, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from journal import clock, prepared
from journal.accounts.service import Owner
from journal.crypto import Place, Refused, SealedSection, ShareKeys
from journal.database import reading, write
from journal.errors import ChangedElsewhere, DoesNotOpen, Fault, Invalid, NotFound
from journal.sessions.models import SealedRow
from journal.web.cursor import Cursor

Document = dict[str, Any]
# The keys of a row's sections, by section, as a share has them.
Keys = dict[str, bytes]

# Inside the sealed ratings: whether a story belongs to them, so that one taken away is noticed.
WITH_STORY = "with_story"
# A row with all its notes can be sent back whole: less than one request may hold.
MOST = 240 * 1024


@dataclass(frozen=True)
class Kind:
    """A kind of row: its name inside the seal, its table, and its links to other rows.

    `links` stand inside the seal and, for the database to follow, outside it; `inner_links` only inside.
    """

    name: str
    model: type[SealedRow]
    links: tuple[str, ...] = ()
    inner_links: tuple[str, ...] = ()

    @cached_property
    def all_links(self) -> tuple[str, ...]:
        """Every link that stands inside the seal."""
        return (*self.links, *self.inner_links)


@dataclass(frozen=True)
class Draft:
    """What the patient wrote, before it is sealed. `links` are uuids by name."""

    ratings: Document
    story: Document | None = None
    links: Mapping[str, UUID | None] = field(default_factory=dict)


class Opened(NamedTuple):
    """A row as its owner reads it. Ids are text here: a journal of thousands is read at once, and shown as text."""

    id: str
    revision: int
    ratings: Document
    story: Document | None
    links: Mapping[str, str]

    def as_json(self) -> Document:
        """The row as the API shows it; an absent story stays absent."""
        shown: Document = {"id": self.id, "revision": self.revision, **self.links, "ratings": self.ratings}
        if self.story is not None:
            shown["story"] = self.story
        return shown

    def holds(self, draft: Draft) -> bool:
        """Whether this is already what `draft` says: a request sent twice."""
        links = {name: str(link) for name, link in draft.links.items() if link is not None}
        return (self.ratings, self.story, dict(self.links)) == (draft.ratings, draft.story, links)


@dataclass(frozen=True)
class Unopened:
    """A row that is not as it was sealed. It is shown as that, never dropped."""

    id: str

    def as_json(self) -> Document:
        """Only that it is there."""
        return {"id": self.id, "opens": False}


@dataclass(frozen=True)
class Kept:
    """What became of a draft."""

    row: Opened
    created: bool


def keep(kind: Kind, owner: Owner, row_id: UUID, draft: Draft, expected: int | None) -> Kept:
    """Keep a draft under its id, once.

    Raises `ChangedElsewhere` unless the row is new, is the same already, or is at the `expected` revision.
    """
    if expected is None and _insert(kind, owner, row_id, draft):
        return Kept(_as_opened(row_id, 1, draft), created=True)
    current = _still_there(kind, owner, row_id)
    if current.holds(draft):
        return Kept(current, created=False)
    if expected != current.revision or not _revise(kind, owner, row_id, draft, expected):
        raise conflict(_still_there(kind, owner, row_id))
    return Kept(_as_opened(row_id, expected + 1, draft), created=False)


def _still_there(kind: Kind, owner: Owner, row_id: UUID) -> Opened:
    try:
        return read(kind, owner, row_id)
    except NotFound:
        raise ChangedElsewhere("It was deleted somewhere else. Send it without If-Match to keep it anew.") from None


def conflict(current: Opened) -> ChangedElsewhere:
    """The refusal to overwrite, with what is stored now."""
    return ChangedElsewhere(members={"current": current.as_json()}, headers={"ETag": etag(current.revision)})


def etag(revision: int) -> str:
    """A strong validator."""
    return f'"{revision}"'


def read(kind: Kind, owner: Owner, row_id: UUID) -> Opened:
    """The row, opened; `NotFound` when it is not there or not the owner's."""
    if (row := _fetch_one(kind, owner, row_id)) is None:
        raise NotFound
    try:
        return opened(kind, owner, row)
    except Refused:
        raise DoesNotOpen from None


def page(
    kind: Kind, owner: Owner, limit: int, after: Cursor | None, **links: UUID
) -> tuple[list[Opened | Unopened], Cursor | None]:
    """Up to `limit` rows, newest stored first, and where the next page begins."""
    columns = kind.model.__table__.c
    these = query(kind, owner).add_columns(columns.stored_at)
    for name, link in links.items():
        these = these.where(columns[name] == link.bytes)
    if after is not None:
        same_hour = (columns.stored_at == after.stored_at) & (columns.id < after.row_id)
        these = these.where(or_(columns.stored_at < after.stored_at, same_hour))
    these = these.order_by(columns.stored_at.desc(), columns.id.desc()).limit(limit + 1)
    try:
        rows = _fetch_all(these)
    except (ValueError, TypeError):  # What stands where the hour was stored is no time.
        raise DoesNotOpen from None
    items = [_opened_or_not(kind, owner, row) for row in rows[:limit]]
    more = len(rows) > limit
    return items, Cursor(rows[limit - 1].stored_at, rows[limit - 1].id) if more else None


def lend(kind: Kind, owner: Owner, seen: Opened, share: ShareKeys, sections: Collection[str]) -> Keys:
    """The keys of a row's sections as it was seen, wrapped for a share, by section.

    Raises `ChangedElsewhere` when it was changed since, and `DoesNotOpen` when it is not as it was sealed.
    """
    row = _fetch_one(kind, owner, UUID(seen.id))
    if row is None or row.revision != seen.revision:
        raise ChangedElsewhere("This was changed since you looked at it. Look at it again first.")
    try:
        opened(kind, owner, row)
        return {it: _lent(kind, owner, row, it, share) for it in sections if getattr(row, it) is not None}
    except Refused:
        raise DoesNotOpen from None


def _lent(kind: Kind, owner: Owner, row: Row[Any], section: str, share: ShareKeys) -> bytes:
    place = Place(kind.name, row.id, owner.account_id, section, row.revision)
    return owner.keyring.lend(place, SealedSection(getattr(row, f"{section}_key"), getattr(row, section)), share)


def every(kind: Kind, owner: Owner, *, story: bool = True) -> Iterator[Opened | Unopened]:
    """All rows of the owner, opened; without `story` only the ratings are read and opened."""
    for row in _fetch_all(query(kind, owner, story=story)):
        yield _opened_or_not(kind, owner, row)


def opened(kind: Kind, owner: Owner, row: Any) -> Opened:
    """Open a row that `query` found; `Refused` when anything about it was changed, moved or swapped."""
    # Taken apart by place: by name, each of its columns took as long to find as a key takes to derive.
    row_id, revision, ratings_key, ratings, *others = row
    inside = _open_section(kind, owner, (row_id, revision), "ratings", SealedSection(ratings_key, ratings))
    has_story = inside.pop(WITH_STORY)
    links = {name: inside.pop(name) for name in kind.all_links if name in inside}
    if not all(_is_same(links.get(name), outside) for name, outside in zip(kind.links, others, strict=False)):
        raise Refused
    story = None
    if words := others[len(kind.links) : len(kind.links) + 2]:
        if has_story != (words[1] is not None):
            raise Refused
        story = _open_section(kind, owner, (row_id, revision), "story", SealedSection(*words)) if has_story else None
    return Opened(_as_text(row_id), revision, inside, story, links)


def _is_same(inside: str | None, outside: Any) -> bool:
    """Whether a link inside the seal is the one outside."""
    if inside is None or outside is None:
        return inside is outside
    return isinstance(outside, bytes) and outside.hex() == inside.replace("-", "")


def _open_section(kind: Kind, owner: Owner, row: tuple[bytes, int], section: str, sealed: SealedSection) -> Document:
    place = Place(kind.name, row[0], owner.account_id, section, row[1])
    found: Document = orjson.loads(owner.keyring.open(place, sealed))
    return found


def _opened_or_not(kind: Kind, owner: Owner, row: Row[Any]) -> Opened | Unopened:
    try:
        return opened(kind, owner, row)
    except (Refused, TypeError):  # SQLite keeps a value of any type in any column.
        return Unopened(named(row.id))


def _as_text(row_id: bytes) -> str:
    """An id as UUIDs are written; a fifth of the time that `str(UUID(...))` takes."""
    digits = row_id.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def named(row_id: bytes) -> str:
    """A row's id; a name of its own for one whose id was changed to what is none."""
    proper = isinstance(row_id, bytes) and len(row_id) == 16
    return _as_text(row_id) if proper else str(uuid5(NAMESPACE_OID, str(row_id)))


def _as_opened(row_id: UUID, revision: int, draft: Draft) -> Opened:
    links = {name: str(link) for name, link in draft.links.items() if link is not None}
    return Opened(str(row_id), revision, draft.ratings, draft.story, links)


def sealed(kind: Kind, owner: Owner, row_id: UUID, revision: int, draft: Draft) -> Document:
    """The columns of a draft: links in the clear for the database, and again inside the seal where they count."""
    links = {name: link for name, link in draft.links.items() if link is not None}
    inside = draft.ratings | {name: str(link) for name, link in links.items()} | {WITH_STORY: draft.story is not None}
    columns: Document = {name: links[name].bytes for name in kind.links if name in links}
    plain = {"ratings": orjson.dumps(inside), "story": orjson.dumps(draft.story) if draft.story is not None else b""}
    if sum(map(len, plain.values())) > MOST:
        raise Invalid(faults=[Fault("#/story", "This is more than fits together. Keep the rest somewhere of its own.")])
    for section, text in plain.items():
        place = Place(kind.name, row_id.bytes, owner.account_id, section, revision)
        columns[f"{section}_key"], columns[section] = owner.keyring.seal(place, text) if text else (None, None)
    return columns


def is_row(kind: Kind, owner: Owner, row_id: UUID) -> tuple[Any, Any]:
    """The conditions that name one row of an owner."""
    columns = kind.model.__table__.c
    return columns.account_id == owner.account_id, columns.id == row_id.bytes


def _insert(kind: Kind, owner: Owner, row_id: UUID, draft: Draft) -> bool:
    """Store a new row; False when its id is taken."""
    values = sealed(kind, owner, row_id, 1, draft)
    values |= {"account_id": owner.account_id, "id": row_id.bytes, "revision": 1, "stored_at": clock.this_hour()}
    try:
        prepared.write(_inserting(kind), values)
    except IntegrityError:
        if exists(kind, owner, row_id):
            return False
        raise _nothing_to_hang_on(kind) from None
    return True


@cache
def _inserting(kind: Kind) -> Insert:
    return insert(kind.model.__table__)


def exists(kind: Kind, owner: Owner, row_id: UUID) -> bool:
    """Whether the owner has such a row."""
    with reading() as connection:
        return connection.execute(select(kind.model.id).where(*is_row(kind, owner, row_id))).first() is not None


def _revise(kind: Kind, owner: Owner, row_id: UUID, draft: Draft, expected: int) -> bool:
    """Replace the row at `expected`; False when somebody was quicker."""
    values = dict.fromkeys(kind.links) | sealed(kind, owner, row_id, expected + 1, draft)
    statement = update(kind.model.__table__).where(*is_row(kind, owner, row_id), kind.model.revision == expected)
    try:
        return write(statement, values | {"revision": expected + 1}) == 1
    except IntegrityError:
        raise _nothing_to_hang_on(kind) from None


def _nothing_to_hang_on(kind: Kind) -> Invalid:
    return Invalid(faults=[Fault(f"#/{name}", "There is no such row. Keep it first.") for name in kind.links])


def query(kind: Kind, owner: Owner, *, story: bool = True) -> Select[Any]:
    """The rows of an owner, as `opened` takes them; more columns may follow."""
    columns = kind.model.__table__.c
    words = (columns.story_key, columns.story) if story else ()
    wanted = (columns.id, columns.revision, columns.ratings_key, columns.ratings, *(columns[it] for it in kind.links))
    return select(*wanted, *words).where(columns.account_id == owner.account_id)


def _fetch_one(kind: Kind, owner: Owner, row_id: UUID) -> Row[Any] | None:
    with reading() as connection:
        return connection.execute(query(kind, owner).where(kind.model.__table__.c.id == row_id.bytes)).one_or_none()


def _fetch_all(these: Select[Any]) -> list[Row[Any]]:
    with reading() as connection:
        return list(connection.execute(these).all())
