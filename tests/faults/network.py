"""A network between the app and a store, that can stop carrying: then nothing is refused, nothing just comes back."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.stores import free_port


class Network:
    """Carries bytes both ways between its port and a server's."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        self.port = free_port()
        self.url = f"postgresql://{parts.username}@127.0.0.1:{self.port}"
        self._server = (parts.hostname or "", parts.port or 0)
        self._carries, self._over = threading.Event(), threading.Event()
        self._carries.set()
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._thread = threading.Thread(target=self._carry, name="network")

    def stop_carrying(self) -> None:
        """From here on nothing arrives, in neither direction; connections stay as they are."""
        self._carries.clear()

    def carry(self) -> None:
        """What was on its way arrives."""
        self._carries.set()

    def start(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._carries.set()
        self._thread.join()
        for each in (*self._pairs, self._listener):
            each.close()
        self._selector.close()

    def _carry(self) -> None:
        while not self._over.is_set():
            self._carries.wait()
            for key, _ in self._selector.select(0.05):
                if not self._carries.is_set():
                    break
                if key.fileobj is self._listener:
                    self._open()
                else:
                    self._pass_on(key.fileobj)

    def _open(self) -> None:
        near, _ = self._listener.accept()
        try:
            far = socket.create_connection(self._server, timeout=1)
        except OSError:
            near.close()
            return
        for one, other in ((near, far), (far, near)):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._pairs[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, one: socket.socket) -> None:
        other = self._pairs.get(one)
        if other is None:
            return
        with suppress(OSError):
            data = one.recv(65536)
            if data:
                other.sendall(data)
                return
        for each in (one, other):
            self._selector.unregister(each)
            del self._pairs[each]
            each.close()


@contextmanager
def network(server: str) -> Iterator[Network]:
    """One that carries, until the block ends."""
    made = Network(server)
    made.start()
    try:
        yield made
    finally:
        made.close()
