"""What somebody can open who has stolen some of it. A hundred accounts each; with everything, all hundred open."""

import os
from dataclasses import dataclass, field

import pytest
from sqlalchemy import delete, insert, select

from journal import clock, database
from journal.accounts import host, keyring_store, profile, sign_ins, ways_in
from journal.accounts.models import ACCOUNTS, LOCK_KEYS, PASSWORD, PATIENT, SIGN_INS, WAYS_IN
from journal.accounts.profile import Profile
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import Proven
from journal.crypto import IdentityBundle, Keyring, Lock, Pepper, Peppers, Refused, SignInToken
from journal.crypto.password import WORK, open_stretched, stretch, wrap_stretched
from journal.database import KEYRING
from tests.accounts.people import with_cookies
from tests.stores import PEPPER, new_app

EACH = 100
SALT = bytes(16)
RIGHT = "gulls over the grey harbour"
GUESSES = ("gulls over the grey harbor", "correct horse battery staple")


@dataclass
class Haul:
    """Everything there is to steal, before any of it is missing."""

    accounts: list[bytes] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    bundles: dict[bytes, IdentityBundle] = field(default_factory=dict)
    wraps: dict[bytes, bytes] = field(default_factory=dict)
    lock_keys: dict[bytes, bytes] = field(default_factory=dict)


@pytest.fixture(scope="module")
def app(new_stores):
    return new_app(new_stores("stolen"))


@pytest.fixture(scope="module")
def stretched() -> bytes:
    """All hundred have one password and one salt here, so that one Argon2id serves them; no attacker is so lucky."""
    return stretch(RIGHT, WORK, SALT)


@pytest.fixture(scope="module")
def haul(app, stretched) -> Haul:
    found = Haul()
    with app.app_context():
        for number in range(EACH):
            _somebody(found, number, stretched)
        with database.reading() as c:
            found.wraps = dict(c.execute(select(WAYS_IN.c.account_id, WAYS_IN.c.wrap)).all())
        with database.reading(KEYRING) as c:
            found.lock_keys = dict(c.execute(select(LOCK_KEYS.c.account_id, LOCK_KEYS.c.key)).all())
    return found


def _somebody(found: Haul, number: int, stretched: bytes) -> None:
    account_id, bundle = os.urandom(16), IdentityBundle.generate()
    keyring_store.make_lock_key(account_id)
    lock, keyring = host.here().lock(account_id), Keyring(bundle, account_id)
    who = Proven(account_id, PATIENT, host.here().login_index(f"patient {number}"), bundle, lock)
    with database.writing() as c:
        values = profile.sealed(Profile(f"patient {number}"), keyring, account_id, revision=1)
        c.execute(
            insert(ACCOUNTS).values(
                id=account_id, role=PATIENT, login_index=who.login_index, public_identity=bundle.public(account_id),
                epoch=1, created_at=clock.this_hour(), **values,
            )
        )  # fmt: skip
        wrap = lock.close(wrap_stretched(bundle, stretched, SALT, account_id), PASSWORD, account_id)
        ways_in.add(c, account_id, PASSWORD, wrap)
        found.cookies.append(sign_ins.begin(c, who, Browser("")).token.cookie_value)
    found.accounts.append(account_id)
    found.bundles[account_id] = bundle


def opened(haul: Haul, pepper: bytes, keys: list[bytes], passwords: list[bytes]) -> int:
    """How many accounts open with this pepper, these lock keys in turn, and these stretched passwords in turn."""
    peppers = Peppers(Pepper.from_bytes(pepper))
    count = 0
    for account_id in haul.accounts:
        locks = [Lock(peppers, key, account_id) for key in keys or [haul.lock_keys[account_id]]]
        found = [_opens(haul.wraps[account_id], lock, password, account_id) for lock in locks for password in passwords]
        count += haul.bundles[account_id] in found
    return count


def _opens(wrap: bytes, lock: Lock, password: bytes, account_id: bytes) -> IdentityBundle | None:
    try:
        return open_stretched(lock.open(wrap, PASSWORD, account_id), password, account_id)
    except Refused:
        return None


class TestWaysIn:
    def test_with_everything_all_hundred_open(self, haul, stretched):
        assert opened(haul, PEPPER, [], [stretched]) == EACH

    def test_database_and_password_without_pepper(self, haul, stretched):
        """Even with the keyring."""
        for pepper in (bytes(32), os.urandom(32), stretched):
            assert opened(haul, pepper, [], [stretched]) == 0

    def test_database_pepper_and_password_without_the_keyring(self, haul, stretched):
        others = [os.urandom(32), bytes(32), PEPPER]
        assert opened(haul, PEPPER, others, [stretched]) == 0

    def test_database_and_pepper_without_password(self, haul):
        """Even with the keyring; guesses cost an Argon2id each."""
        guesses = [stretch(guess, WORK, SALT) for guess in GUESSES]
        assert opened(haul, PEPPER, [], [*guesses, bytes(32)]) == 0

    def test_what_one_account_has_opens_no_other(self, haul, stretched):
        """A row moved to another account, lock key and all."""
        shifted = dict(zip(haul.accounts, haul.accounts[1:] + haul.accounts[:1], strict=True))
        moved = Haul(
            haul.accounts,
            bundles=haul.bundles,
            wraps={account: haul.wraps[other] for account, other in shifted.items()},
            lock_keys={account: haul.lock_keys[other] for account, other in shifted.items()},
        )
        assert opened(moved, PEPPER, [], [stretched]) == 0


class TestSignIns:
    def test_with_cookie_and_row_all_hundred_are_somebody(self, app, haul):
        assert statuses(app, haul.cookies) == [200] * EACH

    def test_database_without_cookie(self, app, haul):
        """Nothing in a row is a cookie, nor opens the row's wrap, even with pepper and keyring."""
        with app.app_context(), database.reading() as c:
            rows = c.execute(select(SIGN_INS)).all()
            inners = [host.here().lock(row.account_id).open(row.wrap, "sign_in", row.id) for row in rows]
        made_up = [sign_ins.name_of(row.id) for row in rows] + [SignInToken.generate().cookie_value for _ in rows]
        assert statuses(app, made_up) == [401] * 2 * EACH

        tokens = [SignInToken(secret) for row in rows for secret in (row.id, row.about_key[-32:])]
        stolen = list(zip(rows, inners, strict=True))
        assert sum(_token_opens(token, inner, row) for row, inner in stolen for token in tokens) == 0

    def test_cookie_without_row(self, app, haul):
        with app.app_context(), database.writing() as c:
            kept = [dict(row) for row in c.execute(select(SIGN_INS)).mappings()]
            c.execute(delete(SIGN_INS))
        try:
            assert statuses(app, haul.cookies) == [401] * EACH
        finally:
            with app.app_context(), database.writing() as c:
                c.execute(insert(SIGN_INS), kept)
        assert statuses(app, haul.cookies) == [200] * EACH


def statuses(app, cookies: list[str]) -> list[int]:
    return [with_cookies(app, sign_in=cookie).get("/account").status_code for cookie in cookies]


def _token_opens(token: SignInToken, inner: bytes, row) -> bool:
    try:
        token.open(inner, row.account_id)
    except Refused:
        return False
    return True
