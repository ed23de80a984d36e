"""A copy made for somebody, a PDF that tells how far it is, and the brief on a page."""

import csv
import io
import json
import zipfile

import jsonschema_rs
import pytest

from journal.export import writers
from journal.export.pdf import printing
from tests.cast import API, join_therapist
from tests.export import r4
from tests.export.files import bring_in, journal
from tests.export.test_exports import taken_out, written
from tests.export.test_pdf import flat, pages
from tests.sharing.steps import keeps, lends

NOTICE = "needs the patient's consent in writing"
DR = {"name": '=Dr. "Ames" <b>#x</b>', "what_for": "our sessions on Thursdays"}


def for_dr_ames(maya, kind, **more):
    return taken_out(maya, format=kind, shared_with=DR, **more)


class TestACopyForSomebody:
    def test_the_log_says_whom_it_was_for(self, maya):
        for_dr_ames(maya, "json")
        taken_out(maya)
        own, hers = maya.get("/access-log").json["entries"][:2]

        assert "shared_with" not in own
        assert (hers["what"], hers["format"], hers["shared_with"]) == ("exported", "json", DR["name"])

    def test_json_says_what_was_consented_to_and_still_comes_back_in(self, maya, noor, visitor):
        written(maya)
        answer = for_dr_ames(maya, "json")
        told = answer.json["shared_with"]

        schema = visitor.get("/export/schema.json").json
        jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer.json)
        assert {"name": told["name"], "what_for": told["what_for"]} == DR
        assert NOTICE in told["notice"]
        assert "ratings and facts and words" in told["notice"]
        assert "shared_with" not in taken_out(maya).json
        assert bring_in(noor, "shoreline", answer.data).status_code == 201
        assert journal(noor)["check_ins"] == answer.json["check_ins"]

    def test_without_words_the_scope_is_ratings(self, maya):
        notice = for_dr_ames(maya, "json", story=False).json["shared_with"]["notice"]
        assert "share this: ratings and facts." in notice

    def test_tables_come_with_a_page_that_says_it(self, maya):
        with zipfile.ZipFile(io.BytesIO(for_dr_ames(maya, "csv").data)) as archive:
            told = archive.read("README.txt").decode("utf-8-sig")
            assert archive.namelist()[0] == "README.txt"
        assert f"Shared with {DR['name']}" in told
        assert NOTICE in told
        with zipfile.ZipFile(io.BytesIO(taken_out(maya, format="csv").data)) as archive:
            assert "README.txt" not in archive.namelist()

    def test_fhir_has_the_label_and_the_sentence_and_is_valid(self, maya):
        written(maya)
        bundle = for_dr_ames(maya, "fhir").json
        [provenance] = [it["resource"] for it in bundle["entry"] if it["resource"]["resourceType"] == "Provenance"]

        assert r4.faults(bundle) == []
        assert r4.second_faults([bundle]) == [[]]
        assert [it["code"] for it in bundle["meta"]["security"]] == ["NORDSCLCD"]
        assert NOTICE in provenance["activity"]["text"]
        assert DR["name"] in provenance["activity"]["text"]
        assert "meta" not in taken_out(maya, format="fhir").json

    @pytest.mark.slow
    def test_paper_says_it_on_every_page(self, maya):
        written(maya)
        told = pages(for_dr_ames(maya, "pdf").data)
        assert NOTICE in flat(for_dr_ames(maya, "pdf").data)
        assert all(f"Shared with {DR['name']}" in page for page in told)

    @pytest.mark.parametrize("whom", [{}, {"name": ""}, {"name": "a\nb"}, {"name": "x" * 81}, {"name": "A", "to": "B"}])
    def test_whom_it_is_for_is_a_name(self, maya, whom):
        draft = {"format": "json", "story": True, "shared_with": whom}
        assert maya.post("/exports", json=draft).status_code == 422


class TestFhir:
    def test_the_patient_is_the_same_whatever_is_taken_along(self, maya, noor):
        written(maya)
        ids = {taken_out(maya, format="fhir", **some).json["entry"][0]["resource"]["id"]
               for some in ({}, {"story": False}, {"since": "2030-01-01"}, {"kinds": ["courses"]})}  # fmt: skip
        assert len(ids) == 1
        assert taken_out(noor, format="fhir").json["entry"][0]["resource"]["id"] not in ids

    def test_whoever_runs_this_can_leave_the_codes_of_others_out(self, maya, app, monkeypatch):
        written(maya)
        assert "snomed" in taken_out(maya, format="fhir").get_data(as_text=True)
        monkeypatch.setattr(writers, "standard_codes", lambda: False)
        answer = taken_out(maya, format="fhir")
        assert answer.mimetype == "application/fhir+json"
        assert "snomed" not in answer.get_data(as_text=True)


def lines_and_file(answer) -> tuple[list[dict], bytes]:
    """As whoever reads it: lines until one names the size, and the rest is the file."""
    assert answer.mimetype == "application/x-ndjson-then-file"
    told, rest = [], answer.data
    while not told or not {"bytes", "problem"} & set(told[-1]):
        line, _, rest = rest.partition(b"\n")
        told.append(json.loads(line))
    return told, rest


class TestProgress:
    def test_lines_first_and_then_the_file_to_the_byte(self, maya):
        for number in range(3):
            maya.has_session(f"2024-10-1{number}T10:00:00-04:00")
        told, file = lines_and_file(taken_out(maya, format="pdf", progress=True))

        *steps, last = told
        assert (last["bytes"], last["media"]) == (len(file), "application/pdf")
        assert last["name"].endswith(".pdf")
        assert [it["done"] for it in steps if it["step"] == "telling"] == [0, 1, 2, 3]
        assert {it["of"] for it in steps} == {4}
        assert steps[-1] == {"done": 3, "of": 4, "step": "setting"}
        assert len(pages(file)) >= 4
        assert maya.get("/access-log").json["entries"][0]["format"] == "pdf"

    def test_what_is_sent_while_it_is_made_has_no_lines(self, maya):
        assert taken_out(maya, format="json", progress=True).json["format"] == "shoreline-journal"

    def test_what_cannot_be_printed_is_a_refusal_with_a_sentence(self, maya, monkeypatch, tmp_path):
        monkeypatch.setattr(printing, "_PRESS", tmp_path / "gone.py")
        before = len(maya.get("/access-log").json["entries"])
        refused = maya.post("/exports", json={"format": "pdf", "story": True})

        assert (refused.status_code, refused.json["type"]) == (500, "/problems/no-paper")
        assert "choose another format" in refused.json["detail"]
        assert len(maya.get("/access-log").json["entries"]) == before
        told, file = lines_and_file(taken_out(maya, format="pdf", progress=True))
        assert (told[-1]["problem"], file) == (refused.json, b"")


class TestTheBrief:
    def test_a_therapist_takes_one_session_along_on_a_page_and_the_patient_sees_it(self, maya, app):
        ames = join_therapist(app, "ames", "Dr Ames")
        session = maya.has_session("2024-10-01T10:30:00-04:00")
        maya.checks_in(session, "next_day", "2024-10-02T10:30:00-04:00", {"texts": {"story.line": "Warm light."}})
        share = lends(maya, keeps(maya, ames), [session], ask="The garden.")
        before = maya.get("/access-log").json["entries"]
        answer = ames.get(f"/desk/{share}/brief.pdf?session={session}")

        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.headers["Cache-Control"] == "no-store"
        assert len(pages(answer.data)) == 1
        assert "The garden." in flat(answer.data)
        [entry, *_] = after = maya.get("/access-log").json["entries"]
        assert (len(after) - len(before), entry["what"], entry["session_ids"]) == (1, "opened_brief", [session])
        other = maya.has_session("2024-10-09T10:30:00-04:00")
        assert ames.get(f"/desk/{share}/brief.pdf?session={other}").status_code == 404
        assert maya.client.get(f"{API}/desk/{share}/brief.pdf").status_code == 404
        assert maya.delete(f"/shares/{share}").status_code == 204
        assert ames.get(f"/desk/{share}/brief.pdf").status_code == 404


def test_a_name_is_no_formula_in_any_table(maya):
    """It is in no table at all, and the page beside them is no table."""
    with zipfile.ZipFile(io.BytesIO(for_dr_ames(maya, "csv").data)) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
                assert not any(DR["name"] in cell for row in rows for cell in row)
