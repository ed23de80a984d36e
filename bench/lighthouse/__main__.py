"""`make lighthouse`: the app on a phone as Lighthouse sees it, median of three, against the bars.

Serves a made-up patient, signs in over the API, and gives Chromium the cookie.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from tests.http import Browserless
from tests.live import ROOT, Server, serving

FOLDER = Path(__file__).parent
RUNS, TRIES = 3, 3
PAGES = {
    "sign-in": ("/sign-in", False),
    "Today": ("/today", True),
    "check-in": ("/check-in/landing", True),
    "trends": ("/trends", True),
}
BARS = {"performance": 95, "accessibility": 100, "best-practices": 100}
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def main() -> int:
    """Print each page's scores; 1 when a bar is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        cookie = signed_in(server, Path(folder))
        for name, (path, needs_cookie) in PAGES.items():
            reports = [report(server.url + path, cookie if needs_cookie else "") for _ in range(RUNS)]
            for category, bar in BARS.items():
                score = round(median(each["categories"][category]["score"] * 100 for each in reports))
                missed += score < bar
                print(f"{name:<10} {category:<15} {score:>4}  bar {bar}: {'met' if score >= bar else 'MISSED'}")
                if score < bar:
                    print("".join(f"    {line}\n" for line in failing(reports[0], category)), end="", flush=True)
    return 1 if missed else 0


def signed_in(server: Server, folder: Path) -> str:
    """The cookies of the made-up patient."""
    environ = os.environ | {
        "SHORELINE_DATA": str(folder), "SHORELINE_SECRETS": str(folder / "secrets.json"),
        "DATABASE_URL": f"sqlite:///{folder}/journal.sqlite3",
        "KEYRING_URL": f"sqlite:///{folder}/keyring/keyring.sqlite3",
    }  # fmt: skip
    said = subprocess.run(
        [Path(sys.executable).with_name("flask"), "--app", "wsgi", "demo"],
        cwd=ROOT, env=environ, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    lines = [line.split(maxsplit=1) for line in said.splitlines() if line.startswith("  ")]
    name, password = lines[0][1].removeprefix("name").strip(), lines[1][1].strip()
    maya = Browserless(server.url)
    assert maya.post("/sign-ins", {"login_name": name, "password": password}).status_code == 201
    return "; ".join(f"{key}={value}" for key, value in maya.cookies.items())


def report(url: str, cookie: str) -> dict[str, Any]:
    """One report; now and then Chromium does not start to navigate, and it is tried again."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(found for name in names if (found := shutil.which(name)))
    command = [
        FOLDER / "node_modules/.bin/lighthouse", url, "--quiet", "--output=json", f"--chrome-flags={CHROMIUM}",
        "--only-categories=" + ",".join(BARS),
    ]  # fmt: skip
    if cookie:
        command.append("--extra-headers=" + json.dumps({"Cookie": cookie}))
    for _ in range(TRIES):
        done = subprocess.run(
            command, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and "runtimeError" not in (found := json.loads(done.stdout)):
            return dict(found)
    raise RuntimeError(done.stderr[-2000:])


def failing(found: dict[str, Any], category: str) -> list[str]:
    """The audits that cost points."""
    weights = {ref["id"]: ref["weight"] for ref in found["categories"][category]["auditRefs"]}
    return [
        f"{name}: {audit['title']} {audit.get('displayValue', '')}"
        for name, audit in found["audits"].items()
        if weights.get(name) and audit["score"] is not None and audit["score"] < 0.9
    ]


if __name__ == "__main__":
    sys.exit(main())
