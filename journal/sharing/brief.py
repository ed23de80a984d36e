"""The integration brief: one lent session against the lent one before it. Only what is lent is read, nothing inferred.

A row that is not among those given leaves no trace: no number, no count and no gap tells of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter

from journal.content.bands import band
from journal.content.catalogue import catalogue
from journal.content.items import MOOD
from journal.trends.breakthroughs import breakthroughs, detachment
from journal.trends.comparison import item_rows
from journal.trends.mood import mood_and_lift
from journal.trends.sensations import bother, picks, sensations
from journal.trends.totals import totals
from journal.trends.visits import NOTHING, Json, Row, Visit, instant, visits

MOST_CHANGES = 6
_SHOWN = ("id", "happened_at", "time_zone", "route", "dose")
# `anytime` is at no hour in particular, so that two of them are not the same question asked twice.
_MOMENTS = tuple(moment.id for moment in catalogue().moments if moment.opens_after_hours is not None)
_BAND = ("name", "lowest", "highest", "source")
_BY_ID = itemgetter("id")
# Of check-ins by id: whether it was shown then, and otherwise than now.
Unseen = Mapping[str, bool]


def brief(sessions: Iterable[Row], check_ins: Iterable[Row], unseen: Unseen, session_id: str | None) -> Json:
    """What the lent rows tell of one session, the latest where none is named; KeyError for one that is not lent.

    `unseen` are those of which the last review does not know what they show now.
    """
    rows = sorted(check_ins, key=_BY_ID)
    course = visits(sessions, rows)
    since = [_since(row, changed=unseen[row["id"]]) for row in rows if row["id"] in unseen]
    since.sort(key=instant)
    new = Counter(told.get("session_id") for told in since)
    heads = [_head(visit, new[visit.id]) for visit in course]
    found: Json = {
        "sessions": heads[::-1],
        "apart": sum("session_id" not in row for row in rows),
        "since": since,
        "instruments": [_instrument(series) for series in totals(rows)],
    }
    place = _place(course, session_id)
    if place is None:
        return found | _nothing_told()
    found["session"] = heads[place]
    if place:
        found["before"] = heads[place - 1]
    return found | _told(course[: place + 1])


def _place(course: list[Visit], session_id: str | None) -> int | None:
    """Where the session stands in the course; None where there is none at all."""
    if session_id is None:
        return len(course) - 1 if course else None
    return {visit.id: place for place, visit in enumerate(course)}[session_id]


def _head(visit: Visit, new: int) -> Json:
    """A session in the line, without its number."""
    return {name: visit.head[name] for name in _SHOWN if name in visit.head} | {"new": new}


def _since(row: Row, *, changed: bool) -> Json:
    ratings = row["ratings"]
    told = {"check_in_id": row["id"], "moment": ratings["moment"], "happened_at": ratings["happened_at"]}
    if "session_id" in row:
        told["session_id"] = row["session_id"]
    return told | {"changed": changed}


def _nothing_told() -> Json:
    return {"changes": [], "first_time": [], "bothered": [], "detachment": {}, "mood": {"now": [], "before": []}}


def _told(course: list[Visit]) -> Json:
    """What is told of the last of these sessions, beside the one before it."""
    visit, before = course[-1], course[-2] if len(course) > 1 else None
    series = sensations(picks(each) for each in course)
    points, lift = mood_and_lift(visit)
    opened = breakthroughs(visit)
    return {
        "changes": _changes(series, visit, before) if before else [],
        "first_time": [it["term"] for it in series if _first_time(it["points"], visit)],
        "bothered": _bothered(series, visit, before),
        "detachment": _detachment(visit, before),
        "mood": {"now": points, "before": mood_and_lift(before)[0] if before else []},
        **({"breakthrough": opened} if opened else {}),
        **({"lift": lift} if lift else {}),
    }


def _changes(series: Iterable[Json], visit: Visit, before: Visit) -> list[Json]:
    """The numbers told of both sessions that differ, the furthest apart first; then in the order they are asked in."""
    both = [*_terms(series, visit, before), *_moods(visit, before), *item_rows(before, visit)]
    changes = [it | {"by": it["second"] - it["first"]} for it in both if "first" in it and "second" in it]
    return sorted((it for it in changes if it["by"]), key=lambda it: -abs(it["by"]))[:MOST_CHANGES]


def _terms(series: Iterable[Json], visit: Visit, before: Visit) -> Iterator[Json]:
    for it in series:
        told = {name: point["value"] for name, point in _by_session(it).items() if "value" in point}
        if visit.id in told and before.id in told:
            yield {"term": it["term"], "list": it["list"], "first": told[before.id], "second": told[visit.id]}


def _moods(visit: Visit, before: Visit) -> Iterator[Json]:
    """Mood at the same moment of both, which stands as its list."""
    first, second = _mood_by_moment(before), _mood_by_moment(visit)
    for moment in _MOMENTS:
        if moment in first and moment in second:
            yield {"item": MOOD, "list": moment, "first": first[moment], "second": second[moment]}


def _mood_by_moment(visit: Visit) -> Json:
    """The latest of each moment."""
    told = ((moment, ratings.get("answers", NOTHING)) for _, _, _, moment, ratings, _ in visit.told)
    return {moment: answers[MOOD] for moment, answers in told if MOOD in answers}


def _by_session(series: Json) -> dict[str, Json]:
    return {point["session_id"]: point for point in series["points"]}


def _first_time(points: list[Json], visit: Visit) -> bool:
    """Chosen here, passed over earlier, never chosen earlier. A session in which it was not asked says nothing."""
    *earlier, last = points
    here = last["session_id"] == visit.id and last["chosen"]
    return bool(here and earlier and not any(point["chosen"] for point in earlier))


def _bothered(series: Iterable[Json], visit: Visit, before: Visit | None) -> list[Json]:
    """What bothered, the worst first; last what has no number."""
    found = []
    for it in series:
        points = {name: point for name, point in _by_session(it).items() if point["chosen"]}
        if it["list"] == "bothered" and visit.id in points:
            told = {"term": it["term"], "now": bother(points[visit.id])}
            if before and before.id in points:
                told["before"] = bother(points[before.id])
            found.append(told)
    return sorted(found, key=lambda it: -it["now"].get("worst", -1))


def _detachment(visit: Visit, before: Visit | None) -> Json:
    """How far away it felt, in each session that says so."""
    told = (("now", detachment(visit)), ("before", detachment(before) if before else None))
    return {name: said["value"] for name, said in told if said is not None}


def _instrument(series: Json) -> Json:
    """A questionnaire by date, each total with the published band it falls into."""
    name = series["instrument"]
    points = [_total(name, point) for point in series["points"]]
    return {"instrument": name, "highest": catalogue().instrument[name].highest, "points": points}


def _total(instrument: str, point: Json) -> Json:
    told: Json = {name: point[name] for name in ("check_in_id", "happened_at", "total") if name in point}
    found = band(instrument, point.get("total"))
    if found is not None:
        told["band"] = {name: getattr(found, name) for name in _BAND}
    return told
