"""What a phone seals opens for its owner, at its place: in the room, in the app's own code, and by hand."""

import json
import os
import secrets
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal.crypto import (
    DEPOSIT_BLOB_MAX,
    DEPOSIT_MAX,
    DepositPlace,
    IdentityBundle,
    PublicIdentity,
    Refused,
    device_of,
    open_deposit,
    seal_deposit,
)

from . import by_hand
from .cast import Keeper, refuses

ROOT = Path(__file__).parents[2]
NODE = ROOT / ".venv" / "bin" / "node"
VECTORS = Path(__file__).parent / "vectors" / "deposits-1.json"
BY_THE_APP = VECTORS.with_name("deposits-js-1.json")


class Pair:
    """An owner and her phone."""

    def __init__(self) -> None:
        self.owner, self.device, self.key = Keeper(), os.urandom(16), os.urandom(32)
        encoded = self.owner.bundle.public(self.owner.account_id)
        self.public = PublicIdentity.decode(encoded, self.owner.account_id)
        self.encoded = encoded

    def place(self) -> DepositPlace:
        return DepositPlace(self.owner.account_id, self.device, os.urandom(16))


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair()


@pytest.mark.parametrize("size", [0, 1, 476, 477, 988, 989, 70_000, DEPOSIT_MAX])
def test_what_was_sealed_opens(pair, size):
    place, document = pair.place(), os.urandom(size)
    blob = seal_deposit(pair.public, pair.key, place, document)

    assert open_deposit(pair.owner.bundle, pair.key, place, blob) == document
    bundle, account = pair.owner.bundle.encode(), pair.owner.account_id
    assert by_hand.open_deposit(blob, bundle, pair.key, account, place.deposit_id) == document
    assert device_of(blob) == pair.device
    assert len(blob) <= DEPOSIT_BLOB_MAX


def test_the_size_tells_only_the_bucket(pair):
    assert {len(seal_deposit(pair.public, pair.key, pair.place(), b"x" * size)) for size in range(477)} == {582}


def test_more_than_fits_is_the_callers_mistake(pair):
    with pytest.raises(ValueError, match="at most"):
        seal_deposit(pair.public, pair.key, pair.place(), bytes(DEPOSIT_MAX + 1))


@pytest.mark.parametrize("part", ["account_id", "device_id", "deposit_id"])
def test_at_another_place_it_is_refused(pair, part):
    place = pair.place()
    blob = seal_deposit(pair.public, pair.key, place, b"Warm light")

    assert refuses(open_deposit, pair.owner.bundle, pair.key, replace(place, **{part: os.urandom(16)}), blob)


def test_relabelled_as_another_phones_it_is_refused(pair):
    place = pair.place()
    blob = seal_deposit(pair.public, pair.key, place, b"Warm light")
    other = os.urandom(16)
    relabelled = blob[:6] + other + blob[22:]

    assert refuses(open_deposit, pair.owner.bundle, pair.key, replace(place, device_id=other), relabelled)


def test_sealed_with_the_public_key_alone_it_is_refused(pair):
    """Anybody can seal to Maya; only her phone has the key that makes it hers."""
    place = pair.place()
    for forged_with in (os.urandom(32), bytes(32), pair.encoded[10:42]):
        blob = seal_deposit(pair.public, forged_with, place, b"Not hers")
        assert refuses(open_deposit, pair.owner.bundle, pair.key, place, blob)


def test_another_owner_opens_nothing(pair):
    place = pair.place()
    blob = seal_deposit(pair.public, pair.key, place, b"Warm light")

    assert refuses(open_deposit, IdentityBundle.generate(), pair.key, place, blob)


def test_the_same_words_twice_look_nothing_alike(pair):
    place = pair.place()
    one, two = (seal_deposit(pair.public, pair.key, place, b"Warm light") for _ in range(2))

    assert one[:22] == two[:22]
    assert not any(one[at : at + 8] in two for at in range(22, len(one) - 8))


def test_ids_of_another_length_are_the_callers_mistake():
    with pytest.raises(ValueError, match="16 bytes"):
        DepositPlace(bytes(16), bytes(15), bytes(16))


@pytest.mark.parametrize("blob", [b"", b"\x01", bytes(22), bytes(600)])
def test_rubbish_names_no_phone(blob):
    with pytest.raises(Refused):
        device_of(blob)


class TestStoredVectors:
    @pytest.mark.parametrize("file", [VECTORS, BY_THE_APP], ids=lambda file: file.stem)
    def test_fifty_open_in_the_room_and_by_hand(self, file):
        stored = json.loads(file.read_text())
        names = ("account", "device", "device_key", "bundle")
        account, device, key, encoded = (bytes.fromhex(stored[name]) for name in names)
        bundle = IdentityBundle.decode(encoded)
        for vector in stored["vectors"]:
            deposit, document, blob = (bytes.fromhex(vector[name]) for name in ("deposit", "document", "blob"))
            assert open_deposit(bundle, key, DepositPlace(account, device, deposit), blob) == document
            assert by_hand.open_deposit(blob, encoded, key, account, deposit) == document

        assert len(stored["vectors"]) == 50


def test_half_of_the_stored_ones_were_sealed_by_the_app():
    stored = json.loads(VECTORS.read_text())
    assert [each["made_by"] for each in stored["vectors"]].count("js") == 25


def seals(asked: dict[str, Any]) -> dict[str, list[str]]:
    """The app's own code, run by Node as it stands in the browser."""
    node = str(NODE) if NODE.exists() else shutil.which("node")
    command = [node, "scripts/seals.ts"]
    said = json.dumps(asked)
    done = subprocess.run(command, cwd=ROOT / "frontend", input=said, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class TestWithTheApp:
    """Needs Node and the front end's libraries, as everything built does."""

    pytestmark = pytest.mark.browser

    def test_a_thousand_random_ones_agree_both_ways(self, pair):
        sizes = [secrets.randbelow(4000) for _ in range(1000)]
        documents = [(os.urandom(16), os.urandom(size)) for size in sizes]
        about = {"account": pair.owner.account_id.hex(), "device": pair.device.hex(), "device_key": pair.key.hex()}
        blobs = seals(
            about | {
                "public_identity": pair.encoded.hex(),
                "documents": [{"deposit": deposit.hex(), "document": text.hex()} for deposit, text in documents],
            }
        )["blobs"]  # fmt: skip
        for (deposit, text), blob in zip(documents, blobs, strict=True):
            place = DepositPlace(pair.owner.account_id, pair.device, deposit)
            assert open_deposit(pair.owner.bundle, pair.key, place, bytes.fromhex(blob)) == text

        ours = [
            seal_deposit(pair.public, pair.key, DepositPlace(pair.owner.account_id, pair.device, deposit), text)
            for deposit, text in documents
        ]
        opened = seals(
            about | {
                "open": True, "deposit_secret": pair.owner.bundle.deposit_secret.hex(),
                "blobs": [
                    {"deposit": deposit.hex(), "blob": blob.hex()}
                    for (deposit, _), blob in zip(documents, ours, strict=True)
                ],
            }
        )["documents"]  # fmt: skip
        assert [bytes.fromhex(each) for each in opened] == [text for _, text in documents]

    def test_it_opens_the_stored_vectors_too(self):
        stored = json.loads(VECTORS.read_text())
        bundle = IdentityBundle.decode(bytes.fromhex(stored["bundle"]))
        about = {name: stored[name] for name in ("account", "device", "device_key")}
        blobs = [{"deposit": each["deposit"], "blob": each["blob"]} for each in stored["vectors"]]
        opened = seals(about | {"open": True, "deposit_secret": bundle.deposit_secret.hex(), "blobs": blobs})

        assert opened["documents"] == [each["document"] for each in stored["vectors"]]
