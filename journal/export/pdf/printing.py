"""Has a document set as PDF by a process of its own."""

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, PIPE
from time import monotonic
from typing import Any, cast

import orjson

Json = dict[str, Any]

_PRESS = Path(__file__).with_name("press.py")
# Packages that hold nothing but fonts.
_FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
# The longest journal there is takes a minute or two.
_PATIENCE = 600
# So often somebody who waits can be told that it goes on.
_MOMENT = 1.0
# A thousand sessions take a gigabyte of memory while they are set.
_ONE_AT_A_TIME = threading.Lock()


class NotPrinted(Exception):
    """A document could not be set. What it says is not told: it may quote the patient."""


def printed(document: Json, made_at: datetime) -> bytes:
    """The document as PDF. Raises `NotPrinted`."""
    waiting = printing(document, made_at)
    while True:
        try:
            next(waiting)
        except StopIteration as made:
            return cast("bytes", made.value)


def printing(document: Json, made_at: datetime) -> Generator[None, None, bytes]:
    """The same, waiting about a second at a time. Closed before its end, nothing goes on being set."""
    order = orjson.dumps({"document": document, "fonts": fonts(), "made_at": made_at.isoformat(timespec="seconds")})
    while not _ONE_AT_A_TIME.acquire(timeout=_MOMENT):
        yield
    try:
        pdf, status = yield from _run(order)
    finally:
        _ONE_AT_A_TIME.release()
    if status or not pdf:
        raise NotPrinted
    return pdf


def _run(order: bytes) -> Generator[None, None, tuple[bytes, int]]:
    """What the press wrote, and how it ended."""
    patience, waiting = monotonic() + _PATIENCE, [order]
    press = subprocess.Popen(  # noqa: S603 - our own program, and what the patient wrote goes in as data
        [sys.executable, "-I", str(_PRESS)], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
    )
    with press:
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    # What was not sent yet is remembered over there, and must not be given again.
                    pdf, _ = press.communicate(waiting.pop() if waiting else None, timeout=_MOMENT)
                    return pdf, press.returncode
                if monotonic() > patience:
                    raise NotPrinted
                yield
        finally:
            press.kill()


@cache
def fonts() -> list[str]:
    """The folders of the fonts, in the packages that bring them along."""
    found = (importlib.util.find_spec(name) for name in _FONTS)
    return [folder for spec in found if spec for folder in spec.submodule_search_locations or ()]
