"""What a page is put together from. Each block is data for the template; words go in as text and stay text."""

from collections.abc import Iterable, Mapping
from typing import Any

from journal.export.pdf.written import Line, lines, plain

Block = dict[str, Any]

NEW_PAGE: Block = {"kind": "page"}
CONTENTS: Block = {"kind": "contents"}


def heading(level: int, text: str | list[Line]) -> Block:
    """A heading."""
    return {"kind": "heading", "level": level, "lines": _lines(text)}


def paragraph(text: str, kind: str = "text") -> Block:
    """Words of our own: `text`, `soft` for what explains, `boxed` for what must be seen."""
    return {"kind": kind, "lines": plain(text)}


def boxed(sentences: Iterable[list[Line]]) -> Block:
    """A notice."""
    return {"kind": "boxed", "lines": [line for sentence in sentences for line in sentence]}


def points(sentences: Iterable[str]) -> Block:
    """A list."""
    return {"kind": "list", "items": [plain(sentence) for sentence in sentences]}


def words(label: str, text: str) -> Block:
    """Words of the patient, under what they answer."""
    return {"kind": "words", "lines": lines(text)} | ({"label": label} if label else {})


def facts(rows: Iterable[tuple[str, str | list[Line]]]) -> list[Block]:
    """Facts beside their names; nothing where there are none."""
    found = [{"label": label, "lines": _lines(value)} for label, value in rows]
    return [{"kind": "facts", "rows": found}] if found else []


def beside(rows: Iterable[tuple[str, list[Line]]]) -> list[Block]:
    """Several things beside each other, behind what they have in common."""
    found = [{"label": label, "pieces": pieces} for label, pieces in rows]
    return [{"kind": "beside", "rows": found}] if found else []


def rating(label: list[Line], shown: str, value: int | None = None, also: str = "") -> Block:
    """One rating with what was said beside it."""
    row: Block = {"lines": label, "shown": shown, "also": also}
    return row if value is None else row | {"value": value}


def ratings(rows: Iterable[Block]) -> list[Block]:
    """Ratings below each other, as bars."""
    found = list(rows)
    return [{"kind": "ratings", "rows": found}] if found else []


def row(label: str | list[Line], cells: Iterable[Mapping[str, Any]], *, strong: bool = False) -> Block:
    """A row of a table."""
    return {"lines": _lines(label), "cells": list(cells), "strong": strong}


def matrix(corner: str, columns: list[str], rows: list[Block], first: int = 30) -> Block:
    """A table; `first` is the width of its first column in hundredths."""
    return {"kind": "matrix", "corner": corner, "columns": columns, "rows": rows, "first": first}


def columns(left: list[Block], right: list[Block]) -> Block:
    """Two things beside each other."""
    return {"kind": "columns", "left": left, "right": right}


def _lines(text: str | list[Line]) -> list[Line]:
    return plain(text) if isinstance(text, str) else text
