"""Every series of the trends page, from the opened sessions and check-ins of one journal."""

from collections.abc import Callable, Iterable

from journal.trends.breakthroughs import breakthroughs, detachment
from journal.trends.mood import mood_and_lift
from journal.trends.sensations import bothered, picks, sensations
from journal.trends.totals import totals
from journal.trends.visits import Json, Row, Visit, visits


def trends(sessions: Iterable[Row], check_ins: Iterable[Row]) -> Json:
    """All series by session time. A session has no place in a series it was told nothing for: that is a gap."""
    rows = list(check_ins)
    course = visits(sessions, rows)
    series = sensations(picks(visit) for visit in course)
    curves = [(visit.id, *mood_and_lift(visit)) for visit in course]
    return {
        "sessions": [visit.head for visit in course],
        "sensations": series,
        "detachment": _told(detachment, course),
        "mood": [{"session_id": name, "points": points} for name, points, _ in curves if points],
        "lift": [lift for _, _, lift in curves if lift is not None],
        "bothered": bothered(series),
        "breakthroughs": _told(breakthroughs, course),
        "instruments": totals(rows),
    }


def _told(read: Callable[[Visit], Json | None], course: Iterable[Visit]) -> list[Json]:
    return [found for visit in course if (found := read(visit)) is not None]
