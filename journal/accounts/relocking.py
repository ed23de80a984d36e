"""Bringing wraps under the current pepper, a few at a time, with nobody signed in; counting which are under which."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, and_, bindparam, func, select, tuple_, update

from journal import database
from journal.accounts import host
from journal.crypto import PEPPER_ID_AT, Lock, Refused

# So many are written in one transaction: on SQLite nobody else writes meanwhile, and it is over in some milliseconds.
FEW = 100
# Stands for the pepper of what no pepper of this host opens.
NAMELESS = b""

# A batch of rows to the lock key of each, where there is one.
Keys = Callable[[Sequence[Any]], list[bytes | None]]


@dataclass(frozen=True)
class Relocked:
    """How many wraps are under the current pepper now, and how many could not be opened."""

    done: int = 0
    refused: int = 0

    def __add__(self, other: "Relocked") -> "Relocked":
        return Relocked(self.done + other.done, self.refused + other.refused)


@dataclass(frozen=True)
class Wraps:
    """One column of wraps: what else of a row tells its lock, and the kind and place it was closed for."""

    table: Table
    column: str
    also: tuple[str, ...]
    keys: Keys
    kind: Callable[[Any], str]
    place: Callable[[Any], bytes]

    def relock(self) -> Relocked:
        """Bring every one under the current pepper; safe to repeat. A row that is being changed just now is left."""
        return sum((self._relock(rows) for rows in self._batches()), Relocked())

    def under(self) -> Counter[bytes]:
        """How many there are under each pepper, by its id."""
        pepper_id = func.substr(self._wrap, *PEPPER_ID_AT)
        count = select(pepper_id, func.count()).where(self._wrap.is_not(None)).group_by(pepper_id)
        with database.reading() as c:
            return Counter({bytes(found): how_many for found, how_many in c.execute(count).all()})

    def opened(self) -> Counter[bytes]:
        """How many open under each pepper, by its id; nameless, those that none opens. Without a key: not counted."""
        found: Counter[bytes] = Counter()
        for rows in self._batches():
            keys = self.keys(rows)
            found.update(self._opened_by(row, key) for row, key in zip(rows, keys, strict=True) if key is not None)
        return found

    def _opened_by(self, row: Any, key: bytes) -> bytes:
        wrap: bytes = getattr(row, self.column)
        try:
            Lock(host.here().peppers, key, row.account_id).open(wrap, self.kind(row), self.place(row))
        except Refused:
            return NAMELESS
        first, length = PEPPER_ID_AT
        return bytes(wrap[first - 1 : first - 1 + length])

    @property
    def _wrap(self) -> Any:
        return self.table.c[self.column]

    @property
    def _id(self) -> list[Any]:
        return list(self.table.primary_key.columns)

    def _batches(self) -> Iterator[Sequence[Any]]:
        """Every row there is, in the order of its id; none is missed because another goes."""
        id_ = self._id
        wanted = {column.name: column for column in (*id_, *(self.table.c[name] for name in self.also))}
        rows = select(*wanted.values(), self._wrap).where(self._wrap.is_not(None)).order_by(*id_).limit(FEW)
        last: tuple[Any, ...] | None = None
        while True:
            with database.reading() as c:
                found = c.execute(rows if last is None else rows.where(tuple_(*id_) > last)).all()
            if not found:
                return
            yield found
            last = self._id_of(found[-1])

    def _relock(self, rows: Sequence[Any]) -> Relocked:
        moved, done, refused = {}, 0, 0
        for row, key in zip(rows, self.keys(rows), strict=True):
            wrap = getattr(row, self.column)
            try:
                new = self._moved(row, wrap, key)
            except Refused:
                refused += 1
                continue
            if new == wrap:
                done += 1
            else:
                moved[self._id_of(row)] = (wrap, new)
        return Relocked(done + self._write(moved), refused)

    def _moved(self, row: Any, wrap: bytes, key: bytes | None) -> bytes:
        if key is None:
            raise Refused
        return Lock(host.here().peppers, key, row.account_id).relock(wrap, self.kind(row), self.place(row))

    def _write(self, moved: dict[tuple[Any, ...], tuple[bytes, bytes]]) -> int:
        """Only over what was read: a wrap made meanwhile is under the current pepper already.

        Rows that somebody holds are passed over, so that nobody who works on several can wait for us while we wait for
        them.
        """
        if not moved:
            return 0
        id_, (first, *_, last) = self._id, [*moved, *moved]
        # From the first to the last, and not one by one: SQLite would read the whole table for a list of pairs.
        held = select(*id_, self._wrap).where(tuple_(*id_) >= first, tuple_(*id_) <= last)
        these = and_(*(column == bindparam(f"its_{column.name}") for column in id_))
        with database.writing() as c:
            rows = c.execute(held.with_for_update(skip_locked=True, key_share=True)).all()
            same = [it for row in rows if moved.get(it := self._id_of(row), (None,))[0] == getattr(row, self.column)]
            values = [{f"its_{c.name}": v for c, v in zip(id_, it, strict=True)} | {"new": moved[it][1]} for it in same]
            if values:
                c.execute(update(self.table).where(these).values({self.column: bindparam("new")}), values)
        return len(same)

    def _id_of(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, column.name) for column in self._id)
