"""Files as other apps write them, and the ways they come in."""

from uuid import uuid4

import orjson

from tests.cast import API, Person

DAYLIO = (
    "\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note\n"
    '2026-03-10,March 10,Tuesday,21:05,rad,"family | good sleep","Energy:\u00a04 | Stress:\u00a02","","Baked with Oma, '
    'she said ""never again"".<br>A walk later."\n'
    '2026-03-09,March 9,Monday,7:15 am,meh,"","","Short night",""\n'
    '2026-03-08,March 8,Sunday,2:30 AM,awful,"","","",""\n'
)
BEARABLE = (
    "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"
    '22nd Jan 2022,2022-01-22,Saturday,am,Mood,7,Mood,"A hard morning, then better."\n'
    '22nd Jan 2022,2022-01-22,Saturday,am,Symptom,2,Headache (Moderate),"A hard morning, then better."\n'
    "22nd Jan 2022,2022-01-22,Saturday,am,Medication,1,Ibuprofen 200 mg,\n"
    "22nd Jan 2022,2022-01-22,Saturday,am,Medication,1,Ibuprofen 200 mg,\n"
    "22nd Jan 2022,2022-01-22,Saturday,10:15 PM,Sleep,4,Sleep quality,\n"
    "1st March 2022,,Tuesday,,Energy,3,Energy,\n"
)


def own_file() -> bytes:
    """A journal as a file, with one sensation of somebody's own in it and nothing else."""
    own = {"id": str(uuid4()), "ratings": {"list": "noticed"}, "story": {"label": "Humming"}}
    kinds = ["additions", "check_ins", "courses", "sessions"]
    return orjson.dumps({
        "format": "shoreline-journal", "version": 1, "made_at": "2026-11-20T15:30:00Z", "catalogue": "1", "whole": True,
        "unopened": 0, "choice": {"kinds": kinds, "story": True}, "settings": {}, "courses": [], "additions": [own],
        "sessions": [], "check_ins": [],
    })  # fmt: skip


def preview(person: Person, source: str, content: str | bytes, more: str = ""):
    return _send(person, f"/imports/preview?from={source}{more}", content)


def bring_in(person: Person, source: str, content: str | bytes, more: str = ""):
    return _send(person, f"/imports?from={source}{more}", content)


def _send(person: Person, path: str, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return person.client.post(API + path, data=data, content_type="application/octet-stream")


def in_new_york(person: Person) -> None:
    etag = person.get("/settings").headers["ETag"]
    assert person.put("/settings", {"time_zone": "America/New_York"}, if_match=etag).status_code == 200


def journal(person: Person) -> dict:
    """Everything of a journal, but for when it was taken out."""
    found = person.post("/exports", json={"format": "json", "story": True}).json
    del found["made_at"]
    return found
