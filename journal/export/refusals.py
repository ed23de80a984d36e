"""What this room refuses."""

from typing import ClassVar

from journal.errors import Problem
from journal.export.pdf import NotPrinted, TooMuch


class NoPaper(Problem):
    """A document could not be set as PDF. Why is not told: it may quote the patient."""

    slug: ClassVar[str] = "no-paper"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "This could not be put on paper"
    detail = "The PDF could not be made, and nothing of it was kept. Try again in a moment, or choose another format."


def on_paper(why: NotPrinted) -> NoPaper:
    """The refusal for whoever asked for a PDF."""
    if isinstance(why, TooMuch):
        return NoPaper("This is too much for one PDF. Choose a shorter time, such as a year, or another format.")
    return NoPaper()
