"""Sessions with their check-ins beside them, in the order of time: what every series reads.

Rows come as the API shows them: `{"id", "session_id"?, "course_id"?, "ratings", "story"?}`. Times are parsed once,
here, and only ever subtracted as instants, so a change of clocks or of zone moves nothing. A check-in without a session
belongs to none: attaching it to the nearest in time would be a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from typing import Any

Row = Mapping[str, Any]
Json = dict[str, Any]
# Time since the session, the check-in's id, that time in hours, its moment, its ratings, the check-in.
# A bare tuple, because a journal of five hundred sessions makes thousands of them for one page.
Told = tuple[timedelta, str, float, str, Row, Row]

BEFORE = "before"
NOTHING: Row = {}
_HEAD = ("happened_at", "time_zone", "route", "dose")
_HUNDREDTH = timedelta(hours=0.01)
_BY_TIME = itemgetter(0, 1)


@dataclass(slots=True, eq=False)
class Visit:
    """One session, its check-ins by time, the latest answer of each kind, and the visit after it."""

    id: str
    at: datetime
    head: Json
    told: list[Told] = field(default_factory=list)
    answers: Json = field(default_factory=dict)
    following: "Visit | None" = None


def instant(ratings: Row) -> datetime:
    """When it happened."""
    return datetime.fromisoformat(ratings["happened_at"])


def hours(elapsed: timedelta) -> float:
    """Real hours, in whole hundredths."""
    return elapsed // _HUNDREDTH / 100


def visits(sessions: Iterable[Row], check_ins: Iterable[Row]) -> list[Visit]:
    """Every session by time, numbered where the patient did not say otherwise, with what was told of it."""
    course = sorted(((instant(row["ratings"]), row["id"], row) for row in sessions), key=_BY_TIME)
    found = [Visit(name, at, _head(row, place)) for place, (at, name, row) in enumerate(course, 1)]
    by_id = {visit.id: visit for visit in found}
    for row in check_ins:
        visit = by_id.get(row.get("session_id", ""))
        if visit is not None:
            ratings = row["ratings"]
            elapsed = instant(ratings) - visit.at
            visit.told.append((elapsed, row["id"], hours(elapsed), ratings["moment"], ratings, row))
    for visit in found:
        visit.told.sort(key=_BY_TIME)
        for told in visit.told:
            visit.answers.update(told[4].get("answers", NOTHING))
    for earlier, later in pairwise(found):
        earlier.following = later
    return found


def _head(row: Row, place: int) -> Json:
    """A session in a line; what was not said is absent."""
    ratings = row["ratings"]
    head: Json = {"id": row["id"], "number": ratings.get("number", place)}
    for name in _HEAD:
        if name in ratings:
            head[name] = ratings[name]
    if "course_id" in row:
        head["course_id"] = row["course_id"]
    return head
