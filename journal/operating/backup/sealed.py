"""Which column holds which kind of sealed value, so that each can be looked at without a key that opens it."""

from collections.abc import Mapping, Sequence
from typing import Any

from journal.crypto import PublicIdentity, Refused, check_header, pepper_id_of

_SECTION = {"about_key": ("section_key",), "about": ("section_body",)}
_ROW = {
    "ratings_key": ("section_key",), "ratings": ("section_body",),
    "story_key": ("section_key",), "story": ("section_body",),
}  # fmt: skip
LOCK, IDENTITY = "lock", "public_identity"
# More than one kind where the row says which: the log is written under a share, or by the patient.
KINDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "accounts": {"public_identity": (IDENTITY,), "profile_key": ("section_key",), "profile": ("section_body",)},
    "ways_in": {"wrap": (LOCK,)},
    "courses": _ROW,
    "dosing_sessions": _ROW,
    "check_ins": _ROW,
    "additions": _ROW,
    "devices": _SECTION,
    "deposits": {"blob": ("deposit",)},
    "pins": _SECTION,
    "shares": {**_SECTION, "letter": (LOCK,)},
    "lent": {"key": ("lent_key",)},
    "share_notes": {"body": ("note",)},
    "reviews": _SECTION,
    "access_log": {"key": ("section_key",), "body": ("note", "section_body")},
    "returns": {"letter": (LOCK,)},
    "returned_rows": {"body": ("note",)},
    "imports": _SECTION,
}


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
