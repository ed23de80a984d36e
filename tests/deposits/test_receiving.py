"""Handing in: once whatever the network does, with the token alone, and never more than there is room for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from journal import clock
from journal.crypto import DEPOSIT_BLOB_MAX, DEPOSIT_MAX
from journal.deposits import receiving
from tests.cast import API, join
from tests.deposits.phone import Phone, document, files
from tests.stores import Stores, new_app

AT = "2026-11-20T10:30:00-05:00"
NOTE = document("anytime", AT, answers={"emo.mood_now": 3})


def test_sent_again_it_is_kept_once(maya, phone):
    deposit = uuid4()
    blob = phone.seal(document("anytime", AT, answers={"emo.mood_now": 3}), deposit)

    assert [phone.put(deposit, blob).status_code for _ in range(3)] == [201, 204, 204]
    assert len(files(maya)["filed"]) == 1
    assert phone.put(deposit, blob).status_code == 204
    assert files(maya) == {"filed": [], "waiting": 0, "more": False}
    assert len(maya.get("/check-ins").json["items"]) == 1


def test_other_bytes_under_its_id_are_refused_and_the_first_stay(maya, phone):
    deposit = uuid4()
    phone.put(deposit, phone.seal(NOTE, deposit))
    answer = phone.put(deposit, phone.seal(document("anytime", AT), deposit))

    assert (answer.status_code, answer.json["type"]) == (409, "/problems/deposit-exists")
    assert files(maya)["filed"][0]["check_in_id"] == NOTE["check_in"]["id"]


def test_twenty_at_the_same_moment_are_one(maya, phone):
    deposit = uuid4()
    blob = phone.seal(document("anytime", AT, answers={"emo.mood_now": 3}), deposit)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: phone.put(deposit, blob).status_code, range(20)))

    assert sorted(statuses) == [201] + [204] * 19
    assert len(files(maya)["filed"]) == 1


def test_an_answer_says_nothing(phone):
    deposit = uuid4()
    blob = phone.seal(NOTE, deposit)
    for answer in (phone.put(deposit, blob), phone.put(deposit, blob)):
        assert answer.data == b""
        assert "Set-Cookie" not in answer.headers


def test_the_largest_fits_and_more_does_not(phone):
    deposit = uuid4()
    blob = phone.seal(b" " * DEPOSIT_MAX, deposit)
    assert len(blob) == DEPOSIT_BLOB_MAX
    assert phone.put(deposit, blob).status_code == 201
    assert phone.put(uuid4(), blob + b"\0").status_code == 413
    assert phone.put(uuid4(), bytes(300_000)).status_code == 413


@pytest.mark.parametrize("blob", [b"", b"{}", bytes(582)])
def test_what_is_no_deposit_is_not_kept(maya, phone, blob):
    assert phone.put(uuid4(), blob).status_code == 400
    assert maya.get("/deposits").json["items"] == []


def test_a_seal_of_another_phone_is_not_taken(maya, phone, served):
    other, deposit = Phone.of(maya, served), uuid4()
    assert phone.put(deposit, other.seal(NOTE, deposit)).status_code == 400


def test_json_is_not_taken(phone):
    answer = phone.open("PUT", f"{API}/deposits/{uuid4()}", json={})
    assert (answer.status_code, answer.json["type"]) == (400, "/problems/malformed")


class TestTheToken:
    def test_another_or_none_is_not_accepted_and_all_look_the_same(self, maya, phone, served):
        deposit = uuid4()
        blob = phone.seal(NOTE, deposit)
        maya.delete(f"/devices/{phone.device}")
        dropped = phone.put(deposit, blob)
        answers = [dropped]
        for token in ("", "x", "A" * 43, phone.token[:-1], f"{phone.token} ", "\u00e9"):
            phone.token = token
            answers.append(phone.put(deposit, blob))
        path = f"{API}/deposits/{deposit}"
        sealed = {"data": blob, "content_type": "application/octet-stream"}
        answers.append(served.test_client().put(path, **sealed))
        answers.append(maya.client.put(path, **sealed))  # a sign-in is no token

        assert {answer.status_code for answer in answers} == {401}
        assert len({answer.data for answer in answers}) == 1
        assert files(maya)["filed"] == []

    def test_it_outlives_the_sign_in_it_was_given_in(self, maya, phone, served):
        maya.delete("/sign-ins")
        phone.deposits(document("anytime", AT, answers={"emo.mood_now": 3}))

        assert len(files(maya.elsewhere(served))["filed"]) == 1

    def test_it_goes_with_the_account(self, maya, phone):
        deposit = uuid4()
        phone.deposits(NOTE)
        assert maya.delete("/account").status_code == 204

        assert phone.put(deposit, phone.seal(NOTE, deposit)).status_code == 401


class TestRoom:
    def test_a_phone_that_hands_in_without_end_waits(self, tmp_path):
        app = new_app(Stores.sqlite(tmp_path), deposits_an_hour=5)
        maya = join(app, "maya")
        phone, other = Phone.of(maya, app), Phone.of(maya, app)
        now = clock.now().replace(minute=20, second=0, microsecond=0)
        with clock.at(now):
            sealed = [(deposit, phone.seal(NOTE, deposit)) for deposit in (uuid4() for _ in range(6))]
            statuses = [phone.put(*each).status_code for each in sealed]
            answer = phone.put(*sealed[-1])

            assert statuses == [201] * 5 + [429]
            assert (answer.json["type"], answer.headers["Retry-After"]) == ("/problems/too-many-deposits", "2400")
            assert phone.put(*sealed[0]).status_code == 204  # what is here is not counted again
            other.deposits(NOTE)
        with clock.at(now + timedelta(minutes=41)):
            assert phone.put(*sealed[-1]).status_code == 201

    def test_when_too_much_waits_she_must_sign_in_first(self, tmp_path, monkeypatch):
        app = new_app(Stores.sqlite(tmp_path))
        maya = join(app, "maya")
        phone = Phone.of(maya, app)
        monkeypatch.setattr(receiving.Room, "__init__", _small(receiving.Room))
        for number in range(3):
            phone.deposits(document("anytime", AT, answers={"emo.mood_now": number}))
        deposit = uuid4()
        blob = phone.seal(NOTE, deposit)
        full = phone.put(deposit, blob)

        assert (full.status_code, full.json["type"]) == (507, "/problems/deposit-box-full")
        assert len(files(maya)["filed"]) == 3
        assert phone.put(deposit, blob).status_code == 201


def _small(room):
    made = room.__init__

    def small(self, an_hour):
        made(self, an_hour, most_waiting=3)

    return small


class TestByTheOwner:
    def test_what_a_dropped_phone_still_holds_is_taken_from_her(self, maya, phone):
        said = document("anytime", AT, answers={"emo.mood_now": 3})
        deposit = uuid4()
        blob = phone.seal(said, deposit)
        maya.delete(f"/devices/{phone.device}")
        path = f"/devices/{phone.device}/deposits/{deposit}"
        sent = {"data": blob, "content_type": "application/octet-stream"}

        assert phone.put(deposit, blob).status_code == 401
        assert [maya.client.put(API + path, **sent).status_code for _ in range(2)] == [201, 204]
        assert files(maya)["filed"][0]["check_in_id"] == said["check_in"]["id"]

    def test_not_from_anybody_else(self, maya, phone, served):
        noor, deposit = join(served, "noor"), uuid4()
        sent = {"data": phone.seal(NOTE, deposit), "content_type": "application/octet-stream"}
        hers = noor.client.put(f"{API}/devices/{phone.device}/deposits/{deposit}", **sent)
        nobodys = noor.client.put(f"{API}/devices/{uuid4()}/deposits/{deposit}", **sent)

        assert hers.status_code == nobodys.status_code == 404
        assert hers.data == nobodys.data
        assert files(maya)["filed"] == []
