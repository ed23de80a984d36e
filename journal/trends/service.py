"""The series of one owner, worked out at each reading from what the owner's keys open. Nothing is kept."""

from uuid import UUID

from journal.accounts.service import Owner
from journal.errors import NotFound
from journal.sessions.service import whole_journal
from journal.trends import comparison, series
from journal.trends.visits import Json


def trends(owner: Owner) -> Json:
    """Every series, and how many rows did not open and so are not in them."""
    journal = whole_journal(owner, stories=True)
    found = series.trends((row.as_json() for row in journal.sessions), (row.as_json() for row in journal.check_ins))
    return found | {"unopened": journal.unopened}


def compare(owner: Owner, first: UUID, second: UUID) -> Json:
    """Two sessions side by side; `NotFound` when either is not there."""
    journal = whole_journal(owner, stories=True)
    sessions, check_ins = ([row.as_json() for row in rows] for rows in (journal.sessions, journal.check_ins))
    try:
        return comparison.comparison(sessions, check_ins, str(first), str(second))
    except KeyError:
        raise NotFound from None
