"""Those who look for what was lost find it: nothing that is planted here passes them."""

import sqlite3
from contextlib import closing
from copy import deepcopy
from typing import Any

import pytest

from tests.faults.afterwards import Found, compare, damaged
from tests.faults.writers import Written


def says(line: str) -> dict[str, Any]:
    return {"ratings": {"moment": "anytime"}, "story": {"texts": {"story.line": line}}}


# As their writers know them: one acknowledged, one given up while it was new, one given up while it was revised.
ROWS = {
    "kept": Written([(2, says("gulls"))]),
    "new": Written([None, (1, says("rain"))]),
    "revised": Written([(1, says("moss")), (2, says("fern"))]),
}
THERE = [
    {"id": "kept", "revision": 2, **says("gulls")},
    {"id": "new", "revision": 1, **says("rain")},
    {"id": "revised", "revision": 1, **says("moss")},
]


def looked(items: list[dict[str, Any]]) -> dict[str, int]:
    """How many of what were found."""
    found = Found()
    compare(items, ROWS, found)
    assert found.nothing == (found == Found())
    return {name: len(value) for name, value in vars(found).items() if value}


@pytest.mark.parametrize(
    "items", [THERE, [THERE[0], THERE[2]], [*THERE[:2], {"id": "revised", "revision": 2, **says("fern")}]]
)
def test_what_was_given_up_may_be_there_or_not(items):
    assert looked(items) == {}


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"revision": 1}, {"lost": 1}),
        ({"revision": 3}, {"lost": 1}),
        ({"ratings": {"moment": "landing"}}, {"lost": 1}),
        ({"story": {"texts": {"story.line": "other"}}}, {"lost": 1}),
        ({"opens": False}, {"lost": 1}),
        ({"id": "of nobody"}, {"lost": 1, "unknown": 1}),
    ],
)
def test_what_was_acknowledged_must_be_there_as_it_was_sent(changed, found):
    assert looked([THERE[0] | changed, *THERE[1:]]) == found


def test_nothing_is_there_twice():
    again = deepcopy(THERE[0]) | {"id": "again"}
    assert looked([*THERE, again]) == {"twice": 1, "unknown": 1}
    assert looked([*THERE, THERE[0]]) == {"twice": 2}


def test_what_was_given_up_is_not_there_in_part():
    assert looked([*THERE[:2], {"id": "revised", "revision": 2, **says("moss")}]) == {"torn": 1}
    assert looked([THERE[0], {"id": "new", "revision": 1, "ratings": {}}, THERE[2]]) == {"torn": 1}
    assert looked(THERE[:2]) == {"torn": 1}


def test_a_damaged_file_is_found(tmp_path):
    file = tmp_path / "rows.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO rows VALUES (?)", [(f"row {number}",) for number in range(2000)])
    assert damaged(f"sqlite:///{file}") == []
    with file.open("r+b") as pages:
        pages.seek(4096 * 3)
        pages.write(bytes(4096))
    assert damaged(f"sqlite:///{file}") != []
