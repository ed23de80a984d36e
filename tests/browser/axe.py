"""axe-core in the page: what it finds, in a few words each."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.live import ROOT

# Beyond axe's own choice: 7:1, where the landing check-in must have it.
ENHANCED = {"color-contrast-enhanced": {"enabled": True}}


@cache
def _source() -> str:
    return (ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, *, enhanced: bool = False) -> list[str]:
    """Every violation on the screen."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_source())
    options = {"rules": ENHANCED if enhanced else {}, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [
        f"{violation['id']}: {node['html'][:120]} {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
