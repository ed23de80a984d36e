"""Codes for export: confirmed ones only, and every one of them can be left out."""

import re
from itertools import chain

from journal.content import catalogue
from journal.content.choices import EMOTIONS, ROUTES
from journal.content.codes import LOCAL, codings, loinc, symptoms
from journal.content.instruments import INSTRUMENTS

# Seen in public files and wrong, or never confirmed.
NEVER = {
    "72166-2", "69726-8", "69727-6", "69728-4", "69729-2", "69730-0", "69731-8", "73831-0", "58148-8", "70272-0",
    "71965-1", "44376007", "38341003",
}  # fmt: skip


def every_code():
    yield from chain.from_iterable(loinc.ITEMS.values())
    yield from chain(loinc.PANELS.values(), loinc.TOTALS.values(), loinc.ANSWERS, loinc.DIFFICULTY_ANSWERS)
    yield from (loinc.DIFFICULTY, loinc.BLOOD_PRESSURE, loinc.SYSTOLIC, loinc.DIASTOLIC, loinc.HEART_RATE)
    yield from (loinc.SYMPTOM, loinc.SYMPTOM_ABSENT, loinc.SEVERITY, loinc.QUALITY, loinc.TREND)
    yield from chain.from_iterable(symptoms.SYMPTOMS.values())
    yield from chain(symptoms.EMOTIONS.values(), symptoms.ROUTES.values())


def test_nothing_unconfirmed_has_crept_in():
    assert NEVER.isdisjoint(every_code())


def test_every_question_asked_has_a_code():
    for instrument in INSTRUMENTS:
        assert len(loinc.ITEMS[instrument.wording]) >= instrument.items
    assert len(loinc.ANSWERS) == len(loinc.DIFFICULTY_ANSWERS) == 4


def test_very_difficult_comes_before_extremely_difficult():
    assert loinc.DIFFICULTY_ANSWERS.index("LA6575-0") < loinc.DIFFICULTY_ANSWERS.index("LA6574-3")


def test_loinc_codes_end_in_their_own_check_digit():
    codes = [code for code in every_code() if re.fullmatch(r"\d{4,6}-\d", code)]

    assert len(codes) > 30
    assert [code for code in codes if not _check_digit_holds(code)] == []


def test_snomed_codes_end_in_their_own_check_digit():
    codes = [*(snomed for snomed, _ in symptoms.SYMPTOMS.values() if snomed), *symptoms.EMOTIONS.values(),
             *symptoms.ROUTES.values()]  # fmt: skip

    assert [code for code in codes if not _verhoeff_holds(code)] == []


def test_every_mapping_is_of_something_that_exists():
    known = catalogue()
    ours = {*known.term, *known.item, *(fact.id for fact in known.facts)}

    assert set(symptoms.SYMPTOMS) <= ours
    assert set(symptoms.EMOTIONS) <= set(EMOTIONS)
    assert set(symptoms.ROUTES) <= set(ROUTES)


def test_our_own_code_comes_first_and_stays_when_the_rest_is_left_out():
    assert [coding.code for coding in codings("se.nausea")] == ["se.nausea", "422587007", "HP:0002018"]
    assert codings("se.nausea", standard=False) == ((LOCAL, "se.nausea"),)
    assert codings("perc.time") == ((LOCAL, "perc.time"),)


def _check_digit_holds(code):
    """LOINC's modulus 10: from the right, every other digit is doubled, and the digits are added up."""
    number, check = code.split("-")
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number))]
    return (10 - sum(sum(divmod(it, 10)) for it in doubled) % 10) % 10 == int(check)


_TURNED = ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4))


def _verhoeff_holds(code):
    """SNOMED's check digit, by the dihedral group of order ten."""
    turns = [_TURNED[0], _TURNED[1]]
    while len(turns) < 8:
        turns.append(tuple(turns[1][digit] for digit in turns[-1]))
    found = 0
    for place, digit in enumerate(reversed(code)):
        found = _multiplied(found, turns[place % 8][int(digit)])
    return found == 0


def _multiplied(one, other):
    if one < 5:
        return (one + other) % 5 + (5 if other >= 5 else 0)
    return (one - other) % 5 + (5 if other < 5 else 0)
