"""Small pieces that every resource is made of: ids, references, codes, times and words. Pure."""

import base64
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from journal.content.codes import HPO, LOCAL, LOINC, SNOMED, codings

Json = dict[str, Any]

FORMS = "urn:shoreline:questionnaire:"
ROWS = "urn:shoreline:row"
# Where something belongs to no row of the journal.
NO_ROW = "9b2f6c1e-5d0a-4c7b-8e34-000000000000"
EXACT = "urn:shoreline:exact-text"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
UNITS = "http://unitsofmeasure.org"

# FHIR takes no offset beyond these, and the patient's own clock has none.
_OFFSET = re.compile(r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)\Z")
# What HL7's schema lets through in a text: of white space only these four.
_NO_TEXT = re.compile(r"[^\S \r\n\t]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_NEW_LINES = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")


def named(row_id: str, name: str) -> str:
    """The id of what is made of a row under a name, the same at every export: the row's, its last part changed.

    A row's id is chance already, and a journal has tens of thousands of these.
    """
    first, last = _halves(row_id)
    return f"{first}{last ^ _mixed_in(name):012x}"


@lru_cache(maxsize=8)
def _halves(row_id: str) -> tuple[str, int]:
    return row_id[:-12], int(row_id[-12:], 16)


@cache
def _mixed_in(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:6])


def reference(resource_id: str) -> Json:
    """A reference to a resource of the same bundle."""
    return {"reference": "urn:uuid:" + resource_id}


def entry(resource: Json) -> Json:
    """A resource as it stands in a bundle."""
    return {"fullUrl": "urn:uuid:" + resource["id"], "resource": resource}


def coding(system: str, code: str, display: str = "") -> Json:
    """A code of a system, with what it is called there where that is known."""
    return {"system": system, "code": code} | ({"display": display} if display else {})


def local(code: str, display: str = "") -> Json:
    """One of our own codes."""
    return coding(LOCAL, code, display)


@cache
def concept(local_id: str, label: str, *, standard: bool) -> Json:
    """A term: our own code first, then those of SNOMED CT and HPO. Shared: not to be changed."""
    own, *others = codings(local_id, standard=standard)
    return {"coding": [local(own.code, label), *(coding(*it) for it in others)]} | ({"text": label} if label else {})


def category(name: str) -> list[Json]:
    """What kind of observation it is."""
    return [{"coding": [coding(CATEGORIES, name)]}]


@lru_cache(maxsize=64)
def when(text: str) -> str:
    """A time as it was told, with its offset; in UTC only where FHIR knows no such offset."""
    if _OFFSET.search(text):
        return text
    at = datetime.fromisoformat(text)
    return (at.replace(tzinfo=None) - (at.utcoffset() or timedelta())).isoformat() + "Z"


@lru_cache(maxsize=64)
def instant(text: str) -> datetime:
    """A time as one that can be compared."""
    return datetime.fromisoformat(text)


def later(text: str, **elapsed: float) -> str:
    """A time some time after another, on the same clock."""
    return when((datetime.fromisoformat(text) + timedelta(**elapsed)).isoformat())


def words(name: str, text: str) -> Json:
    """Words of the patient under a value's name. What FHIR cannot carry is replaced, and the exact ones go along."""
    fit = _NO_TEXT.sub(_replaced, text)
    if fit == text:
        return {name: text}
    exact = base64.b64encode(text.encode()).decode()
    return {name: fit, f"_{name}": {"extension": [{"url": EXACT, "valueBase64Binary": exact}]}}


def _replaced(found: re.Match[str]) -> str:
    char = found.group()
    if char in _NEW_LINES:
        return "\n"
    return " " if char.isspace() else "\ufffd"


def quantity(value: float, unit: str, code: str) -> Json:
    """An amount with its unit."""
    return {"value": value, "unit": unit, "system": UNITS, "code": code}


def present(members: Mapping[str, Any]) -> Json:
    """Only the members there is something in."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def labelled(codes: Iterable[str], kind: str, labels: Mapping[str, str]) -> list[Json]:
    """Answers to choose from, as our own codes."""
    return [{"valueCoding": local(f"{kind}.{code}", labels[code])} for code in codes]


__all__ = [
    "EXACT", "FORMS", "HPO", "LOCAL", "LOINC", "NO_ROW", "ROWS", "SNOMED", "Json", "category", "coding", "concept",
    "entry", "instant", "labelled", "later", "local", "named", "present", "quantity", "reference", "when", "words",
]  # fmt: skip
