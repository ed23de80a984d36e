"""Whom to call, by region. regions.json holds the numbers, each with who checked it or what still needs a person.

A number is never typed in by default: a region without a crisis line offers its emergency number alone.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@dataclass(frozen=True)
class Line:
    """A crisis line: its own name, and the numbers to call or text."""

    name: str
    tel: str
    sms: str = ""


@dataclass(frozen=True)
class Region:
    """A region's emergency number and crisis lines; `verified` says who checked them, if anyone."""

    id: str
    emergency: tuple[str, ...]
    lines: tuple[Line, ...]
    verified: str


@cache
def regions() -> tuple[Region, ...]:
    """Every region help is known for."""
    rows = orjson.loads(files(__name__).joinpath("regions.json").read_bytes())["regions"]
    return tuple(_region(row) for row in rows)


def _region(row: dict[str, Any]) -> Region:
    lines = tuple(Line(**line) for line in row["lines"])
    return Region(row["id"], tuple(row["emergency"]), lines, row["verified"])
