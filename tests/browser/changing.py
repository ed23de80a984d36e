"""A new version of the app, released while a phone has the old one open."""

import re
from pathlib import Path

from journal.pwa import routes as pwa
from tests.browser.phone import Phone


def released(phone: Phone, front_end: Path) -> None:
    """Another version: its page and so its worker differ. The phone looks for it at once."""
    page, worker = front_end / "index.html", front_end / "sw.js"
    page.write_text(page.read_text().replace("A private journal", "A newer journal"))
    worker.write_text(re.sub(r"shoreline-[0-9a-f]{12}", "shoreline-newer", worker.read_text()))
    pwa._files.cache_clear()
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => 0)")


def version(phone: Phone) -> str:
    """What the page says of itself."""
    described: str = phone.page.evaluate("document.querySelector('meta[name=description]').content")
    return described
