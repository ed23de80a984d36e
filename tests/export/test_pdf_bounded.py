"""However long a journal is and however many ask at once: a PDF takes no more than its share of the host."""

from contextlib import ExitStack

import orjson
import psutil
import pytest

from journal import turns
from journal.export import pdf
from journal.export.pdf import printing
from tests.export.material import demo_material

PDF = {"format": "pdf", "story": True}


@pytest.fixture
def nobody_waits_long(monkeypatch):
    monkeypatch.setattr(printing, "_MOMENT", 0.05)
    monkeypatch.setattr(printing, "_IN_LINE", 0.2)


def refusal(maya, **more):
    return maya.post("/exports", json=PDF | more)


def test_one_that_takes_too_much_ends_and_says_what_to_do(maya, monkeypatch):
    monkeypatch.setattr(printing, "_MOST_MEMORY", 48 << 20)
    with pytest.raises(pdf.TooMuch):
        pdf.my_journal(demo_material())
    monkeypatch.setattr(printing, "_MOST_MEMORY", 4 << 20)

    refused = refusal(maya)

    assert (refused.status_code, refused.json["type"]) == (500, "/problems/no-paper")
    assert refused.json["detail"].startswith("This is too much for one PDF. Choose a shorter time")
    monkeypatch.undo()
    assert refusal(maya).status_code == 200


def test_one_that_takes_too_long_ends(monkeypatch):
    monkeypatch.setattr(printing, "_MOMENT", 0.05)
    monkeypatch.setattr(printing, "_PATIENCE", 0)
    before = set(psutil.Process().children())
    with pytest.raises(pdf.TooMuch):
        pdf.my_journal(demo_material())
    assert set(psutil.Process().children()) == before


def test_whatever_the_system_ends_first_is_the_document(maya, monkeypatch, tmp_path):
    """Where there is no memory left at all; and what it had of hers is in no image on the disk."""
    press, told = tmp_path / "press.py", tmp_path / "told"
    press.write_text(
        f"import sys; sys.path.insert(0, {str(printing._PRESS.parent)!r}); import press, resource, pathlib\n"
        "press._be_bounded(2 << 30, 600)\n"
        f"pathlib.Path({str(told)!r}).write_text(pathlib.Path('/proc/self/oom_score_adj').read_text())\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    monkeypatch.setattr(printing, "_PRESS", press)
    assert refusal(maya).json["detail"].startswith("This is too much")
    assert told.read_text() == "1000\n"


def test_so_many_at_once_on_the_host_and_whoever_comes_then_is_told_when_to_come_back(app, maya, nobody_waits_long):
    folder = app.extensions["settings"].data
    with ExitStack() as others:
        for _ in range(printing.at_once()):
            others.enter_context(turns.free(folder, "printing", printing.at_once()))
        refused = refusal(maya)
        by_lines = refusal(maya, progress=True)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "20")
    assert orjson.loads(by_lines.data.splitlines()[-1])["problem"]["type"] == "/problems/busy"
    assert refusal(maya).status_code == 200


def test_who_waits_for_a_turn_gets_it(app, maya, nobody_waits_long, monkeypatch):
    monkeypatch.setattr(printing, "_IN_LINE", 60)
    folder, tried = app.extensions["settings"].data, []
    with turns.free(folder, "printing", 1) as other:

        def wait(_seconds):
            tried.append(True)
            other.close()

        monkeypatch.setattr(printing, "at_once", lambda: 1)
        monkeypatch.setattr(printing, "sleep", wait)
        assert refusal(maya).status_code == 200
    assert tried == [True]


def test_a_process_goes_on_answering_whoever_does_not_want_a_pdf(maya):
    """Of its threads no more than two wait or print; the next is turned away at once."""
    with ExitStack() as others:
        for _ in range(printing._MOST_HERE):
            others.enter_context(printing._room)
        assert refusal(maya).status_code == 503
    assert refusal(maya).status_code == 200
