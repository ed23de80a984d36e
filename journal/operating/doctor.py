"""`flask doctor`: everything a start looks at and more, for people and for programs."""

import json
import sys
import textwrap

import click
from flask import Flask, current_app

from config import UnsafeStart
from journal import clock
from journal.operating import checks
from journal.operating.finding import LEVELS, NOTE, OK, REFUSE, WARN, Finding, worst
from journal.operating.start import NEVER

# What programs that watch a host take for well, a warning, and a fault.
EXITS = {OK: 0, NOTE: 0, WARN: 1, REFUSE: 2}
WIDTH = 110


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs; docs/operating/doctor.md has its shape.")
def doctor(as_json: bool) -> None:
    """Look at everything, and erase again what a restore brought back.

    Ends with 0 when all is well, 1 when something should be mended, 2 when it must be before anybody is served.
    """
    found = checks.findings(current_app._get_current_object())  # type: ignore[attr-defined]
    _tell(found, as_json)


def instead(refused: UnsafeStart) -> Flask:
    """An app that has nothing but a doctor who says why there is no other; where none was asked for, the end."""
    if "doctor" not in sys.argv[1:]:
        print(refused, file=sys.stderr)  # noqa: T201
        sys.exit(NEVER)
    app = Flask("refused", static_folder=None)

    @app.cli.command("doctor")
    @click.option("--json", "as_json", is_flag=True)
    def doctor(as_json: bool) -> None:
        _tell([Finding("settings", REFUSE, str(refused))], as_json)

    return app


def _tell(found: list[Finding], as_json: bool) -> None:
    click.echo(_as_json(found) if as_json else _in_words(found))
    raise SystemExit(EXITS[worst(found)])


def _as_json(found: list[Finding]) -> str:
    looked_at = clock.now().isoformat(timespec="seconds")
    listed = [{"name": it.name, "level": it.level, "says": it.says, "mend": it.mend} for it in found]
    return json.dumps({"looked_at": looked_at, "level": worst(found), "findings": listed}, indent=2)


def _in_words(found: list[Finding]) -> str:
    """What is well first and the worst last, where it is read."""
    wide = max(len(it.name) for it in found)
    lines = [_line(it, wide) for it in sorted(found, key=lambda it: LEVELS.index(it.level))]
    counted = {level: sum(it.level == level for it in found) for level in LEVELS}
    if not counted[WARN] + counted[REFUSE]:
        return "\n".join([*lines, "All is well."])
    return "\n".join([*lines, f"{counted[REFUSE]} must be mended before it serves, {counted[WARN]} should be mended."])


def _line(finding: Finding, wide: int) -> str:
    margin = " " * (len(REFUSE) + wide + 4)
    said = textwrap.wrap(finding.says, WIDTH - len(margin), break_long_words=False)
    mend = textwrap.wrap(finding.mend, WIDTH - len(margin) - 2, break_long_words=False, break_on_hyphens=False)
    first = f"{finding.level:{len(REFUSE)}}  {finding.name:{wide}}  "
    return "\n".join([first + said[0], *(margin + it for it in said[1:]), *(f"{margin}> {it}" for it in mend)])
