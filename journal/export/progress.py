"""A file that takes its time, sent with lines before it that say how far it is."""

from collections.abc import Generator, Iterator
from typing import Any

import orjson

from journal.errors import Busy, Problem
from journal.export.pdf import NotPrinted, Step
from journal.export.refusals import on_paper

MEDIA = "application/x-ndjson-then-file"


def framed(steps: Generator[Step, None, bytes], media: str, name: str) -> Iterator[bytes]:
    """Lines of JSON, each ended by a line feed, and then the file as it is.

    `{"done": 3, "of": 13, "step": "telling"}` comes while it is made, about once a second at least; the step is
    `telling` or `setting`. Then `{"bytes": 48211, "media": "application/pdf", "name": "journal-2026-11-20.pdf"}`, and
    after its line feed exactly so many bytes: the file. Where it cannot be made there is `{"problem": {...}}` instead,
    with the members of any refusal, and nothing after it.
    """
    try:
        while True:
            step = next(steps)
            yield _line({"done": step.done, "of": step.of, "step": step.name})
    except StopIteration as made:
        yield _line({"bytes": len(made.value), "media": media, "name": name})
        yield made.value
    except NotPrinted as why:
        yield _line({"problem": _told(on_paper(why))})
    except Busy as busy:
        yield _line({"problem": _told(busy)})
    finally:
        steps.close()


def _line(value: Any) -> bytes:
    return orjson.dumps(value) + b"\n"


def _told(problem: Problem) -> dict[str, Any]:
    about = {"title": problem.title, "status": problem.status, "detail": problem.detail}
    return {"type": f"/problems/{problem.slug}", **about}
