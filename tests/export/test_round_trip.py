"""A journal taken out and brought into an empty account is the same journal, for any journal there can be."""

from typing import Any
from uuid import UUID

import jsonschema_rs
import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from journal.accounts.service import fill_settings
from journal.database import writing
from journal.export import checking, importing, json_file
from journal.export.json_schema import json_schema
from journal.export.material import Choice, gathered
from journal.sessions.drafts import draft_of
from journal.sessions.together import ORDER, New, keep_new
from tests.export.conftest import begin_anew, owner_of
from tests.export.journals import DETAILS, KNOWN, journals

MANY = 1000
VALID = jsonschema_rs.Draft202012Validator(json_schema(), validate_formats=True)
KIND = dict(zip(("courses", "additions", "sessions", "check_ins"), ORDER, strict=True))


@pytest.mark.slow
def test_a_thousand_journals_come_back_as_they_were(app, the_cast):
    seen: set[tuple[str, ...]] = set()
    count = run(app, the_cast, MANY, seen)

    assert count >= MANY
    assert missing(seen) == set()


def test_a_few_journals_come_back_as_they_were(app, the_cast):
    assert run(app, the_cast, 25, set()) >= 25


def run(app, the_cast, most: int, seen: set) -> int:
    count = 0

    # Shrinking a journal takes minutes, and the first one that differs says enough.
    @settings(
        max_examples=most, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(journals())
    def comes_back(journal: dict[str, Any]) -> None:
        nonlocal count
        count += 1
        note(journal, seen)
        begin_anew(hers)
        begin_anew(empty)
        keep(hers, journal)
        first = taken_out(hers)
        brought_in(empty, first)
        assert without_time(taken_out(empty)) == without_time(first)

    with app.app_context():
        hers, empty = owner_of(app, the_cast["maya"]), owner_of(app, the_cast["noor"])
        comes_back()
    return count


def keep(owner, journal) -> None:
    """Every row as the API would take it."""
    new = []
    for name, kind in KIND.items():
        for body in journal[name]:
            loaded = checking._SHAPES[name][1].load(body)
            new.append(New(kind, UUID(str(loaded.pop("id"))), draft_of(loaded)))
    with writing() as c:
        keep_new(c, owner, new)
        fill_settings(c, owner, journal["settings"])


def taken_out(owner) -> bytes:
    raw = b"".join(json_file.written(gathered(owner, Choice())))
    VALID.validate(orjson.loads(raw))
    return raw


def brought_in(owner, raw: bytes) -> None:
    read = checking.read("shoreline", raw, "UTC", None)
    assert read.errors == []
    preview = importing.weighed(owner, read)
    assert preview.errors == []
    assert importing.keep(owner, "shoreline", read)["kept"] == len(preview.new) == read.rows


def without_time(raw: bytes) -> bytes:
    """The file but for when it was made."""
    document = orjson.loads(raw)
    del document["made_at"]
    return orjson.dumps(document)


def note(journal, seen: set) -> None:
    for check_in in journal["check_ins"]:
        ratings, story = check_in["ratings"], check_in.get("story", {})
        seen.add(("moment", ratings["moment"]))
        seen.update(("item", name) for name in ratings["answers"])
        seen.update(("instrument", name) for name in ratings.get("instruments", ()))
        seen.update(("prompt", name) for name in story.get("texts", ()))
        for which in ("noticed", "bothered"):
            for name, details in ratings.get(which, {}).items():
                seen.add(("term", name if name in KNOWN.term else "own"))
                seen.update(("detail", detail) for detail in details)


def missing(seen: set) -> set:
    """What the catalogue knows and no journal had."""
    there = {("moment", it.id) for it in KNOWN.moments} | {("item", it.id) for it in KNOWN.items}
    there |= {("prompt", it.id) for it in KNOWN.prompts} | {("instrument", it.id) for it in KNOWN.instruments}
    there |= {("term", it.id) for it in KNOWN.terms} | {("detail", name) for name in DETAILS} | {("term", "own")}
    return there - seen
