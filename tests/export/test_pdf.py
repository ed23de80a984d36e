"""The journal on paper: complete, in reading order, in any script, and nothing written in it is taken for markup."""

import io
import re
from dataclasses import replace

import psutil
import pypdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from journal.content.messages import wording
from journal.export import pdf
from journal.export.material import Shared
from journal.export.pdf import printing, written
from journal.sharing import brief as briefs
from journal.sharing.as_lent import as_lent
from tests.export.by_chance import journals
from tests.export.material import NOW, demo_material, material, opened

SESSION, CHECK_IN, OWN = (f"6f8f2f39-2c3f-4b5e-9a2f-0d2f6a3f000{n}" for n in (1, 2, 3))
AT = "2026-09-14T10:30:00-04:00"
TIMES = {"happened_at": AT, "time_zone": "America/New_York", "written_at": AT}
FOOTER = "Your own ratings. Not a diagnosis. Talk to your clinician about changes."
SCRIPTS = {
    "greek": "Ήταν σαν θάλασσα τη νύχτα.", "cyrillic": "Море было тихим.",  # noqa: RUF001
    "vietnamese": "Tôi thấy đặng nhẹ.",
    "arabic": "كان البحر هادئا", "hebrew": "הים היה שקט", "devanagari": "क्षितिज पर रोशनी", "thai": "ทะเลสงบ",
    "chinese": "海很安静", "japanese": "海はとても静かでした", "korean": "바다는 고요했다", "emoji": "😀 🌊",
}  # fmt: skip


def pages(made):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def flat(made):
    """All text, with lines joined as a reader would."""
    return re.sub(r"\s+", " ", " ".join(pages(made)).replace("\u200b", ""))


def copied(made):
    """What a reader copies from it, as PDFium sees it: it knows which letters a joined shape stands for."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))


def with_words(text, name="Maya", **more):
    """A session with one check-in that says this wherever a patient can write."""
    session = opened(SESSION, {"ratings": {**TIMES, "route": "im"}, "story": {"place": text, "note": text}})
    picked = {f"own.{OWN}": {"intensity": 4}}
    ratings = {"moment": "next_day", **TIMES, "noticed": picked, "answers": {"brk.opened": "yes"}}
    texts = {"story.happened": text, "brk.what_opened": text}
    check_in = opened(CHECK_IN, {"session_id": SESSION, "ratings": ratings, "story": {"texts": texts}})
    addition = opened(OWN, {"ratings": {"list": "noticed"}, "story": {"label": text[:60]}})
    return material((), [session], [check_in], [addition], name=name, **more)


# Each sets a document, in a process of its own.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def whole():
    return pdf.my_journal(demo_material())


@pytest.fixture(scope="module")
def printed_scripts():
    return pdf.my_journal(with_words("\n".join(SCRIPTS.values())))


class TestTheMadeUpJournal:
    def test_every_word_is_in_it(self, whole):
        text = flat(whole)
        for row in demo_material().check_ins:
            for words in (row.story or {}).get("texts", {}).values():
                assert words in text
            for note in (row.story or {}).get("notes", ()):
                assert note["text"] in text
        assert "A low hum, like a fridge" in text

    def test_the_cover_says_what_it_is_and_is_not(self, whole):
        cover = pages(whole)[0]
        assert cover.index("My journal") < cover.index("What this is") < cover.index("What this is not")
        assert "12 sessions and 52 check-ins" in cover

    def test_each_session_begins_a_page_and_is_in_reading_order(self, whole):
        began = [page for page in pages(whole) if re.search(r"^Session \d+$", page, re.MULTILINE)]
        assert len(began) == 12
        for page in began:
            parts = ("Route", "Mood around", "What you noticed", "What bothered you", "What opened up", "Check-ins")
            places = [page.index(part) for part in parts]
            assert places == sorted(places)

    def test_each_page_is_numbered_and_says_whose_ratings_these_are(self, whole):
        told = pages(whole)
        for number, page in enumerate(told, 1):
            assert FOOTER in page
            assert f"Page {number} of {len(told)}" in page

    def test_it_is_tagged_and_keeps_the_rules_of_accessible_pdf(self, whole):
        reader = pypdf.PdfReader(io.BytesIO(whole))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert says_it_is_accessible(whole)
        assert reader.metadata.title == "My journal"

    def test_charts_are_vectors_and_have_words(self, whole):
        reader = pypdf.PdfReader(io.BytesIO(whole))
        assert not any(page.images for page in reader.pages)
        said = [it.get("/Alt") for it in map(pypdf.generic.IndirectObject.get_object, every_object(reader))
                if isinstance(it, dict) and it.get("/Alt")]
        assert any(str(alt).startswith("Mood around the session, 0 to 10: 3 at") for alt in said)

    def test_there_is_no_colour_in_it(self, whole):
        document = pypdfium2.PdfDocument(whole)
        for page in list(document)[:6]:
            pixels = page.render(scale=0.5)
            data, step = bytes(pixels.buffer), pixels.n_channels
            assert step >= 3
            assert data[0::step] == data[1::step] == data[2::step]

    def test_progress_is_told_to_the_end(self):
        heard = []
        pdf.my_journal(demo_material(), lambda done, of: heard.append((done, of)))
        assert heard == [(step, 13) for step in range(1, 14)]

    def test_a_questionnaire_has_its_totals_and_no_band(self, whole):
        text = flat(whole)
        assert "Total 18 11 13 8 6 8" in text
        assert not re.search(r"moderate|severe|minimal", text)

    def test_without_words_there_are_none(self):
        text = flat(pdf.my_journal(demo_material(story=False)))
        assert "Own sensation" in text
        assert not re.search(r"garden|fridge|Harbor|Autumn|Maya", text)

    def test_what_did_not_open_is_said(self):
        assert "2 sessions or check-ins did not open" in flat(pdf.my_journal(material(unopened=2)))


def says_it_is_accessible(made):
    root = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    return b"pdfuaid" in root["/Metadata"].get_object().get_data()


def every_object(reader):
    return (pypdf.generic.IndirectObject(number, 0, reader) for number in range(1, int(reader.trailer["/Size"])))


class TestShared:
    def test_carries_the_consent_and_the_notice_on_every_page(self):
        shared = Shared("Dr. Noor #x", ("ratings", "story"), "our sessions")
        told = pages(pdf.my_journal(replace(with_words("A word."), shared=shared)))
        assert "Shared with Dr. Noor #x" in told[0]
        assert "ratings and facts and words" in told[0]
        assert "our sessions" in told[0]
        assert "needs the patient's consent in writing" in re.sub(r"\s+", " ", told[0])
        assert all("Do not pass it on without the patient's consent in writing." in page for page in told)

    def test_ones_own_copy_has_no_notice(self, whole):
        assert "pass it on" not in flat(whole)


class TestScripts:
    @pytest.mark.parametrize("script", [name for name in SCRIPTS if name != "arabic"])
    def test_can_be_read_and_copied(self, printed_scripts, script):
        assert SCRIPTS[script] in copied(printed_scripts)

    def test_arabic_can_be_copied_letter_by_letter(self, printed_scripts):
        """Not every reader takes the letters that are joined into one apart in the right order."""
        assert set(SCRIPTS["arabic"]) <= set(copied(printed_scripts))
        assert SCRIPTS["arabic"].split()[0] in copied(printed_scripts)

    def test_right_to_left_begins_on_the_right(self, printed_scripts):
        page = pypdfium2.PdfDocument(printed_scripts)[1]
        text = page.get_textpage()
        found = text.get_text_range().index("\u05d4\u05d9\u05dd \u05d4\u05d9\u05d4")
        last = max(text.get_charbox(place)[2] for place in range(found, found + 6))
        assert last > page.get_width() / 3

    def test_no_letter_is_a_box(self, printed_scripts):
        """What says of itself that it is accessible cannot have a letter without a shape."""
        assert says_it_is_accessible(printed_scripts)
        assert not says_it_is_accessible(pdf.my_journal(with_words("\U000e0fff\U0001f8ff")))

    def test_lines_go_the_way_their_first_letter_goes(self):
        assert "rtl" in written.lines("123 שלום abc")[0]
        assert "rtl" not in written.lines("abc שלום")[0]


HOSTILE = {
    "formula": "=HYPERLINK(\"http://x\")", "markup": "#panic(\"x\") *bold* _it_ $x^2$ `raw` @ref <tag> \\ // /* */ [x]",
    "file": "#read(\"press.py\") #include \"paper.typ\" #image(\"/etc/passwd\")",
    "html": "<script>alert(1)</script>&amp;",
    "json": "\"}, {\"kind\": \"page\"", "format": "{name} {0} %s %(x)s", "heading": "= Heading\n- list\n+ number",
}  # fmt: skip


class TestHostileWords:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_stay_words(self, name):
        text = flat(pdf.my_journal(with_words(HOSTILE[name])))
        assert text.count(re.sub(r"\s+", " ", HOSTILE[name])) >= 3

    def test_signs_without_a_shape_are_marked_and_the_rest_is_whole(self):
        text = flat(pdf.my_journal(with_words("a\x00b\x07c\u202eabc\u202cd\u200fe")))
        assert "a\ufffdb\ufffdcabcd" in text

    def test_a_line_of_100_kb_stays_on_the_page(self):
        made = pdf.my_journal(with_words("x" * 100_000))
        assert flat(made).replace(" ", "").count("x") >= 100_000 * 3

    def test_a_name_cannot_leave_its_line(self):
        told = pages(pdf.my_journal(with_words("words", name="Maya\n\n= Title\x00")))
        assert all("My journal · Maya = Title\ufffd" in re.sub(r"  +", " ", page) for page in told)

    def test_a_sign_no_font_has_is_a_box_and_not_the_end(self):
        text = flat(pdf.my_journal(with_words("before \U000e0fff\U0001f8ff after")))
        assert re.search("before.*after", text)

    @given(journals())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def test_any_journal_can_be_printed(self, journal):
        assert pdf.my_journal(journal).startswith(b"%PDF")

    def test_what_went_wrong_is_not_told(self, monkeypatch, tmp_path):
        press = tmp_path / "press.py"
        press.write_text("import sys; sys.stderr.write(sys.stdin.read()); sys.exit(3)")
        monkeypatch.setattr(printing, "_PRESS", press)
        with pytest.raises(printing.NotPrinted) as refused:
            pdf.my_journal(with_words("secret"))
        assert str(refused.value) == ""

    def test_whoever_goes_away_leaves_nothing_running(self, monkeypatch, tmp_path):
        press = tmp_path / "press.py"
        press.write_text("import time; time.sleep(600)")
        monkeypatch.setattr(printing, "_PRESS", press)
        monkeypatch.setattr(printing, "_MOMENT", 0.05)
        before = set(psutil.Process().children())
        steps = pdf.making(with_words("secret"))
        assert [next(steps).name for _ in range(5)][-1] == "setting"
        (pressing,) = set(psutil.Process().children()) - before
        steps.close()
        assert not pressing.is_running()
        assert printing._room._value == printing._MOST_HERE


class TestTheBrief:
    @staticmethod
    def brief(ask="The garden.", place=9, **more):
        journal = demo_material()
        sessions = [as_lent(row.id, row.ratings, row.story, None) for row in journal.sessions]
        check_ins = [as_lent(row.id, row.ratings, row.story, row.links.get("session_id")) for row in journal.check_ins]
        own = {f"own.{row.id}": row.story["label"] for row in journal.additions}
        told = briefs.brief(sessions, check_ins, {}, journal.sessions[place].id)
        share = {"id": OWN, "opens": True, "patient": "Maya", "what_for": "Thursdays", "sections": ["ratings", "story"]}
        around = {"share": share, "now": NOW.isoformat(), "own_terms": own, "replies": [], "unopened": 0}
        return told | around | ({"ask": ask} if ask else {}) | more

    @pytest.mark.parametrize("place", range(12))
    def test_is_one_page(self, place):
        assert len(pages(pdf.brief_page(self.brief(place=place)))) == 1

    def test_what_to_ask_comes_first(self):
        (page,) = pages(pdf.brief_page(self.brief()))
        order = ["Please ask me about", "The garden.", "New since the last review", "This session", "Questionnaires"]
        assert [page.index(it) for it in order] == sorted(page.index(it) for it in order)
        assert "published range: mild" in re.sub(r"\s+", " ", page)
        assert "Kroenke" in page

    def test_longer_words_go_on_overleaf_and_none_are_lost(self):
        made = pdf.brief_page(self.brief(ask="word " * 800))
        assert flat(made).count("word ") >= 800

    def test_nothing_shared_yet(self):
        empty = briefs.brief([], [], {}, None) | {
            "share": {"id": OWN, "opens": True}, "now": NOW.isoformat(), "own_terms": {}, "replies": [], "unopened": 1,
        }  # fmt: skip
        text = flat(pdf.brief_page(empty))
        assert "No session is shared." in text
        assert "1 shared row did not open" in text


def test_every_word_of_the_message_file_is_used_as_it_says():
    """A sentence with a place for something gets it: nothing in braces reaches paper."""
    assert not re.search(r"\{\w+\}", flat(pdf.my_journal(demo_material())))
    assert wording(area="pdf")["footer"] == FOOTER
