"""Rows as the API shows them, in as few words as a test needs."""

from itertools import count

_made = count(1)


def session(happened_at, **ratings):
    return {
        "id": f"session-{next(_made)}",
        "ratings": {"happened_at": happened_at, "time_zone": "America/New_York", "written_at": happened_at, **ratings},
    }


def check_in(of, moment, happened_at, texts=None, mood=None, **ratings):
    if mood is not None:
        ratings["answers"] = {**ratings.get("answers", {}), "emo.mood_now": mood}
    row = {
        "id": f"check-in-{next(_made)}",
        "ratings": {"moment": moment, "happened_at": happened_at, "written_at": happened_at, **ratings},
    }
    if of is not None:
        row["session_id"] = of["id"]
    if texts is not None:
        row["story"] = {"texts": texts}
    return row


def series_of(told, term, of_list="noticed"):
    """The points of one term, or None where it has no series."""
    return next((it["points"] for it in told["sensations"] if (it["term"], it["list"]) == (term, of_list)), None)
