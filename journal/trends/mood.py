"""Mood around each session, at real elapsed hours, and how long it stayed above what it was before."""

from operator import itemgetter

from journal.content.items import MOOD
from journal.trends.visits import BEFORE, NOTHING, Json, Visit, hours

_BY_HOURS = itemgetter("hours")


def mood_and_lift(visit: Visit) -> tuple[list[Json], Json | None]:
    """Every mood told of a session by time, and the lift; empty and None where none was told.

    The check-in before the next session counts as the last of this one, so its mood is the point furthest out.
    """
    before: list[Json] = []
    after: list[Json] = []
    for _, name, at_hours, moment, ratings, _ in visit.told:
        value = ratings.get("answers", NOTHING).get(MOOD)
        if value is not None:
            point = {"check_in_id": name, "moment": moment, "hours": at_hours, "value": value}
            (before if moment == BEFORE else after).append(point)
    if visit.following is not None:
        after += _before_the_next(visit, visit.following)
        after.sort(key=_BY_HOURS)
    return sorted(before + after, key=_BY_HOURS), _lift(visit, after, before)


def _before_the_next(visit: Visit, following: Visit) -> list[Json]:
    between = following.at - visit.at
    return [
        {"check_in_id": name, "moment": moment, "hours": hours(between + elapsed), "value": value}
        for elapsed, name, _, moment, ratings, _ in following.told
        if moment == BEFORE
        and between > -elapsed
        and (value := ratings.get("answers", NOTHING).get(MOOD)) is not None
    ]


def _lift(visit: Visit, after: list[Json], before: list[Json]) -> Json | None:
    """How long mood was told to be above its last value before; None when nothing was told after.

    What comes after the next dose belongs to that one.
    """
    end = hours(visit.following.at - visit.at) if visit.following else float("inf")
    after = [point for point in after if 0 <= point["hours"] <= end]
    if not after:
        return None
    highest = max([point["value"] for point in after])
    if not before:
        return {"session_id": visit.id, "highest": highest, "state": "no_baseline"}
    baseline = before[-1]["value"]
    return {"session_id": visit.id, "baseline": baseline, "highest": highest, **_stretch(after, baseline)}


def _stretch(after: list[Json], baseline: int) -> Json:
    """The first stretch above: at least `last_above_hours`, less than `first_back_hours`; nothing is known between."""
    last = None
    for point in after:
        if point["value"] > baseline:
            last = point["hours"]
        elif last is not None:
            return {"last_above_hours": last, "first_back_hours": point["hours"], "state": "back"}
    return {"state": "not_above"} if last is None else {"last_above_hours": last, "state": "still_above"}
