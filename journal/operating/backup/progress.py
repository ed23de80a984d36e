"""How far it is, on a terminal; nothing where nobody looks, such as in a timer's log."""

import sys
import time

import click

_EVERY_SECONDS = 0.2


class Progress:
    """One line that is written over."""

    def __init__(self) -> None:
        self._on, self._last, self._rows, self._what = sys.stderr.isatty(), 0.0, 0, ""

    def begin(self, what: str) -> None:
        """Something else is being done now."""
        self._what, self._rows = what, 0

    def rows(self, more: int) -> None:
        """So many rows more."""
        self._rows += more
        now = time.monotonic()
        if self._on and now - self._last > _EVERY_SECONDS:
            self._last = now
            click.echo(f"\r{self._what}: {self._rows:,} rows ", nl=False, err=True)

    def end(self) -> None:
        """Clear the line."""
        if self._on and self._last:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
