"""A row as a reviewer sees it: what was lent, and no trace of what was not. Pure."""

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]

# What would tell of rows or words that are not lent: how many sessions there are, whether there is a story, how often
# something was changed and when it was re-read.
_KEPT_OUT = frozenset({"number", "with_story", "revised_at", "reread_at", "session_id", "course_id"})


def as_lent(row_id: str, ratings: Mapping[str, Any], story: Mapping[str, Any] | None, session_id: str | None) -> Row:
    """The row with the members that are lent."""
    shown: Row = {"id": row_id, "ratings": {name: it for name, it in ratings.items() if name not in _KEPT_OUT}}
    if session_id is not None:
        shown["session_id"] = session_id
    if story is not None:
        shown["story"] = dict(story)
    return shown
