"""From what a schema loaded to a draft that can be sealed."""

from uuid import UUID

import orjson

from journal.sessions.rows import Document, Draft


def draft_of(loaded: Document) -> Draft:
    """Uuids and dates become text again; links stand apart from what is only sealed."""
    links: dict[str, UUID | None] = {name: loaded[name] for name in ("course_id", "session_id") if name in loaded}
    return Draft(_plain(loaded["ratings"]), _plain(loaded["story"]) if loaded.get("story") else None, links)


def _plain(section: Document) -> Document:
    """What will be read back after it was written, so that a draft equals its stored self."""
    found: Document = orjson.loads(orjson.dumps(section))
    return found
