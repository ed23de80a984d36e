"""What a check-in tells as observations: what was noticed and what bothered, mood, how far away, totals. Pure.

The response stays the source. No observation is made of what was not said, and nothing is concluded from what was.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from journal.content.catalogue import LISTS
from journal.content.codes import LOINC, loinc
from journal.content.instruments import OFFERED, total
from journal.content.items import DETACHMENT, MOOD
from journal.content.messages import wording
from journal.export.fhir.parts import Json, category, coding, concept, entry, later, local, named, reference, when
from journal.export.fhir.responses import Answers, response_id
from journal.sessions.rows import Opened

_SURVEY = category("survey")
_VALENCE = "state_of_mind.valence"
# The day a sensation had passed at the latest, where the answer and the session's length tell it: hours from its end.
_FROM_THE_END = {"during": 0.0, "by_end": 0.0, "within_2h": 2.0}
_FROM_THE_DAY = {"same_day": 0, "next_day": 1}


class Observing:
    """Makes observations, with the parts that are alike made once."""

    def __init__(self, answers: Answers, patient: Json, *, standard: bool) -> None:
        self._answers, self._patient, self._standard = answers, patient, standard
        said = wording(area="fhir")
        self._symptom = {"coding": [coding(LOINC, loinc.SYMPTOM)], "text": said["symptom"]}
        self._absent = {"coding": [coding(LOINC, loinc.SYMPTOM_ABSENT)], "text": said["absent"]}
        self._components: dict[tuple[str, Any], Json] = {}
        self._lists = {name: concept(name, answers.said["lists"][name]["label"], standard=False) for name in LISTS}

    def of_check_in(self, row: Opened, session: Opened | None, given: Json | None) -> Iterator[Json]:
        """Every observation of a check-in. `given`: what was given in its session."""
        same = self._same(row, given)
        at = {"effectiveDateTime": when(row.ratings["happened_at"])}
        answers = row.ratings.get("answers", {})
        for item in (MOOD, DETACHMENT):
            if item in answers:
                yield self._rated(row, item, answers[item], same | at)
        since = _since(row, session)
        for name in LISTS:
            if name in row.ratings.get("none", ()):
                told = {"code": self._absent, "valueCodeableConcept": self._lists[name]}
                yield _made(row, f"{name}.none", same | at | told)
            for term, detail in row.ratings.get(name, {}).items():
                yield self._picked(row, term, detail, same | _span(since, detail.get("passed"), session) | at)
        for instrument in OFFERED:
            if instrument.id in row.ratings.get("instruments", {}):
                yield from self._total(row, instrument.id, same | at)

    def _same(self, row: Opened, given: Json | None) -> Json:
        """What every observation of a check-in has in common."""
        return {
            **({"partOf": [given]} if given else {}),
            "status": "amended" if "revised_at" in row.ratings else "final",
            "category": _SURVEY,
            "subject": self._patient,
            "performer": [self._patient],
            "derivedFrom": [reference(response_id(row.id, "check-in"))],
        }

    def _rated(self, row: Opened, item: str, value: int, same: Json) -> Json:
        label = self._answers.said["items"][item]["label"]
        # A finding's code says that it is there; rated 0 it was not.
        told = {"code": concept(item, label, standard=self._standard and value > 0), "valueInteger": value}
        if item == MOOD:
            told["component"] = [self._component(_VALENCE, "", "valueQuantity", value)]
        return _made(row, item, same | told)

    def _picked(self, row: Opened, term: str, detail: Json, same: Json) -> Json:
        told = {
            "code": self._symptom,
            "valueCodeableConcept": concept(term, self._answers.label(term), standard=self._standard),
        }
        if parts := [*self._details(term, detail)]:
            told["component"] = parts
        return _made(row, term, same | told)

    def _details(self, term: str, detail: Json) -> Iterator[Json]:
        for name, value in detail.items():
            if isinstance(value, int):
                yield self._component(name, term, "valueInteger", value)
            elif name == "passed":
                yield self._component(name, term, "valueCodeableConcept", f"passed.{value}")
            else:
                for each in value:
                    yield self._component(name, term, "valueCodeableConcept", f"{term}.{name}.{each}")

    def _component(self, name: str, term: str, kind: str, value: Any) -> Json:
        made = self._components.get((name, value))
        if made is None:
            said = self._answers.said["details"].get(name, {}).get("question", "")
            told = value
            if kind == "valueQuantity":
                told = {"value": (value - 5) / 5}
            elif kind == "valueCodeableConcept":
                told = {"coding": [self._answers.option(value)]}
            made = {"code": {"coding": [local(name, said)]}, kind: told}
            self._components[(name, value)] = made
        return made

    def _total(self, row: Opened, name: str, same: Json) -> Iterator[Json]:
        """The sum of the answers, where all are there."""
        instrument = next(it for it in OFFERED if it.id == name)
        whole = total(instrument, row.ratings["instruments"][name]["answers"])
        if whole is None:
            return
        title = self._answers.said["instruments"]["titles"][name]
        codes = [local(name, title), *(coding(LOINC, loinc.TOTALS[it]) for it in (name,) if it in loinc.TOTALS)]
        told = {"code": {"coding": codes, "text": title}, "valueInteger": whole}
        yield _made(row, name, same | told | {"derivedFrom": [reference(response_id(row.id, name))]})


def _made(row: Opened, name: str, members: Json) -> Json:
    made = {"resourceType": "Observation", "id": named(row.id, f"observation/{name}")}
    made.update(members)
    return entry(made)


def _since(row: Opened, session: Opened | None) -> str | None:
    """When what was noticed of a session began; None where a check-in belongs to none, or was before it."""
    if session is None or row.ratings["moment"] == "before":
        return None
    began, told = session.ratings["happened_at"], row.ratings["happened_at"]
    return began if datetime.fromisoformat(began) <= datetime.fromisoformat(told) else None


def _span(since: str | None, passed: str | None, session: Opened | None) -> Json:
    """From the session to the day it had passed at the latest; that end is a day, because no hour was told."""
    if since is None or session is None:
        return {}
    period = {"start": when(since)}
    minutes = session.ratings.get("duration_min")
    if passed in _FROM_THE_DAY:
        period["end"] = later(since, days=_FROM_THE_DAY[passed])[:10]
    elif passed in _FROM_THE_END and minutes is not None:
        period["end"] = later(since, minutes=minutes, hours=_FROM_THE_END[passed])[:10]
    return {"effectivePeriod": period}
