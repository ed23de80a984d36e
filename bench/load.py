"""Requests as fast as a few connections can send them, prepared beforehand so that sending costs little."""

import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit


class Failed(Exception):
    """A request was not answered with 201."""


def rate(url: str, requests: list[bytes], connections: int = 8) -> float:
    """Requests a second, all answered 201, over `connections` kept open."""
    waiting = iter(requests)
    lock, wrong = threading.Lock(), list[Exception]()

    def work() -> None:
        try:
            send()
        except (OSError, Failed) as error:
            wrong.append(error)

    def send() -> None:
        parts = urlsplit(url)
        with socket.create_connection((parts.hostname or "", parts.port or 80)) as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for request in _taken(waiting, lock):
                sock.sendall(request)
                status = _answered(sock)
                if status != b"201":
                    raise Failed(status)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return len(requests) / (time.perf_counter() - began)


def request(method: str, path: str, host: str, body: bytes, cookie: str = "") -> bytes:
    """A whole HTTP/1.1 request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}"] + ([f"Cookie: {cookie}"] if cookie else [])
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _taken(waiting: Iterator[bytes], lock: threading.Lock) -> Iterator[bytes]:
    while True:
        with lock:
            found = next(waiting, None)
        if found is None:
            return
        yield found


def _answered(sock: socket.socket) -> bytes:
    """Read one response whole; its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(sock)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(rest) < length:
        rest += _more(sock)
    return head.split(b" ", 2)[1]


def _more(sock: socket.socket) -> bytes:
    found = sock.recv(65536)
    if not found:
        raise Failed("the server closed the connection")
    return found
