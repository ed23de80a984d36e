"""Another phone of the same person, seen from the server alone: what it sealed, and how it hands that in."""

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

from journal.crypto import PublicIdentity
from tests.browser.phone import API, Phone, ago
from tests.deposits.phone import Phone as Sealing
from tests.deposits.phone import document, unbase64url


class OtherPhone(Sealing):
    """It seals as every phone does, and hands in to the server that runs."""

    url: str

    @classmethod
    def kept_by(cls, phone: Phone, name: str = "The blue phone") -> "OtherPhone":
        """Pair it with whoever is signed in on this one."""
        paired = phone.send("POST", "/devices", {"name": name}).json()
        account, device = UUID(paired["account_id"]), UUID(paired["device"]["id"])
        public = PublicIdentity.decode(unbase64url(paired["public_identity"]), account.bytes)
        other = cls(None, account, device, paired["token"], unbase64url(paired["device_key"]), public)  # type: ignore[arg-type]
        other.url = phone.url
        return other

    def hands_in(self, said: dict[str, Any], key: bytes | None = None) -> UUID:
        """Seal, with another key for a forgery, and hand in; the deposit's id."""
        deposit = uuid4()
        assert self.sends(deposit, self.seal(said, deposit, key)) == 201
        return deposit

    def sends(self, deposit: UUID, blob: bytes) -> int:
        """The status of the answer."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/octet-stream"}
        request = Request(f"{self.url}{API}/deposits/{deposit}", blob, headers, method="PUT")
        try:
            with urlopen(request) as answer:
                return int(answer.status)
        except HTTPError as refusal:
            with refusal:
                return refusal.code


def mood(value: int, hours_ago: float = 2, moment: str = "anytime", **more: Any) -> dict[str, Any]:
    """A check-in that says little."""
    return document(moment, ago(hours=hours_ago), answers={"emo.mood_now": value}, **more)


def devices(phone: Phone) -> list[dict[str, Any]]:
    """Every phone the person keeps or kept, by the API."""
    found: list[dict[str, Any]] = phone.read("/devices")["devices"]
    return found


def waiting(phone: Phone) -> list[dict[str, Any]]:
    """What phones handed in and is not in the journal, by the API."""
    found: list[dict[str, Any]] = phone.read("/deposits")["items"]
    return found
