"""`make bench-start`: from the icon's tap to the first question, on a kept phone, offline and six times slowed.

Median of five, in ms, beside what a page without any script takes to be painted in the same browser: how fast a machine
draws at all is in both.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, found_chromium
from tests.browser.paired import keep_this_phone, sign_out
from tests.browser.phone import Phone, take_phone
from tests.browser.test_landing import READY
from tests.live import serving

RUNS, SLOWED, BAR_MS = 5, 6, 1000
# Set before the page's own scripts; read when the first question has been drawn.
WATCH = """new MutationObserver(() => {
  const heading = document.querySelector('h1')
  if (heading?.textContent && !performance.getEntriesByName('question').length) {
    requestAnimationFrame(() => performance.mark('question'))
  }
}).observe(document, { childList: true, subtree: true })"""
ASKED = "() => { const [mark] = performance.getEntriesByName('question'); return mark ? mark.startTime : 0 }"
PAINTED = "() => { const [paint] = performance.getEntriesByType('paint'); return paint ? paint.startTime : 0 }"


def milliseconds(phone: Phone, address: str, seen: str, rate: int) -> float:
    """From the start of the navigation until it is `seen`."""
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.page.add_init_script(WATCH)
    tools = phone.context.new_cdp_session(phone.page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    phone.page.goto(address, wait_until="commit")
    phone.page.wait_for_function(seen)
    taken: float = phone.page.evaluate(seen)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return taken


def main() -> None:
    """Measure, and say it."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found_chromium(), args=list(FLAGS))
        phone = take_phone(browser, server.url, "maya").signed_up()
        keep_this_phone(phone)
        sign_out(phone).open("/").sees(READY)
        bare = [milliseconds(phone, "/robots.txt", PAINTED, SLOWED) for _ in range(RUNS)]
        phone.context.set_offline(True)
        for rate in (1, SLOWED):
            taken = [milliseconds(phone, "/", ASKED, rate) for _ in range(RUNS)]
            print(f"first question, offline, {rate}x slower: {median(taken):5.0f} ms  (bar {BAR_MS} at {SLOWED}x)")
        print(f"a page of plain text, {SLOWED}x slower:      {median(bare):5.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
