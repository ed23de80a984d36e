"""The made-up journal as bodies for the API: what a client would have sent over thirteen weeks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from journal.accounts.settings import HOLD_HOURS
from journal.content.catalogue import catalogue
from journal.demo.script import NOTES, OWN, QUESTIONNAIRES, SCENES, Scene
from journal.sessions.hold import Holds, Words

Body = dict[str, Any]

ZONE = "America/New_York"
SETTINGS: Body = {
    "time_zone": ZONE,
    "region": "US",
    "own_contact": {"name": "Ana", "phone": "+1 555 0100"},
    "clinic": {"name": "Harbor Street Clinic", "phone": "+1 555 0199"},
    "usual_route": "im",
    "usual_place": "Harbor Street",
}
_MOMENTS = ("before", "landing", "next_day", "third_day", "week")
_HOURS = {"before": -2.0, "landing": 1.0, "next_day": 23.0, "third_day": 55.0, "week": 144.0, "month": 720.0}
_STOPPED = {(4, "landing"), (2, "next_day")}
_ROSE = {"yes": 7, "a_little": 4, "too_soon": 3, "no": 1}


@dataclass(frozen=True)
class DemoJournal:
    """Rows by id, each the body of its PUT, in the order to send them; notes are (path, body)."""

    settings: Body
    courses: dict[str, Body] = field(default_factory=dict)
    additions: dict[str, Body] = field(default_factory=dict)
    sessions: dict[str, Body] = field(default_factory=dict)
    check_ins: dict[str, Body] = field(default_factory=dict)
    notes: list[tuple[str, Body]] = field(default_factory=list)


def demo_journal(now: datetime) -> DemoJournal:
    """The journal as it would stand at `now`: the last session was yesterday. The same day gives the same journal."""
    today = now.astimezone(ZoneInfo(ZONE)).date()
    return _Teller(today - timedelta(days=SCENES[-1].day + 1)).tell()


def made_id(name: str) -> str:
    """An id that is the same every time."""
    return str(UUID(bytes=sha256(f"shoreline demo {name}".encode()).digest()[:16], version=4))


@dataclass(frozen=True)
class _Teller:
    """Tells the script from its first day on."""

    start: date
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(ZONE))
    chance: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - nothing here is secret

    def tell(self) -> DemoJournal:
        told = DemoJournal(SETTINGS)
        told.courses[made_id("course")] = {
            "ratings": {"planned_sessions": len(SCENES), "started_on": self.start.isoformat()},
            "story": {"name": "Autumn", "plan": "Six close together, a pause, then once a week."},
        }
        for name, (on_list, label, retired) in OWN.items():
            gone = {"retired": True} if retired else {}
            told.additions[made_id(name)] = {"ratings": {"list": on_list, **gone}, "story": {"label": label}}
        for place, scene in enumerate(SCENES):
            told.sessions[made_id(f"session {place}")] = self._session(place, scene)
            told.check_ins.update(self._check_ins(place, scene))
        told.check_ins.update(self._loose())
        told.notes.extend(self._notes())
        self._reread(told)
        return told

    def _reread(self, told: DemoJournal) -> None:
        """She re-reads in the evening after the hold has ended; what the last session holds is still to be re-read."""
        sessions = [datetime.fromisoformat(body["ratings"]["happened_at"]) for body in told.sessions.values()]
        holds = Holds(sessions, timedelta(hours=HOLD_HOURS))
        for row, body in told.check_ins.items():
            written = [body["ratings"]["written_at"], *(note["written_at"] for path, note in told.notes if row in path)]
            until = holds.held(Words([datetime.fromisoformat(at) for at in written])).until
            if until is not None and until <= max(sessions):
                body["ratings"]["reread_at"] = (until + timedelta(hours=9)).astimezone(self.zone).isoformat()

    def _at(self, day: int, hours: float = 0.0) -> datetime:
        """So many real hours after the time of day at which sessions begin."""
        begins = datetime.combine(self.start + timedelta(days=day), time(10, 30), self.zone)
        return (begins.astimezone(ZoneInfo("UTC")) + timedelta(hours=hours)).astimezone(self.zone)

    def _session(self, place: int, scene: Scene) -> Body:
        at = self._at(scene.day)
        dose = {"amount": scene.dose, "unit": "mg"} if scene.dose is not None else {"unit": "unknown"}
        ratings: Body = {
            **_times(at, at - timedelta(hours=2)),
            "number": place + 1,
            "route": scene.route,
            "dose": dose,
            "duration_min": 60 if scene.route == "im" else 45,
            "position": "reclined",
            "setting": "clinic",
            "staff_present": "yes",
            "water": "yes",
        }
        if place in {0, 4, 10}:
            reading = {"systolic": 128 + place, "diastolic": 82, "told_by_staff": "yes"}
            ratings |= {"blood_pressure": reading, "pulse": 84 + place, "antinausea_given": "yes"}
        if place in {5, 10}:
            ratings["dose_adjusted"] = "yes"
        story = {"place": "Harbor Street", "staff_role": "Nurse"}
        return {"course_id": made_id("course"), "ratings": ratings, "story": story}

    def _check_ins(self, place: int, scene: Scene) -> Iterator[tuple[str, Body]]:
        for moment, mood in zip(_MOMENTS, scene.moods, strict=True):
            if mood is not None:
                yield self._check_in(place, scene, moment, mood)
        if place == 5:
            yield self._check_in(place, scene, "month", 5)

    def _check_in(self, place: int, scene: Scene, moment: str, mood: int) -> tuple[str, Body]:
        at = self._at(scene.day, _HOURS[moment] + self.chance.choice((0, 0.25, 0.5)))
        # Once the day after was told a day late: when it happened and when it was written are two facts.
        written = at + timedelta(hours=20) if (place, moment) == (1, "next_day") else at
        partial = (place, moment) in _STOPPED
        ratings = {"moment": moment, **_times(at, written), "finished": not partial}
        ratings |= _begun(scene, mood) if partial else self._answered(scene, moment, mood)
        if moment == "week" and (asked := QUESTIONNAIRES.get((at.date() - self.start).days)):
            ratings["instruments"] = _questionnaires(*asked)
        body: Body = {"session_id": made_id(f"session {place}"), "ratings": ratings}
        if texts := _texts(place, scene, moment):
            body["story"] = {"texts": texts}
        return made_id(f"{place} {moment}"), body

    def _answered(self, scene: Scene, moment: str, mood: int) -> Body:
        answers = {item: self._answer(item, scene, mood) for item in catalogue().moment[moment].asks}
        ratings: Body = {"answers": {item: value for item, value in answers.items() if value is not None}}
        if moment == "landing":
            ratings |= _lists(scene, short=True) | {"still_here": [_term(name) for name in scene.still]}
        if moment == "next_day":
            ratings |= _lists(scene, short=False) | {"emotions": [*scene.emotions], "still_here": []}
        if moment == "third_day":
            ratings["still_here"] = []
        return ratings

    def _answer(self, item: str, scene: Scene, mood: int) -> object:
        rose = _ROSE.get(scene.opened or "no", 1)
        worst_fear = scene.bothered.get("se.anxious", {}).get("worst", 2)
        fixed: dict[str, object] = {
            "emo.mood_now": mood,
            "diss.peak": scene.peak,
            "brk.opened": scene.opened,
            "step.done": scene.step if scene.plan else None,
            "emo.anxiety_now": self._about(8 - mood),
            "emo.anxiety_peak": worst_fear,
            "diss.dissociation": "by_end" if scene.peak else None,
            "recovery.returned": "within_2h",
            "lt.depression": self._about(8 - mood),
            "brk.breakthrough": rose if rose > 1 else None,
            "lt.bladder": "no",
            "lt.memory": "not_sure",
            "lt.craving": "no",
        }
        if item in fixed:
            return fixed[item]
        return self._about(rose if catalogue().item[item].group == "breakthrough" else mood)

    def _about(self, value: int) -> int:
        """A rating near a value."""
        return min(10, max(0, value + self.chance.choice((-1, 0, 0, 1))))

    def _loose(self) -> Iterator[tuple[str, Body]]:
        """Questionnaires that fell on no week check-in, told at any time."""
        weeks = {scene.day + 6 for scene in SCENES if scene.moods[4] is not None}
        for day, asked in QUESTIONNAIRES.items():
            if day not in weeks:
                ratings = {"moment": "anytime", **_times(self._at(day, 9.5)), "finished": True}
                ratings |= {"answers": {"emo.mood_now": 4}, "instruments": _questionnaires(*asked)}
                yield made_id(f"anytime {day}"), {"ratings": ratings}

    def _notes(self) -> Iterator[tuple[str, Body]]:
        for place, moment, days, text in NOTES:
            row = f"check-ins/{made_id(f'{place} {moment}')}" if moment else f"sessions/{made_id(f'session {place}')}"
            written = self._at(SCENES[place].day + days, 8)
            yield f"{row}/notes/{made_id(f'note {place}')}", {"written_at": written.isoformat(), "text": text}


def _times(at: datetime, written: datetime | None = None) -> Body:
    return {"happened_at": at.isoformat(), "time_zone": ZONE, "written_at": (written or at).isoformat()}


def _begun(scene: Scene, mood: int) -> Body:
    """What was answered before she had enough for now."""
    return {"answers": {"emo.mood_now": mood} | ({} if scene.peak is None else {"diss.peak": scene.peak})}


def _term(name: str) -> str:
    return f"own.{made_id(name)}" if name in OWN else name


def _lists(scene: Scene, *, short: bool) -> Body:
    """What was picked: on the day only the short list, and of what bothered how bad it was."""
    found: Body = {}
    for name, picked in (("noticed", scene.noticed), ("bothered", scene.bothered)):
        shown = {term: detail for term, detail in picked.items() if not short or _on_short_list(term)}
        kept = {"worst"} if short else {"intensity", "worst", "direction", "aspects", "where", "valence", "passed"}
        if shown:
            found[name] = {_term(it): {key: d[key] for key in d if key in kept} for it, d in shown.items()}
        else:
            found["none"] = [*found.get("none", []), name]
    return found


def _on_short_list(term: str) -> bool:
    return term in OWN or catalogue().term[term].landing > 0


def _questionnaires(phq8: tuple[int | None, ...], gad7: tuple[int | None, ...]) -> Body:
    return {"phq8": {"answers": [*phq8], "difficulty": 1}, "gad7": {"answers": [*gad7]}}


def _texts(place: int, scene: Scene, moment: str) -> dict[str, str]:
    texts = {
        "before": {"session.intention": scene.intention},
        "landing": {"story.line": scene.line},
        "next_day": {"story.happened": scene.happened, "story.remember": scene.remember, "step.plan": scene.plan},
        "third_day": {"story.line": scene.line} if scene.moods[1] is None else {},
    }.get(moment, {})
    if (place, moment) == (0, "before"):
        texts = {**texts, "prep.goals": "To want things again.", "prep.questions": "What if I want to stop half way?"}
    if (place, moment) == (9, "next_day"):
        texts = {**texts, "brk.what_opened": "That missing him is not the same as being stuck."}
    return {name: text for name, text in texts.items() if text}
