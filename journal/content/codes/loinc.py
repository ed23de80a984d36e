"""LOINC codes seen in published FHIR guides. What could not be confirmed has no code here, and exports none.

PHQ-8 and GAD-2 have no confirmed total, and a 0-10 mood has no code at all.
"""

from types import MappingProxyType

PANELS = MappingProxyType({"phq9": "44249-1", "phq2": "55757-9", "gad7": "69737-5"})
TOTALS = MappingProxyType({"phq9": "44261-6", "phq2": "55758-7", "gad7": "70274-6"})

# By the wording of the questionnaire, in the order its items are asked.
ITEMS = MappingProxyType({
    "phq": (
        "44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8",
    ),
    # 69689-8 is displayed as "in last 4 weeks", though the questionnaire asks about two: go by the code.
    "gad": ("69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"),
})
ANSWERS = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")

DIFFICULTY = "69722-7"
# From "not difficult at all" to "extremely difficult": the codes are not in numerical order.
DIFFICULTY_ANSWERS = ("LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3")

BLOOD_PRESSURE, SYSTOLIC, DIASTOLIC, HEART_RATE = "85354-9", "8480-6", "8462-4", "8867-4"
SYMPTOM, SYMPTOM_ABSENT = "75325-1", "111551-8"
SEVERITY, QUALITY, TREND = "64750-3", "56823-8", "89253-9"
