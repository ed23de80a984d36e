"""Looks at the sealed values of rows on their way into a backup or out of one, without a key that opens them."""

from collections.abc import Sequence
from typing import Any

from journal.crypto import PublicIdentity, Refused, check_header, pepper_id_of
from journal.operating.columns import IDENTITY, KINDS, LOCK


class Looking:
    """Looks at rows of one table: counts values that are not what they should be, and notes the secrets they need."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        known = KINDS.get(table, {})
        self._at = [(columns.index(name), kinds) for name, kinds in known.items() if name in columns]
        self._id_at = columns.index("id") if IDENTITY in columns and "id" in columns else None
        self.damaged = 0
        self.pepper_ids: set[bytes] = set()

    def at(self, row: Sequence[Any]) -> None:
        """Look at every sealed value of a row."""
        for index, kinds in self._at:
            value = row[index]
            if value is not None and not any(self._is(kind, value, row) for kind in kinds):
                self.damaged += 1

    def _is(self, kind: str, value: Any, row: Sequence[Any]) -> bool:
        try:
            if kind == IDENTITY:
                assert self._id_at is not None
                PublicIdentity.decode(value, row[self._id_at])
                return True
            check_header(kind, value)
            if kind == LOCK:
                self.pepper_ids.add(pepper_id_of(value))
        except Refused:
            return False
        return True
