"""Plants a word of its own in every place that takes text: bodies, queries, headers, cookies, malformed requests."""

import http.client
import json
import re
import secrets
import socket
import string
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from journal.crypto import PublicIdentity
from tests.deposits.phone import Phone, document, unbase64url
from tests.http import API, Browserless, Reply
from tests.secrecy.places import Place, in_bodies, in_queries
from tests.secrecy.sharing import OURS, Sharing
from tests.sessions.bodies import ADDITION, CHECK_IN, COURSE, LANDED, NEXT_DAY, SESSION, saying, without

LETTERS = 16
OCTETS = "application/octet-stream"
NOTE = {"written_at": NEXT_DAY, "text": "Gulls."}
SETTINGS = {
    "time_zone": "America/New_York", "region": "US", "own_contact": {"name": "Ada", "phone": "1"},
    "clinic": {"name": "The clinic", "phone": "2"}, "usual_route": "im", "usual_place": "Home", "evening_at": "20:00",
}  # fmt: skip
# Questionnaires are told once in two weeks; each check-in here must be free to be kept.
TOLD = without(CHECK_IN, "ratings", "instruments")
BODIES = {"courses": COURSE, "sessions": SESSION, "check-ins": TOLD, "additions": ADDITION, "settings": SETTINGS}


@dataclass
class Patient:
    """Somebody signed up, with a browser of her own."""

    browser: Browserless
    login_name: str
    password: str
    recovery_code: str = ""


@dataclass
class Planter:
    """Sends requests with words in them, and remembers which word went where."""

    url: str
    words: dict[str, str] = field(default_factory=dict)
    statuses: dict[Place, int] = field(default_factory=dict)

    def word(self, where: str) -> str:
        """A new random word; nothing holds it that it was not written to."""
        self.words[where] = "".join(secrets.choice(string.ascii_lowercase) for _ in range(LETTERS))
        return self.words[where]

    def newcomer(self, **headers: str) -> Patient:
        """Signed up under a name and with a password that are words too."""
        number = len(self.words)
        name, password = self.word(f"login name {number}"), self.word(f"password {number}")
        patient = Patient(Browserless(self.url), name, password)
        body = {"login_name": name, "password": password}
        joined = patient.browser.post("/accounts", body, headers=headers)
        assert joined.status_code == 201, joined.body
        patient.recovery_code = joined.json["recovery_code"]
        return patient

    def everywhere(self, document: Any, maya: Patient, sharing: Sharing) -> None:
        """In every place of the description, and in those that no description has."""
        self._in_bodies(document, maya, sharing)
        self._in_queries(document, sharing)
        self._in_headers(maya)
        self._in_what_cannot_be_read(document, maya, sharing)
        self._in_a_long_journal(maya)
        self._in_deposits(maya)
        self._in_files()
        sharing.read_and_answered()
        sharing.given_back(self.newcomer().browser)

    def _in_bodies(self, document: Any, maya: Patient, sharing: Sharing) -> None:
        for place in in_bodies(document):
            if OURS.match(place.path):
                body = place.planted(sharing.body(place.path), self.word(str(place)))
                asked = sharing.who(place.path).send(place.method, sharing.address(place.path), body)
                self.statuses[place] = asked.status_code
                continue
            who = maya if place.path.startswith(ROWS) or place.path.endswith("/settings") else self.newcomer()
            address = _address(place.path)
            if "{device_id}" in place.path:
                address = f"/devices/{who.browser.post('/devices', {}).json['device']['id']}"
            body = place.planted(self._body(address, who), self.word(str(place)))
            seen = who.browser.get("/settings").headers["ETag"] if place.path.endswith("/settings") else None
            headers = {"If-Match": seen} if seen else {}
            self.statuses[place] = who.browser.send(place.method, address, body, headers).status_code

    def _body(self, address: str, who: Patient) -> Any:
        """What is sent there when all is well."""
        kind = address.split("/")[1]
        if "/notes/" in address:
            # A note is added to something: to this.
            assert who.browser.put(address.partition("/notes/")[0], BODIES[kind]).status_code == 201
            return NOTE
        known = {"login_name": who.login_name, "recovery_code": who.recovery_code}
        others = {
            "/accounts": {"login_name": uuid4().hex, "password": uuid4().hex},
            "/sign-ins": {"login_name": who.login_name, "password": who.password},
            "/step-up": {"password": who.password},
            "/account/password": {"current_password": who.password, "new_password": uuid4().hex},
            "/recovery": {"new_password": uuid4().hex, **known},
            "/devices": {},
            "/exports": {"format": "json", "story": True, "shared_with": {"name": "Dr Ames", "what_for": "Thursdays"}},
        }
        return BODIES.get(kind) or others.get(address, {})

    def _in_queries(self, document: Any, sharing: Sharing) -> None:
        for path, name in [*in_queries(document), (f"{API}/today", "unknown")]:
            reply = sharing.who(path).get(f"{sharing.address(path)}?{name}={self.word(f'{path}?{name}')}")
            assert reply.status_code < 500

    def _in_headers(self, maya: Patient) -> None:
        for path in ("/courses", "/sessions", "/check-ins", "/additions"):
            for method, body in (("PUT", TOLD), ("DELETE", None)):
                headers = {"If-Match": f'"{self.word(f"If-Match {method} {path}")}"'}
                assert maya.browser.send(method, f"{path}/{uuid4()}", body, headers).status_code in (400, 412, 422)
        for name in ("User-Agent", "Referer", "Accept-Language", "X-Forwarded-For", "X-Request-Id", "Origin", "Range"):
            self.newcomer(**({name: self.word(name)} if name != "Origin" else {}))
            reply = maya.browser.post("/passphrases", headers={name: f"https://{self.word(name)}.example"})
            assert reply.status_code in (200, 403)
        for name in ("__Host-shoreline", "__Host-shoreline-device", "session"):
            stranger = Browserless(self.url, {name: self.word(f"cookie {name}")})
            assert stranger.get("/today").status_code == 401
        # As long as a device's own: it is taken for one that was here before.
        device = Browserless(self.url, {"__Host-shoreline-device": (self.word("device") * 3)[:43]})
        body = {"login_name": maya.login_name, "password": maya.password}
        assert device.post("/sign-ins", body).status_code == 201

    def _in_what_cannot_be_read(self, document: Any, maya: Patient, sharing: Sharing) -> None:
        for number, path in enumerate(sorted({place.path for place in in_bodies(document)})):
            method = next(place.method for place in in_bodies(document) if place.path == path)
            name, value = self.word(f"unknown name {number}"), self.word(f"unknown value {number}")
            who, address = sharing.who(path), sharing.address(path)
            assert who.send(method, address, {name: value}).status_code in (401, 403, 404, 412, 422)
            cut_short = f'{{"ratings": {{"note": "{self.word(f"cut short {number}")}'
            assert send_raw(who, method, address, cut_short, "application/json").status_code == 400
            plain = self.word(f"plain {number}")
            assert send_raw(who, method, address, plain, "text/plain").status_code == 400
        for head in ("Cookie {}", "Coo kie: {}", "Content-Length: {}", "Transfer-Encoding: {}", "Cookie: a={}\0"):
            lines = f"PUT /api/v1/settings HTTP/1.1\r\nHost: localhost\r\n{head.format(self.word(head))}\r\n\r\n"
            assert not converse(self.url, lines.encode()).startswith(b"HTTP/1.1 2")

    def _in_a_long_journal(self, maya: Patient) -> None:
        """Every prompt, and revisions, and notes: more words than fit a page of either database."""
        prompts = [each["id"] for each in maya.browser.get("/catalogue").json["prompts"]]
        address = f"/check-ins/{uuid4()}"
        texts = {name: self.word(f"prompt {name}") for name in prompts}
        assert maya.browser.put(address, TOLD | {"story": {"texts": texts}}).status_code == 201
        for number in range(1, 11):
            texts = {name: f"{self.word(f'revision {number} of {name}')} " * 20 for name in prompts[:3]}
            headers = {"If-Match": f'"{number}"'}
            revised = maya.browser.put(address, TOLD | {"story": {"texts": texts}}, headers=headers)
            assert revised.status_code == 200
        for number in range(10):
            note = {"written_at": LANDED, "text": self.word(f"note {number}")}
            assert maya.browser.put(f"{address}/notes/{uuid4()}", note).status_code == 200
            label = saying(ADDITION, "story", label=self.word(f"label {number}"))
            assert maya.browser.put(f"/additions/{uuid4()}", label).status_code == 201

    def _in_files(self) -> None:
        """Brought in, taken out in every format, and the words are in it; one import is refused, one undone."""
        who, kept = self.newcomer(), []
        seen = {"If-Match": who.browser.get("/settings").headers["ETag"]}
        settings = {"time_zone": "America/New_York", "display_name": self.word("patient's name")}
        assert who.browser.put("/settings", settings, headers=seen).status_code == 200
        for day in range(10, 13):
            told = " ".join(self.word(f"imported {day} {number}") for number in range(40))
            table = f'full_date,time,mood,note_title,note\n2026-03-{day},21:05,rad,"","{told}"\n'
            assert send_raw(who.browser, "POST", "/imports/preview?from=daylio", table, OCTETS).status_code == 200
            brought = send_raw(who.browser, "POST", "/imports?from=daylio", table, OCTETS)
            kept.append(json.loads(brought.body)["import_id"])
        wrong = f"full_date,time,mood,note\n{self.word('imported day')},21:05,{self.word('imported mood')},x\n"
        assert send_raw(who.browser, "POST", "/imports?from=daylio", wrong, OCTETS).status_code == 422
        shared = {"name": self.word("exported for"), "what_for": self.word("exported what for")}
        for kind in ("json", "csv", "fhir", "pdf"):
            draft = {"format": kind, "story": True, "shared_with": shared}
            taken = who.browser.post("/exports", draft)
            assert taken.status_code == 200
            assert kind != "json" or self.words["imported 12 39"].encode() in taken.body
            assert kind != "pdf" or taken.body.startswith(b"%PDF")
        assert b'"media":"application/pdf"' in who.browser.post("/exports", draft | {"progress": True}).body
        assert who.browser.post("/export-tokens").status_code == 201
        assert who.browser.delete(f"/imports/{kept[0]}").json == {"removed": 1, "stayed": 0}

    def _in_deposits(self, maya: Patient) -> None:
        """Sealed by a phone: some filed, some that wait, some in conflict; and words handed in without a seal."""
        paired = maya.browser.post("/devices", {"name": self.word("phone")}).json
        account, device = UUID(paired["account_id"]), UUID(paired["device"]["id"])
        public = PublicIdentity.decode(unbase64url(paired["public_identity"]), account.bytes)
        phone = Phone(None, account, device, paired["token"], unbase64url(paired["device_key"]), public)
        row, sent = str(uuid4()), []
        for number in range(12):
            texts = {"story.line": self.word(f"deposit {number}")}
            said = document("anytime", LANDED, row=row if number % 2 else None, texts=texts, replaces=sent[-1:])
            self._hand_in(phone, uuid4(), said)
            if number % 3 == 0:
                assert maya.browser.post("/deposits/filing", {}).status_code == 200
        for wrong in (document("next_day", "1999-01-01T00:00:00Z"), document("anytime", self.word("no time"))):
            wrong["check_in"]["story"] = {"texts": {"story.line": self.word(f"cannot be filed {uuid4()}")}}
            self._hand_in(phone, uuid4(), wrong)
        assert maya.browser.post("/deposits/filing", {}).status_code == 200
        assert maya.browser.get("/deposits").json["items"] != []
        assert self._put(phone, uuid4(), self.word("unsealed").encode() * 50) == 400

    def _hand_in(self, phone: Phone, deposit: UUID, said: Any) -> None:
        assert self._put(phone, deposit, phone.seal(said, deposit)) == 201

    def _put(self, phone: Phone, deposit: UUID, blob: bytes) -> int:
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {"Content-Type": "application/octet-stream", "Authorization": f"Bearer {phone.token}"}
        connection.request("PUT", f"{API}/deposits/{deposit}", blob, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def leaving(self) -> None:
        """Three who wrote something: one signs out, one changes her password, one goes for good."""
        for goes in ("sign out", "another password", "leave"):
            patient = self.newcomer(**{"User-Agent": self.word(f"User-Agent before {goes}")})
            row = TOLD | {"story": {"texts": {"story.line": self.word(f"before {goes}")}}}
            assert patient.browser.put(f"/check-ins/{uuid4()}", row).status_code == 201
            if goes == "another password":
                change = {"current_password": patient.password, "new_password": self.word(goes)}
                assert patient.browser.put("/account/password", change).status_code == 204
                continue
            assert patient.browser.delete("/sign-ins/current" if goes == "sign out" else "/account").status_code == 204


ROWS = tuple(f"{API}/{kind}" for kind in ("courses", "sessions", "check-ins", "additions"))


def _address(path: str) -> str:
    """A path of the description, without its common beginning and with new ids."""
    return re.sub(r"\{\w+_id\}", lambda _: str(uuid4()), path.removeprefix(API))


def send_raw(who: Browserless, method: str, path: str, payload: str, mimetype: str) -> Reply:
    """Bytes as they are."""
    parts = urlsplit(who.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    cookies = "; ".join(f"{name}={value}" for name, value in who.cookies.items())
    try:
        headers = {"Content-Type": mimetype, "Cookie": cookies}
        connection.request(method, API + path, payload.encode(), headers)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


def converse(url: str, request: bytes) -> bytes:
    """What a server says to bytes that no client would send."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as connection:
        connection.sendall(request)
        return connection.recv(4096)


def description(url: str) -> Any:
    """The server's own."""
    return json.loads(Browserless(url).get("/openapi.json").body)
