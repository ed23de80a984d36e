"""Schemas that look only at what was sent find the same as marshmallow's own, and refuse the same in the same words."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from marshmallow import Schema, ValidationError

from journal.sessions import schemas
from journal.web.lean import Lean
from tests.sessions.bodies import KINDS

DRAFTS: dict[str, type[Schema]] = {
    "courses": schemas.CourseDraft, "sessions": schemas.SessionDraft, "check-ins": schemas.CheckInDraft,
    "additions": schemas.AdditionDraft,
}  # fmt: skip
NOTHING = object()
OTHERWISE = (NOTHING, None, [], {}, "", "x", "2026-11-20T10:30:00-05:00", 1, 1.5, True, [None], {"x": None}, ["x", "x"])

Path = tuple[Any, ...]


@pytest.mark.parametrize("kind", KINDS)
def test_they_agree_about_every_change_of_one_thing(kind, monkeypatch):
    """Everything in a body in turn taken out, said otherwise, or joined by a stranger."""
    bodies = [KINDS[kind], *changed(KINDS[kind]), None, [], "x", [KINDS[kind]]]
    lean = [outcome(DRAFTS[kind](), body) for body in bodies]
    monkeypatch.delattr(Lean, "_deserialize")
    monkeypatch.delattr(Lean, "on_bind_field")
    usual = [outcome(DRAFTS[kind](), body) for body in bodies]

    assert lean == usual
    assert sum(refused for refused, _ in lean) > len(lean) / 3
    assert not all(refused for refused, _ in lean)


def outcome(schema: Schema, body: Any) -> tuple[bool, Any]:
    """Whether it is refused, and in which words; or what was loaded."""
    try:
        return False, schema.load(deepcopy(body))
    except ValidationError as error:
        return True, error.normalized_messages()


def changed(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in paths(body):
        for value in OTHERWISE:
            other = deepcopy(body)
            place = other
            for step in path[:-1]:
                place = place[step]
            if value is NOTHING:
                del place[path[-1]]
            else:
                place[path[-1]] = value
            yield other
            if isinstance(place, dict):
                yield with_a_stranger(body, path[:-1])


def with_a_stranger(body: dict[str, Any], path: Path) -> dict[str, Any]:
    other = deepcopy(body)
    place = other
    for step in path:
        place = place[step]
    place["stranger"] = 1
    return other


def paths(value: Any, before: Path = ()) -> Iterator[Path]:
    """The way to everything inside."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in members:
        yield (*before, step)
        yield from paths(inner, (*before, step))
