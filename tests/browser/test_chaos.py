"""A thousand check-ins from two phones over a network that loses, repeats and reorders, with tabs killed on the way:
exactly a thousand in the journal, each as it was written.

The phones run the app's own outbox, bundled by itself, in real tabs with real storage; the server is the real one.
"""

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.phone import API, Phone, take_phone
from tests.live import ROOT, Server

pytestmark = pytest.mark.slow

EACH, AT_ONCE = 500, 50
ADDRESS = "/assets/outbox-alone.js"
BUNDLE = """
import { build } from 'vite'
await build({
  configFile: false, logLevel: 'error', publicDir: false,
  build: {
    outDir: process.argv[1], emptyOutDir: false,
    lib: { entry: 'src/offline/index.ts', formats: ['es'], fileName: () => 'outbox.js' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
})
"""
# 30 % of requests never arrive, of 30 % the reply is lost, 20 % arrive twice, the second time out of turn.
NETWORK = """() => {
  const real = window.fetch
  window.weather = { asked: 0, lost: 0, unanswered: 0, twice: 0 }
  window.fetch = async (url, init) => {
    if (!String(url).includes('/deposits/')) return real(url, init)
    weather.asked++
    const late = { ...init, signal: undefined }
    if (Math.random() < 0.3) { weather.lost++; throw new TypeError('Failed to fetch') }
    if (Math.random() < 0.2) {
      weather.twice++
      setTimeout(() => real(url, late).catch(() => {}), Math.random() * 1500)
    }
    const answer = await real(url, init)
    if (Math.random() < 0.3) { weather.unanswered++; throw new TypeError('Failed to fetch') }
    return answer
  }
}"""
START = f"""async (answer) => {{
  window.outbox = await import('{ADDRESS}')
  await outbox.startOutbox()
  if (answer) await outbox.pair(answer)
  await outbox.whoIsIn(null)
}}"""
# Each is sealed twice, as taps do; the second time while the first may be on its way.
WRITE = """async (all) => {
  for (const { id, first, whole } of all) {
    await outbox.keepSealed(id, first)
    outbox.sendNow()
    await outbox.keepSealed(id, whole)
    outbox.hasEnded(id)
  }
}"""
# The outbox rests after a failure; a hand that looks at the phone again and again does not let it.
HURRY = "() => { window.hurry ??= setInterval(() => outbox.sendNow(), 20) }"
ALL_DELIVERED = "() => outbox.items.value.every((item) => item.state === 'delivered')"


@pytest.fixture(scope="module")
def outbox(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app's outbox as one file."""
    folder = tmp_path_factory.mktemp("outbox")
    node = Path(sys.executable).with_name("node")
    command = [node if node.exists() else shutil.which("node"), "--input-type=module", "-e", BUNDLE, folder]
    subprocess.run(command, cwd=ROOT / "frontend", check=True, timeout=60)
    return (folder / "outbox.js").read_text()


class Tab:
    """One phone's app, which can be killed and opened again; its storage stays."""

    def __init__(self, context: BrowserContext, outbox: str) -> None:
        self.context = context
        self.kills = 0
        context.route(f"**{ADDRESS}", lambda route: route.fulfill(body=outbox, content_type="text/javascript"))

    def open(self, answer: Any = None) -> Page:
        self.page = self.context.new_page()
        self.page.goto("/robots.txt")
        self.page.evaluate(NETWORK)
        self.page.evaluate(START, answer)
        return self.page

    def kill(self) -> None:
        """In the middle of whatever it sends."""
        self.kills += 1
        self.page.close(run_before_unload=False)


def written(number: int, phone: int) -> dict[str, Any]:
    """A check-in of some length, first with an answer and then with words too."""
    minutes = number * 2 + phone
    at = f"2026-{1 + minutes // 1440 % 12:02}-{1 + minutes // 60 % 24:02}T10:{minutes % 60:02}:00Z"
    ratings = {
        "moment": "anytime", "happened_at": at, "time_zone": "UTC", "written_at": at, "finished": True,
        "answers": {"emo.mood_now": number % 11},
    }  # fmt: skip
    story = {"texts": {"story.line": f"{phone}/{number} " + "wave " * random.randint(1, 300)}}
    row = str(uuid4())
    return {
        "id": row,
        "first": {"check_in": {"id": row, "ratings": ratings}},
        "whole": {"check_in": {"id": row, "ratings": ratings, "story": story}},
    }


def in_the_journal(phone: Phone) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cursor = ""
    while True:
        page = phone.read(f"/check-ins?limit=100{cursor}")
        for item in page["items"]:
            assert item["id"] not in found, "twice in the journal"
            found[item["id"]] = (item["ratings"], item.get("story"))
        if "next" not in page:
            return found
        cursor = f"&cursor={page['next']}"


def files_all(maya: Phone) -> None:
    while maya.send("POST", "/deposits/filing", {}).json()["more"]:
        pass


def test_exactly_a_thousand_as_they_were_written(server: Server, chromium: Browser, outbox: str):
    maya = take_phone(chromium, server.url, "maya").signed_up()
    tabs, expected = [], {}
    for number in range(2):
        context = chromium.new_context(base_url=server.url, service_workers="block")
        context.set_default_timeout(120_000)
        tabs.append(Tab(context, outbox))
        tabs[-1].open(maya.send("POST", "/devices", {"name": f"Phone {number}"}).json())
    weather: dict[str, int] = {}
    for start in range(0, EACH, AT_ONCE):
        for number, tab in enumerate(tabs):
            all_of_it = [written(each, number) for each in range(start, start + AT_ONCE)]
            expected |= {
                each["id"]: (each["whole"]["check_in"]["ratings"], each["whole"]["check_in"]["story"])
                for each in all_of_it
            }
            tab.page.evaluate(WRITE, all_of_it)
        # Filed while more is on its way; and the tabs are killed with requests under way and seals unsent.
        files_all(maya)
        for tab in tabs:
            for name, count in tab.page.evaluate("weather").items():
                weather[name] = weather.get(name, 0) + count
            tab.kill()
            tab.open()
    for tab in tabs:
        tab.page.evaluate(HURRY)
    for tab in tabs:
        tab.page.wait_for_function(ALL_DELIVERED, timeout=180_000)
        tab.page.wait_for_timeout(1_600)
        for name, count in tab.page.evaluate("weather").items():
            weather[name] += count
    files_all(maya)

    assert maya.read("/deposits")["items"] == []
    found = in_the_journal(maya)
    assert len(found) == 2 * EACH
    assert found == expected
    assert min(weather.values()) > 100, weather
    assert [tab.kills for tab in tabs] == [EACH // AT_ONCE] * 2
    for tab in tabs:
        tab.context.close()
    maya.put_away()
    assert maya.complaints == []
    assert API == "/api/v1"
