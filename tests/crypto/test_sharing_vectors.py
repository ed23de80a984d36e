"""What was once told, lent and written between two people opens for ever, in the room and by the second reader."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from journal.crypto import (
    IdentityBundle,
    Keyring,
    LetterPlace,
    Place,
    PublicIdentity,
    SealedSection,
    ShareKeys,
    digits,
    open_letter,
    verify_card,
)

from . import by_hand
from .test_vectors import unhex

VECTORS = Path(__file__).parent / "vectors" / "sharing-1.json"


@pytest.fixture(scope="module")
def stored():
    return unhex(json.loads(VECTORS.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def keyring(stored):
    return Keyring(IdentityBundle.decode(stored["owner"]["bundle"]), stored["owner"]["account"])


def public(person):
    return PublicIdentity.decode(person["public_identity"], person["account"])


def where_of(vector):
    return {name: vector[name] for name in ("kind", "row_id", "section", "revision")}


def test_there_are_some_of_each_kind(stored):
    lent, notes = ([case for share in stored["shares"] for case in share[of]] for of in ("lent", "notes"))

    assert [len(cases) for cases in (stored["cards"], stored["digits"], stored["letters"])] == [20, 12, 36]
    assert (len(lent), len(notes), len(stored["sections"])) == (20, 30, 8)
    assert {case["kind"] for case in lent} == {"session", "check_in", "course", "addition"}
    assert {case["kind"] for case in notes} == set(by_hand.NOTES)
    assert {case["kind"] for case in stored["sections"]} == set(by_hand.SHARED_PLACES)


def test_the_cards(stored):
    for vector in stored["cards"]:
        person = stored[vector["by"]]
        told = {name: vector[name] for name in ("purpose", "expires_at", "name")}

        assert asdict(verify_card(vector["blob"], public(person))).items() >= told.items()
        assert by_hand.read_card(vector["blob"], person["public_identity"], person["account"]) == told


def test_the_digits(stored):
    for vector in stored["digits"]:
        for reader in (digits, by_hand.digits):
            assert list(reader(vector["fingerprint"])) == vector["groups"]


def test_the_letters(stored):
    for vector in stored["letters"]:
        sender, reader = stored[vector["by"]], stored[vector["to"]]
        place = LetterPlace(vector["purpose"], sender["account"], reader["account"], vector["letter"])
        bundle, own = IdentityBundle.decode(reader["bundle"]), public(reader).fingerprint

        assert open_letter(bundle, own, public(sender), place, vector["blob"]) == vector["document"]
        assert by_hand.open_letter(vector["blob"], reader, sender, vector) == vector["document"]


def test_what_was_lent(stored, keyring):
    """The very bodies that the owner reads by the keys of her own."""
    owner = stored["owner"]["account"]
    for share in stored["shares"]:
        keys = ShareKeys(share["share"], owner, share["ratings"], share.get("story"))
        for vector in share["lent"]:
            where, lent = where_of(vector), SealedSection(vector["lent_key"], vector["body"])
            assert keys.open(Place(owner=owner, **where), lent) == vector["plaintext"]
            assert by_hand.open_lent(lent, {**share, "owner": owner}, where) == vector["plaintext"]
            own = SealedSection(vector["key"], vector["body"])
            assert keyring.open(Place(owner=owner, **where), own) == vector["plaintext"]


def test_the_notes(stored):
    owner = stored["owner"]["account"]
    for share in stored["shares"]:
        keys = ShareKeys(share["share"], owner, share["ratings"])
        for vector in share["notes"]:
            read = keys.open_note(vector["kind"], vector["note"], vector["revision"], vector["blob"])
            assert read == by_hand.open_note(vector["blob"], {**share, "owner": owner}, vector) == vector["plaintext"]


def test_the_sections_of_newer_places(stored, keyring):
    owner, root = stored["owner"]["account"], by_hand.root_key(stored["owner"]["bundle"])
    for vector in stored["sections"]:
        where, sealed = where_of(vector), SealedSection(vector["key"], vector["body"])
        assert keyring.open(Place(owner=owner, **where), sealed) == vector["plaintext"]
        assert by_hand.open_section(sealed, root, owner, where) == vector["plaintext"]
