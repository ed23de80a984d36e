"""A real server, a real browser, and Maya's phone in it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

from journal.pwa import routes as pwa
from tests.browser.phone import Phone, take_phone
from tests.cast import Person, join_therapist
from tests.live import ROOT, Server, serving
from tests.stores import Stores, app_of, free_port, new_app, settings

NAMES = (os.environ.get("SHORELINE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
# Nothing of the browser's own may reach out, and a container has no sandbox of its own.
# Of two lists the browser keeps the last, so Playwright's own is in it. Ours are what would be below an address bar: a
# page for every window, that nobody sees and that costs more than a phone's.
LEFT_OUT = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
)  # fmt: skip
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(LEFT_OUT)}",
)

# What appears at once on a quiet machine takes longer beside other tests.
expect.set_options(timeout=12_000)


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


@pytest.fixture(scope="module")
def dr_okafor(server: Server) -> Person:
    """A therapist, over the API, on the stores of the server that runs."""
    return join_therapist(new_app(Stores.sqlite(server.folder), origin=server.url), "okafor", "Dr Okafor")


@pytest.fixture
def front_end(tmp_path: Path) -> Path:
    """A copy of the front end, which a test can change."""
    return Path(shutil.copytree(ROOT / "frontend" / "dist", tmp_path / "dist"))


@pytest.fixture
def changing(front_end: Path, stores: Stores, app: object, chromium: Browser) -> Iterator[Phone]:
    """Maya's phone, signed in to a server of this test's own, whose front end can change under way."""
    url = f"http://localhost:{(port := free_port())}"
    own = app_of(settings(stores, origin=url, frontend=front_end))
    served = make_server("localhost", port, own, threaded=True)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    phone = take_phone(chromium, url, "maya")
    try:
        yield phone.signed_up()
    finally:
        phone.put_away()
        served.shutdown()
        thread.join()
        served.server_close()
        pwa._files.cache_clear()
