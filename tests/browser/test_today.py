"""Today: the one thing to do next, the landing check-in always one tap away."""

import sqlite3
from uuid import UUID

from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.test_landing import LANDING, READY
from tests.live import Server


def primaries(phone: Phone) -> list[str]:
    return phone.page.locator(".button.primary").all_inner_texts()


class TestAnEmptyJournal:
    def test_says_what_will_be_here_and_offers_the_one_next_step(self, phone):
        phone.open("/today").sees("Today").reads("Your journal begins here")

        assert primaries(phone) == [LANDING]
        phone.tap(LANDING).sees(READY)

    def test_asks_to_confirm_the_recovery_code(self, phone):
        phone.open("/today").sees("Today").reads("Confirm your recovery code")


class TestWhatComesNext:
    def test_is_the_one_primary_action_and_landing_stays_one_tap_away(self, phone):
        session = phone.has_session(hours_ago=20)
        phone.has_checked_in(session, "landing", 19, answers={"emo.mood_now": 4})

        phone.open("/today").sees("Today").reads("After session 1")

        assert primaries(phone) == ["The next day: check in"]
        expect(phone.page.get_by_role("link", name=LANDING)).to_be_visible()

    def test_what_comes_later_has_its_time(self, phone):
        phone.has_session(hours_ago=20)

        later = phone.open("/today").sees("Today").page.locator("section", has_text="Later")

        expect(later.last).to_contain_text("The third day")
        expect(later.last).to_contain_text("opens")

    def test_rows_that_do_not_open_are_told_of(self, phone, server):
        session = phone.has_session(hours_ago=20)
        damage(server, session)

        phone.open("/today").sees("Today").reads("1 thing in your journal does not open")
        phone.open("/sessions").sees("Sessions").reads("1 thing here does not open")


def damage(server: Server, session: str) -> None:
    """Change one bit of a sealed section behind her back."""
    row = (UUID(session).bytes,)
    with sqlite3.connect(server.folder / "journal.sqlite3") as database:
        (sealed,) = database.execute("SELECT ratings FROM dosing_sessions WHERE id = ?", row).fetchone()
        broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
        database.execute("UPDATE dosing_sessions SET ratings = ? WHERE id = ?", (broken, *row))
