"""What Maya writes: every kind of row with everything that can be said in it."""

from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TZ

AT = "2024-10-18T10:30:00-04:00"
LANDED = "2024-10-18T11:40:00-04:00"
NEXT_DAY = "2024-10-19T09:15:00-04:00"
FACTS: dict[str, Any] = {"happened_at": AT, "time_zone": TZ, "written_at": AT}

COURSE: dict[str, Any] = {
    "ratings": {"planned_sessions": 6, "started_on": "2024-10-18"},
    "story": {"name": "Autumn", "plan": "Six in three weeks, then we look."},
}
SESSION: dict[str, Any] = {
    "ratings": {
        **FACTS,
        "number": 3,
        "route": "im",
        "dose": {"amount": 70.0, "unit": "mg"},
        "duration_min": 50,
        "position": "reclined",
        "setting": "clinic",
        "staff_present": "yes",
        "antinausea_given": "no",
        "dose_adjusted": "not_sure",
        "water": "yes",
        "rest": "no",
        "blood_pressure": {"systolic": 121, "diastolic": 78, "told_by_staff": "yes", "at": AT},
        "pulse": 64,
    },
    "story": {
        "place": "The room with the plants",
        "staff_role": "nurse",
        "note": "Rain on the roof.",
        "notes": [{"id": str(uuid4()), "written_at": LANDED, "text": "The blue blanket."}],
    },
}
RATINGS: dict[str, Any] = {
    "moment": "anytime",
    "happened_at": LANDED,
    "time_zone": TZ,
    "written_at": LANDED,
    "finished": True,
    "answers": {"emo.mood_now": 0, "diss.peak": 8, "brk.opened": "a_little", "lt.memory": "not_sure"},
    "noticed": {
        "sens.numbness": {"intensity": 0, "where": ["hands", "face_mouth"], "passed": "by_end"},
        "perc.time": {"direction": ["slower", "faster"], "intensity": 9},
        "sens.floating": {"valence": -2},
        "perc.vision": {"aspects": ["patterns"]},
        "sens.heavy": {},
    },
    "bothered": {"se.nausea": {"worst": 4, "passed": "within_2h"}},
    "emotions": ["sad", "joyful"],
    "still_here": [],
    "instruments": {"phq8": {"answers": [0, 1, None, 3, 0, 1, 2, 3], "difficulty": 0}, "gad7": {"answers": [0] * 7}},
}
CHECK_IN: dict[str, Any] = {
    "ratings": RATINGS,
    "story": {
        "texts": {"story.line": "Warm light over the water."},
        "notes": [{"id": str(uuid4()), "written_at": NEXT_DAY, "text": "And gulls."}],
    },
}
ADDITION: dict[str, Any] = {"ratings": {"list": "noticed", "retired": False}, "story": {"label": "Humming"}}

KINDS: dict[str, dict[str, Any]] = {
    "courses": COURSE, "sessions": SESSION, "check-ins": CHECK_IN, "additions": ADDITION,
}  # fmt: skip
# Another thing to say in each, so that a revision differs.
OTHERWISE: dict[str, dict[str, Any]] = {
    "courses": COURSE | {"story": {"name": "Winter"}},
    "sessions": {"ratings": {**FACTS, "route": "nasal"}},
    "check-ins": {"ratings": {**RATINGS, "answers": {"emo.mood_now": 7}}, "story": {"texts": {"story.line": "Grey."}}},
    "additions": ADDITION | {"story": {"label": "Ringing"}},
}
every_kind = pytest.mark.parametrize("kind", list(KINDS))


def new_address(kind: str) -> str:
    """Where a row that is not there yet would be."""
    return f"/{kind}/{uuid4()}"


def without(body: dict[str, Any], section: str, *names: str) -> dict[str, Any]:
    """The body without some members of a section."""
    return body | {section: {name: value for name, value in body[section].items() if name not in names}}


def saying(body: dict[str, Any], section: str, **members: Any) -> dict[str, Any]:
    """The body with some members of a section said otherwise."""
    return body | {section: body[section] | members}
