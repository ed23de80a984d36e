"""What is sealed on the phone gets to the server: after a dead server's return, a killed tab, a new version; and what
a cleared browser lost is said."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.changing import released, version
from tests.browser.paired import held, keep_this_phone, says, sign_out
from tests.browser.phone import Phone, take_phone
from tests.browser.test_landing import AWAY, BOTHERED, LINE, MOOD, NOTICED, OPENED, READY, STILL
from tests.browser.test_offline import DELIVERED, ON_THE_PHONE, through_landing
from tests.live import Server, serving
from tests.stores import free_port

ALL_DELIVERED = "() => document.querySelector('main').innerText.includes('{count} check-ins are delivered')"


class Served:
    """A server of this test's own, on an address that stays while it dies and returns."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.running = ExitStack()
        self.server: Server | None = None

    def start(self) -> Server:
        self.server = self.running.enter_context(serving(self.folder, PORT=str(self.port)))
        return self.server

    def die(self) -> None:
        assert self.server
        self.server.kill()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    served.start()
    with served.running:
        yield served


@pytest.fixture
def kept(take: Callable[..., Phone]) -> Phone:
    """Maya's phone, kept as hers, with nobody signed in."""
    phone = take("maya").signed_up()
    keep_this_phone(phone)
    return sign_out(phone)


@pytest.fixture
def kept_there(served: Served, chromium: Browser) -> Iterator[Phone]:
    """Maya's phone, kept as hers on the server that dies."""
    assert served.server
    phone = take_phone(chromium, served.server.url, "maya").signed_up()
    keep_this_phone(phone)
    yield sign_out(phone)
    phone.put_away()


def checks_in(phone: Phone) -> Phone:
    through_landing(phone.open("/").sees(READY)).tap("Skip")
    return phone


class TestADeadServer:
    def test_all_is_delivered_within_30_s_of_its_return_with_no_touch(self, served: Served, kept_there: Phone):
        kept_there.open("/").sees(READY)
        served.die()
        for _ in range(3):
            checks_in(kept_there).sees("Kept on this phone.").tap("Done").sees("Which check-in?")
        kept_there.reads("3 check-ins are on this phone only.")
        kept_there.page.wait_for_timeout(12_000)

        served.start()

        kept_there.page.wait_for_function(ALL_DELIVERED.format(count=3), timeout=30_000)


class TestAKilledTab:
    def test_between_storing_and_the_answer_leaves_one_deposit(self, kept: Phone):
        answered: list[int] = []

        def never_answer(route: Route) -> None:
            answered.append(route.fetch().status)

        kept.open("/").sees(READY).page.route("**/api/v1/deposits/**", never_answer)
        kept.tap("Start").sees(MOOD).answer(3).sees(AWAY)
        kept.page.wait_for_timeout(800)
        (item,) = held(kept)
        assert (answered, item["state"], item["attempted"]) == ([201], "here", True)
        kept.page.close()
        kept.page = kept.context.new_page()
        statuses: list[int] = []
        kept.page.on("response", lambda answer: statuses.append(answer.status) if "/deposits/" in answer.url else None)

        kept.open("/").sees(READY).reads("1 check-in is delivered.")

        assert statuses == [204]
        assert [(each["id"], each["state"]) for each in held(kept)] == [(item["id"], "delivered")]


class TestAClearedBrowser:
    """The browser throws away everything of this address, whenever it likes."""

    ANSWERS: tuple[Callable[[Phone], object], ...] = (
        lambda phone: phone.tap("Start").sees(MOOD),
        lambda phone: phone.answer(3).sees(AWAY),
        lambda phone: phone.answer(7).sees(NOTICED),
        lambda phone: phone.tap("Heavy"),
        lambda phone: phone.tap("Next").sees(BOTHERED),
        lambda phone: phone.tap("Nothing").sees(OPENED),
        lambda phone: phone.answer("No").sees(STILL),
        lambda phone: phone.tap("All gone").sees(LINE),
        lambda phone: phone.page.get_by_label(LINE, exact=True).fill("a line"),
        lambda phone: phone.tap("Done"),
    )

    def clear(self, phone: Phone) -> None:
        tools = phone.context.new_cdp_session(phone.page)
        tools.send("Storage.clearDataForOrigin", {"origin": phone.url, "storageTypes": "all"})

    @pytest.mark.parametrize("connected", [True, False], ids=["connected", "not connected"])
    @pytest.mark.parametrize("point", range(len(ANSWERS)))
    def test_goes_on_and_loses_nothing_of_what_is_in_hand(self, kept: Phone, point: int, connected: bool):
        kept.open("/").sees(READY)
        # All that a check-in needs is loaded; a cleared browser has no shell to load it from.
        kept.page.wait_for_timeout(500)
        kept.context.set_offline(not connected)
        for place, answer in enumerate(self.ANSWERS):
            if place == point:
                self.clear(kept)
            answer(kept)
            kept.page.wait_for_timeout(400)
        kept.context.set_offline(False)

        # The outbox tries every ten seconds, whether or not the browser tells of the connection.
        expect(kept.page.get_by_role("heading", name="Delivered.")).to_be_visible(timeout=15_000)
        kept.tap("Done").sees("Which check-in?").reads("1 check-in is delivered.")
        assert kept.page.get_by_text("gone").count() == 0
        kept.open("/").sees(READY)

    def test_what_was_here_from_before_is_lost_and_that_is_said(self, kept: Phone):
        kept.open("/").sees(READY)
        kept.context.set_offline(True)
        through_landing(kept)
        says(kept, ON_THE_PHONE)
        kept.page.close()
        kept.page = kept.context.new_page()
        kept.open("/").sees(READY).reads("1 check-in is on this phone only.")
        self.clear(kept)
        kept.tap("Start").sees(MOOD).answer(3).sees(AWAY)
        kept.context.set_offline(False)
        says(kept, DELIVERED)

        kept.tap("That's enough for now").sees("Delivered.").tap("Done").reads("1 check-in that was on this phone only")
        kept.tap("I have read this")
        expect(kept.page.get_by_text("is gone")).to_have_count(0)


class TestANewVersion:
    """On a server whose front end can change under way."""

    def test_loses_nothing_that_waits(self, changing: Phone, front_end: Path):
        keep_this_phone(changing)
        sign_out(changing).open("/").sees(READY)
        changing.page.route("**/api/v1/deposits/**", lambda route: route.abort())
        through_landing(changing).tap("Skip").sees("Kept on this phone.").tap("Done").sees("Which check-in?")
        released(changing, front_end)
        with changing.page.expect_navigation():
            changing.tap("Use it now")
        changing.reads("1 check-in is on this phone only.")
        changing.page.unroute_all()

        changing.reads("1 check-in is delivered.")
        assert version(changing).startswith("A newer")
