"""A phone that is kept: what it holds after pairing, and how it seals and hands in without anybody signed in."""

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from flask import Flask
from werkzeug.test import TestResponse

from journal.crypto import DepositPlace, PublicIdentity, seal_deposit
from tests.cast import API, TZ, Person

AT = "2026-11-20T10:30:00-05:00"
LINE = {"story.line": "Warm light over the water."}


@dataclass
class Phone:
    """Signed out. It has the token, the public key and the device key, and nothing that opens anything."""

    app: Flask
    account: UUID
    device: UUID
    token: str
    device_key: bytes
    public: PublicIdentity
    sent: list[UUID] = field(default_factory=list)

    @classmethod
    def of(cls, person: Person, app: Flask, name: str = "The blue phone") -> "Phone":
        """Pair a phone of somebody who is signed in."""
        paired = person.post("/devices", json={"name": name}).json
        account = UUID(paired["account_id"])
        public = PublicIdentity.decode(unbase64url(paired["public_identity"]), account.bytes)
        key = unbase64url(paired["device_key"])
        return cls(app, account, UUID(paired["device"]["id"]), paired["token"], key, public)

    def seal(self, document: Any, deposit: UUID, key: bytes | None = None) -> bytes:
        """The document, sealed as this phone seals."""
        place = DepositPlace(self.account.bytes, self.device.bytes, deposit.bytes)
        plain = document if isinstance(document, bytes) else orjson.dumps(document)
        return seal_deposit(self.public, key or self.device_key, place, plain)

    def put(self, deposit: UUID, blob: bytes) -> TestResponse:
        """Hand in these bytes under this id, with the token alone."""
        return self.open("PUT", f"{API}/deposits/{deposit}", data=blob, content_type="application/octet-stream")

    def open(self, method: str, path: str, **request: Any) -> TestResponse:
        """Anything at all, with the token."""
        client = self.app.test_client(use_cookies=False)
        return client.open(path, method=method, headers={"Authorization": f"Bearer {self.token}"}, **request)

    def deposits(self, document: Any) -> UUID:
        """Seal and hand in; the deposit's id."""
        deposit = uuid4()
        answer = self.put(deposit, self.seal(document, deposit))
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return deposit


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def document(moment: str, at: str, *, session: Any = None, row: str | None = None, **more: Any) -> dict[str, Any]:
    """What a phone seals. `more`: `texts`, `session_id`, `replaces`, `based_on`; all else is of the ratings."""
    outer = {name: more.pop(name) for name in ("replaces", "additions") if name in more}
    about = {name: more.pop(name) for name in ("session_id", "based_on") if name in more}
    texts = more.pop("texts", None)
    times = {"happened_at": at, "time_zone": TZ, "written_at": at}
    check_in = {"id": row or str(uuid4()), **about, "ratings": {"moment": moment, **times, **more}}
    if texts:
        check_in["story"] = {"texts": texts}
    return {"check_in": check_in, **({"session": session} if session else {}), **outer}


def told(at: str, row: str | None = None, **facts: Any) -> dict[str, Any]:
    """A session that a phone tells of."""
    return {"id": row or str(uuid4()), "ratings": {"happened_at": at, "time_zone": TZ, "written_at": at, **facts}}


def files(person: Person) -> dict[str, Any]:
    """File all there is."""
    answer = person.post("/deposits/filing", json={})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def decides(maya, deposit, choice, seen=None, session=None):
    """What she chose, and the revisions she saw."""
    headers = {"If-Match": f'"{seen}"'} if seen else {}
    body = {"keep": choice} | ({"session_revision": session} if session else {})
    return maya.client.post(f"/api/v1/deposits/{deposit}/decision", json=body, headers=headers)


def later(hours: float, at: str = AT) -> str:
    return (datetime.fromisoformat(at) + timedelta(hours=hours)).isoformat()
