"""What goes on between a patient and a therapist: they meet, one lends, the other reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.cast import Person

DOSE = datetime.fromisoformat("2024-10-18T10:30:00-04:00")
RATINGS, STORY = ["ratings"], ["ratings", "story"]
LINE = {"texts": {"story.line": "Warm light over the water."}}


def after(**span: float) -> datetime:
    return DOSE + timedelta(**span)


NOW = after(days=7)
UNTIL = after(days=37).isoformat()


@dataclass
class Journal:
    """What Maya has written: two sessions, what was told of them, and one check-in apart."""

    first: str
    second: str
    early: str
    late: str
    landing: str
    apart: str
    own: str

    @property
    def sessions(self) -> list[str]:
        return [self.first, self.second]


def writes(person: Person) -> Journal:
    """`landing` was written in the hold and is still to be re-read; everything else was not."""
    own = str(uuid4())
    addition = {"ratings": {"list": "noticed"}, "story": {"label": "Humming"}}
    assert person.put(f"/additions/{own}", addition).status_code == 201
    first = person.has_session(after(days=-14).isoformat(), route="iv", number=1)
    second = person.has_session(after().isoformat(), route="im", number=2)
    return Journal(
        first,
        second,
        person.checks_in(
            first, "next_day", after(days=-14, hours=27).isoformat(), answers={"emo.mood_now": 4},
            noticed={"sens.numbness": {"intensity": 3}}, instruments={"gad7": {"answers": [2] * 7}},
        ),
        person.checks_in(
            second, "next_day", after(hours=27).isoformat(), LINE, answers={"emo.mood_now": 8},
            noticed={"sens.numbness": {"intensity": 9}, f"own.{own}": {"intensity": 2}},
            instruments={"gad7": {"answers": [1] * 7}},
        ),
        person.checks_in(second, "landing", after(hours=1).isoformat(), answers={"emo.mood_now": 6}),
        person.checks_in(None, "anytime", after(days=3).isoformat(), {"texts": {"story.line": "Gulls."}}),
        own,
    )  # fmt: skip


def card(therapist: Person, purpose: str = "in_person") -> str:
    made = therapist.post("/cards", json={"purpose": purpose})
    assert made.status_code == 201, made.json
    return made.json["card"]


def meets(patient: Person, therapist: Person, purpose: str = "in_person") -> str:
    """The patient keeps the therapist; the pin's id."""
    pin = str(uuid4())
    kept = patient.put(f"/pins/{pin}", {"card": card(therapist, purpose)})
    assert kept.status_code == 201, kept.json
    return pin


def scope(sections: list[str], sessions: Any) -> dict[str, Any]:
    covers = "sessions" if sessions else "from_now_on"
    return {"sections": sections, "covers": covers, "session_ids": list(sessions or ())}


def put(patient, share, body):
    return patient.put(f"/shares/{share}", body)


def preview(patient: Person, sections: list[str] = STORY, sessions: Any = None) -> dict[str, Any]:
    answer = patient.post("/shares/preview", json=scope(sections, sessions))
    assert answer.status_code == 200, answer.json
    return answer.json


def draft(
    patient: Person, pin: str, sections: list[str] = STORY, sessions: Any = None, **more: Any
) -> dict[str, Any]:
    """A share to make: all that its preview shows now."""
    shown = preview(patient, sections, sessions)
    known = {"pin_id": pin, "name": "Maya", "until": UNTIL}
    seen = {"check_ins": shown["seen_check_ins"], "sessions": shown["seen_sessions"]}
    return scope(sections, sessions) | known | seen | more


def lends(patient: Person, pin: str, sections: list[str] = STORY, sessions: Any = None, **more: Any) -> str:
    """Make a share; its id. Without sessions it is a standing one."""
    share = str(uuid4())
    made = patient.put(f"/shares/{share}", draft(patient, pin, sections, sessions, **more))
    assert made.status_code == 201, made.json
    return share


def waits(patient: Person) -> list[dict[str, Any]]:
    """What waits for her word, share by share."""
    answer = patient.get("/shares/waiting")
    assert answer.status_code == 200, answer.json
    return answer.json["shares"]


def decides(patient: Person, share: str, *, lend: Any = (), keep_back: Any = ()):
    """Decide on waiting check-ins, as they are shown in the list of what waits."""
    [group] = [it for it in waits(patient) if it["share_id"] == share]
    rows = {it["check_in_id"]: it["revision"] for it in group["check_ins"]}
    asked = [(name, True) for name in lend] + [(name, False) for name in keep_back]
    return patient.put(
        f"/shares/{share}/decisions",
        {
            "check_ins": [{"id": name, "revision": rows[name], "share": yes} for name, yes in asked],
            "sessions": [{"id": it["id"], "revision": it["revision"]} for it in group["sessions"]],
        },
    )


def stands(patient: Person, share: str) -> dict[str, Any]:
    """How a share stands, as the patient sees it."""
    answer = patient.get(f"/shares/{share}")
    assert answer.status_code == 200, answer.json
    return answer.json


def log(patient: Person) -> list[dict[str, Any]]:
    """All of the access log, newest first; it must be whole."""
    entries, path = [], "/access-log"
    while path:
        page = patient.get(path)
        assert page.status_code == 200, page.json
        assert page.json["whole"] is True
        entries += page.json["entries"]
        path = f"/access-log?before={page.json['next']}" if "next" in page.json else ""
    return entries


def told(patient: Person) -> list[str]:
    """What the log tells of, newest first."""
    return [entry["what"] for entry in log(patient)]


def brief(therapist: Person, share: str, session: str | None = None) -> dict[str, Any]:
    answer = therapist.get(f"/desk/{share}/brief" + (f"?session={session}" if session else ""))
    assert answer.status_code == 200, answer.json
    return answer.json


def desk(therapist: Person) -> list[dict[str, Any]]:
    answer = therapist.get("/desk")
    assert answer.status_code == 200, answer.json
    return answer.json["shares"]


def shown(therapist: Person, share: str) -> dict[str, dict[str, Any]]:
    """Everything the desk shows of a share as it was written: rows and names by id."""
    pages = [f"sessions/{it['id']}" for it in brief(therapist, share)["sessions"]] + ["apart"]
    found: dict[str, dict[str, Any]] = {"sessions": {}, "check_ins": {}, "own_terms": {}}
    for page in pages:
        answer = therapist.get(f"/desk/{share}/{page}")
        assert (answer.status_code, answer.json["unopened"]) == (200, 0)
        for name in ("sessions", "check_ins"):
            found[name] |= {row["id"]: row for row in answer.json[name]}
        found["own_terms"] |= answer.json["own_terms"]
    return found


def reads(therapist: Person, share: str) -> set[str]:
    """The ids of the check-ins that the desk shows of a share."""
    return set(shown(therapist, share)["check_ins"])


def every_read(share: str, session: str) -> list[str]:
    """The address of everything a therapist can open of a share."""
    return [f"/desk/{share}/{it}" for it in ("brief", f"brief?session={session}", f"sessions/{session}", "apart")]


def is_shut(therapist: Person, share: str, session: str, status: int = 404) -> bool:
    """Nothing of the share can be read, answered or marked."""
    answers = [therapist.get(path) for path in every_read(share, session)]
    answers.append(therapist.put(f"/desk/{share}/replies/{uuid4()}", {"text": "Hello?"}))
    answers.append(therapist.post(f"/desk/{share}/reviewed"))
    assert [answer.status_code for answer in answers] == [status] * 6
    return True


def raw(name: str) -> bytes:
    """An id as the database has it."""
    return UUID(name).bytes


def slug(answer: Any) -> str:
    """The status and the kind of a refusal."""
    return f"{answer.status_code} {answer.json['type'].removeprefix('/problems/')}"
