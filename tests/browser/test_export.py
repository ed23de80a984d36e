"""Maya takes her journal with her, and Noor brings one in: every form is what it says, and nothing chosen is lost."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.axe import violations
from tests.browser.phone import Phone
from tests.browser.reviewing import course, joins, lends, logged
from tests.export.files import DAYLIO
from tests.live import Server

OUT, IN = "Take your journal with you", "Bring a journal in"
PDF = "Make the PDF file"
LOOK, WOULD = "See what it would bring", "What it would bring"
UNSEALED = "The file is not sealed: whoever has it can read it."
# Every line of a PDF on its way is held up a little, as on a busy server.
SLOWLY = """
const real = window.fetch
window.fetch = async (address, init) => {
  const answer = await real(address, init)
  if (!String(address).endsWith('/exports')) return answer
  const bytes = new Uint8Array(await answer.arrayBuffer())
  let at = 0
  const pull = async (stream) => {
    await new Promise((go) => setTimeout(go, 250))
    const step = new TextDecoder().decode(bytes.subarray(at, at + 8)).startsWith('{"done"')
    const end = step ? bytes.indexOf(10, at) + 1 : bytes.length
    stream.enqueue(bytes.subarray(at, end))
    at = end
    if (at >= bytes.length) stream.close()
  }
  return new Response(new ReadableStream({ pull }), { headers: answer.headers })
}
"""


def chooses(phone: Phone, *names: str) -> Phone:
    """Picks one of each choice by the beginning of its words."""
    for name in names:
        phone.page.get_by_role("radio", name=re.compile(f"^{name}\\b")).check()
    return phone


def takes(phone: Phone, form: str) -> tuple[str, bytes]:
    """Makes a file on the screen where it is chosen; its name and what it holds."""
    chooses(phone, form)
    with phone.page.expect_download(timeout=30_000) as taken:
        phone.tap(f"Make the {form} file")
    phone.sees("The file is made")
    return taken.value.suggested_filename, taken.value.path().read_bytes()


def gives(phone: Phone, content: str | bytes, name: str = "daylio.csv") -> Phone:
    raw = content.encode() if isinstance(content, str) else content
    field = phone.page.locator("input[type=file]")
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": raw})
    return phone.reads(name)


def in_london(phone: Phone) -> Phone:
    etag = phone.send("GET", "/settings").headers["etag"]
    phone.send("PUT", "/settings", {"time_zone": "Europe/London"}, if_match=etag)
    return phone


def looks_at_daylio(phone: Phone, content: str = DAYLIO) -> Phone:
    chooses(in_london(phone).open("/import").sees(IN), "Daylio")
    return gives(phone, content).tap(LOOK).sees(WOULD)


class TestTakingItOut:
    def test_each_form_is_what_it_says(self, phone: Phone):
        course(phone)
        phone.open("/settings").sees("Settings").page.get_by_role("link", name=OUT).tap()
        made = {}
        for form in ("JSON", "CSV", "PDF", "FHIR"):
            made[form] = takes(phone.sees(OUT), form)
            phone.reads(UNSEALED).tap("Make another")

        for (name, _), extension in zip(made.values(), ("json", "zip", "pdf", "fhir.json"), strict=True):
            assert re.fullmatch(rf"journal-\d{{4}}-\d\d-\d\d\.{re.escape(extension)}", name)
        assert len(json.loads(made["JSON"][1])["check_ins"]) == 7
        assert zipfile.ZipFile(io.BytesIO(made["CSV"][1])).testzip() is None
        assert made["PDF"][1].startswith(b"%PDF")
        assert made["PDF"][1].rstrip().endswith(b"%%EOF")
        assert json.loads(made["FHIR"][1])["resourceType"] == "Bundle"
        assert phone.complaints == []

    def test_only_what_was_chosen_is_in_it(self, phone: Phone):
        course(phone)
        chooses(phone.open("/export").sees(OUT), "JSON", "Some days")
        phone.tap("Make the JSON file").reads("Give a first day, a last day, or both.")
        expect(phone.page.get_by_label("First day")).to_be_focused()
        phone.page.get_by_label("First day").fill("2020-01-01")
        phone.page.get_by_label("With what you wrote").uncheck()
        phone.page.get_by_text("More: leave something out").tap()
        phone.page.get_by_role("checkbox", name="Courses").uncheck()
        file = json.loads(takes(phone, "JSON")[1])

        kinds = ["additions", "check_ins", "sessions"]
        assert file["choice"] == {"since": "2020-01-01", "kinds": kinds, "story": False}
        assert not any("story" in check_in for check_in in file["check_ins"])

    def test_a_copy_for_somebody_says_so_in_the_file_and_in_who_opened_what(self, phone: Phone):
        phone.has_session(30)
        chooses(phone.open("/export").sees(OUT), "JSON", "For somebody")
        phone.tap("Make the JSON file").reads("Say whom it is for.")
        phone.write("Their name", "Dr Lind").write("What for", "First visit")
        file = json.loads(takes(phone, "JSON")[1])

        assert file["shared_with"]["name"] == "Dr Lind"
        phone.open("/sharing/log").sees("Who opened what")
        phone.reads("You took your journal out as JSON, for Dr Lind. Numbers and words.")

    def test_the_password_is_asked_once_more_when_it_was_long_ago(self, phone: Phone, server: Server):
        phone.has_session(30)
        with closing(sqlite3.connect(server.folder / "journal.sqlite3")) as store, store:
            store.execute("UPDATE sign_ins SET stepped_up_at = NULL")
        chooses(phone.open("/export").sees(OUT), "CSV").tap("Make the CSV file")
        dialog = phone.page.get_by_role("dialog")
        dialog.get_by_label("Password", exact=True).fill(phone.password)
        with phone.page.expect_download() as taken:
            dialog.get_by_role("button", name="Go on").tap()

        phone.sees("The file is made")
        assert zipfile.is_zipfile(taken.value.path())

    def test_nothing_of_it_stays_in_the_browser(self, phone: Phone):
        phone.has_session(30)
        takes(phone.open("/export").sees(OUT), "JSON")
        kept = phone.page.evaluate(
            "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))"
            ".then((all) => Promise.all(all.map((one) => one.keys())))"
            ".then((all) => all.flat().map((one) => new URL(one.url).pathname).filter((path) => /api/.test(path)))"
        )

        assert kept == []
        stored = phone.page.evaluate("Object.keys({...localStorage, ...sessionStorage})")
        assert set(stored) <= {"signed-in"}


class TestWhileItIsMade:
    def test_she_sees_how_far_a_pdf_is(self, phone: Phone):
        course(phone)
        phone.page.add_init_script(SLOWLY)
        chooses(phone.open("/export").sees(OUT), "PDF")
        with phone.page.expect_download(timeout=60_000):
            phone.tap(PDF).sees("Making the PDF file")
            expect(phone.page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", re.compile(r"\d+"))
            expect(phone.page.locator(".waterline")).to_contain_text(re.compile(r"\d+ of \d+"))
        phone.sees("The file is made")

    def test_help_is_one_tap_away_and_it_goes_on_meanwhile(self, phone: Phone):
        phone.has_session(30)
        held: list[Route] = []
        phone.page.route("**/api/v1/exports", lambda route: held.append(route))  # noqa: PLW0108
        chooses(phone.open("/export").sees(OUT), "JSON").tap("Make the JSON file").sees("Making the JSON file")
        phone.tap("Help").sees("Help")
        with phone.page.expect_download() as taken:
            held[0].continue_()
        phone.page.go_back()

        phone.sees("The file is made")
        assert json.loads(taken.value.path().read_bytes())["sessions"]

    def test_it_can_be_stopped_and_what_was_chosen_is_still_there(self, phone: Phone):
        phone.page.route("**/api/v1/exports", lambda _: None)
        chooses(phone.open("/export").sees(OUT), "CSV", "For somebody").write("Their name", "Dr Lind")
        phone.tap("Make the CSV file").sees("Making the CSV file").tap("Stop")

        phone.sees(OUT).reads("Stopped. No file was made.")
        expect(phone.page.get_by_role("radio", name="CSV")).to_be_checked()
        expect(phone.page.get_by_label("Their name")).to_have_value("Dr Lind")

    def test_without_a_connection_it_says_so_and_can_be_tried_again(self, phone: Phone):
        phone.has_session(30)
        chooses(phone.open("/export").sees(OUT), "JSON")
        phone.context.set_offline(True)
        phone.tap("Make the JSON file").reads("It broke off")
        phone.context.set_offline(False)

        assert json.loads(takes(phone, "JSON")[1])["sessions"]


class TestBringingIn:
    def test_a_journal_of_one_account_is_the_same_in_another(self, phone: Phone, take: Callable[..., Phone]):
        course(phone)
        name, file = takes(phone.open("/export").sees(OUT), "JSON")
        noor = take("noor").signed_up().open("/settings").sees("Settings")
        noor.page.get_by_role("link", name=IN).tap()
        gives(chooses(noor.sees(IN), "Shoreline"), file, name).tap(LOOK).sees(WOULD).reads("2 sessions")
        noor.tap("Bring in 7 check-ins").sees("Brought in").reads("Added to your journal: 7 check-ins, 2 sessions.")

        assert len(noor.check_ins()) == len(phone.check_ins()) == 7
        gives(chooses(noor.tap("Bring in another file").sees(IN), "Shoreline"), file, name).tap(LOOK).sees(WOULD)
        noor.reads("There is nothing in it that your journal does not have.")
        assert noor.complaints == []

    def test_an_undo_takes_out_what_came_in_and_says_what_stayed(self, phone: Phone):
        looks_at_daylio(phone).reads("From 8 March 2026 to 10 March 2026.").reads("Baked with Oma")
        phone.tap("Bring in 3 check-ins").sees("Brought in")
        changed = phone.last_check_in()
        body = {"ratings": changed["ratings"] | {"answers": {"emo.mood_now": 2}}}
        phone.send("PUT", f"/check-ins/{changed['id']}", body, if_match=f'"{changed["revision"]}"')
        phone.page.get_by_role("button", name="Undo Daylio").tap()
        phone.page.get_by_role("dialog").get_by_role("button", name="Undo").tap()

        phone.sees("Taken out again").reads("2 were deleted. 1 stayed: it was changed").reads("Nothing was brought in.")
        assert phone.only_check_in()["id"] == changed["id"]

    def test_a_row_that_is_wrong_is_named_and_nothing_comes_in(self, phone: Phone):
        looks_at_daylio(phone, DAYLIO.replace("meh", "so-so")).reads("1 row needs mending")
        row = phone.page.get_by_role("rowheader", name="3", exact=True)
        expect(row.locator("xpath=..")).to_contain_text("replace it everywhere with rad, good, meh, bad or awful")
        expect(phone.page.get_by_role("button", name=re.compile("^Bring"))).to_have_count(0)
        gives(phone.tap("Choose another file").sees(IN), DAYLIO, "mended.csv").tap(LOOK).sees(WOULD)
        phone.tap("Bring in 3 check-ins").sees("Brought in")

        assert len(phone.check_ins()) == 3

    def test_times_without_a_zone_are_read_where_she_says(self, phone: Phone):
        chooses(phone.open("/import").sees(IN), "Daylio").reads("Its times say no zone").tap("Europe/London")
        phone.reads("Its times are read as in Europe/London.")

        assert phone.read("/settings")["time_zone"] == "Europe/London"

    def test_a_refusal_and_a_look_at_help_lose_nothing(self, phone: Phone):
        chooses(in_london(phone).open("/import").sees(IN), "Bearable")
        gives(phone, DAYLIO).tap(LOOK)
        expect(phone.page.get_by_role("alert")).to_be_visible()
        chooses(phone, "Daylio").context.set_offline(True)
        phone.tap(LOOK).reads("No answer came").tap("Help").sees("Help").context.set_offline(False)
        phone.page.go_back()

        phone.sees(IN).reads("daylio.csv").tap(LOOK).sees(WOULD).reads("3 check-ins")


class TestErasure:
    def test_she_is_offered_her_journal_first_and_told_what_backups_hold(self, phone: Phone):
        phone.page.route("**/api/v1/backups", lambda route: route.fulfill(json={"kept_days": 30}))
        phone.open("/settings/delete").sees("Delete the account").reads(
            "sealed, for 30 more days; its key is destroyed"
        )
        phone.tap("Take your journal with you first").sees(OUT)
        phone.open("/settings/delete").sees("Delete the account")
        phone.page.get_by_label("I understand that this cannot be undone.").tap()
        phone.tap("Delete my account").reads("Your account is deleted").reads("for 30 more days; its key is destroyed.")
        phone.open("/welcome").sees("A private journal for ketamine therapy")

        expect(phone.page.get_by_text("Your account is deleted")).to_have_count(0)

    def test_a_check_in_may_be_in_backups_until_they_go(self, phone: Phone):
        check_in = phone.has_checked_in(phone.has_session(30), "landing", 29)
        phone.open(f"/check-ins/{check_in}").tap("Delete this check-in")
        phone.reads("until they are deleted. Ask whoever runs this server").tap("Take your journal with you first")

        phone.sees(OUT)


def test_the_brief_is_a_file_of_the_desk_too(take: Callable[..., Phone], server: Server):
    maya = take("maya").signed_up()
    okafor = joins(take("okafor", width=1280, height=800), server)
    course(maya)
    okafor.open(f"/desk/{lends(maya, okafor)}")
    with okafor.page.expect_download(timeout=60_000) as taken:
        okafor.tap("Download as PDF")

    assert taken.value.path().read_bytes().startswith(b"%PDF")
    assert "maya" not in taken.value.suggested_filename.lower()
    assert logged(maya)[0] == "opened_brief"


def faces(phone: Phone) -> dict[str, Callable[[], Any]]:
    """Each of the screens with everything on it that it can have."""
    return {
        "out": lambda: chooses(phone.open("/export").sees(OUT), "PDF", "Some days", "For somebody").tap(PDF),
        "making": lambda: chooses(phone, "All").write("Their name", "Dr Lind").tap(PDF).sees("Making the PDF file"),
        "in": lambda: chooses(phone.open("/import").sees(IN), "Bearable").reads("Its times"),
        "wrong": lambda: looks_at_daylio(phone, DAYLIO.replace("meh", "so-so")),
        "preview": lambda: looks_at_daylio(phone),
        "brought": lambda: phone.tap("Bring in 3 check-ins").sees("Brought in"),
    }


class TestForAnybody:
    @pytest.mark.parametrize("dark", [True, False], ids=["night", "day"])
    def test_axe_finds_nothing(self, take: Callable[..., Phone], dark: bool):
        phone = take(dark=dark).signed_up()
        phone.page.route("**/api/v1/exports", lambda _: None)
        phone.context.new_cdp_session(phone.page).send("Page.setBypassCSP", {"enabled": True})
        found = {}
        for name, show in faces(phone).items():
            show()
            phone.page.wait_for_timeout(300)
            found[name] = violations(phone.page)

        assert {name: faults for name, faults in found.items() if faults} == {}

    def test_320_px_and_twice_the_text_fit(self, take: Callable[..., Phone]):
        phone = take(width=320).signed_up()
        phone.page.route("**/api/v1/exports", lambda _: None)
        for name, show in faces(phone).items():
            show()
            phone.large_text().page.wait_for_timeout(200)
            assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320, name
