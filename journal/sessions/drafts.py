"""From what a schema loaded to a draft that can be sealed."""

from typing import Any
from uuid import UUID

from journal.sessions.rows import Document, Draft


def draft_of(loaded: Document) -> Draft:
    """Uuids and dates become text again; links stand apart from what is only sealed."""
    links: dict[str, UUID | None] = {name: loaded[name] for name in ("course_id", "session_id") if name in loaded}
    return Draft(_plain(loaded["ratings"]), _plain(loaded["story"]) if loaded.get("story") else None, links)


def _plain(value: Any) -> Any:
    """What orjson would read back after writing this, so that a draft equals its stored self."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
