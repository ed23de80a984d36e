"""Maya puts the follow-ups of a session into her own calendar, and nobody is told."""

import re
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.phone import ZONE, Phone
from tests.browser.test_follow_ups import after_landing
from tests.browser.test_shell import has_set

ALL = ("The next day", "The third day", "After a week", "After a month")


def when(phone: Phone, name: str) -> str:
    return phone.page.get_by_label(f"{name}: day and time").input_value()


def switch_off(phone: Phone, name: str) -> None:
    phone.page.get_by_role("checkbox", name=name).uncheck()


def downloads(phone: Phone) -> Calendar:
    """Taps, and reads the file that the phone got."""
    with phone.page.expect_download() as download:
        phone.tap("Add to my calendar")
    assert download.value.suggested_filename == "reminders.ics"
    # An address may be kept by whatever carries it, so no day is in it.
    assert re.fullmatch(r"((next_day|third_day|week|month)=(\d+|off)&?)+", urlsplit(download.value.url).query)
    return Calendar.from_ical(download.value.path().read_bytes())


def starts(calendar: Calendar) -> list[str]:
    here = ZoneInfo(ZONE)
    return [f"{event['DTSTART'].dt.astimezone(here):%Y-%m-%dT%H:%M}" for event in calendar.walk("VEVENT")]


def asks(phone: Phone, hours: float = 3) -> str:
    session = after_landing(phone, hours)
    phone.open(f"/sessions/{session}").sees("Session 1").tap("Remind me").sees("Remind me").reads("The next day")
    return session


class TestTheFile:
    def test_has_the_proposed_evenings_with_one_tap(self, phone):
        asks(phone)
        proposed = [when(phone, name) for name in ALL]
        assert all(time.endswith("T20:00") for time in proposed)

        found = downloads(phone)
        assert starts(found) == proposed
        assert {str(event["SUMMARY"]) for event in found.walk("VEVENT")} == {"A few minutes for yourself"}
        phone.sees("Remind me").reads("Opened, it gives your calendar the times.")
        assert phone.complaints == []

    def test_at_her_own_evening_and_without_what_she_switched_off(self, phone):
        has_set(phone, evening_at="18:30")
        asks(phone)
        switch_off(phone, "After a month")
        assert when(phone, "The next day").endswith("T18:30")

        assert len(starts(downloads(phone))) == 3

    def test_a_time_she_changed_replaces_the_one_before(self, phone):
        asks(phone)
        first = downloads(phone)
        other = when(phone, "The third day").replace("T20:00", "T21:15")
        phone.page.get_by_label("The third day: day and time").fill(other)
        phone.page.wait_for_timeout(1_100)
        later = downloads(phone)

        assert other in starts(later)
        assert [event["UID"] for event in first.walk("VEVENT")] == [event["UID"] for event in later.walk("VEVENT")]
        sequences = [[int(event["SEQUENCE"]) for event in each.walk("VEVENT")] for each in (first, later)]
        assert max(sequences[0]) < min(sequences[1])

    def test_what_an_earlier_file_put_there_can_be_taken_out(self, phone):
        asks(phone)
        expect(phone.page.get_by_label("Take out those that are off")).to_be_hidden()
        switch_off(phone, "After a month")
        phone.page.get_by_label("Take out those that are off").check()

        by_status = [str(event["STATUS"]) for event in downloads(phone).walk("VEVENT")]
        assert by_status == ["CONFIRMED"] * 3 + ["CANCELLED"]


class TestWhatCannotBe:
    def test_a_time_outside_of_the_window_is_said_at_its_field(self, phone):
        asks(phone)
        phone.page.get_by_label("The next day: day and time").fill("2031-01-01T20:00")
        phone.tap("Add to my calendar").reads("Choose a time between")

        expect(phone.page.get_by_label("The next day: day and time")).to_have_attribute("aria-invalid", "true")

    def test_nothing_switched_on_is_said_so(self, phone):
        asks(phone)
        for name in ALL:
            switch_off(phone, name)
        phone.tap("Add to my calendar").reads("Switch on at least one.")

    def test_without_a_connection_it_says_so_and_what_she_chose_stays(self, phone):
        asks(phone)
        switch_off(phone, "After a month")
        phone.context.set_offline(True)
        phone.tap("Add to my calendar").reads("No connection")
        phone.context.set_offline(False)

        assert len(starts(downloads(phone))) == 3

    def test_of_a_session_that_another_one_followed_nothing_is_offered(self, phone):
        old = after_landing(phone, hours=24 * 9)
        phone.has_session(hours_ago=2)
        phone.open(f"/sessions/{old}").sees("Session 1").reads("1 hour after")
        expect(phone.page.get_by_role("link", name="Remind me")).to_be_hidden()

        phone.open(f"/sessions/{old}/reminders").sees("Remind me").reads("No check-in comes after this session")


def test_today_leads_there_too(phone):
    after_landing(phone, hours=3)
    phone.open("/today").sees("Today").tap("Remind me").sees("Remind me").reads("without telling anyone").tap("Back")

    phone.sees("Today")


def test_large_text_on_a_narrow_phone(take):
    phone = take("maya", width=320).signed_up()
    asks(phone)
    phone.large_text().page.wait_for_timeout(200)

    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(phone.page) == []
    assert datetime.fromisoformat(when(phone, "The next day"))
