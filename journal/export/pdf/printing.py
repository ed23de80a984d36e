"""Has a document set as PDF by a process of its own."""

import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, PIPE
from time import monotonic, sleep
from typing import Any, cast

import orjson

from journal import turns
from journal.errors import Busy

Json = dict[str, Any]

_PRESS = Path(__file__).with_name("press.py")
# Packages that hold nothing but fonts.
_FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
# The longest journal there is takes a minute or two, of the clock and of a core.
_PATIENCE = 600
# A thousand sessions take a gigabyte of memory while they are set, a megabyte each: all pages are there at once, for
# their tags and numbers. This is the most that one document may take.
_MOST_MEMORY = 2 << 30
# So much of the host's for each that is set at once.
_MEMORY_FOR_EACH = 4 << 30
# Somebody may be in line for so many seconds.
_IN_LINE = 60.0
# Threads of one process that may be here, waiting or at work; its others go on answering.
_MOST_HERE = 2
_COME_BACK_IN = 20
_room = threading.BoundedSemaphore(_MOST_HERE)
# So often somebody who waits can be told that it goes on.
_MOMENT = 1.0


class NotPrinted(Exception):
    """A document could not be set. What it says is not told: it may quote the patient."""


class TooMuch(NotPrinted):
    """It takes more memory or time than one document may."""


def printed(document: Json, made_at: datetime, folder: Path | None = None) -> bytes:
    """The document as PDF. Raises `NotPrinted`, and `Busy`."""
    waiting = printing(document, made_at, folder)
    while True:
        try:
            next(waiting)
        except StopIteration as made:
            return cast("bytes", made.value)


def printing(document: Json, made_at: datetime, folder: Path | None = None) -> Generator[None, None, bytes]:
    """The same, waiting about a second at a time. Closed before its end, nothing goes on being set.

    `folder` is where the processes of this host keep out of each other's way.
    """
    bounds = {"memory": _MOST_MEMORY, "seconds": _PATIENCE}
    about = {"fonts": fonts(), "made_at": made_at.isoformat(timespec="seconds"), **bounds}
    order = orjson.dumps({"document": document, **about})
    if not _room.acquire(blocking=False):
        raise Busy(_COME_BACK_IN)
    try:
        with (yield from _turn(folder)):
            pdf, status = yield from _run(order)
    finally:
        _room.release()
    # A negative one is a signal: of the kernel, that there is no memory, or its own, that it is given no more.
    if status < 0:
        raise TooMuch
    if status or not pdf:
        raise NotPrinted
    return pdf


def _turn(folder: Path | None) -> Generator[None, None, AbstractContextManager[Any]]:
    """One of the host's turns, once there is one; `Busy` when it takes too long."""
    if folder is None:
        return nullcontext()
    until = monotonic() + _IN_LINE
    while (held := turns.free(folder, "printing", at_once())) is None:
        if monotonic() > until:
            raise Busy(_COME_BACK_IN)
        sleep(_MOMENT)
        yield
    return held


@cache
def at_once() -> int:
    """How many documents are set at once on this host: as its memory allows, and no more than it has cores."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(memory // _MEMORY_FOR_EACH, len(os.sched_getaffinity(0))))


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
                    raise TooMuch
                yield
        finally:
            press.kill()


@cache
def fonts() -> list[str]:
    """The folders of the fonts, in the packages that bring them along."""
    found = (importlib.util.find_spec(name) for name in _FONTS)
    return [folder for spec in found if spec for folder in spec.submodule_search_locations or ()]
