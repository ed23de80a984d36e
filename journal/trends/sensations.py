"""What was noticed and what bothered, term by term across sessions.

Three things are told apart: a session whose list was never answered has no point; one whose list was answered without
the term has `chosen: false`; a term chosen and rated 0 has the value 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from journal.content.catalogue import LISTS, catalogue
from journal.content.moments import LANDING
from journal.trends.visits import BEFORE, NOTHING, Json, Row, Visit

_ORDER: dict[str, list[str]] = {name: [term.id for term in catalogue().terms if term.list == name] for name in LISTS}
_SHORT = frozenset(term.id for term in catalogue().terms if term.landing)


@dataclass(slots=True)
class Picks:
    """What one list got in one session: the terms chosen, and whether its short or its long form was answered."""

    session_id: str
    chosen: dict[str, Json] = field(default_factory=dict)
    short: bool = False
    long: bool = False

    def take(self, given: Row, at_hours: float, moment: str) -> None:
        """Add an answered list. Where two check-ins say different things of a term, the later one holds."""
        if moment == LANDING.id:
            self.short = True
        else:
            self.long = True
        for term, detail in given.items():
            point = self.chosen.get(term)
            if point is None:
                self.chosen[term] = point = {"session_id": self.session_id, "chosen": True}
            for name, value in detail.items():
                if name in {"intensity", "worst"}:
                    point["value"], point["at_hours"], point["moment"] = value, at_hours, moment
                else:
                    point[name] = value


Chosen = dict[str, Picks]  # by list


def picks(visit: Visit) -> Chosen:
    """Everything picked in a session, list by list."""
    found: Chosen = {name: Picks(visit.id) for name in LISTS}
    for _, _, at_hours, moment, ratings, _ in visit.told:
        if moment == BEFORE:
            continue
        for name in LISTS:
            if name in ratings:
                found[name].take(ratings[name], at_hours, moment)
        for name in ratings.get("none", ()):
            found[name].take(NOTHING, 0, moment)
        if "still_here" in ratings:
            _take_still_here(found, ratings["still_here"])
    return found


def _take_still_here(found: Chosen, still: list[str]) -> None:
    for picked in found.values():
        for term, point in picked.chosen.items():
            point["still_here"] = term in still


def sensations(told: Iterable[Chosen]) -> list[Json]:
    """One series a term that was ever chosen: the catalogue's in its order, then the patient's own as they came."""
    told = list(told)
    return [series for name in LISTS for series in _of_list(name, [found[name] for found in told])]


def _of_list(name: str, told: list[Picks]) -> Iterator[Json]:
    used = dict.fromkeys(term for picked in told for term in picked.chosen)
    known = [term for term in _ORDER[name] if term in used]
    own = [term for term in used if term not in catalogue().term]
    for term in known:
        yield {"term": term, "list": name, "points": _points(term, told, short=term in _SHORT)}
    for term in own:
        yield {"term": term, "list": name, "points": _points(term, _since_named(term, told), short=True)}


def _since_named(term: str, told: list[Picks]) -> list[Picks]:
    """A sensation of the patient's own could not be chosen before it was first named: until then there is a gap."""
    return told[next(place for place, picked in enumerate(told) if term in picked.chosen) :]


def _points(term: str, told: list[Picks], *, short: bool) -> list[Json]:
    """Its points; a gap where the list that offers it was not answered."""
    points = []
    for picked in told:
        point = picked.chosen.get(term)
        if point is not None:
            points.append(point)
        elif picked.long or (short and picked.short):
            points.append({"session_id": picked.session_id, "chosen": False})
    return points


_BOTHERED = {"value": "worst", "passed": "passed", "still_here": "still_here"}


def bothered(series: Iterable[Json]) -> list[Json]:
    """Of what bothered: how bad at worst and when it had passed, where it was chosen."""
    return [
        {"term": it["term"], "points": [bother(point) for point in it["points"] if point["chosen"]]}
        for it in series
        if it["list"] == "bothered"
    ]


def bother(point: Row) -> Json:
    """One point of what bothered, with what was said of it."""
    said = {name: point[key] for key, name in _BOTHERED.items() if key in point}
    return {"session_id": point["session_id"], **said}
