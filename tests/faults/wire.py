"""A client that keeps its connection, and to which no answer is a thing that happens."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.cast import Person
from tests.http import API, Browserless, Reply


@dataclass
class Wire(Browserless):
    """One connection of somebody's, who is told with None that no answer came. For one thread."""

    # Of the last question that was not answered.
    why: str = ""
    # How long somebody waits for an answer.
    patience: float = 30.0
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    @classmethod
    def of(cls, person: Person, url: str) -> "Wire":
        """Somebody of the cast, signed in where they are, at a server's address."""
        return cls(url, {cookie.key: cookie.value for cookie in person.client._cookies.values()})

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply | None:
        """Send, and read what comes back; JSON, or bytes as they are."""
        try:
            connection = self._kept()
            connection.request(method, API + path, *self.packed(body, headers))
            response = connection.getresponse()
            reply = Reply(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException) as broken:
            self.why = repr(broken)
            self.close()
            return None
        self._keep_cookies(reply)
        return reply

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """For stories of servers that live: an answer must come."""
        # Twice, because a server closes a connection that was quiet for a while.
        reply = self.ask(method, path, body, headers) or self.ask(method, path, body, headers)
        assert reply is not None, f"no answer to {method} {path}"
        return reply

    def close(self) -> None:
        """Let go of the connection; the next question opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _kept(self) -> http.client.HTTPConnection:
        if self._connection is None:
            parts = urlsplit(self.url)
            self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=self.patience)
        return self._connection
