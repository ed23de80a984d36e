"""Takes the manifest's pictures from a running app: screenshots.py ADDRESS LOGIN_NAME PASSWORD (see `make demo`)."""

import os
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "public" / "screenshots"
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 800}
PICTURES = {
    "today": "/today",
    "check-in": "/check-in/landing",
    "trends": "/trends",
    "mood": "/trends/mood",
}


def main() -> None:
    """Take every picture, by night: those of a phone twice as fine as its screen, and one of a desktop."""
    url, login_name, password = sys.argv[1:]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def new(size: ViewportSize, fine: int) -> BrowserContext:
            return browser.new_context(
                base_url=url, color_scheme="dark", locale="en-GB", viewport=size, device_scale_factor=fine
            )

        phone = signed_in(new(NARROW, 2), login_name, password)
        for name, path in PICTURES.items():
            take(phone, path, name)
        desk = signed_in(new(WIDE, 1), login_name, password)
        take(desk, "/trends", "trends-wide")
        browser.close()


def signed_in(context: BrowserContext, login_name: str, password: str) -> Page:
    """A page of somebody who is signed in."""
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Login name", exact=True).fill(login_name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today")
    return page


def take(page: Page, path: str, name: str) -> None:
    """One picture; of the check-in, its first question."""
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    start = page.get_by_role("button", name="Start", exact=True)
    page.wait_for_timeout(1500)
    if start.count():
        start.click()
        page.wait_for_timeout(1000)
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
