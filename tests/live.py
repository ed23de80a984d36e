"""The app as it is served: gunicorn with its workers, on a free port, on stores of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.stores import PEPPER, Stores, free_port

ROOT = Path(__file__).parent.parent


@dataclass
class Server:
    """A running server. Everything it writes is below `folder`."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def kill(self) -> None:
        """Die at once, master and workers, with no chance to tidy up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """Be asked to end, as whoever runs it would ask."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            # As long as it may take to answer what was asked (`graceful_timeout`), and some more.
            self.process.wait(90)

    def log(self) -> str:
        return (self.folder / "log").read_text()


def operate(server: Server, stores: Stores, *command: str, **environment: str) -> str:
    """What a command of the operator's prints, given on the host of a running server."""
    environ = _environment(server.folder, stores, server.url) | environment
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    return subprocess.run(flask, cwd=ROOT, env=environ, check=True, capture_output=True, text=True).stdout


@contextmanager
def serving(
    folder: Path, stores: Stores | None = None, workers: int = 2, app: str = "wsgi:app", **environment: str
) -> Iterator[Server]:
    """Serve on migrated stores below `folder` until the block ends."""
    stores = stores or Stores.sqlite(folder)
    port = int(environment.pop("PORT", 0)) or free_port()
    environ = _environment(folder, stores, f"http://localhost:{port}") | environment
    with (folder / "log").open("ab") as log:
        subprocess.run([sys.executable, "-m", "journal.first_start"], cwd=ROOT, env=environ, check=True, stdout=log)
    server = start(folder, stores, port, workers, app, environ)
    try:
        wait(server)
        yield server
    finally:
        server.stop()


def start(
    folder: Path,
    stores: Stores,
    port: int,
    workers: int = 2,
    app: str = "wsgi:app",
    environ: dict[str, str] | None = None,
) -> Server:
    """Start gunicorn on stores that are ready; it may not answer yet."""
    url = f"http://localhost:{port}"
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [
                Path(sys.executable).with_name("gunicorn"), "--config", "python:journal.serving",
                "--bind", f"localhost:{port}", "--workers", str(workers), "--log-level", "info", app,
            ],
            cwd=ROOT, env=environ or _environment(folder, stores, url), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    return Server(url, folder, process)


def _environment(folder: Path, stores: Stores, url: str) -> dict[str, str]:
    secrets, temporary = folder / "secrets.json", folder / "tmp"
    temporary.mkdir(exist_ok=True)
    if not secrets.exists():
        secrets.touch(mode=0o600)
        secrets.write_text(json.dumps({"pepper": b64encode(PEPPER).decode()}))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONWARNINGS": "error",
        "SHORELINE_DATA": str(folder),
        "SHORELINE_SECRETS": str(secrets),
        "SHORELINE_ORIGIN": url,
        # A whole run signs up more people than a clinic does in an hour.
        "SHORELINE_SIGN_UPS_AN_HOUR": "1000000",
        "DATABASE_URL": stores.database_url,
        "KEYRING_URL": stores.keyring_url,
        "TMPDIR": str(temporary),
    }


def wait(server: Server) -> None:
    """Until it answers."""
    for _ in range(200):
        if server.process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{server.url}/api/v1/registration", timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{server.log()}")
