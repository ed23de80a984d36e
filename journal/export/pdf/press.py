"""Sets a document as PDF, in a process of its own: nothing a patient wrote stays in the server's memory afterwards.

It reads JSON and writes PDF, touches no file but the template and the fonts, and knows nothing of the journal.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, cast

import typst

TEMPLATE = Path(__file__).with_name("paper.typ")
# First as one that says it is accessible; a character that no font has would make that untrue.
STANDARDS: tuple[Literal["ua-1", "1.7"], ...] = ("ua-1", "1.7")


def main() -> None:
    """From standard input to standard output."""
    order = json.load(sys.stdin.buffer)
    _be_bounded(order["memory"], order["seconds"])
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=order["fonts"])
    compiler = typst.Compiler(root=TEMPLATE.parent, font_paths=fonts)
    template, inputs = TEMPLATE.read_bytes(), {"document": json.dumps(order["document"])}
    at = datetime.fromisoformat(order["made_at"])
    for standard in STANDARDS:
        try:
            pdf = compiler.compile(template, format="pdf", sys_inputs=inputs, pdf_standards=[standard], timestamp=at)
        except typst.TypstError:
            if standard == STANDARDS[-1]:
                # What went wrong may quote the patient's words, and goes nowhere.
                sys.exit(3)
        else:
            sys.stdout.buffer.write(cast("bytes", pdf))
            return


def _be_bounded(memory: int, seconds: int) -> None:
    """Rather this process than another of the host: it ends where it wants more, and goes first where none is left.

    No image of its memory is kept when it does.
    """
    bounds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_DATA: memory, resource.RLIMIT_CPU: seconds}
    for bound, most in bounds.items():
        # Where less is allowed already, or a sandbox lets nobody ask, what is around it is the bound.
        with suppress(OSError, ValueError):
            resource.setrlimit(bound, (most, most))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        # As the typesetter does.
        os.abort()
