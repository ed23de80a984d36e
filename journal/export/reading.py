"""What rows of another journal say, and how that is told here. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Json = dict[str, Any]

# So many rows are taken at once: what was kept is noted under one seal.
MOST_ROWS = 20_000
# The longest text that has a place of its own, and where more of it goes on.
TEXT_MOST = 20_000
PROMPT = "story.line"


class NotThisKind(Exception):
    """The file as a whole is not what it was said to be; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in a row and what to do about it."""

    row: int
    detail: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A check-in of any time, from a row of somebody else's table. `at` has its offset; `words` are the story."""

    row: int
    at: str
    time_zone: str
    answers: dict[str, int]
    words: str


def as_check_in(noted: Noted) -> Json:
    """The check-in as the API takes one. It was written when it happened, as far as the file tells."""
    times = {"happened_at": noted.at, "time_zone": noted.time_zone, "written_at": noted.at}
    ratings: Json = {"moment": "anytime", **times, "finished": True}
    if noted.answers:
        ratings["answers"] = noted.answers
    body: Json = {"ratings": ratings}
    if noted.words:
        body["story"] = _story(noted)
    return body


def joined(parts: Iterable[str]) -> str:
    """Words one below another."""
    return "\n".join(part for part in parts if part.strip())


def _story(noted: Noted) -> Json:
    """The words in the prompt for a line; what is longer than a text may be goes on in notes, to the letter."""
    pieces = [noted.words[at : at + TEXT_MOST] for at in range(0, len(noted.words), TEXT_MOST)]
    story: Json = {"texts": {PROMPT: pieces[0]}}
    if len(pieces) > 1:
        story["notes"] = [
            {"id": str(UUID(int=place)), "written_at": noted.at, "text": piece}
            for place, piece in enumerate(pieces[1:], 1)
        ]
    return story
