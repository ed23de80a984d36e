"""The disk of Maya's phone, byte by byte: after writing without a connection, before and after a sign-out, none of her
words is there to be read, and none of her private keys."""

import base64
import secrets
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.accounts.people import in_hand
from tests.browser.conftest import FLAGS, found_chromium
from tests.browser.paired import keep_this_phone, says
from tests.browser.phone import Phone
from tests.browser.test_landing import AWAY, BOTHERED, LINE, MOOD, NOTICED, OPENED, READY, STILL
from tests.browser.test_offline import ON_THE_PHONE
from tests.cast import Person
from tests.live import Server, serving
from tests.secrecy.search import found_in
from tests.stores import Stores, new_app

pytestmark = pytest.mark.slow

# As an answer stands in a check-in; the catalogue, which is no secret, has the name alone.
ANSWERS = (b'"emo.mood_now":3', b'"diss.peak":7')
PLANT = """(word) => new Promise((resolve) => {
  const request = indexedDB.open('planted', 1)
  request.onupgradeneeded = () => request.result.createObjectStore('words')
  request.onsuccess = () => {
    const planting = request.result.transaction('words', 'readwrite', { durability: 'strict' })
    planting.objectStore('words').put(word, 'word')
    planting.oncomplete = () => { request.result.close(); resolve() }
  }
})"""


def word() -> str:
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(16))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "served").mkdir()
    with serving(tmp_path / "served") as running:
        yield running


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def phone(server: Server, chromium: Browser, profile: Path) -> Iterator[Phone]:
    """Maya's phone with a disk of its own."""
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=found_chromium(), args=list(FLAGS), base_url=server.url, has_touch=True,
        is_mobile=True, viewport={"width": 360, "height": 740}, locale="en-GB",
    )  # fmt: skip
    context.set_default_timeout(8_000)
    phone = Phone(context, context.new_page(), server.url, f"maya-{secrets.token_hex(4)}")
    yield phone.signed_up()
    context.close()


def private_keys(server: Server, phone: Phone) -> list[bytes]:
    """All that opens anything of Maya's, as her sign-in has it."""
    app = new_app(Stores.sqlite(server.folder))
    maya = Person("maya", Person.nobody(app).client, phone.login_name, phone.password)
    assert maya.post("/sign-ins", json={"login_name": maya.login_name, "password": maya.password}).status_code == 201
    bundle = in_hand(app, maya).bundle
    return [bundle.deposit_secret, bundle.share_secret, bundle.signing_secret, bundle.root_key]


def on_disk(profile: Path) -> list[Path]:
    return [file for file in profile.rglob("*") if file.is_file()]


def holds(profile: Path, secret: bytes) -> bool:
    forms = {secret, secret.hex().encode(), base64.b64encode(secret)[:-2], base64.urlsafe_b64encode(secret)[:-2]}
    return any(form in file.read_bytes() for file in on_disk(profile) for form in forms)


def checks_in(phone: Phone, line: str, sensation: str) -> None:
    """Without a connection, as far as the line at the end; what was said is on this phone."""
    phone.tap("Start").sees(MOOD).answer(3).sees(AWAY).answer(7).sees(NOTICED).tap("Something else")
    phone.write("What do you call it?", sensation).tap("Add").tap("Next").sees(BOTHERED).tap("Nothing")
    phone.sees(OPENED).answer("No").sees(STILL).tap("All gone").sees(LINE)
    phone.write(LINE, f"{line} over the water, and {line} again.")
    says(phone, ON_THE_PHONE).page.wait_for_timeout(1_200)


def test_nothing_can_be_read_on_it(phone: Phone, server: Server, profile: Path):
    words = [word() for _ in range(4)]
    keep_this_phone(phone)
    phone.open("/today").sees("Today").tap("Check in after a session").sees(READY)
    phone.context.set_offline(True)
    checks_in(phone, *words[:2])
    assert found_in(on_disk(profile), words) == {}

    # A sign-out leaves what was sealed on the phone; the next check-in is written with nobody signed in.
    phone.context.set_offline(False)
    phone.context.clear_cookies()
    phone.page.evaluate("localStorage.removeItem('signed-in')")
    phone.open("/").sees(READY)
    phone.context.set_offline(True)
    checks_in(phone, *words[2:])
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.open("/").sees(READY)
    control = word()
    phone.page.evaluate(PLANT, control)
    phone.context.close()

    files = on_disk(profile)
    assert found_in(files, words) == {}
    assert [mark for mark in ANSWERS if holds(profile, mark)] == []
    assert [key for key in private_keys(server, phone) if holds(profile, key)] == []
    # What is there is found: a word written in the clear, and the public key the phone seals to.
    assert control in found_in(files, [control])
    assert sum(file.stat().st_size for file in files) > 1_000_000
