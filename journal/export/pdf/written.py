"""Words of a person made fit for paper: as lines, each with its direction. Nothing of them is left out silently."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

Line = dict[str, Any]

_LINES = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# No font shows these, and a page has no use for them; the sign for a character that cannot be shown stands instead.
_NO_SHAPE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ufff9-\ufffb\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
# These would turn letters around that somebody else has to read. The letters themselves stay in their order.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_RTL = frozenset({"R", "AL"})
_KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
# A run of signs that is longer than a line is broken after so many; nobody's word is.
_LONGEST = 48
_RUN = re.compile(rf"\S{{{_LONGEST + 1},}}")
_BREAK = "\u200b"
_JOINED = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})


def lines(text: str) -> list[Line]:
    """The lines of a text; of many empty ones in a row one stays."""
    found: list[Line] = []
    for part in _LINES.split(text):
        line = _line(part)
        if line["text"] or not found or found[-1]["text"]:
            found.append(line)
    return found


def one_line(text: str) -> list[Line]:
    """A text for a place that has room for no more than a line, such as a name in a table."""
    return [_line(_LINES.sub(" ", text))]


def plain(text: str) -> list[Line]:
    """Words of our own."""
    return [{"text": text}]


def _line(part: str) -> Line:
    text = _NO_SHAPE.sub("\ufffd", _TURNING.sub("", part.replace("\t", "    ").rstrip(" ")))
    line: Line = {"text": _RUN.sub(lambda run: _BREAK.join(_broken(run.group())), text)}
    if _goes_right_to_left(text):
        line["rtl"] = True
    if _KANA.search(text):
        line["cjk"] = "JP"
    elif _HANGUL.search(text):
        line["cjk"] = "KR"
    return line


def _goes_right_to_left(text: str) -> bool:
    """As its first letter does."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RTL for kind in kinds if kind in _RTL or kind == "L"), False)


def _broken(run: str) -> Iterator[str]:
    """A run in pieces, and no sign apart from what stands on it, unless more stands on it than ever should."""
    start = 0
    for place in range(1, len(run)):
        whole = unicodedata.category(run[place]) not in _JOINED and run[place - 1] != "\u200d"
        if place - start >= _LONGEST and (whole or place - start >= 2 * _LONGEST):
            yield run[start:place]
            start = place
    yield run[start:]
