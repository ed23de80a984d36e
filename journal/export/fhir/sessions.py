"""A session: what was told of it, the ketamine that was given, and the readings taken. Courses too. Pure."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from journal.content.catalogue import catalogue
from journal.content.codes import LOINC, SNOMED, loinc, symptoms
from journal.content.messages import wording
from journal.export.fhir.forms import FACT_OPTIONS
from journal.export.fhir.parts import (
    Json, category, coding, entry, later, local, named, present, quantity, reference, when, words,
)  # fmt: skip
from journal.export.fhir.responses import Answers, head, notes, response_id
from journal.sessions.rows import Opened

_KETAMINE = (coding(SNOMED, "373464007"), coding("http://www.nlm.nih.gov/research/umls/rxnorm", "6130"))
_DOSE_UNITS = {"mg": ("mg", "mg"), "mg_per_kg": ("mg/kg", "mg/kg")}


def statement_id(row_id: str) -> str:
    """The id of what was given in a session."""
    return named(row_id, "statement")


def of_course(row: Opened, patient: Json) -> Json:
    """A course as its own response."""
    told = [_answer(f"course.{name}", kind, row.ratings[name])
            for name, kind in (("planned_sessions", "valueInteger"), ("started_on", "valueDate")) if name in row.ratings]
    told += [{"linkId": f"course.{name}", "answer": [words("valueString", text)]}
             for name, text in (row.story or {}).items()]
    return entry(head(row, "course", patient, "completed") | present({"item": told}))


def of_session(
    row: Opened, patient: Json, courses: frozenset[str], answers: Answers, made_at: datetime, *, standard: bool
) -> Iterator[Json]:
    """Everything made of a session: its response, what was given, its readings."""
    response = reference(response_id(row.id, "session"))
    course = row.links.get("course_id", "")
    above = reference(response_id(course, "course")) if course in courses else None
    yield entry(head(row, "session", patient, "completed") | {"item": [*_facts(row, above, answers)]})
    yield entry(_statement(row, patient, response, answers, made_at, standard=standard))
    for reading in _readings(row.ratings):
        yield entry({
            "resourceType": "Observation",
            "id": named(row.id, reading.pop("named")),
            "partOf": [reference(statement_id(row.id))],
            "status": "final",
            "category": category("vital-signs"),
            "subject": patient,
            "performer": [patient],
            "derivedFrom": [response],
            **reading,
        })


def _facts(row: Opened, course: Json | None, answers: Answers) -> Iterator[Json]:
    ratings = row.ratings
    if course is not None:
        yield _answer("session.course", "valueReference", course)
    yield _answer("session.happened_at", "valueDateTime", when(ratings["happened_at"]))
    yield _answer("session.time_zone", "valueString", ratings["time_zone"])
    for fact in catalogue().facts:
        value = ratings.get(fact.field)
        if fact.of != "session" or value is None:
            continue
        if fact.kind in ("choice", "yes_no"):
            kind = FACT_OPTIONS.get(fact.id, "yes_no")
            yield _answer(fact.id, "valueCoding", answers.option(f"{kind}.{value}"))
        elif fact.kind == "dose":
            yield from _dose_told(fact.id, value)
        elif fact.kind == "blood_pressure":
            yield {"linkId": fact.id, "item": [*_reading_told(fact.id, value, answers)]}
        else:
            yield _answer(fact.id, "valueInteger", value)
    yield from _words(row.story or {})


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


def _statement(
    row: Opened, patient: Json, response: Json, answers: Answers, made_at: datetime, *, standard: bool
) -> Json:
    ratings = row.ratings
    ahead = datetime.fromisoformat(ratings["happened_at"]) > made_at
    period = {"start": when(ratings["happened_at"])}
    if "duration_min" in ratings:
        period["end"] = later(ratings["happened_at"], minutes=ratings["duration_min"])
    return {
        "resourceType": "MedicationStatement",
        "id": statement_id(row.id),
        "status": "intended" if ahead else "completed",
        "medicationCodeableConcept": _ketamine(standard=standard),
        "subject": patient,
        "effectivePeriod": period,
        **({"dateAsserted": when(ratings["written_at"])} if "written_at" in ratings else {}),
        "informationSource": patient,
        "derivedFrom": [response],
        **present({"dosage": _dosage(ratings, answers, standard=standard)}),
    }


@cache
def _ketamine(*, standard: bool) -> Json:
    said = wording(area="fhir")["ketamine"]
    return {"coding": [local("ketamine", said), *(_KETAMINE if standard else ())], "text": said}


def _dosage(ratings: Json, answers: Answers, *, standard: bool) -> list[Json]:
    told: Json = {}
    if route := ratings.get("route"):
        own = answers.option(f"routes.{route}")
        code = symptoms.ROUTES.get(route, "") if standard else ""
        told["route"] = {"coding": [own, *([coding(SNOMED, code)] if code else [])], "text": own["display"]}
    dose = ratings.get("dose", {})
    if "amount" in dose and dose["unit"] in _DOSE_UNITS:
        told["doseAndRate"] = [{"doseQuantity": _amount(dose)}]
    return [told] if told else []


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
