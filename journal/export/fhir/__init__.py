"""The journal as a FHIR R4 (4.0.1) Bundle, built as plain structures. Pure.

Questionnaires and responses to the letter; beside them what other programs look for: observations, and what was given.
No condition, risk assessment or adverse event: those are a clinician's judgements.
"""

from collections.abc import Iterable, Iterator

import orjson

from journal.content.messages import wording
from journal.export.fhir.forms import forms
from journal.export.fhir.observations import Observing
from journal.export.fhir.parts import Json, coding, entry, named, reference, words
from journal.export.fhir.responses import Answers, response_id
from journal.export.fhir.sessions import Telling, of_course, statement_id
from journal.export.material import Material
from journal.export.notice import sentences
from journal.sessions.rows import Opened

_PARTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
# HL7's label for what must not be passed on without consent.
_NOT_PASSED_ON = coding(
    "http://terminology.hl7.org/CodeSystem/v3-ActCode", "NORDSCLCD", "no redisclosure without consent directive"
)
_AT_ONCE = 64


def bundle(material: Material, *, standard: bool = True) -> Json:
    """The whole bundle. `standard`: with the codes of SNOMED CT, RxNorm and HPO beside our own."""
    whole: Json = orjson.loads(b"".join(chunks(material, standard=standard)))
    return whole


def chunks(material: Material, *, standard: bool = True) -> Iterator[bytes]:
    """The same bundle as bytes, some at a time, so that a journal of thousands is never all there at once."""
    yield orjson.dumps(_around(material))[:-1] + b',"entry":['
    parts: list[bytes] = []
    comma = b""
    for each in _entries(material, standard=standard):
        parts.append(each)
        if len(parts) == _AT_ONCE:
            yield comma + b",".join(parts)
            parts.clear()
            comma = b","
    yield (comma + b",".join(parts) if parts else b"") + b"]}"


def _entries(material: Material, *, standard: bool) -> Iterator[bytes]:
    """Every resource: the patient, the forms, then the oldest first, and last who says so."""
    patient_id = _patient_id(material)
    patient = reference(patient_id)
    answers = Answers(_own(material))
    head = entry({"resourceType": "Patient", "id": patient_id} | _named(material))
    yield from map(orjson.dumps, (head, *forms(), *_of_courses_and_sessions(material, patient, answers, standard)))
    observing = Observing(answers, patient, standard=standard)
    above = {row.id: _Above(row) for row in material.sessions}
    for row in material.check_ins:
        yield from _of_check_in(row, above.get(row.links.get("session_id", ""), _ALONE), patient, answers, observing)
    # Who says so comes last, because a reader that streams knows by then what it speaks of.
    yield orjson.dumps(entry(_provenance(material, patient)))


def _of_courses_and_sessions(material: Material, patient: Json, answers: Answers, standard: bool) -> Iterator[Json]:
    telling = Telling(patient, frozenset(row.id for row in material.courses), answers, material.made_at, standard)
    yield from (of_course(row, patient) for row in material.courses)
    for row in material.sessions:
        yield from telling.of_session(row)


class _Above:
    """What a check-in hangs on: its session, the response that tells of it, and what was given."""

    def __init__(self, session: Opened | None) -> None:
        self.session = session
        self.response = reference(response_id(session.id, "session")) if session else None
        self.given = reference(statement_id(session.id)) if session else None


_ALONE = _Above(None)


def _of_check_in(row: Opened, above: _Above, patient: Json, answers: Answers, observing: Observing) -> Iterator[bytes]:
    yield answers.response(row, patient, above.response)
    for name in row.ratings.get("instruments", ()):
        filled = answers.filled(row, patient, name)
        if filled is not None:
            yield orjson.dumps(entry(filled))
    yield from observing.of_check_in(row, reference(response_id(row.id, "check-in")), above.session, above.given)


def _around(material: Material) -> Json:
    made_at = material.made_at.isoformat(timespec="seconds")
    name = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{named(_patient_id(material), made_at)}"}
    kept_close = {"meta": {"security": [_NOT_PASSED_ON]}} if material.shared else {}
    return {"resourceType": "Bundle", **kept_close, "identifier": name, "type": "collection", "timestamp": made_at}


def _patient_id(material: Material) -> str:
    """The same at every export of an account, whatever of it was chosen."""
    return named(material.account_id, "patient")


def _named(material: Material) -> Json:
    return {"name": [words("text", material.name)]} if material.name else {}


def _own(material: Material) -> dict[str, str]:
    """The patient's own sensations by term; without words taken along they have no names."""
    return {f"own.{row.id}": row.story["label"] for row in material.additions if row.story}


def _provenance(material: Material, patient: Json) -> Json:
    said = wording(area="fhir")
    told = said["provenance"]
    if material.unopened:
        told += " " + said["unopened"][min(material.unopened, 2) - 1].format(count=material.unopened)
    if material.shared is not None:
        told += "\n" + "\n".join(sentences(material.shared))
    return {
        "resourceType": "Provenance",
        "id": named(_patient_id(material), "provenance"),
        "target": [patient, *_sources(material)],
        "recorded": material.made_at.isoformat(timespec="seconds"),
        "activity": words("text", told),
        "agent": [
            {"type": {"coding": [coding(_PARTS, "author")]}, "who": patient},
            {"type": {"coding": [coding(_PARTS, "assembler")]}, "who": {"display": "Shoreline"}},
        ],
    }


def _sources(material: Material) -> Iterator[Json]:
    of: tuple[tuple[str, Iterable[Opened]], ...] = (
        ("course", material.courses), ("session", material.sessions), ("check-in", material.check_ins),
    )  # fmt: skip
    for form, rows in of:
        yield from (reference(response_id(row.id, form)) for row in rows)
