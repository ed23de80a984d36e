"""SNOMED CT and HPO codes by our own id: (SNOMED CT, HPO), "" where none was confirmed. May be left out of an export.

Only findings, never a disorder: a drug effect the patient noticed is not an illness.
"""

from types import MappingProxyType

SYMPTOMS = MappingProxyType({
    "sens.tingling": ("91019004", "HP:0003401"),
    "sens.numbness": ("44077006", "HP:0033748"),
    "perc.hallucination": ("64269007", "HP:0002367"),
    "diss.peak": ("", "HP:0032940"),
    "diss.body": ("", "HP:5200217"),
    "diss.surroundings": ("", "HP:5200218"),
    "se.nausea": ("422587007", "HP:0002018"),
    "se.vomiting": ("422400008", "HP:0002013"),
    "se.dizziness": ("404640003", "HP:0002321"),
    "se.headache": ("25064002", "HP:0002315"),
    "se.hr_up": ("80313002", "HP:0001962"),
    "se.bp_up": ("24184005", ""),
    "se.vision_blurred": ("111516008", "HP:0000622"),
    "se.speech": ("8011004", "HP:0001260"),
    "se.sleepy": ("271782001", "HP:0002329"),
    "se.confused": ("286933003", "HP:0001289"),
    "se.unsteady": ("85102008", "HP:0001251"),
    "se.anxious": ("48694002", "HP:0000739"),
    "se.discomfort": ("224977004", ""),
    "lt.depression": ("366979004", ""),
    "lt.memory": ("386807006", "HP:0002354"),
    "lt.bladder": ("75088002", "HP:0000012"),
})

# Emotion words of the next day, and routes of a session, by their option id.
EMOTIONS = MappingProxyType({
    "afraid": "1402001", "angry": "75408008", "calm": "102894008", "joyful": "112080002",
})
ROUTES = MappingProxyType({"oral": "26643006", "subcutaneous": "34206005", "sublingual": "37839007"})
