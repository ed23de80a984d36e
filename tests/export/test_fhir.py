"""The FHIR bundle: valid to two validators, true to the answers, silent about what is a clinician's to judge."""

import base64
import re
from collections import Counter
from datetime import datetime

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from journal.content.codes import HPO, LOCAL, LOINC, SNOMED, loinc
from journal.export import fhir
from journal.sessions import schemas
from tests.export import r4
from tests.export.by_chance import bodies, journals
from tests.export.material import demo_material, material, opened

ALLOWED = {"Patient", "Questionnaire", "QuestionnaireResponse", "Observation", "MedicationStatement", "Provenance"}
CHANCE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
AT = "2026-09-14T10:30:00-04:00"
SESSION, CHECK_IN = "6f8f2f39-2c3f-4b5e-9a2f-0d2f6a3f0001", "6f8f2f39-2c3f-4b5e-9a2f-0d2f6a3f0002"
TIMES = {"happened_at": AT, "time_zone": "America/New_York", "written_at": AT}


@pytest.fixture(scope="module")
def whole():
    return fhir.bundle(demo_material())


def of_kind(bundle, kind):
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


def told(check_in, session=None, story=None, **more):
    rows = [opened(SESSION, {"ratings": {**TIMES, **(session or {})}})] if session is not None else []
    body = {"ratings": {"moment": "anytime", **TIMES, **check_in}} | ({"session_id": SESSION} if rows else {})
    return fhir.bundle(material((), rows, [opened(CHECK_IN, body | ({"story": story} if story else {}))], **more))


def everything_in(value):
    """Every object in a structure."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from everything_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everything_in(inner)


def answers_of(response):
    return {it["linkId"]: it.get("answer") for it in everything_in(response) if "linkId" in it}


def questioned(items):
    for item in items:
        yield item["linkId"], item
        yield from questioned(item.get("item", ()))


@pytest.mark.slow
class TestValidators:
    def test_both_take_the_made_up_journal(self, whole):
        assert r4.faults(whole) == []
        assert r4.second_faults([whole]) == [[]]

    def test_both_take_it_without_words(self):
        bundle = fhir.bundle(demo_material(story=False), standard=False)
        assert r4.faults(bundle) == []
        assert r4.second_faults([bundle]) == [[]]

    def test_both_take_journals_by_chance(self):
        made = []

        @CHANCE
        @given(journals())
        def each(journal):
            bundle = fhir.bundle(journal)
            assert r4.faults(bundle) == []
            rules(bundle, journal)
            made.append(bundle)

        each()
        assert len(made) >= 60
        assert all(faults == [] for faults in r4.second_faults(made))

    def test_one_of_her_own_picked_on_both_lists_is_two_observations(self):
        own = "own.f728b4fa-4248-4e3a-8a5d-2f346baa9455"
        ratings = {**TIMES, "moment": "anytime", "noticed": {own: {}}, "bothered": {own: {"worst": 3}}}
        bundle = fhir.bundle(material(check_ins=[opened(CHECK_IN, {"ratings": ratings})]))
        urls = [each["fullUrl"] for each in bundle["entry"]]
        assert len(set(urls)) == len(urls)

    def test_an_empty_journal_is_a_bundle_too(self):
        bundle = fhir.bundle(material())
        assert r4.faults(bundle) == []
        assert r4.second_faults([bundle]) == [[]]

    @pytest.mark.parametrize("spoil", [
        lambda it: it.update(status="bogus"), lambda it: it.update(invented=True), lambda it: it.pop("code"),
    ])  # fmt: skip
    def test_neither_lets_a_fault_pass(self, whole, spoil):
        spoilt = orjson.loads(orjson.dumps(whole))
        spoil(of_kind(spoilt, "Observation")[0])
        assert r4.faults(spoilt)
        assert r4.second_faults([spoilt]) != [[]]

    @given(bodies())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_the_journals_by_chance_are_ones_the_api_takes(self, made):
        shapes = (schemas.CourseDraft, schemas.SessionDraft, schemas.CheckInDraft, schemas.AdditionDraft)
        for shape, rows in zip(shapes, made, strict=True):
            for body in rows.values():
                shape().load(body)


def rules(bundle, journal):
    """What no schema checks."""
    resources = [each["resource"] for each in bundle["entry"]]
    kinds = Counter(it["resourceType"] for it in resources)
    assert set(kinds) <= ALLOWED
    urls = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(urls)) == len(urls)
    assert all(url == f"urn:uuid:{it['id']}" for url, it in zip(urls, resources, strict=True))
    for it in everything_in(resources):
        if "reference" in it:
            assert it["reference"] in urls
    every_answer_is_asked(bundle)
    totals_are_sums(bundle)
    assert kinds["MedicationStatement"] == len(journal.sessions)
    own_codes_come_first(resources)


def every_answer_is_asked(bundle):
    forms = {f"{it['url']}|{it['version']}": dict(questioned(it["item"])) for it in of_kind(bundle, "Questionnaire")}
    for response in of_kind(bundle, "QuestionnaireResponse"):
        asked = forms[response["questionnaire"]]
        for link, answers in answers_of(response).items():
            offered = [option["valueCoding"]["code"] for option in asked[link].get("answerOption", ())]
            for answer in answers or ():
                if "valueCoding" in answer and asked[link]["type"] == "choice":
                    assert answer["valueCoding"]["code"] in offered


def totals_are_sums(bundle):
    scores = dict(zip(loinc.ANSWERS, range(4), strict=True))
    responses = {f"urn:uuid:{it['id']}": it for it in of_kind(bundle, "QuestionnaireResponse")}
    items = {"phq8": 8, "gad7": 7}
    summed = set()
    for observation in of_kind(bundle, "Observation"):
        code = observation["code"]["coding"][0]["code"]
        if code in items:
            source = observation["derivedFrom"][0]["reference"]
            answers = answers_of(responses[source])
            given = [scores[answers[f"{code}/{n}"][0]["valueCoding"]["code"]] for n in range(1, items[code] + 1)]
            assert observation["valueInteger"] == sum(given)
            summed.add(source)
    for name, response in responses.items():
        form = response["questionnaire"].split(":")[-1].split("|")[0]
        if form in items:
            answered = [link for link in answers_of(response) if re.fullmatch(rf"{form}/[1-9]", link)]
            assert (name in summed) == (len(answered) == items[form])


def own_codes_come_first(resources):
    for it in everything_in(resources):
        systems = [coding["system"] for coding in it.get("coding", ())]
        if set(systems) & {SNOMED, HPO}:
            assert systems[0] == LOCAL


class TestTheMadeUpJournal:
    def test_keeps_the_rules(self, whole):
        rules(whole, demo_material())

    def test_is_the_same_every_time_and_as_a_stream(self, whole):
        assert fhir.bundle(demo_material()) == whole
        assert orjson.loads(b"".join(fhir.chunks(demo_material()))) == whole

    def test_ids_stay_when_an_answer_is_corrected(self):
        first = told({"answers": {"emo.mood_now": 3}, "noticed": {"sens.heavy": {}}})
        second = told({"answers": {"emo.mood_now": 4}, "noticed": {"sens.heavy": {"intensity": 2}}})
        assert [each["fullUrl"] for each in first["entry"]] == [each["fullUrl"] for each in second["entry"]]

    def test_has_every_answer_to_the_letter(self, whole):
        responses = {it["identifier"]["value"]: answers_of(it) for it in of_kind(whole, "QuestionnaireResponse")
                     if "check-in" in it["questionnaire"]}
        journal = demo_material()
        assert len(responses) == len(journal.check_ins)
        for row in journal.check_ins:
            found = responses[row.id]
            for name, value in row.ratings["answers"].items():
                answer = found[name][0]
                code = answer.get("valueCoding", {"code": ""})["code"]
                assert answer.get("valueInteger") == value or code.endswith(f".{value}")
            for name, text in (row.story or {}).get("texts", {}).items():
                assert found[name] == [{"valueString": text}]
            asked = {it for name in ("noticed", "bothered") for it in row.ratings.get(name, {}) if "own." not in it}
            assert asked <= set(found)

    def test_what_was_not_answered_is_absent(self):
        bundle = told({"answers": {"emo.mood_now": 0}})
        response = answers_of(of_kind(bundle, "QuestionnaireResponse")[0])
        assert response["emo.mood_now"] == [{"valueInteger": 0}]
        assert "emo.anxiety_now" not in response
        assert [it["valueInteger"] for it in of_kind(bundle, "Observation")] == [0]

    def test_no_word_of_judgement_is_in_it(self, whole):
        assert not re.search(r'"resourceType":"(Condition|RiskAssessment|AdverseEvent)"', orjson.dumps(whole).decode())
        assert b"interpretation" not in orjson.dumps(whole)

    def test_the_patient_says_so(self, whole):
        patient = whole["entry"][0]["fullUrl"]
        for response in of_kind(whole, "QuestionnaireResponse"):
            assert response["author"] == response["source"] == response["subject"] == {"reference": patient}
        (says,) = of_kind(whole, "Provenance")
        assert {"reference": patient} in says["target"]
        assert says["agent"][0]["who"] == {"reference": patient}


class TestQuestionnaires:
    def test_difficulty_answers_stand_in_the_order_of_the_form_not_of_their_codes(self, whole):
        (form,) = [it for it in of_kind(whole, "Questionnaire") if it["url"].endswith("phq8")]
        asked = dict(questioned(form["item"]))["phq8/difficulty"]
        codes = [option["valueCoding"]["code"] for option in asked["answerOption"]]
        assert codes == ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]
        assert asked["code"] == [{"system": LOINC, "code": "69722-7"}]

    def test_items_have_their_codes(self, whole):
        forms = {it["url"].split(":")[-1]: it for it in of_kind(whole, "Questionnaire")}
        for name, wording, count in (("phq8", "phq", 8), ("gad7", "gad", 7)):
            asked = [it for it in forms[name]["item"] if re.fullmatch(rf"{name}/[1-9]", it["linkId"])]
            assert [it["code"][0]["code"] for it in asked] == list(loinc.ITEMS[wording][:count])
            for it in asked:
                assert [option["valueCoding"]["code"] for option in it["answerOption"]] == list(loinc.ANSWERS)
        assert "No permission required" in forms["phq8"]["copyright"]
        assert "Regenstrief" in forms["gad7"]["copyright"]

    def test_a_missing_answer_means_no_total_and_an_absent_item(self):
        bundle = told({"instruments": {"gad7": {"answers": [1, 1, None, 1, 0, 1, 1]}}})
        filled = next(it for it in of_kind(bundle, "QuestionnaireResponse") if "gad7" in it["questionnaire"])
        assert set(answers_of(filled)) == {f"gad7/{n}" for n in (1, 2, 4, 5, 6, 7)}
        assert filled["status"] == "in-progress"
        assert of_kind(bundle, "Observation") == []

    def test_a_total_of_gad7_has_its_code_and_one_of_phq8_only_ours(self):
        bundle = told({"instruments": {"gad7": {"answers": [1] * 7}, "phq8": {"answers": [2] * 8, "difficulty": 2}}})
        codes = {it["valueInteger"]: [c["code"] for c in it["code"]["coding"]] for it in of_kind(bundle, "Observation")}
        assert codes == {7: ["gad7", "70274-6"], 16: ["phq8"]}

    def test_one_left_empty_is_not_there(self):
        bundle = told({"instruments": {"gad7": {"answers": [None] * 7}}})
        assert len(of_kind(bundle, "QuestionnaireResponse")) == 1


class TestSensations:
    def test_local_code_first_then_snomed_and_hpo(self):
        picked = {"sens.tingling": {"intensity": 4, "where": ["hands", "feet"]}}
        (seen,) = of_kind(told({"noticed": picked}), "Observation")
        assert seen["code"]["coding"] == [{"system": LOINC, "code": "75325-1"}]
        coded = [(it["system"], it["code"]) for it in seen["valueCodeableConcept"]["coding"]]
        assert coded == [(LOCAL, "sens.tingling"), (SNOMED, "91019004"), (HPO, "HP:0003401")]
        said = [(it["code"]["coding"][0]["code"], it.get("valueInteger")) for it in seen["component"]]
        assert said == [("intensity", 4), ("where", None), ("where", None)]

    def test_the_mapping_can_be_switched_off(self):
        text = orjson.dumps(fhir.bundle(demo_material(), standard=False)).decode()
        assert SNOMED not in text
        assert HPO not in text
        assert "rxnorm" not in text
        assert LOINC in text

    @pytest.mark.parametrize(("passed", "end"), [
        ("during", "2026-09-14"), ("within_2h", "2026-09-14"), ("same_day", "2026-09-14"), ("next_day", "2026-09-15"),
        ("still_here", None), (None, None),
    ])  # fmt: skip
    def test_lasts_from_the_session_to_the_day_it_had_passed(self, passed, end):
        picked = {"se.nausea": {"worst": 3} | ({"passed": passed} if passed else {})}
        bundle = told({"moment": "landing", "bothered": picked}, session={"duration_min": 40})
        seen = next(it for it in of_kind(bundle, "Observation") if "valueCodeableConcept" in it)
        assert seen["effectivePeriod"] == {"start": AT} | ({"end": end} if end else {})
        assert "effectiveDateTime" not in seen

    def test_no_end_is_made_up_where_the_length_was_not_told(self):
        bundle = told({"moment": "landing", "bothered": {"se.nausea": {"passed": "by_end"}}}, session={})
        seen = next(it for it in of_kind(bundle, "Observation") if "valueCodeableConcept" in it)
        assert seen["effectivePeriod"] == {"start": AT}

    def test_nothing_at_all_is_said_as_absent(self):
        (seen,) = of_kind(told({"none": ["bothered"]}), "Observation")
        assert seen["code"]["coding"] == [{"system": LOINC, "code": "111551-8"}]
        assert seen["valueCodeableConcept"]["coding"][0]["code"] == "bothered"

    def test_a_finding_rated_zero_carries_no_code_of_a_finding(self):
        zero, some = (of_kind(told({"answers": {"diss.peak": value}}), "Observation")[0] for value in (0, 1))
        assert [it["system"] for it in zero["code"]["coding"]] == [LOCAL]
        assert [it["system"] for it in some["code"]["coding"]] == [LOCAL, HPO]


class TestSessions:
    def test_what_was_given(self):
        facts = {"route": "sublingual", "dose": {"amount": 0.5, "unit": "mg_per_kg"}, "duration_min": 45}
        (given_,) = of_kind(told({}, session=facts), "MedicationStatement")
        assert given_["effectivePeriod"] == {"start": AT, "end": "2026-09-14T11:15:00-04:00"}
        assert given_["dosage"][0]["route"]["coding"][1] == {"system": SNOMED, "code": "37839007"}
        assert given_["dosage"][0]["doseAndRate"][0]["doseQuantity"]["code"] == "mg/kg"
        assert given_["informationSource"] == given_["subject"]

    def test_an_unknown_dose_is_no_number(self):
        (given_,) = of_kind(told({}, session={"dose": {"unit": "unknown"}}), "MedicationStatement")
        assert "dosage" not in given_

    def test_readings_are_vital_signs(self):
        reading = {"systolic": 128, "diastolic": 82, "at": "2026-09-14T10:40:00-04:00"}
        bundle = told({}, session={"blood_pressure": reading, "pulse": 84})
        pressure, pulse = of_kind(bundle, "Observation")
        assert pressure["code"]["coding"][1]["code"] == "85354-9"
        assert [it["valueQuantity"]["value"] for it in pressure["component"]] == [128, 82]
        assert pressure["effectiveDateTime"] == reading["at"]
        assert pulse["valueQuantity"]["code"] == "/min"

    def test_a_planned_one_is_intended(self):
        ahead = {"happened_at": "2026-12-01T10:00:00-05:00"}
        assert of_kind(told({}, session=ahead), "MedicationStatement")[0]["status"] == "intended"


class TestTimes:
    def test_every_time_keeps_its_offset(self):
        journal = demo_material()
        told_at = {row.ratings["happened_at"] for row in (*journal.sessions, *journal.check_ins)}
        text = orjson.dumps(fhir.bundle(journal)).decode()
        assert all(f'"{at}"' in text for at in told_at)
        assert {at[-6:] for at in told_at} == {"-04:00", "-05:00"}

    def test_an_offset_no_clock_has_becomes_the_same_instant(self):
        bundle = told({"happened_at": "2026-09-14T23:00:00+23:45"})
        answer = answers_of(of_kind(bundle, "QuestionnaireResponse")[0])["check_in.happened_at"][0]["valueDateTime"]
        assert answer == "2026-09-13T23:15:00Z"
        assert datetime.fromisoformat(answer) == datetime.fromisoformat("2026-09-14T23:00:00+23:45")


class TestWords:
    def test_go_along_only_with_the_story(self):
        words = "garden|seeds are in|fridge|Harbor|Autumn|Nurse|Maya"
        whole = orjson.dumps(fhir.bundle(demo_material())).decode()
        without = orjson.dumps(fhir.bundle(demo_material(story=False))).decode()
        assert re.search(words, whole)
        assert not re.search(words, without)
        assert '"own.' in without

    @pytest.mark.parametrize(
        "text", ["a\x00b", "Bonjour\u00a0!", "\u2028", "\ufeff=1+1", "x" * 100_000, "<b>\u202e😀</b>"]
    )
    def test_hostile_ones_stay_whole(self, text):
        bundle = told({}, story={"texts": {"story.line": text}})
        answer = answers_of(of_kind(bundle, "QuestionnaireResponse")[0])["story.line"][0]
        exact = answer.get("_valueString", {}).get("extension", [{}])[0].get("valueBase64Binary")
        assert (base64.b64decode(exact).decode() if exact else answer["valueString"]) == text
        assert len(answer["valueString"]) == len(text)
        assert r4.faults(bundle) == []

    def test_what_did_not_open_is_said(self):
        (says,) = of_kind(fhir.bundle(demo_material()), "Provenance")
        (short,) = of_kind(fhir.bundle(material(unopened=2)), "Provenance")
        assert "open" not in says["activity"]["text"]
        assert "2 rows did not open" in short["activity"]["text"]
