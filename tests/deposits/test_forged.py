"""Somebody who can write to the database, and has the public key like everybody, puts nothing into Maya's journal."""

import os
from uuid import UUID, uuid4

import pytest

from journal.crypto import DepositPlace, IdentityBundle, Keyring, Place, seal_deposit
from tests.cast import join
from tests.deposits.phone import Phone, document, files
from tests.sessions.stored import flipped

AT = "2026-11-20T10:30:00-05:00"


def said():
    return document("anytime", AT, answers={"emo.mood_now": 3})


def put_in(stored, phone, deposit, blob, **changes):
    """A row as the application would have written it."""
    row = {
        "account_id": phone.account.bytes, "id": deposit.bytes, "device_id": phone.device.bytes, "blob": blob,
        "digest": os.urandom(32), "stored_at": stored.rows("devices", id=phone.device.bytes)[0]["created_at"],
        "check_in_id": None, "check_in_revision": None, "session_revision": None,
    }  # fmt: skip
    stored.replace("deposits", *stored.rows("deposits"), row | changes)


def nothing_filed_and_shown(maya):
    filing = files(maya)
    items = maya.get("/deposits").json["items"]
    shown = [(item["state"], item["reason"], "mine" in item) for item in items]
    return filing["filed"] == [] and filing["waiting"] == len(items) and shown == [("refused", "does-not-open", False)]


@pytest.mark.parametrize("key", [bytes(32), os.urandom(32)], ids=["zeros", "a key of their own"])
def test_sealed_with_the_public_key_alone(maya, phone, stored, key):
    deposit = uuid4()
    put_in(stored, phone, deposit, phone.seal(said(), deposit, key=key))

    assert nothing_filed_and_shown(maya)


def test_from_a_phone_they_put_into_the_table_themselves(maya, phone, stored):
    """Its key would have to be sealed under Maya's root key."""
    account, device, deposit, key = phone.account.bytes, uuid4(), uuid4(), os.urandom(32)
    theirs = Keyring(IdentityBundle.generate(), account)
    inside = b'{"name":"x","key":"' + b"A" * 43 + b'="}'
    about = theirs.seal(Place("device", device.bytes, account, "ratings", 1), inside)
    (hers,) = stored.rows("devices", id=phone.device.bytes)
    stored.replace(
        "devices", *stored.rows("devices"),
        hers | {"id": device.bytes, "token_hash": os.urandom(32), "about_key": about.key, "about": about.body},
    )  # fmt: skip
    place = DepositPlace(account, device.bytes, deposit.bytes)
    put_in(stored, phone, deposit, seal_deposit(phone.public, key, place, b"{}"), device_id=device.bytes)

    assert nothing_filed_and_shown(maya)
    names = {each["id"]: each["name"] for each in maya.get("/devices").json["devices"]}
    assert names[str(device)] == "A phone whose description does not open"


def test_moved_to_another_id_or_another_phone(maya, phone, served, stored):
    other = Phone.of(maya, served)
    deposit = uuid4()
    blob = phone.seal(said(), deposit)
    put_in(stored, phone, uuid4(), blob)
    assert nothing_filed_and_shown(maya)

    (item,) = maya.get("/deposits").json["items"]
    maya.delete(f"/deposits/{item['id']}")
    put_in(stored, phone, deposit, blob, device_id=other.device.bytes)
    assert nothing_filed_and_shown(maya)


def test_noors_given_to_maya(maya, phone, served, stored):
    noors, deposit = Phone.of(join(served, "noor"), served), uuid4()
    put_in(stored, phone, deposit, noors.seal(said(), deposit))

    assert nothing_filed_and_shown(maya)


def test_any_bit_of_it(maya, phone, stored):
    deposit = phone.deposits(said())
    (row,) = stored.rows("deposits", id=deposit.bytes)
    with stored.put_back_after("deposits"):
        for bit in [*range(0, 64 * 8, 7), *range(64 * 8, len(row["blob"]) * 8, 331)]:
            stored.change("deposits", {"id": deposit.bytes}, blob=flipped(row["blob"], bit))
            assert nothing_filed_and_shown(maya), bit
    assert len(files(maya)["filed"]) == 1


@pytest.mark.parametrize("column", ["about_key", "about"])
def test_any_bit_of_what_is_said_of_the_phone(maya, phone, stored, column):
    phone.deposits(said())
    (row,) = stored.rows("devices", id=phone.device.bytes)
    for bit in range(0, len(row[column]) * 8, 97):
        stored.change("devices", {"id": phone.device.bytes}, **{column: flipped(row[column], bit)})
        assert nothing_filed_and_shown(maya), bit
    stored.change("devices", {"id": phone.device.bytes}, **{column: row[column]})
    assert len(files(maya)["filed"]) == 1


def test_the_key_of_one_phone_in_the_row_of_another(maya, phone, served, stored):
    other = Phone.of(maya, served)
    phone.deposits(said())
    (hers,) = stored.rows("devices", id=other.device.bytes)
    stored.change("devices", {"id": phone.device.bytes}, about_key=hers["about_key"], about=hers["about"])

    assert nothing_filed_and_shown(maya)


def test_a_filed_one_put_back_is_the_same_check_in_again(maya, phone, stored):
    """A rollback, which FORMAT.md owns to: it can repeat what she wrote, and change nothing."""
    deposit = phone.deposits(said())
    (before,) = stored.rows("deposits", id=deposit.bytes)
    files(maya)
    stored.change("deposits", {"id": deposit.bytes}, blob=before["blob"])

    (filed,) = files(maya)["filed"]
    assert filed["added"] is False
    assert len(maya.get("/check-ins").json["items"]) == 1


def test_what_does_not_open_can_be_removed_and_stays_gone(maya, phone, stored):
    deposit = uuid4()
    blob = phone.seal(said(), deposit, key=bytes(32))
    put_in(stored, phone, deposit, blob)
    assert maya.post(f"/deposits/{deposit}/decision", json={"keep": "mine"}).status_code == 409
    assert maya.delete(f"/deposits/{deposit}").status_code == 204

    assert maya.delete(f"/deposits/{deposit}").status_code == 404
    assert maya.get("/deposits").json["items"] == []
    assert UUID(bytes=stored.rows("deposits", id=deposit.bytes)[0]["id"]) == deposit
