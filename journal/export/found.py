"""A file that was read: rows that can be kept, and rows that cannot and why."""

from dataclasses import dataclass, field
from uuid import UUID

from journal.export.reading import Json, RowError
from journal.sessions.rows import Draft, Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A row that can be kept. One without an id is known by what it says."""

    row: int
    kind: Kind
    id: UUID | None
    draft: Draft


@dataclass
class Read:
    """A file, read: how many rows, what they say, what is wrong, and what else is to be known."""

    rows: int = 0
    found: list[Found] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    settings: Json = field(default_factory=dict)
