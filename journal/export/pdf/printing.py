"""Has a document set as PDF by a process of its own."""

import importlib.util
import subprocess
import sys
import threading
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

Json = dict[str, Any]

_PRESS = Path(__file__).with_name("press.py")
# Packages that hold nothing but fonts.
_FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
# The longest journal there is takes a minute or two.
_PATIENCE = 600
# A thousand sessions take a gigabyte of memory while they are set.
_ONE_AT_A_TIME = threading.Lock()


class NotPrinted(Exception):
    """A document could not be set. What it says is not told: it may quote the patient."""


def printed(document: Json, made_at: datetime) -> bytes:
    """The document as PDF. Raises `NotPrinted`."""
    order = {"document": document, "fonts": fonts(), "made_at": made_at.isoformat()}
    try:
        with _ONE_AT_A_TIME:
            done = _run(orjson.dumps(order))
    except subprocess.TimeoutExpired:
        raise NotPrinted from None
    if done.returncode or not done.stdout:
        raise NotPrinted
    return done.stdout


def _run(order: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own program, and what the patient wrote goes in as data
        [sys.executable, "-I", str(_PRESS)], input=order, capture_output=True, check=False, timeout=_PATIENCE, env={}
    )


@cache
def fonts() -> list[str]:
    """The folders of the fonts, in the packages that bring them along."""
    found = (importlib.util.find_spec(name) for name in _FONTS)
    return [folder for spec in found if spec for folder in spec.submodule_search_locations or ()]
