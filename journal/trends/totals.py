"""Questionnaire totals by date. A questionnaire belongs to the calendar, so one told of no session counts as well."""

from collections.abc import Iterable
from datetime import datetime

from journal.content.instruments import OFFERED, Instrument, total
from journal.trends.visits import Json, Row, instant


def totals(check_ins: Iterable[Row]) -> list[Json]:
    """One series a questionnaire that was ever answered; no total where an answer is missing."""
    told = [row for row in check_ins if "instruments" in row["ratings"]]
    told.sort(key=_when)
    series = [(it, [_point(it, row) for row in told if it.id in row["ratings"]["instruments"]]) for it in OFFERED]
    return [{"instrument": instrument.id, "points": points} for instrument, points in series if points]


def _when(row: Row) -> datetime:
    return instant(row["ratings"])


def _point(instrument: Instrument, row: Row) -> Json:
    ratings = row["ratings"]
    point: Json = {"check_in_id": row["id"], "happened_at": ratings["happened_at"]}
    if "session_id" in row:
        point["session_id"] = row["session_id"]
    whole = total(instrument, ratings["instruments"][instrument.id]["answers"])
    return point if whole is None else point | {"total": whole}
