"""A session: what was told of it, the ketamine that was given, and the readings taken. Courses too. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from journal.content.catalogue import catalogue
from journal.content.codes import LOINC, SNOMED, loinc, symptoms
from journal.content.messages import wording
from journal.content.structure import Fact
from journal.export.fhir.forms import FACT_OPTIONS
from journal.export.fhir.parts import (
    Json,
    category,
    coding,
    entry,
    instant,
    later,
    local,
    named,
    present,
    quantity,
    reference,
    when,
    words,
)
from journal.export.fhir.responses import Answers, head, notes, response_id
from journal.sessions.rows import Opened

_KETAMINE = (coding(SNOMED, "373464007"), coding("http://www.nlm.nih.gov/research/umls/rxnorm", "6130"))
_DOSE_UNITS = {"mg": ("mg", "mg"), "mg_per_kg": ("mg/kg", "mg/kg")}


def statement_id(row_id: str) -> str:
    """The id of what was given in a session."""
    return named(row_id, "statement")


def of_course(row: Opened, patient: Json) -> Json:
    """A course as its own response."""
    kinds = {"planned_sessions": "valueInteger", "started_on": "valueDate"}
    told = [_answer(f"course.{name}", kind, row.ratings[name]) for name, kind in kinds.items() if name in row.ratings]
    told += [{"linkId": f"course.{name}", "answer": [words("valueString", text)]}
             for name, text in (row.story or {}).items()]
    return entry(head(row, "course", patient, "completed") | present({"item": told}))


@dataclass(frozen=True)
class Telling:
    """Tells of sessions: whose they are, which courses are told of, and until when something was given."""

    patient: Json
    courses: frozenset[str]
    answers: Answers
    made_at: datetime
    standard: bool

    def of_session(self, row: Opened) -> Iterator[Json]:
        """Everything made of a session: its response, what was given, its readings."""
        response = head(row, "session", self.patient, "completed") | {"item": [*self._facts(row)]}
        source = reference(response["id"])
        yield entry(response)
        yield entry(self._statement(row, source))
        for reading in _readings(row.ratings):
            yield entry({
                "resourceType": "Observation",
                "id": named(row.id, reading.pop("named")),
                "partOf": [reference(statement_id(row.id))],
                "status": "final",
                "category": category("vital-signs"),
                "subject": self.patient,
                "performer": [self.patient],
                "derivedFrom": [source],
                **reading,
            })  # fmt: skip

    def _facts(self, row: Opened) -> Iterator[Json]:
        ratings = row.ratings
        if (course := row.links.get("course_id")) in self.courses:
            yield _answer("session.course", "valueReference", reference(response_id(course, "course")))
        yield _answer("session.happened_at", "valueDateTime", when(ratings["happened_at"]))
        yield _answer("session.time_zone", "valueString", ratings["time_zone"])
        for fact in catalogue().facts:
            value = ratings.get(fact.field)
            if fact.of == "session" and value is not None:
                yield from self._fact(fact, value)
        yield from _words(row.story or {})

    def _fact(self, fact: Fact, value: Any) -> Iterator[Json]:
        if fact.kind in ("choice", "yes_no"):
            kind = FACT_OPTIONS.get(fact.id, "yes_no")
            yield _answer(fact.id, "valueCoding", self.answers.option(f"{kind}.{value}"))
        elif fact.kind == "dose":
            yield from _dose_told(fact.id, value)
        elif fact.kind == "blood_pressure":
            yield {"linkId": fact.id, "item": [*_reading_told(fact.id, value, self.answers)]}
        else:
            yield _answer(fact.id, "valueInteger", value)

    def _statement(self, row: Opened, source: Json) -> Json:
        ratings = row.ratings
        period = {"start": when(ratings["happened_at"])}
        if "duration_min" in ratings:
            period["end"] = later(ratings["happened_at"], minutes=ratings["duration_min"])
        return {
            "resourceType": "MedicationStatement",
            "id": statement_id(row.id),
            "status": "intended" if instant(ratings["happened_at"]) > self.made_at else "completed",
            "medicationCodeableConcept": _ketamine(standard=self.standard),
            "subject": self.patient,
            "effectivePeriod": period,
            **({"dateAsserted": when(ratings["written_at"])} if "written_at" in ratings else {}),
            "informationSource": self.patient,
            "derivedFrom": [source],
            **present({"dosage": self._dosage(ratings)}),
        }

    def _dosage(self, ratings: Json) -> list[Json]:
        told: Json = {}
        if route := ratings.get("route"):
            own = self.answers.option(f"routes.{route}")
            code = symptoms.ROUTES.get(route, "") if self.standard else ""
            told["route"] = {"coding": [own, *([coding(SNOMED, code)] if code else [])], "text": own["display"]}
        dose = ratings.get("dose", {})
        if "amount" in dose and dose["unit"] in _DOSE_UNITS:
            told["doseAndRate"] = [{"doseQuantity": _amount(dose)}]
        return [told] if told else []


def _words(story: Json) -> Iterator[Json]:
    for name in ("place", "staff_role", "note"):
        if name in story:
            yield {"linkId": f"session.{name}", "answer": [words("valueString", story[name])]}
    yield from notes("session", story)


def _dose_told(link: str, dose: Json) -> Iterator[Json]:
    if dose["unit"] == "unknown":
        yield _answer(f"{link}.unknown", "valueBoolean", value=True)
    elif "amount" in dose:
        yield _answer(link, "valueQuantity", _amount(dose))


def _reading_told(link: str, told: Json, answers: Answers) -> Iterator[Json]:
    for name in ("systolic", "diastolic"):
        yield _answer(f"{link}/{name}", "valueInteger", told[name])
    if "told_by_staff" in told:
        by_staff = answers.option(f"yes_no.{told['told_by_staff']}")
        yield _answer(f"{link}/told_by_staff", "valueCoding", by_staff)
    if "at" in told:
        yield _answer(f"{link}/at", "valueDateTime", when(told["at"]))


@cache
def _ketamine(*, standard: bool) -> Json:
    said = wording(area="fhir")["ketamine"]
    return {"coding": [local("ketamine", said), *(_KETAMINE if standard else ())], "text": said}


def _amount(dose: Json) -> Json:
    return quantity(dose["amount"], *_DOSE_UNITS[dose["unit"]])


def _readings(ratings: Json) -> Iterator[Json]:
    said = wording(area="fhir")["items"]
    if pressure := ratings.get("blood_pressure"):
        parts = (("systolic", loinc.SYSTOLIC), ("diastolic", loinc.DIASTOLIC))
        yield {
            "named": "blood_pressure",
            "code": _vital("se.bp_up", loinc.BLOOD_PRESSURE),
            "effectiveDateTime": when(pressure.get("at") or ratings["happened_at"]),
            "component": [
                {
                    "code": {"coding": [coding(LOINC, code)], "text": said[name]},
                    "valueQuantity": quantity(pressure[name], "mmHg", "mm[Hg]"),
                }
                for name, code in parts
            ],
        }
    if (pulse := ratings.get("pulse")) is not None:
        yield {
            "named": "pulse",
            "code": _vital("session.pulse", loinc.HEART_RATE),
            "effectiveDateTime": when(ratings["happened_at"]),
            "valueQuantity": quantity(pulse, "/min", "/min"),
        }


def _vital(fact: str, code: str) -> Json:
    label = wording()["facts"][fact]["label"]
    return {"coding": [local(fact, label), coding(LOINC, code)], "text": label}


def _answer(link: str, name: str, value: Any) -> Json:
    return {"linkId": link, "answer": [{name: value}]}
