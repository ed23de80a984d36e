"""Sets a document as PDF, in a process of its own: nothing a patient wrote stays in the server's memory afterwards.

It reads JSON and writes PDF, touches no file but the template and the fonts, and knows nothing of the journal.
"""

import json
import sys
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


if __name__ == "__main__":
    main()
