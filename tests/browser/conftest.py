"""A real server, a real browser, and Maya's phone in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.phone import Phone, take_phone
from tests.live import ROOT, Server, serving

NAMES = (os.environ.get("SHORELINE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
# Nothing of the browser's own may reach out, and a container has no sandbox of its own.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these need a browser and the front end that was built."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as it is served, with the front end that was built."""
    if not (ROOT / "frontend" / "dist" / "index.html").is_file():
        pytest.fail("The front end is not built. Run: make build")
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def found_chromium() -> str:
    """The browser of this machine."""
    found = next((path for name in NAMES if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("There is no Chromium. Run: make browser")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def take(server: Server, chromium: Browser) -> Iterator[Callable[..., Phone]]:
    """Takes a phone in hand; `take("Maya", dark=False)`."""
    phones: list[Phone] = []

    def take(name: str = "maya", **look: object) -> Phone:
        phones.append(take_phone(chromium, server.url, name, **look))
        return phones[-1]

    yield take
    for phone in phones:
        phone.put_away()


@pytest.fixture
def phone(take: Callable[..., Phone]) -> Phone:
    """Maya's phone, signed in, with an empty journal."""
    return take("maya").signed_up()
