"""Whom to call: no number is empty, none is implausible, and what nobody has checked says so."""

import re

import pytest

from journal.content import as_json, catalogue
from journal.content.help import regions


@pytest.mark.parametrize("region", regions(), ids=lambda region: region.id)
class TestRegion:
    def test_there_is_someone_to_call(self, region):
        assert region.emergency
        assert region.verified

    def test_every_number_can_be_dialled(self, region):
        numbers = [*region.emergency, *(line.tel for line in region.lines), *(it.sms for it in region.lines if it.sms)]

        assert all(re.fullmatch(r"\+?\d{3,15}", number) for number in numbers)
        assert all(line.name.strip() for line in region.lines)


def test_the_certain_ones_are_what_they_are():
    known = {region.id: region for region in regions()}

    assert (known["US"].emergency, known["US"].lines[0].tel, known["US"].lines[0].sms) == (("911",), "988", "988")
    assert known["GB"].lines[0].tel == known["IE"].lines[0].tel == "116123"
    assert "112" in known["EU"].emergency
    assert known["AU"].lines[0].tel == "131114"


def test_the_front_end_gets_every_region_with_its_name():
    shown = as_json()["help"]["regions"]

    assert [it["id"] for it in shown] == [it.id for it in regions()]
    assert all(it["label"] for it in shown)


def test_after_landing_everyone_reads_the_same_words():
    after = [it.id for it in catalogue().safety if "after_landing" in it.shown]
    words = " ".join(it["text"] for it in as_json()["safety"] if it["id"] in after)

    assert after == ["no_driving", "get_up_slowly", "water", "call_now", "dark_thoughts"]
    for said in ("drive", "full night's sleep", "slowly", "water"):
        assert said in words
    for said in ("chest pain", "breathing", "faint", "awake", "suicide"):
        assert said in words


def test_every_sentence_says_whom_it_is_from():
    assert all(it["text"] and it["attribution"] and it["shown"] for it in as_json()["safety"])
