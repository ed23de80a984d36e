"""Sessions and their pages: told once, mended later, deleted in plain words."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone, ago
from tests.browser.test_landing import MOOD

WHEN = "Day and time it began or will begin"


def facts(phone: Phone) -> str:
    return " ".join(phone.page.locator(".facts").all_inner_texts())


@pytest.fixture
def told(phone) -> str:
    """A session with two check-ins; its id."""
    session = phone.has_session(hours_ago=30, route="im")
    phone.has_checked_in(
        session, "landing", 29, {"story.line": "Warm light"},
        answers={"emo.mood_now": 4}, noticed={"sens.tingling": {}}, none=["bothered"],
    )  # fmt: skip
    phone.has_checked_in(session, "next_day", 10, written_at=ago(hours=2), answers={"emo.mood_now": 6})
    return session


class TestTheList:
    def test_says_what_will_be_there(self, phone):
        phone.open("/sessions").sees("Sessions").reads("Each session you add will be here").tap("Add a session")
        phone.sees("Add a session")

    def test_tells_number_route_and_check_ins(self, phone, told):
        line = phone.open("/sessions").sees("Sessions").page.get_by_role("link", name="Session 1")

        expect(line).to_contain_text("IM")
        expect(line).to_contain_text("2 check-ins")


class TestASession:
    def test_is_told_with_its_time_in_a_zone_of_its_own(self, phone):
        phone.open("/sessions/new").sees("Add a session").write(WHEN, "2026-07-01T10:30").tap("Change")
        phone.write("Time zone", "America/New_York").tap("Nasal spray").tap("Save").sees("Session 1")

        (kept,) = phone.read("/sessions")["items"]
        assert kept["ratings"]["happened_at"] == "2026-07-01T10:30:00-04:00"
        assert (kept["ratings"]["time_zone"], kept["ratings"]["route"]) == ("America/New_York", "nasal")
        phone.reads("1 July 2026, 10:30").reads("Nasal spray")

    def test_can_be_mended_and_what_is_wrong_is_said_where_it_is(self, phone, told):
        phone.open(f"/sessions/{told}").sees("Session 1").tap("Change").sees("Change the session")
        phone.write("How much, if you know?", "60").write("Upper number", "128").tap("Save")
        phone.reads("Pick a unit, or leave the amount empty.").reads("Both numbers, or none.")
        phone.tap("mg").write("Lower number", "82").write("A note", "Rain all day").tap("Save").sees("Session 1")

        for words in ("60 mg", "128 over 82", "Rain all day", "Injection into a muscle"):
            assert words in facts(phone)

    def test_of_a_course_that_is_made_with_it(self, phone):
        phone.open("/sessions/new").sees("Add a session").tap("A new course")
        phone.write("What do you call it?", "Autumn").tap("Save").sees("Session 1")

        phone.tap("Sessions").sees("Sessions").reads("Autumn")

    def test_what_is_being_written_survives_a_look_elsewhere(self, phone, told):
        phone.open(f"/sessions/{told}/facts").sees("Change the session").write("A note", "Half a thought")
        phone.tap("Help").sees("Help").tap("Back").sees("Change the session")

        expect(phone.page.get_by_label("A note", exact=True)).to_have_value("Half a thought")
        phone.tap("Discard changes")
        assert phone.page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))") is True

    def test_changed_elsewhere_is_shown_beside_hers(self, phone, told):
        phone.open(f"/sessions/{told}/facts").sees("Change the session").write("A note", "Mine")
        stored = phone.read(f"/sessions/{told}")
        phone.send("PUT", f"/sessions/{told}", {"ratings": stored["ratings"], "story": {"note": "Theirs"}}, '"1"')

        phone.tap("Save").sees("Two versions").reads("Theirs").tap("Keep mine").sees("Session 1")

        assert phone.read(f"/sessions/{told}")["story"]["note"] == "Mine"

    def test_a_note_is_added_and_changes_nothing_else(self, phone, told):
        before = phone.read(f"/sessions/{told}")["ratings"]
        phone.open(f"/sessions/{told}").sees("Session 1").tap("Add a note").write("Note", "The sea, again").tap("Save")
        phone.reads("The sea, again").reads("Added later")

        after = phone.read(f"/sessions/{told}")
        assert (after["ratings"], [note["text"] for note in after["story"]["notes"]]) == (before, ["The sea, again"])

    def test_is_deleted_with_its_check_ins_once_she_has_said_so(self, phone, told):
        phone.open(f"/sessions/{told}").sees("Session 1").tap("Delete this session").reads("2 check-ins, go for good")
        phone.tap("Keep it")
        assert len(phone.check_ins()) == 2

        phone.tap("Delete this session").tap("Delete").sees("Sessions")
        assert (phone.check_ins(), phone.read("/sessions")["items"]) == ([], [])


class TestACheckIn:
    def test_reads_as_it_was_told(self, phone, told):
        phone.open(f"/sessions/{told}").sees("Session 1").reads("written later")
        phone.page.get_by_role("link", name="After the session").tap()
        phone.sees("After the session")

        for words in ("4 of 10", "Tingling", "Nothing", "Warm light"):
            assert words in facts(phone)

    def test_is_corrected_by_going_through_it_again(self, phone, told):
        phone.open(f"/sessions/{told}").sees("Session 1").page.get_by_role("link", name="After the session").tap()
        phone.sees("After the session").tap("Correct the answers")
        phone.sees("Ready for a short check-in?").tap("Start").sees(MOOD)
        assert phone.number(4).get_attribute("aria-checked") == "true"
        phone.answer(5).sees("At its strongest, how far away did you feel?").is_kept()

        landing = next(item for item in phone.check_ins() if item["ratings"]["moment"] == "landing")
        assert landing["ratings"]["answers"]["emo.mood_now"] == 5
        assert (landing["ratings"]["finished"], landing["story"]["texts"]) == (True, {"story.line": "Warm light"})

    def test_its_time_can_be_mended_apart_from_when_it_was_written(self, phone, told):
        landing = next(item for item in phone.check_ins() if item["ratings"]["moment"] == "landing")
        phone.open(f"/check-ins/{landing['id']}").sees("After the session").tap("Change its time")
        phone.write(WHEN, "2026-11-01T12:15").tap("Use this time").reads("1 November 2026, 12:15")

        after = phone.read(f"/check-ins/{landing['id']}")["ratings"]
        assert after["happened_at"] == "2026-11-01T12:15:00+00:00"
        assert after["written_at"] == landing["ratings"]["written_at"]

    def test_is_deleted_alone(self, phone, told):
        landing = next(item for item in phone.check_ins() if item["ratings"]["moment"] == "landing")
        phone.open(f"/check-ins/{landing['id']}").sees("After the session").tap("Delete this check-in").tap("Delete")
        phone.sees("Session 1")

        assert [item["ratings"]["moment"] for item in phone.check_ins()] == ["next_day"]
