"""`make bench`: every figure is a ratio of two things measured in this run, side by side.

python -m bench [posting|trends|brief|sign-in|growth|documents|export|flood|watching|backup ...]
"""

import argparse
import sys
from collections.abc import Callable, Iterable

from bench import backup, brief, documents, export, flood, growth, posting, sign_in, trends, watching
from bench.report import Measured

PARTS: dict[str, Callable[[], Iterable[Measured]]] = {
    "posting": posting.measure,
    "trends": trends.measure,
    "brief": brief.measure,
    "sign-in": sign_in.measure,
    "growth": growth.measure,
    "documents": documents.measure,
    "export": export.measure,
    "flood": flood.measure,
    "watching": watching.measure,
    "backup": backup.measure,
}


def main() -> int:
    """Measure what was asked for, or everything; 1 when a bar is not met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=main.__doc__)
    parser.add_argument("part", nargs="*", help=f"of {', '.join(PARTS)}; all of them where none is named")
    asked = parser.parse_args().part
    if unknown := [name for name in asked if name not in PARTS]:
        parser.error(f"there is no {', '.join(unknown)}; choose from {', '.join(PARTS)}")
    missed = 0
    for name in asked or PARTS:
        print(f"== {name}")
        for measured in PARTS[name]():
            print(measured.line(), flush=True)
            missed += not measured.met
    return 1 if missed else 0


sys.exit(main())
