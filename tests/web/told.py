"""What the log says while something is done, in this process."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from journal.web import logs


@contextmanager
def the_log(level: int = logging.INFO) -> Iterator[list[dict[str, Any]]]:
    """Every line said meanwhile, as read back."""
    lines: list[dict[str, Any]] = []
    root, ours = logging.getLogger(), logging.getLogger("journal")
    before = ours.level
    ours.setLevel(level)
    logs.speak(level, lambda line: lines.append(json.loads(line)))
    root.addHandler(logs.handler)
    try:
        yield lines
    finally:
        root.removeHandler(logs.handler)
        ours.setLevel(before)
        logs.be_silent()
