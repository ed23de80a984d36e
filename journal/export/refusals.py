"""What this room refuses."""

from typing import ClassVar

from journal.errors import Problem


class NoPaper(Problem):
    """A document could not be set as PDF. Why is not told: it may quote the patient."""

    slug: ClassVar[str] = "no-paper"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "This could not be put on paper"
    detail = "The PDF could not be made, and nothing of it was kept. Try again in a moment, or choose another format."
