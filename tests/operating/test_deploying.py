"""The deployment pages: units, proxies and settings say what the page says, and agree with the app.

nginx and Caddy are walked through where they are installed; nothing here installs them.
"""

import json
import re
import signal
import subprocess
import threading
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest

import config
from journal.export.routes import FILE_MOST
from tests.http import API, Browserless, Reply
from tests.live import ROOT, Server, serving
from tests.operating.proxies import DEPLOY, Proxy, caddy, certify, found, nginx, proxying
from tests.stores import free_port

pytestmark = pytest.mark.xdist_group("deploying")

PAGE = (ROOT / "docs" / "operating" / "deploying.md").read_text()
UNITS = ("shoreline.service", "shoreline-backup.service")
BYTES = {"Content-Type": "application/octet-stream"}
JSON = {"Content-Type": "application/json"}
MOST = config.Settings.max_body_bytes
PROBLEM = "application/problem+json"
AT = "2026-11-20T10:30:00Z"


def directives(name: str) -> dict[str, list[str]]:
    """What a unit says, by directive."""
    said: dict[str, list[str]] = defaultdict(list)
    for line in (DEPLOY / name).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            directive, _, value = line.partition("=")
            said[directive].append(value)
    return said


class TestUnits:
    @pytest.mark.parametrize("name", UNITS)
    def test_the_sandbox_is_what_the_page_promises(self, name: str):
        said = directives(name)
        table = PAGE.split("## The sandbox")[1].split("The socket belongs")[0]
        promised = [tuple(each.split("=", 1)) for each in re.findall(r"`([A-Z][A-Za-z]+=[^`]*)`", table)]
        assert len(promised) > 15

        for directive, value in promised:
            assert any(told.startswith(value) for told in said[directive]), f"{directive}={value}"
        for refused in ("@privileged", "@resources", "@keyring", "io_uring_setup", "userfaultfd", "memfd_create"):
            assert any(told.startswith("~") and refused in told for told in said["SystemCallFilter"]), refused

    def test_what_is_written_cannot_be_run(self):
        for name in UNITS:
            said = directives(name)
            no_exec = said["NoExecPaths"][0].split()
            written = {"/tmp", "/var/tmp", "/dev/shm"} | {f"/var/lib/{each}" for each in said["StateDirectory"]}
            written |= {f"/run/{each}" for each in said["RuntimeDirectory"]}
            written |= set(" ".join(said["ReadWritePaths"]).split())
            assert written <= set(no_exec), name

    def test_systemd_can_read_them(self):
        program = found("systemd-analyze")
        if program is None:
            pytest.skip("systemd-analyze is not installed")
        for name in UNITS:
            command = [program, "security", "--offline=yes", "--no-pager", "--threshold=12", str(DEPLOY / name)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            # 1.2 of 10: another version of systemd may weigh a little otherwise than ours did.
            assert done.returncode == 0, done.stdout[-200:] + done.stderr

    def test_a_stop_is_longer_than_what_it_waits_for(self):
        from journal import serving as served

        assert int(directives("shoreline.service")["TimeoutStopSec"][0]) > served.graceful_timeout

    def test_what_they_start_is_here(self):
        said = directives("shoreline.service")
        modules = re.findall(r"(?:-m |python:)([\w.]+)", " ".join(said["ExecStart"] + said["ExecStartPre"]))

        assert modules == ["journal.serving", "journal.first_start"]
        assert all(find_spec(module) for module in modules)

    def test_what_the_backup_says_to_its_command_is_understood(self, app):
        (command,) = directives("shoreline-backup.service")["ExecStart"]
        _, _, given = command.partition(" --app wsgi ")
        name, *arguments = given.split()

        app.cli.commands[name].make_context(name, arguments)

    def test_no_backup_is_kept_longer_than_people_are_told(self):
        """What is not yet too old tonight is deleted tomorrow night."""
        (command,) = directives("shoreline-backup.service")["ExecStart"]
        (kept,) = re.findall(r"--keep-days (\d+)", command)
        (told,) = directives("shoreline.env")["SHORELINE_BACKUPS_KEPT_DAYS"]

        assert int(kept) < int(told)

    def test_no_page_reloads_by_a_file_that_nobody_writes(self):
        """Nor for an upgrade: what a reload starts is a copy of the master, which read the release before."""
        from journal import serving as served

        assert not hasattr(served, "pidfile")
        pages = {page.name: page.read_text() for page in (ROOT / "docs" / "operating").glob("*.md")}
        assert not [name for name, text in pages.items() if ".pid" in text]
        assert "systemctl restart shoreline" in pages["upgrading.md"]
        assert "systemctl reload" not in pages["upgrading.md"]


class TestSettings:
    @pytest.mark.parametrize("path", [*sorted(DEPLOY.iterdir()), Path("deploying.md")], ids=lambda path: path.name)
    def test_every_name_exists(self, path: Path):
        text = PAGE if path.name == "deploying.md" else path.read_text()
        known = (ROOT / "config.py").read_text() + (ROOT / "journal" / "serving.py").read_text()

        for name in re.findall(r"\b(?:SHORELINE_[A-Z_]+|[A-Z]+_URL|WEB_CONCURRENCY)\b", text):
            assert f'"{name}"' in known, name

    def test_the_settings_start_in_production(self, tmp_path: Path):
        (tmp_path / "secrets.json").touch(0o600)
        (tmp_path / "secrets.json").write_text(json.dumps({"pepper": "A" * 43 + "="}))
        lines = [line for line in (DEPLOY / "shoreline.env").read_text().splitlines() if line[:1].isupper()]
        given = {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}
        # The rest is of the machine it stands on.
        here = {"SHORELINE_DATA": str(tmp_path), "SHORELINE_SECRETS": str(tmp_path / "secrets.json")}
        assert here.keys() <= given.keys()

        settings = config.from_environment(given | here)

        assert settings.production
        assert settings.origin == "https://journal.example"


class TestAgreement:
    def test_bodies_have_the_bounds_of_the_app(self):
        sizes = re.findall(r"client_max_body_size (\d+)([km]);", (DEPLOY / "nginx-site.conf").read_text())
        assert [int(n) * {"k": 1024, "m": 1024**2}[unit] for n, unit in sizes] == [MOST, FILE_MOST]

        sizes = re.findall(r"max_size (\d+)([KM])iB", (DEPLOY / "Caddyfile").read_text())
        files, rest = (int(n) * {"K": 1024, "M": 1024**2}[unit] for n, unit in sizes)
        # Above the app's, which says in plain words what Caddy would say with a 503.
        assert FILE_MOST < files < 2 * FILE_MOST
        assert MOST < rest < 5 * MOST

    def test_what_is_limited_and_what_is_waited_for_is_there(self, app):
        site = (DEPLOY / "nginx-site.conf").read_text()
        counted = re.findall(r'"~\^(PUT|POST) (.+)\$" \$shoreline_who', site)
        waited = [("POST", rule) for rule in re.findall(r"location ~ \^(/api\S+) \{", site)]
        assert len(counted) == 3
        assert len(waited) == 2

        for method, pattern in (*counted, *waited):
            rules = [rule for rule in app.url_map.iter_rules() if re.match(f"^{pattern}", _example(rule.rule))]
            assert any(method in (rule.methods or ()) for rule in rules), pattern

    def test_no_proxy_knows_where_the_metrics_are(self):
        port = re.search(r"METRICS_PORT=(\d+)", (DEPLOY / "shoreline.env").read_text())
        assert port

        for name in ("nginx-site.conf", "Caddyfile"):
            assert port[1] not in (DEPLOY / name).read_text()


def _example(rule: str) -> str:
    return re.sub(r"<[^>]+>", str(uuid4()), rule)


@pytest.fixture(params=["nginx", "caddy"])
def program(request: pytest.FixtureRequest) -> str:
    if not found(request.param):
        pytest.skip(f"{request.param} is not installed")
    return str(request.param)


class TestFiles:
    def test_the_proxy_can_read_them(self, program: str, tmp_path: Path):
        certify(tmp_path)
        proxy = Proxy(free_port(), free_port(), tmp_path)
        if program == "nginx":
            command = [*nginx(proxy, "127.0.0.1:8000"), "-t"]
        else:
            _, _, *how = caddy(proxy, "127.0.0.1:8000")
            command = [str(found("caddy")), "validate", *how]

        done = subprocess.run(command, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)})

        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, port: int):
    """One worker of four threads, which a few slow senders could hold."""
    origin = f"https://localhost:{port}"
    with serving(tmp_path_factory.mktemp("deployed"), workers=1, SHORELINE_ORIGIN=origin) as running:
        yield running


@pytest.fixture(scope="module")
def noor(server: Server) -> str:
    """What her browser sends along once she is signed in."""
    browser = Browserless(server.url)
    draft = {"login_name": f"noor-{uuid4().hex[:8]}", "password": "noor walks the harbour wall"}
    assert browser.post("/accounts", draft).status_code == 201
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


@pytest.fixture
def proxy(program: str, tmp_path: Path, port: int, server: Server):
    with proxying(program, tmp_path, port, int(server.url.rpartition(":")[2])) as running:
        yield running


@pytest.mark.slow
class TestWalk:
    def test_through_the_proxy(self, proxy: Proxy, program: str, noor: str):
        self.says_it_in_one_voice(proxy)
        self.has_the_apps_bounds(proxy, noor)
        self.holds_slow_senders(proxy)
        if program == "nginx":
            self.makes_who_tries_often_wait(proxy)
            assert "127.0.0.1" not in proxy.log()
        assert API not in proxy.log()

    def says_it_in_one_voice(self, proxy: Proxy) -> None:
        answer = proxy.ask("GET", f"{API}/registration")
        assert answer.status_code == 200
        assert len(answer.headers.get_all("Strict-Transport-Security") or ()) == 1
        assert answer.headers["Cache-Control"] == "no-store"
        hidden = proxy.ask("GET", "/ready")
        assert (hidden.status_code, hidden.headers["Content-Type"]) == (404, PROBLEM)
        assert proxy.ask("GET", "/metrics").status_code == 404

    def has_the_apps_bounds(self, proxy: Proxy, noor: str) -> None:
        for path, sent, most in (("/sign-ins", JSON, MOST), ("/imports/preview?from=shoreline", BYTES, FILE_MOST)):
            taken, over = (self.tells(proxy, path, b" " * size, Cookie=noor, **sent) for size in (most, most + 1))
            assert taken.status_code in (400, 422)
            assert (over.status_code, over.headers["Content-Type"]) == (413, PROBLEM)
            assert over.json["type"] == "/problems/too-large"

    def tells(self, proxy: Proxy, path: str, body: bytes, **headers: str) -> Reply:
        """Its answer; sent again where the app said no before it was told all, and Caddy only knows it was cut off."""
        for _ in range(8):
            answer = proxy.ask("POST", API + path, body, **headers)
            if answer.status_code != 503:
                break
        return answer

    def holds_slow_senders(self, proxy: Proxy) -> None:
        head = f"POST {API}/sign-ins HTTP/1.1\r\nHost: localhost:{proxy.port}\r\nContent-Type: application/json\r\n"
        slow = [proxy.opened() for _ in range(12)]
        try:
            for connection in slow:
                connection.sendall(f"{head}Content-Length: 1000\r\n\r\n{{".encode())
            time.sleep(0.3)
            begun = time.monotonic()
            assert proxy.ask("GET", f"{API}/registration").status_code == 200
            # Less than it takes until the first of them is let go.
            assert time.monotonic() - begun < 10
        finally:
            for connection in slow:
                connection.close()

    def makes_who_tries_often_wait(self, proxy: Proxy) -> None:
        answers = [proxy.ask("POST", f"{API}/recovery", b"{}", **JSON) for _ in range(13)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert 0 < len(refused) < len(answers)
        assert all(answer.headers["Retry-After"] and answer.json["type"] == "/problems/busy" for answer in refused)
        assert proxy.ask("GET", f"{API}/registration").status_code == 200

    def test_nobody_is_turned_away_by_a_reload(self, proxy: Proxy, server: Server, noor: str):
        ratings = {"happened_at": AT, "time_zone": "UTC", "written_at": AT}
        body = json.dumps({"ratings": ratings}).encode()
        statuses: list[int] = []

        def write() -> None:
            for _ in range(20):
                kept = proxy.ask("PUT", f"{API}/sessions/{uuid4()}", body, Cookie=noor, **JSON)
                statuses.append(kept.status_code)
                time.sleep(0.05)

        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(0.3)
        server.process.send_signal(signal.SIGHUP)
        for writer in writers:
            writer.join()

        assert statuses == [201] * 80
