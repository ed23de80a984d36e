"""The phones Maya keeps: listed, named, dropped; nobody else's business."""

import re
from uuid import uuid4

from journal.crypto import token_hash
from tests.cast import API, join
from tests.deposits.phone import document, files, unbase64url

AT = "2026-11-20T10:30:00-05:00"


def test_a_phone_gets_what_it_needs_and_the_database_cannot_tell_it(maya, stored):
    paired = maya.post("/devices", json={"name": "The blue phone"}).json
    (row,) = stored.rows("devices", token_hash=token_hash("deposit", paired["token"]))

    assert (len(paired["token"]), len(unbase64url(paired["device_key"]))) == (43, 32)
    kept = row["about"] + row["about_key"]
    for told in (b"The blue phone", unbase64url(paired["device_key"]), paired["device_key"].encode()):
        assert told not in kept
    assert paired["token"].encode() not in b"".join(value for value in row.values() if isinstance(value, bytes))


def test_two_phones_share_nothing(maya):
    one, two = (maya.post("/devices", json={}).json for _ in range(2))

    assert one["public_identity"] == two["public_identity"]
    assert one["token"] != two["token"]
    assert one["device_key"] != two["device_key"]


def test_without_a_name_it_is_called_what_its_browser_is(maya):
    agent = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36"
    paired = maya.post("/devices", json={}, headers={"User-Agent": agent}).json

    assert paired["device"]["name"] == "Chrome on Android"


def test_she_names_one_and_it_still_hands_in(maya, phone):
    renamed = maya.put(f"/devices/{phone.device}", {"name": "The one with the crack"})
    phone.deposits(document("anytime", AT, answers={"emo.mood_now": 3}))

    assert renamed.json["name"] == "The one with the crack"
    (listed,) = maya.get("/devices").json["devices"]
    assert listed["name"] == "The one with the crack"
    assert "last_deposit_at" in listed
    assert len(files(maya)["filed"]) == 1


def test_a_dropped_one_stays_listed_and_what_it_had_handed_in_is_filed(maya, phone):
    phone.deposits(document("anytime", AT, answers={"emo.mood_now": 3}))
    assert [maya.delete(f"/devices/{phone.device}").status_code for _ in range(2)] == [204, 204]

    (listed,) = maya.get("/devices").json["devices"]
    assert "dropped_at" in listed
    deposit = uuid4()
    assert phone.put(deposit, phone.seal(document("anytime", AT), deposit)).status_code == 401
    assert len(files(maya)["filed"]) == 1


def test_noor_cannot_tell_that_it_exists(maya, phone, served):
    noor = join(served, "noor")
    body = {"name": "Mine now"}
    for verb in (lambda row: noor.put(f"/devices/{row}", body), lambda row: noor.delete(f"/devices/{row}")):
        hers, nobodys = verb(phone.device), verb(uuid4())
        assert hers.status_code == nobodys.status_code == 404
        assert hers.data == nobodys.data
    assert noor.get("/devices").json == {"devices": []}
    assert [each["name"] for each in maya.get("/devices").json["devices"]] == ["The blue phone"]


def test_names_of_several_lines_or_none_are_refused(maya, phone):
    for name in ("", "two\nlines", "x" * 61):
        assert maya.put(f"/devices/{phone.device}", {"name": name}).status_code == 422


def test_the_token_opens_no_other_door(maya, phone, served):
    """Not even those that stand open to visitors: shown there, a token is a mistake."""
    for rule in served.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            if (method, rule.rule) == ("PUT", f"{API}/deposits/<uuid:deposit_id>"):
                continue
            path = rule.rule.replace("<path:path>", "today").replace("<name>", "x")
            path = re.sub(r"<uuid:\w+>", str(phone.device), path)
            answer = phone.open(method, path)
            assert answer.status_code == 401, (method, rule.rule)
            assert answer.json["type"] == "/problems/token-not-accepted"
            # With her cookies beside it too.
            headers = {"Authorization": f"Bearer {phone.token}"}
            assert maya.client.open(path, method=method, headers=headers).status_code == 401


def test_the_scheme_is_known_however_it_is_written(maya, phone):
    for scheme in ("bearer ", "BEARER ", "Bearer\t", "Bearer  "):
        shown = {"Authorization": f"{scheme}{phone.token}"}
        assert maya.get("/devices", headers=shown).status_code == 401, scheme


def test_a_proxys_own_password_is_no_token(maya):
    assert maya.get("/devices", headers={"Authorization": "Basic bWF5YTpt"}).status_code == 200
