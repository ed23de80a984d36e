"""A small HTTP client with cookies, for servers that really run. Keeps Secure cookies, as browsers do on localhost."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

API = "/api/v1"


@dataclass
class Reply:
    """What came back."""

    status_code: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None


@dataclass
class Browserless:
    """Someone with cookies and no browser. Verbs take a path below /api/v1."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **kwargs: Any) -> Reply:
        return self.send("GET", path, **kwargs)

    def post(self, path: str, json: Any = None, **kwargs: Any) -> Reply:
        return self.send("POST", path, json, **kwargs)

    def put(self, path: str, json: Any = None, **kwargs: Any) -> Reply:
        return self.send("PUT", path, json, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> Reply:
        return self.send("DELETE", path, **kwargs)

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        try:
            connection.request(method, API + path, *self.packed(body, headers))
            response = connection.getresponse()
            reply = Reply(response.status, response.headers, response.read())
        finally:
            connection.close()
        self._keep_cookies(reply)
        return reply

    def packed(self, body: Any, headers: Mapping[str, str] | None) -> tuple[bytes | None, dict[str, str]]:
        """What goes over the wire: JSON, or bytes as they are; and the headers with the cookies."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {}
        if body is None:
            return None, sent | dict(headers or {})
        sent["Content-Type"] = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        return body if isinstance(body, bytes) else json.dumps(body).encode(), sent | dict(headers or {})

    def _keep_cookies(self, reply: Reply) -> None:
        for line in reply.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
