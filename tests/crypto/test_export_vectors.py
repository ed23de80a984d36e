"""A token for exports, and what is noted of them, open for ever: in the room and by the second reader."""

import json
from pathlib import Path

import pytest

from journal.crypto import IdentityBundle, Keyring, Lock, Pepper, Peppers, Place, Refused, SealedSection, SignInToken

from . import by_hand
from .test_vectors import unhex

VECTORS = Path(__file__).parent / "vectors" / "export-1.json"


@pytest.fixture(scope="module")
def stored():
    return unhex(json.loads(VECTORS.read_text(encoding="utf-8")))


def test_the_token(stored):
    owner, vector = stored["owner"], stored["token"]
    token = SignInToken.parse(vector["cookie"])
    lock = Lock(Peppers(Pepper.from_bytes(vector["pepper"])), vector["lock_key"], owner["account"])
    inner = lock.open(vector["wrap"], "export", vector["row_id"])

    assert token.row_id == by_hand.sign_in_row(vector["cookie"]) == vector["row_id"]
    assert token.open(inner, owner["account"]).encode() == owner["bundle"]
    where = ("export", vector["row_id"])
    assert by_hand.open_lock(vector["wrap"], vector["pepper"], vector["lock_key"], owner["account"], where) == inner
    assert by_hand.open_sign_in(inner, vector["cookie"], owner["account"]) == owner["bundle"]


def test_it_is_no_sign_in(stored):
    owner, vector = stored["owner"], stored["token"]
    lock = Lock(Peppers(Pepper.from_bytes(vector["pepper"])), vector["lock_key"], owner["account"])
    for kind in ("sign_in", "entering"):
        with pytest.raises(Refused):
            lock.open(vector["wrap"], kind, vector["row_id"])


def test_the_sections(stored):
    owner, bundle = stored["owner"]["account"], stored["owner"]["bundle"]
    keyring, root = Keyring(IdentityBundle.decode(bundle), owner), by_hand.root_key(bundle)
    assert {vector["kind"] for vector in stored["sections"]} == set(by_hand.EXPORT_PLACES)
    for vector in stored["sections"]:
        where = {name: vector[name] for name in ("kind", "row_id", "section", "revision")}
        sealed = SealedSection(vector["key"], vector["body"])
        assert keyring.open(Place(owner=owner, **where), sealed) == vector["plaintext"]
        assert by_hand.open_section(sealed, root, owner, where) == vector["plaintext"]
