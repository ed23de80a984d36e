"""Somebody who can write to the database changes what lets people in: nobody gets in, or gets another's keys."""

from datetime import timedelta

import pytest

from journal import clock
from journal.crypto.framing import BOX_OVERHEAD, prefix, seal_box
from journal.crypto.identity import BUNDLE_BYTES
from journal.crypto.password import _HEADER, LAYOUT, WORK, Work, _cipher, stretch
from tests.accounts.people import in_hand, on_another_browser, signs_in
from tests.sessions.stored import flipped

# Bytes are bytes on either database; on PostgreSQL some of them will do.
EVERY = {"sqlite": 1, "postgres": 16}
TABLES = ("accounts", "ways_in", "sign_ins", "known_devices", "tries", "lock_keys")


@pytest.fixture
def database(database):
    with database.put_back_after(*TABLES):
        yield database


@pytest.fixture
def maya(the_cast, app):
    return on_another_browser(app, the_cast["maya"])


@pytest.fixture
def noor(the_cast, app):
    return on_another_browser(app, the_cast["noor"])


def id_of(app, person):
    return in_hand(app, person).account_id


def way_in(database, account_id, kind="password"):
    [row] = database.rows("ways_in", account_id=account_id, kind=kind)
    return row


def is_refused(database, person, slug="sign-in-refused"):
    """The right name and the right password, and yet not let in. The throttle is not what this is about."""
    database.replace("tries")
    answer = signs_in(person, person.login_name, person.password)
    assert (answer.status_code, answer.json["type"]) == (401, f"/problems/{slug}")
    return True


def recovery_is_refused(database, person):
    database.replace("tries")
    body = {"login_name": person.login_name, "recovery_code": person.recovery_code, "new_password": person.password}
    answer = person.post("/recovery", json=body)
    assert answer.status_code == 401
    return True


class TestWaysIn:
    def test_any_byte_changed(self, app, engine, maya, database):
        account_id = id_of(app, maya)
        wrap = way_in(database, account_id)["wrap"]
        for place in range(0, len(wrap), EVERY[engine]):
            changed = flipped(wrap, 8 * place + place % 8)
            database.change("ways_in", {"account_id": account_id, "kind": "password"}, wrap=changed)
            assert is_refused(database, maya)
        for changed in (b"", wrap[:-1], wrap + b"\0", wrap * 2):
            database.change("ways_in", {"account_id": account_id, "kind": "password"}, wrap=changed)
            assert is_refused(database, maya)
        database.change("ways_in", {"account_id": account_id, "kind": "password"}, wrap=wrap)
        assert signs_in(maya, maya.login_name, maya.password).status_code == 201

    def test_mayas_and_noors_in_each_others_place(self, app, maya, noor, database):
        for kind, refused in (("password", is_refused), ("recovery", recovery_is_refused)):
            people = {id_of(app, person): person for person in (maya, noor)}
            wraps = {account_id: way_in(database, account_id, kind)["wrap"] for account_id in people}
            for account_id, wrap in zip(people, reversed(wraps.values()), strict=True):
                database.change("ways_in", {"account_id": account_id, "kind": kind}, wrap=wrap)
            assert all(refused(database, person) for person in people.values())

    def test_any_byte_of_the_recovery_way_changed(self, app, engine, maya, database):
        account_id = id_of(app, maya)
        wrap = way_in(database, account_id, "recovery")["wrap"]
        for place in range(0, len(wrap), 5 * EVERY[engine]):
            changed = flipped(wrap, 8 * place + place % 8)
            database.change("ways_in", {"account_id": account_id, "kind": "recovery"}, wrap=changed)
            assert recovery_is_refused(database, maya)

    def test_the_password_in_place_of_the_recovery_code(self, app, maya, database):
        account_id = id_of(app, maya)
        one, other = (way_in(database, account_id, kind)["wrap"] for kind in ("password", "recovery"))
        database.change("ways_in", {"account_id": account_id, "kind": "password"}, wrap=other)
        database.change("ways_in", {"account_id": account_id, "kind": "recovery"}, wrap=one)

        assert is_refused(database, maya)
        assert recovery_is_refused(database, maya)

    def test_mayas_account_under_noors_name(self, app, maya, noor, database):
        mayas, noors = (in_hand(app, person).login_index for person in (maya, noor))
        database.change("accounts", {"login_index": mayas}, login_index=bytes(32))
        database.change("accounts", {"login_index": noors}, login_index=mayas)
        database.change("accounts", {"login_index": bytes(32)}, login_index=noors)

        assert is_refused(database, maya)
        assert is_refused(database, noor)


class TestWork:
    """Somebody with pepper and keyring can lock a way in again; guessing must not become cheap by it."""

    @pytest.mark.parametrize(
        "work", [(8, 1, 1), (64 * 1024, 1, 1), (64 * 1024, 3, 2), (32 * 1024, 3, 1), (128 * 1024, 3, 1)]
    )
    def test_another_is_refused_for_the_right_password(self, app, maya, database, work):
        self.locked_again(app, maya, database, Work(*work))

        assert is_refused(database, maya)

    def test_the_same_is_not(self, app, maya, database):
        """What is made here would open, were it not for the work it asks for."""
        self.locked_again(app, maya, database, WORK)

        assert signs_in(maya, maya.login_name, maya.password).status_code == 201

    def locked_again(self, app, maya, database, work):
        who = in_hand(app, maya)
        wrap = who.lock.close(wrapped(who, maya.password, work), "password", who.account_id)
        database.change("ways_in", {"account_id": who.account_id, "kind": "password"}, wrap=wrap)


def wrapped(who, password, work):
    """A way in by password that asks for this much work."""
    salt = bytes(16)
    header = prefix(LAYOUT, BUNDLE_BYTES + BOX_OVERHEAD) + _HEADER.pack(*work, salt)
    cipher = _cipher(stretch(password, work, salt), who.account_id)
    return header + seal_box(cipher, who.bundle.encode(), header + who.account_id)


def is_signed_out(person):
    answer = person.get("/account")
    assert (answer.status_code, answer.json["type"]) == (401, "/problems/sign-in-needed")
    return True


class TestSignIns:
    def test_any_byte_changed(self, app, engine, maya, database):
        row = in_hand(app, maya)
        [sign_in] = latest(database, row.account_id)
        for place in range(0, len(sign_in["wrap"]), EVERY[engine]):
            changed = flipped(sign_in["wrap"], 8 * place + place % 8)
            database.change("sign_ins", {"id": sign_in["id"]}, wrap=changed)
            assert is_signed_out(maya)
        database.change("sign_ins", {"id": sign_in["id"]}, wrap=sign_in["wrap"])
        assert maya.get("/account").status_code == 200

    @pytest.mark.parametrize("names", [("wrap",), ("account_id",), ("id",), ("wrap", "account_id")])
    def test_mayas_and_noors_in_each_others_place(self, app, maya, noor, database, names):
        [mayas], [noors] = (latest(database, id_of(app, person)) for person in (maya, noor))
        rest = [row for row in database.rows("sign_ins") if row["id"] not in (mayas["id"], noors["id"])]
        mixed = [mayas | {name: noors[name] for name in names}, noors | {name: mayas[name] for name in names}]
        database.replace("sign_ins", *mixed, *rest)

        assert is_signed_out(maya)
        assert is_signed_out(noor)

    def test_the_account_of_another_behind_ones_own_cookie(self, app, maya, noor, database):
        """Noor keeps her cookie and writes Maya's account beside it."""
        [noors] = latest(database, id_of(app, noor))
        database.change("sign_ins", {"id": noors["id"]}, account_id=id_of(app, maya))

        assert is_signed_out(noor)

    def test_a_device_told_otherwise_is_shown_as_not_opening(self, app, maya, noor, database):
        [mayas], [noors] = (latest(database, id_of(app, person)) for person in (maya, noor))
        for about in (
            {"about": noors["about"]}, {"about_key": b""}, {"about": b""},
            {"about": noors["about"], "about_key": noors["about_key"]},
        ):  # fmt: skip
            database.change("sign_ins", {"id": mayas["id"]}, **mayas | about)
            listed = maya.get("/sign-ins").json["sign_ins"]

            assert next(each["device"] for each in listed if each["current"]).endswith("does not open")


def latest(database, account_id):
    return sorted(database.rows("sign_ins", account_id=account_id), key=lambda row: row["created_at"])[-1:]


class TestProfiles:
    def test_any_byte_changed(self, app, engine, maya, database):
        account_id = id_of(app, maya)
        [account] = database.rows("accounts", id=account_id)
        for name in ("profile", "profile_key"):
            for place in range(0, len(account[name]), 3 * EVERY[engine]):
                changed = flipped(account[name], 8 * place + place % 8)
                database.change("accounts", {"id": account_id}, **{name: changed})
                answers = [maya.get("/account"), maya.get("/settings")]
                assert {answer.status_code for answer in answers} == {409}
            database.change("accounts", {"id": account_id}, **{name: account[name]})
        assert maya.get("/account").status_code == 200

    def test_noors_in_its_place_or_another_revision(self, app, maya, noor, database):
        account_id = id_of(app, maya)
        [mayas], [noors] = (database.rows("accounts", id=id_of(app, person)) for person in (maya, noor))
        for change in (
            {name: noors[name] for name in ("profile", "profile_key", "profile_revision")},
            {"profile_revision": mayas["profile_revision"] + 1}, {"profile": b""}, {"profile_key": b""},
        ):  # fmt: skip
            database.change("accounts", {"id": account_id}, **mayas | change)
            for answer in (maya.get("/account"), maya.get("/settings"), maya.put("/settings", {}, if_match='"1"')):
                assert (answer.status_code, answer.json["type"]) == (409, "/problems/does-not-open")
        assert signs_in(maya, maya.login_name, maya.password).status_code == 409


class TestTheKeyring:
    def test_lock_keys_in_each_others_place_let_nobody_in(self, app, maya, noor, database):
        people = {id_of(app, person): person for person in (maya, noor)}
        keys = {account_id: database.rows("lock_keys", account_id=account_id)[0]["key"] for account_id in people}
        for account_id, key in zip(people, reversed(keys.values()), strict=True):
            database.change("lock_keys", {"account_id": account_id}, key=key)

        # For a minute a process may still use the key it has read.
        with clock.at(clock.now() + timedelta(minutes=2)):
            for person in people.values():
                assert is_signed_out(person)
        assert all(is_refused(database, person) for person in people.values())

    def test_a_lock_key_taken_away_shuts_the_account(self, app, maya, database):
        account_id = id_of(app, maya)
        database.replace("lock_keys", *(row for row in database.rows("lock_keys") if row["account_id"] != account_id))

        with clock.at(clock.now() + timedelta(minutes=2)):
            assert is_signed_out(maya)
        assert is_refused(database, maya)
