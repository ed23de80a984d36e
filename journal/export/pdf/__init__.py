"""The journal and the integration brief on paper: PDF with tags, text in reading order, charts as vectors."""

from journal.export.pdf.book import Step, making, my_journal
from journal.export.pdf.brief import brief_page
from journal.export.pdf.printing import NotPrinted, TooMuch

__all__ = ["NotPrinted", "Step", "TooMuch", "brief_page", "making", "my_journal"]
