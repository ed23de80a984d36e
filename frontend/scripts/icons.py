"""Draws the icons' PNGs from the one SVG: python frontend/scripts/icons.py (needs Playwright and a Chromium)."""

import os
import re
from pathlib import Path

from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).resolve().parents[1] / "public" / "icons"
# Name, side, part of the side that the drawing fills, whether the corners are cut by us.
ICONS = (
    ("shoreline-192", 192, 1.0, True),
    ("shoreline-512", 512, 1.0, True),
    ("maskable-512", 512, 0.8, False),
    ("apple-180", 180, 0.92, False),
)


def main() -> None:
    """Write every icon."""
    svg = (PUBLIC / "shoreline.svg").read_text()
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, side, fill, cut in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            drawn = svg if cut else re.sub(r'rx="\d+"', 'rx="0"', svg)
            page.set_content(
                f'<body style="margin:0;background:{"transparent" if cut else "#0a1d22"};display:grid;'
                f'place-items:center;height:100vh"><div style="width:{fill * 100}%">{drawn}</div>'
            )
            page.screenshot(path=PUBLIC / f"{name}.png", omit_background=cut)
        browser.close()


if __name__ == "__main__":
    main()
