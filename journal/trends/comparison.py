"""Two sessions side by side: the same answers, told twice."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from journal.content.catalogue import catalogue
from journal.trends.breakthroughs import breakthroughs
from journal.trends.mood import mood_and_lift
from journal.trends.sensations import bother, picks, sensations
from journal.trends.visits import Json, Row, Visit, visits

# An item asked at one moment only has one answer a session to compare. What opened up stands on its own.
_ONCE = tuple(
    item.id
    for item in catalogue().items
    if item.kind == "rating" and item.group != "breakthrough" and len(catalogue().moments_of_item(item.id)) == 1
)


class _Pair(NamedTuple):
    """A term in both sessions; None is a gap: it was not asked there."""

    term: str
    list: str
    first: Json | None
    second: Json | None


def comparison(sessions: Iterable[Row], check_ins: Iterable[Row], first: str, second: str) -> Json:
    """The two sessions, row by row; raises KeyError for one that is not there. What was not asked is absent."""
    course = visits(sessions, check_ins)
    by_id = {visit.id: visit for visit in course}
    one, other = by_id[first], by_id[second]
    pairs = _pairs(sensations(picks(visit) for visit in course), first, second)
    return {
        "first": one.head,
        "second": other.head,
        "mood": _both(mood_and_lift(one)[0], mood_and_lift(other)[0]),
        "rows": [*({"term": it.term, "list": it.list, **_both(it.first, it.second)} for it in pairs),
                 *item_rows(one, other)],
        "new_in_second": [it.term for it in pairs if _chosen(it.second) and _passed_over(it.first)],
        "only_in_first": [it.term for it in pairs if _chosen(it.first) and _passed_over(it.second)],
        "bothered": [
            {"term": it.term, **_both(_bother(it.first), _bother(it.second))} for it in pairs if it.list == "bothered"
        ],
        "breakthroughs": _both(breakthroughs(one), breakthroughs(other)),
    }


def _pairs(series: Iterable[Json], first: str, second: str) -> list[_Pair]:
    """The terms chosen in either session."""
    found = []
    for it in series:
        by_session: Mapping[str, Json] = {point["session_id"]: point for point in it["points"]}
        pair = _Pair(it["term"], it["list"], by_session.get(first), by_session.get(second))
        if _chosen(pair.first) or _chosen(pair.second):
            found.append(pair)
    return found


def _chosen(point: Json | None) -> bool:
    return point is not None and point["chosen"]


def _passed_over(point: Json | None) -> bool:
    """The list was answered without the term. A gap says nothing."""
    return point is not None and not point["chosen"]


def _bother(point: Json | None) -> Json | None:
    return bother(point) if point is not None and point["chosen"] else None


def _both(first: object, second: object) -> Json:
    return {name: it for name, it in (("first", first), ("second", second)) if it is not None}


def item_rows(first: Visit, second: Visit) -> list[Json]:
    """The questions asked once a session, answered in either."""
    told = ((item, _both(first.answers.get(item), second.answers.get(item))) for item in _ONCE)
    return [{"item": item, "list": "items", **values} for item, values in told if values]
