"""Taking a journal out: who may, what is in the file, and that it is noted."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from uuid import UUID

import jsonschema_rs
import pytest

from journal import clock
from journal.export import csv_files
from tests.sessions.bodies import ADDITION, CHECK_IN, COURSE, KINDS, SESSION, TZ, new_address

AT = "2024-10-18T10:30:00-04:00"


def written(maya) -> dict[str, str]:
    """A row of every kind, with everything that can be said in it."""
    addresses = {kind: new_address(kind) for kind in KINDS}
    course, session, check_in, addition = addresses.values()
    own = f"own.{addition[-36:]}"
    noticed = CHECK_IN["ratings"]["noticed"] | {own: {"intensity": 3}}
    told = {**CHECK_IN, "session_id": session[-36:], "ratings": {**CHECK_IN["ratings"], "noticed": noticed}}
    assert maya.put(course, COURSE).status_code == 201
    assert maya.put(addition, ADDITION).status_code == 201
    assert maya.put(session, {**SESSION, "course_id": course[-36:]}).status_code == 201
    assert maya.put(check_in, told).status_code == 201
    return {kind: address[-36:] for kind, address in addresses.items()}


def taken_out(maya, **draft):
    answer = maya.post("/exports", json={"format": "json", "story": True, **draft})
    assert answer.status_code == 200, answer.json
    return answer


def tables(answer) -> dict[str, list[dict[str, str]]]:
    """The tables as any reader of CSV has them, with the apostrophes of the codebook taken away again."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            raw = archive.read(name)
            assert raw.startswith(b"\xef\xbb\xbf")
            text = raw.decode("utf-8-sig")
            assert not re.search(r"[^\r]\n", re.sub(r'"[^"]*"', "", text))
            rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
            found[name.removesuffix(".csv")] = list(rows)
    return found


class TestJson:
    def test_it_is_the_whole_journal_as_its_schema_says(self, maya, visitor):
        ids = written(maya)
        answer = taken_out(maya)
        schema = visitor.get("/export/schema.json").json

        jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer.json)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert answer.json["whole"] is True
        assert answer.json["courses"] == [{"id": ids["courses"], **COURSE}]
        assert answer.json["sessions"] == [{"id": ids["sessions"], "course_id": ids["courses"], **SESSION}]
        assert answer.json["additions"] == [{"id": ids["additions"], **ADDITION}]
        assert [it["id"] for it in answer.json["check_ins"]] == [ids["check-ins"]]
        assert answer.json["check_ins"][0]["story"] == CHECK_IN["story"]

    def test_its_name_says_nothing_and_nobody_keeps_it(self, maya):
        answer = taken_out(maya)

        assert re.fullmatch(
            r'attachment; filename="journal-\d{4}-\d\d-\d\d\.json"', answer.headers["Content-Disposition"]
        )
        assert answer.headers["Cache-Control"] == "no-store"

    def test_without_words_there_is_none(self, maya):
        written(maya)
        maya.put("/settings", {"display_name": "Maya", "time_zone": TZ}, if_match=maya.get("/settings").headers["ETag"])
        found = taken_out(maya, story=False)

        assert found.json["whole"] is False
        assert found.json["settings"] == {"time_zone": TZ}
        assert not any("story" in it for it in [*found.json["sessions"], *found.json["check_ins"]])
        for word in ("Warm light", "Humming", "Autumn", "Maya", "plants"):
            assert word not in found.get_data(as_text=True)

    def test_a_span_is_of_days_as_they_were_told(self, maya):
        """Late in the evening in New York it is the next day in Dublin."""
        late = maya.checks_in(None, "anytime", "2024-10-18T23:30:00-04:00")
        early = maya.checks_in(None, "anytime", "2024-10-19T00:30:00-04:00")

        found = taken_out(maya, since="2024-10-18", until="2024-10-18").json
        assert [it["id"] for it in found["check_ins"]] == [late]
        assert found["choice"] == {
            "since": "2024-10-18", "until": "2024-10-18", "story": True,
            "kinds": ["additions", "check_ins", "courses", "sessions"],
        }  # fmt: skip
        assert [it["id"] for it in taken_out(maya, since="2024-10-19").json["check_ins"]] == [early]

    def test_a_session_comes_with_a_check_in_of_the_span(self, maya):
        session = maya.has_session("2024-10-18T10:00:00-04:00")
        maya.has_session("2024-10-01T10:00:00-04:00")
        maya.checks_in(session, "next_day", "2024-10-19T09:00:00-04:00")

        found = taken_out(maya, since="2024-10-19", until="2024-10-19").json
        assert [it["id"] for it in found["sessions"]] == [session]
        assert taken_out(maya, kinds=["courses"]).json["sessions"] == []

    def test_a_span_that_ends_before_it_begins_is_refused(self, maya):
        draft = {"format": "json", "story": True, "since": "2024-10-19", "until": "2024-10-18"}
        assert maya.post("/exports", json=draft).status_code == 422

    def test_a_row_that_does_not_open_is_counted(self, maya, app):
        from tests.sessions.stored import Stored

        kept = maya.checks_in(None, "anytime", AT)
        stored = Stored(app)
        stored.change("check_ins", {"id": UUID(kept).bytes}, ratings=b"\0" * 600)
        stored.close()

        found = taken_out(maya).json
        assert (found["unopened"], found["check_ins"]) == (1, [])


class TestWhoMay:
    def test_only_after_the_password(self, maya, visitor):
        draft = {"format": "json", "story": True}
        with clock.at(clock.now() + timedelta(minutes=6)):
            late = maya.post("/exports", json=draft)
        assert (late.status_code, late.json["type"]) == (403, "/problems/step-up-needed")
        assert visitor.post("/exports", json=draft).status_code == 401

    @pytest.mark.parametrize("kind", ["json", "csv", "pdf", "fhir"])
    def test_it_is_in_the_access_log(self, maya, kind):
        before = maya.get("/access-log").json["entries"]
        taken_out(maya, format=kind, story=False, since="2024-10-18", kinds=["check_ins"])
        [entry, *_] = after = maya.get("/access-log").json["entries"]

        assert len(after) == len(before) + 1
        assert {name: entry[name] for name in ("what", "by", "format", "story", "since", "kinds")} == {
            "what": "exported", "by": "patient", "format": kind, "story": False, "since": "2024-10-18",
            "kinds": ["check_ins"],
        }  # fmt: skip


class TestCsv:
    def test_every_fact_is_a_row_of_its_own(self, maya):
        ids = written(maya)
        found = tables(taken_out(maya, format="csv"))

        assert set(found) == {
            "courses", "sessions", "check_ins", "ratings", "chips", "own_sensations", "stories", "instruments",
            "codebook",
        }  # fmt: skip
        [session] = found["sessions"]
        assert (session["route"], session["dose_amount"], session["dose_unit"], session["systolic"]) == (
            "im", "70.0", "mg", "121",
        )  # fmt: skip
        ratings = {row["question"]: row["value"] for row in found["ratings"]}
        assert ratings == {"emo.mood_now": "0", "diss.peak": "8", "brk.opened": "a_little", "lt.memory": "not_sure"}
        assert {row["check_in_id"] for row in found["ratings"]} == {ids["check-ins"]}
        chips = {(row["list"], row["chip"]): row for row in found["chips"]}
        assert chips["noticed", "sens.numbness"]["where"] == "hands|face_mouth"
        assert chips["noticed", "sens.floating"]["valence"] == "-2"
        assert chips["noticed", "sens.heavy"]["intensity"] == ""
        assert chips["bothered", "se.nausea"]["worst"] == "4"
        assert ("emotions", "sad") in chips

    def test_a_total_is_there_only_where_every_answer_is(self, maya):
        written(maya)
        rows = tables(taken_out(maya, format="csv"))["instruments"]
        gad = [row["answer"] for row in rows if row["instrument"] == "gad7"]
        phq = {row["item"]: row["answer"] for row in rows if row["instrument"] == "phq8"}

        assert gad == ["0"] * 7 + ["0"]
        assert (phq["3"], phq["difficulty"], "total" in phq) == ("", "0", False)

    def test_every_text_is_there(self, maya):
        written(maya)
        found = tables(taken_out(maya, format="csv"))
        texts = {(row["of"], row["prompt"]): row["text"] for row in found["stories"]}

        assert texts["check_in", "story.line"] == "Warm light over the water."
        assert texts["check_in", "notes"] == "And gulls."
        assert texts["session", "place"] == "The room with the plants"
        assert texts["course", "plan"] == COURSE["story"]["plan"]
        assert [row["label"] for row in found["own_sensations"]] == ["Humming"]

    def test_the_codebook_explains_every_column_and_every_id_in_the_tables(self, maya):
        written(maya)
        found = tables(taken_out(maya, format="csv"))
        told = {(row["table"], row["column"], row["value"]) for row in found["codebook"]}

        for name, rows in found.items():
            if name != "codebook":
                assert {(name, column, "") for column in rows[0]} <= told
        for table, column in (("ratings", "question"), ("check_ins", "moment")):
            assert {(table, column, row[column]) for row in found[table]} <= told
        chips = {row["chip"] for row in found["chips"] if not row["chip"].startswith("own.")}
        assert {("chips", "chip", chip) for chip in chips} <= told
        assert all(row["meaning"] for row in found["codebook"])

    @pytest.mark.parametrize(
        "text",
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "'", "''", " =1", "\u200b=1", "\u202e=1",
         "\x00=1", "\ufeff=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "|calc", "%0A", "warm", "a=1", "", "100%"],
    )  # fmt: skip
    def test_no_cell_is_a_formula_and_all_come_back(self, text):
        cell = csv_files.defused(text)

        assert csv_files.restored(cell) == text
        assert not cell.lstrip(csv_files._UNSEEN).startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%"))
        assert (cell == text) == (text in ("warm", "a=1", "", "100%"))
