"""The proxies of docs/operating/deploy as they are, on free ports of this machine and with a certificate made here."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.http import Reply
from tests.live import ROOT
from tests.stores import free_port

DEPLOY = ROOT / "docs" / "operating" / "deploy"
# Debian keeps daemons where an ordinary user's PATH does not look.
PLACES = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
SOCKET = "unix:/run/shoreline.sock"


@dataclass
class Proxy:
    """One that runs."""

    port: int
    plain_port: int
    folder: Path

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        """One request over TLS, on a connection of its own."""
        connection = HTTPSConnection("localhost", self.port, context=self._trusting(), timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def opened(self) -> ssl.SSLSocket:
        """A connection on which nothing was said yet."""
        plain = socket.create_connection(("localhost", self.port), timeout=30)
        return self._trusting().wrap_socket(plain, server_hostname="localhost")

    def log(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*log"))

    def _trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.folder / "cert.pem")


def found(program: str) -> str | None:
    return shutil.which(program, path=PLACES)


@contextmanager
def proxying(program: str, folder: Path, port: int, app: int) -> Iterator[Proxy]:
    """Run `nginx` or `caddy` on this port, in front of an app that listens on that one, until the block ends."""
    certify(folder)
    proxy = Proxy(port, free_port(), folder)
    command = {"nginx": nginx, "caddy": caddy}[program](proxy, f"127.0.0.1:{app}")
    with (folder / "own.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={"PATH": PLACES, "HOME": str(folder)}
        )
    try:
        _wait(proxy, process)
        yield proxy
    finally:
        process.terminate()
        process.wait(20)


def nginx(proxy: Proxy, app: str) -> list[str]:
    """The site as it is published but for addresses and paths; what starts it."""
    site = (DEPLOY / "nginx-site.conf").read_text().replace(SOCKET, app).replace("journal.example", "localhost")
    site = re.sub(r"^ *listen \[::].*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};")
    site = site.replace("listen 443 ", f"listen 127.0.0.1:{proxy.port} ")
    site = site.replace("/etc/ssl/shoreline/fullchain.pem", str(proxy.folder / "cert.pem"))
    site = site.replace("/etc/ssl/shoreline/key.pem", str(proxy.folder / "key.pem"))
    site = site.replace("/var/log/nginx", str(proxy.folder))
    (proxy.folder / "site").write_text(site)
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{name}_temp_path {proxy.folder}/{name};" for name in kept)
    user = "user root;" if os.getuid() == 0 else ""
    (proxy.folder / "conf").write_text(
        f"daemon off; {user} pid {proxy.folder}/pid; error_log stderr warn; events {{}}"
        f"http {{ {places} include {proxy.folder}/site; }}"
    )
    return [str(found("nginx")), "-e", "stderr", "-c", str(proxy.folder / "conf")]


def caddy(proxy: Proxy, app: str) -> list[str]:
    """The same of Caddy's file, with nothing of its own listening."""
    site = (DEPLOY / "Caddyfile").read_text().replace("unix//run/shoreline.sock", app)
    site = site.replace("journal.example {", f"localhost:{proxy.port} {{")
    site = site.replace("tls {", f"tls {proxy.folder}/cert.pem {proxy.folder}/key.pem {{")
    site = site.replace("\n{\n", f"\n{{\n\tadmin off\n\thttp_port {proxy.plain_port}\n", 1)
    (proxy.folder / "Caddyfile").write_text(site)
    return [str(found("caddy")), "run", "--adapter", "caddyfile", "--config", str(proxy.folder / "Caddyfile")]


def certify(folder: Path) -> None:
    """A key and a certificate for localhost, which only who knows this file trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(encoding, form, plain))
    (folder / "cert.pem").write_bytes(made.public_bytes(encoding))


def _wait(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if process.poll() is not None:
            break
        try:
            proxy.opened().close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the proxy did not start:\n{proxy.log()}")
