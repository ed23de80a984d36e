"""Where things stand in a chart, as parts of its width and height from the top left. Vectors, in grey. Pure."""

from datetime import datetime, timedelta
from itertools import pairwise
from math import copysign, log1p

from journal.content.moments import MOMENTS
from journal.export.pdf.blocks import Block
from journal.export.pdf.saying import Json, Saying

# As on the screen: at 4.8 the first 24 hours take exactly as much room as the six days after them.
_BEND = 4.8
_MARKS = (0, 24, 72, 168, 720)
_ORDER = {moment.id: place for place, moment in enumerate(MOMENTS) if moment.opens_after_hours is not None}
_LEVELS = (0, 5, 10)
_CLOSE = 0.035
_TWO_WEEKS = timedelta(days=14)


def mood_curve(points: list[Json], baseline: int | None, saying: Saying) -> Block:
    """Mood around a dose at the hours it was really told."""
    said = saying.pdf["mood"]
    hours = [point["hours"] for point in points]
    start, end = _along(min(-6, *hours)), _along(max(168, *hours))

    def place(at: float) -> float:
        return (_along(at) - start) / (end - start)

    dots = [_dot(place(point["hours"]), point["value"], 10) for point in points]
    marks = [_mark(place(at), said["hours"][str(at)], strong=at == 0) for at in _MARKS if _along(at) <= end]
    told = saying.pdf["list"].join(_point(point, said) for point in points)
    chart = _chart(said["alt"].format(points=told), dots, 10) | {"marks": marks, **_joined(points, dots)}
    return chart if baseline is None else chart | {"baseline": 1 - baseline / 10}


def totals_by_date(title: str, points: list[Json], highest: int, saying: Saying) -> Block:
    """A questionnaire's totals, each with the two weeks it speaks of."""
    said = saying.pdf["questionnaires"]
    at = [datetime.fromisoformat(point["happened_at"]) for point in points]
    first, last = min(at) - _TWO_WEEKS, max(at)
    width = (last - first) / timedelta(days=1)

    def place(moment: datetime) -> float:
        return (moment - first) / timedelta(days=1) / width

    told = [(point, moment) for point, moment in zip(points, at, strict=True) if "total" in point]
    dots = [_dot(place(moment), point["total"], highest) for point, moment in told]
    spans = [{"x1": place(moment - _TWO_WEEKS), "x2": dot["x"], "y": dot["y"]}
             for dot, (_, moment) in zip(dots, told, strict=True)]
    points_said = (said["point"].format(total=point["total"], date=saying.day(moment)) for point, moment in told)
    alt = said["alt"].format(title=title, points=saying.pdf["list"].join(points_said))
    return _chart(alt, dots, highest) | {"marks": _ends(first, last, saying), "spans": spans}


def _ends(first: datetime, last: datetime, saying: Saying) -> list[Block]:
    return [_mark(0.0, saying.brief_day(first)), _mark(1.0, saying.brief_day(last))]


def _dot(x: float, value: int, highest: int) -> Block:
    return {"x": x, "y": 1 - value / highest, "text": str(value)}


def _mark(x: float, text: str, *, strong: bool = False) -> Block:
    return {"x": x, "text": text, "strong": strong}


def _chart(alt: str, dots: list[Block], highest: int) -> Block:
    levels = [{"y": 1 - level / 10, "text": str(round(level * highest / 10))} for level in _LEVELS]
    return {
        "kind": "chart", "alt": alt, "height": 26, "levels": levels, "marks": [], "solid": [], "dotted": [],
        "spans": [], "dots": _apart(dots),
    }  # fmt: skip


def _apart(dots: list[Block]) -> list[Block]:
    """A number goes below its dot where it would touch the one before it, or the top."""
    placed: list[Block] = []
    for dot in dots:
        before = placed[-1] if placed else None
        close = before is not None and dot["x"] - before["x"] < _CLOSE and not before["below"]
        placed.append(dot | {"below": close})
    return placed


def _joined(points: list[Json], dots: list[Block]) -> Json:
    found: Json = {"solid": [], "dotted": []}
    for (before, point), (one, other) in zip(pairwise(points), pairwise(dots), strict=True):
        part = {"x1": one["x"], "y1": one["y"], "x2": other["x"], "y2": other["y"]}
        found["dotted" if _skips(before, point) else "solid"].append(part)
    return found


def _skips(one: Json, other: Json) -> bool:
    """A moment between two others was left unanswered; nothing is known along that part."""
    first, second = _ORDER.get(one["moment"]), _ORDER.get(other["moment"])
    return first is not None and second is not None and second > first + 1


def _along(hours: float) -> float:
    return copysign(log1p(abs(hours) / _BEND), hours)


def _point(point: Json, said: Json) -> str:
    hours = point["hours"]
    elapsed = said["before" if hours < 0 else "after"].format(hours=f"{abs(hours):g}")
    return str(said["point"].format(value=point["value"], hours=elapsed))
