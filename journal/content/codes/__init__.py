"""Codes for export: our own first, then LOINC for questionnaires and vital signs, SNOMED CT and HPO for symptoms.

SNOMED CT needs a licence in some countries, so that whole file can be left out: `codings(..., standard=False)`.
"""

from typing import NamedTuple

from journal.content.codes import symptoms

LOCAL = "urn:shoreline:catalogue"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
HPO = "http://human-phenotype-ontology.org"


class Coding(NamedTuple):
    """A code and the system it belongs to."""

    system: str
    code: str


def codings(local_id: str, *, standard: bool = True) -> tuple[Coding, ...]:
    """The codes of a term, item or fact; our own is always there and always first."""
    own = (Coding(LOCAL, local_id),)
    if not standard:
        return own
    snomed, hpo = symptoms.SYMPTOMS.get(local_id, ("", ""))
    named = ((SNOMED, snomed), (HPO, hpo))
    return own + tuple(Coding(system, code) for system, code in named if code)
