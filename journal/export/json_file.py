"""The journal as JSON: complete, and it comes back in. A line is a row, so that it can be read piece by piece."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from journal.content import VERSION as CATALOGUE
from journal.export.material import Choice, Material, Shared
from journal.export.notice import sentences
from journal.sessions.rows import Opened

Json = dict[str, Any]

FORMAT, VERSION = "shoreline-journal", 1
# In this order a reader has met whatever a row names.
LISTS = ("courses", "additions", "sessions", "check_ins")
PIECE = 64 * 1024


def written(material: Material) -> Iterator[bytes]:
    """The file in pieces; it is never whole in memory."""
    return in_pieces(_parts(material))


def in_pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of some size: a thousand tiny ones would cost more to send than to make."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def row(opened: Opened) -> Json:
    """A row as the file has it: without its revision, which belongs to the store it was in."""
    shown: Json = {"id": opened.id, **opened.links, "ratings": opened.ratings}
    if opened.story is not None:
        shown["story"] = opened.story
    return shown


def _parts(material: Material) -> Iterator[bytes]:
    yield orjson.dumps(_head(material))[:-1]
    for name in LISTS:
        yield b',\n"%s":[' % name.encode()
        between = b"\n"
        for opened in getattr(material, name):
            yield between + orjson.dumps(row(opened))
            between = b",\n"
        yield b"\n]"
    yield b"}\n"


def _head(material: Material) -> Json:
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": material.made_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "catalogue": CATALOGUE,
        "whole": material.choice.is_whole,
        "unopened": material.unopened,
        "choice": _choice(material.choice),
        "settings": material.settings,
        **_shared(material.shared),
    }


def _shared(shared: Shared | None) -> Json:
    if shared is None:
        return {}
    what_for = {"what_for": shared.what_for} if shared.what_for else {}
    return {"shared_with": {"name": shared.whom, **what_for, "notice": " ".join(sentences(shared))}}


def _choice(choice: Choice) -> Json:
    days = {"since": choice.since, "until": choice.until}
    shown: Json = {name: day.isoformat() for name, day in days.items() if day is not None}
    return shown | {"kinds": sorted(choice.kinds), "story": choice.story}
