"""What a patient can pick from the lists *What you noticed* and *What bothered you*.

Ids are the codes of the vocabulary; opposites may stand together. Landing chips carry their place on the short list.
"""

from collections.abc import Mapping
from types import MappingProxyType

from journal.content.choices import LIMBS
from journal.content.structure import Term


def _noticed(term_id: str, group: str, *details: str, landing: int = 0, **choices: tuple[str, ...]) -> Term:
    return Term(term_id, "noticed", group, details, MappingProxyType(choices), landing)


def _bothered(term_id: str, *, landing: int = 0) -> Term:
    return Term(term_id, "bothered", "side_effect", ("worst", "passed"), landing=landing)


_TIME = ("slower", "faster", "stopped", "both", "lost_track")
_SPACE = ("bigger", "smaller", "further", "closer", "boundless")
_SOUND = ("distant", "muffled", "louder", "distorted")
_SIGHT = ("colours_enhanced", "colours_faded", "patterns", "blurred", "double")

BODY = (
    _noticed("sens.tingling", "body", "intensity", "where", "passed", where=LIMBS, landing=1),
    _noticed("sens.numbness", "body", "intensity", "where", "passed", where=LIMBS, landing=2),
    _noticed("sens.floating", "body", "intensity", "valence", landing=3),
    _noticed("sens.heavy", "body", "intensity", "valence", landing=4),
    _noticed("sens.relaxation", "body", "intensity", landing=9),
)
PERCEPTION = (
    _noticed("perc.time", "perception", "direction", "intensity", direction=_TIME, landing=5),
    _noticed("perc.vision", "vision", "aspects", "intensity", "passed", aspects=_SIGHT, landing=6),
    _noticed("perc.hearing", "hearing", "direction", "intensity", "passed", direction=_SOUND, landing=7),
    _noticed("perc.space", "perception", "intensity", "direction", direction=_SPACE, landing=8),
    _noticed("perc.hallucination", "vision", "intensity", "valence", landing=12),
    _noticed("perc.surroundings", "perception", "intensity"),
)
DETACHMENT = (
    _noticed("diss.surroundings", "detachment", "intensity", "valence"),
    _noticed("diss.body", "detachment", "intensity", "valence"),
)
MIND = (
    _noticed("psy.peaceful", "mind", "intensity", landing=10),
    _noticed("psy.thought_awareness", "mind", "intensity", landing=11),
    _noticed("psy.introspection", "mind", "intensity"),
)
BOTHERED = (
    _bothered("se.nausea", landing=1),
    _bothered("se.dizziness", landing=2),
    _bothered("se.headache", landing=3),
    _bothered("se.hr_up", landing=4),
    _bothered("se.anxious", landing=5),
    _bothered("se.vision_blurred", landing=6),
    _bothered("se.sleepy", landing=7),
    _bothered("se.speech", landing=8),
    _bothered("se.discomfort", landing=9),
    _bothered("se.vomiting"),
    _bothered("se.confused"),
    _bothered("se.unsteady"),
    _bothered("se.tearful"),
)

TERMS = (*BODY, *PERCEPTION, *DETACHMENT, *MIND, *BOTHERED)

# What a sensation of the patient's own may carry: nothing can be known of its directions or places.
OWN_DETAILS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"noticed": ("intensity", "valence", "passed"), "bothered": ("worst", "passed")}
)
