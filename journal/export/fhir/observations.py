"""What a check-in tells as observations: what was noticed and what bothered, mood, how far away, totals. Pure.

The response stays the source. No observation is made of what was not said, and nothing is concluded from what was.
A journal has tens of thousands of them, most of them alike but for their time: each is put together from members that
were written down as JSON once.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from journal.content.catalogue import LISTS, catalogue
from journal.content.codes import LOINC, loinc
from journal.content.instruments import total
from journal.content.items import DETACHMENT, MOOD
from journal.content.messages import wording
from journal.export.fhir.parts import (
    Json,
    category,
    coding,
    concept,
    entry,
    instant,
    later,
    local,
    named,
    present,
    reference,
    when,
)
from journal.export.fhir.responses import Answers, response_id
from journal.sessions.rows import Opened

_ENTRY = b'{"fullUrl":"urn:uuid:%b","resource":{"resourceType":"Observation","id":"%b",%b,%b,%b,%b}}'
_SURVEY = category("survey")
_VALENCE = "state_of_mind.valence"
# The day a sensation had passed at the latest, where the answer and the session's length tell it: hours from its end.
_FROM_THE_END = {"during": 0.0, "by_end": 0.0, "within_2h": 2.0}
_FROM_THE_DAY = {"same_day": 0, "next_day": 1}


class Observing:
    """Makes observations, with the parts that are alike made once."""

    def __init__(self, answers: Answers, patient: Json, *, standard: bool) -> None:
        said = wording(area="fhir")
        self._answers, self._patient, self._standard = answers, patient, standard
        self._performers = [patient]
        self._symptom = {"coding": [coding(LOINC, loinc.SYMPTOM)], "text": said["symptom"]}
        self._absent = {"coding": [coding(LOINC, loinc.SYMPTOM_ABSENT)], "text": said["absent"]}
        self._components: dict[tuple[str, Any], Json] = {}
        self._told: dict[Any, bytes] = {}
        self._spans: dict[tuple[str, str | None], bytes] = {}

    def of_check_in(self, row: Opened, response: Json, session: Opened | None, given: Json | None) -> Iterator[bytes]:
        """Every observation of a check-in, as entries. `given`: what was given in its session."""
        same = _members({
            **({"partOf": [given]} if given else {}),
            "status": "amended" if "revised_at" in row.ratings else "final",
            "category": _SURVEY,
            "subject": self._patient,
            "performer": self._performers,
        })  # fmt: skip
        source = _members({"derivedFrom": [response]})
        for name, at, told in self._said(row, session):
            made_id = named(row.id, name).encode()
            yield _ENTRY % (made_id, made_id, same, at, told, source)
        yield from (orjson.dumps(it) for it in self._totals(row, given))

    def _said(self, row: Opened, session: Opened | None) -> Iterator[tuple[str, bytes, bytes]]:
        """The name of each observation, when it was, and what it says."""
        ratings = row.ratings
        at = _members({"effectiveDateTime": when(ratings["happened_at"])})
        answers = ratings.get("answers", {})
        for item in (MOOD, DETACHMENT):
            if item in answers:
                yield item, at, self._rated(item, answers[item])
        during = session if _is_of(ratings, session) else None
        for name in LISTS:
            if name in ratings.get("none", ()):
                yield f"{name}.none", at, self._none(name)
            for term, detail in ratings.get(name, {}).items():
                # One's own can be picked on both lists: each pick has a name of its own.
                span = self._span(during, detail.get("passed")) if during else at
                yield f"{name}.{term}", span, self._picked(term, detail)

    def _rated(self, item: str, value: int) -> bytes:
        made = self._told.get((item, value))
        if made is None:
            label = self._answers.said["items"][item]["label"]
            # A finding's code says that it is there; rated 0 it was not.
            told: Json = {"code": concept(item, label, standard=self._standard and value > 0), "valueInteger": value}
            if item == MOOD:
                told["component"] = [self._component(_VALENCE, "valueQuantity", value)]
            made = self._told[(item, value)] = _members(told)
        return made

    def _none(self, name: str) -> bytes:
        coded = concept(name, self._answers.said["lists"][name]["label"], standard=False)
        return _members({"code": self._absent, "valueCodeableConcept": coded})

    def _picked(self, term: str, detail: Json) -> bytes:
        key = (term, orjson.dumps(detail))
        made = self._told.get(key)
        if made is None:
            coded = concept(term, self._answers.label(term), standard=self._standard)
            told = {"code": self._symptom, "valueCodeableConcept": coded}
            made = _members(told | present({"component": [*self._details(term, detail)]}))
            self._told[key] = made
        return made

    def _span(self, session: Opened, passed: str | None) -> bytes:
        made = self._spans.get((session.id, passed))
        if made is None:
            made = _members({"effectivePeriod": _period(session.ratings, passed)})
            self._spans[(session.id, passed)] = made
        return made

    def _details(self, term: str, detail: Json) -> Iterator[Json]:
        for name, value in detail.items():
            if isinstance(value, int):
                yield self._component(name, "valueInteger", value)
            elif name == "passed":
                yield self._component(name, "valueCodeableConcept", f"passed.{value}")
            else:
                for each in value:
                    yield self._component(name, "valueCodeableConcept", f"{term}.{name}.{each}")

    def _component(self, name: str, kind: str, value: Any) -> Json:
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

    def _totals(self, row: Opened, given: Json | None) -> Iterator[Json]:
        """The sum of each questionnaire's answers, where all are there."""
        for name, told in row.ratings.get("instruments", {}).items():
            whole = total(catalogue().instrument[name], told["answers"])
            if whole is None:
                continue
            title = self._answers.said["instruments"]["titles"][name]
            codes = [local(name, title), *(coding(LOINC, loinc.TOTALS[it]) for it in (name,) if it in loinc.TOTALS)]
            yield entry({
                "resourceType": "Observation",
                "id": named(row.id, f"{name}.total"),
                **({"partOf": [given]} if given else {}),
                "status": "amended" if "revised_at" in row.ratings else "final",
                "category": _SURVEY,
                "code": {"coding": codes, "text": title},
                "subject": self._patient,
                "effectiveDateTime": when(row.ratings["happened_at"]),
                "performer": self._performers,
                "valueInteger": whole,
                "derivedFrom": [reference(response_id(row.id, name))],
            })  # fmt: skip


def _members(members: Json) -> bytes:
    """The members of an object as JSON, without its braces."""
    return orjson.dumps(members)[1:-1]


def _is_of(ratings: Json, session: Opened | None) -> bool:
    """Whether what was noticed is of the session: not where a check-in belongs to none, or was before it."""
    if session is None or ratings["moment"] == "before":
        return False
    return instant(session.ratings["happened_at"]) <= instant(ratings["happened_at"])


def _period(ratings: Json, passed: str | None) -> Json:
    """From the session to the day it had passed at the latest; that end is a day, because no hour was told."""
    since = ratings["happened_at"]
    period = {"start": when(since)}
    minutes = ratings.get("duration_min")
    if passed in _FROM_THE_DAY:
        period["end"] = later(since, days=_FROM_THE_DAY[passed])[:10]
    elif passed in _FROM_THE_END and minutes is not None:
        period["end"] = later(since, minutes=minutes, hours=_FROM_THE_END[passed])[:10]
    return period
