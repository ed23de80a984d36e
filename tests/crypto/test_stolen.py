"""What somebody with only part of what it takes can open: of 100 accounts, none."""

import os
from dataclasses import dataclass

import pytest

from journal.crypto import (
    LetterPlace,
    Lock,
    Pepper,
    Peppers,
    RecoveryCode,
    SealedSection,
    ShareKeys,
    SignInToken,
    open_letter,
    open_with_password,
    open_with_recovery,
    seal_letter,
    wrap_for_recovery,
)
from journal.crypto.password import open_stretched, wrap_stretched

from .cast import PASSWORD, Keeper, new_peppers, refuses

HOW_MANY = 100


@dataclass(frozen=True)
class Row:
    """What the database holds of one account, and beside it what it does not hold."""

    keeper: Keeper
    way_in: bytes
    recovery: bytes
    sign_in: bytes
    stretched: bytes
    code: RecoveryCode
    token: SignInToken


def row_of(keeper: Keeper, peppers: Peppers) -> Row:
    lock, code, token = keeper.lock(peppers), RecoveryCode.generate(), SignInToken.generate()
    stretched, account_id = os.urandom(32), keeper.account_id
    way_in = wrap_stretched(keeper.bundle, stretched, os.urandom(16), account_id)
    recovery = wrap_for_recovery(keeper.bundle, code, account_id)
    return Row(
        keeper,
        lock.close(way_in, "password", account_id),
        lock.close(recovery, "recovery", account_id),
        lock.close(token.wrap(keeper.bundle, account_id), "sign_in", token.row_id),
        stretched,
        code,
        token,
    )


@pytest.fixture(scope="module")
def rows(peppers):
    return [row_of(Keeper(), peppers) for _ in range(HOW_MANY)]


def opened(attempt, rows):
    return sum(not refuses(attempt, row) for row in rows)


def test_with_everything_all_open(rows, peppers):
    """Control: the same attempts with nothing missing."""

    def rightly(row):
        account_id, lock = row.keeper.account_id, row.keeper.lock(peppers)
        bundle = open_stretched(lock.open(row.way_in, "password", account_id), row.stretched, account_id)
        assert bundle == open_with_recovery(lock.open(row.recovery, "recovery", account_id), row.code, account_id)
        assert bundle == row.token.open(lock.open(row.sign_in, "sign_in", row.token.row_id), account_id)
        return bundle

    assert opened(rightly, rows) == HOW_MANY


@pytest.mark.parametrize("kind", ["password", "recovery", "sign_in"])
def test_database_and_password_and_keyring_without_the_pepper_open_nothing(rows, peppers, kind):
    guess = Peppers(Pepper(os.urandom(32), peppers.current.id))

    def attempt(row):
        blob = {"password": row.way_in, "recovery": row.recovery, "sign_in": row.sign_in}[kind]
        place_id = row.token.row_id if kind == "sign_in" else row.keeper.account_id
        return row.keeper.lock(guess).open(blob, kind, place_id)

    assert opened(attempt, rows) == 0


def test_database_and_pepper_and_password_without_the_keyring_open_nothing(rows, peppers):
    def attempt(row):
        guess = Lock(peppers, os.urandom(32), row.keeper.account_id)
        return guess.open(row.way_in, "password", row.keeper.account_id)

    assert opened(attempt, rows) == 0


def test_database_and_pepper_and_keyring_without_the_password_open_nothing(rows, peppers):
    def attempt(row):
        account_id = row.keeper.account_id
        return open_stretched(
            row.keeper.lock(peppers).open(row.way_in, "password", account_id), os.urandom(32), account_id
        )

    assert opened(attempt, rows) == 0
    first, account_id = rows[0], rows[0].keeper.account_id
    inner = first.keeper.lock(peppers).open(first.way_in, "password", account_id)
    assert refuses(open_with_password, inner, PASSWORD, account_id)


def test_database_and_pepper_and_keyring_without_the_recovery_code_open_nothing(rows, peppers):
    def attempt(row):
        account_id = row.keeper.account_id
        inner = row.keeper.lock(peppers).open(row.recovery, "recovery", account_id)
        return open_with_recovery(inner, RecoveryCode.generate(), account_id)

    assert opened(attempt, rows) == 0


def test_database_and_pepper_and_keyring_without_the_cookie_open_nothing(rows, peppers):
    """Even taking the row's id, which the database shows, for the token."""

    def attempt(row):
        inner = row.keeper.lock(peppers).open(row.sign_in, "sign_in", row.token.row_id)
        return SignInToken(row.token.row_id).open(inner, row.keeper.account_id)

    assert opened(attempt, rows) == 0


def test_cookie_without_its_row_opens_nothing(rows, peppers):
    """Maya's cookie kept, her row deleted: every other row there is does not open with it."""
    cookie = SignInToken.generate()

    def attempt(row):
        inner = row.keeper.lock(peppers).open(row.sign_in, "sign_in", row.token.row_id)
        return cookie.open(inner, row.keeper.account_id)

    def as_its_own(row):
        return row.keeper.lock(peppers).open(row.sign_in, "sign_in", cookie.row_id)

    assert opened(attempt, rows) == opened(as_its_own, rows) == 0


def test_after_a_rotation_the_old_pepper_opens_nothing(rows, peppers):
    both = Peppers(new_peppers().current, previous=peppers.current)

    def attempt(row):
        moved = row.keeper.lock(both).relock(row.way_in, "password", row.keeper.account_id)
        return row.keeper.lock(peppers).open(moved, "password", row.keeper.account_id)

    assert opened(attempt, rows) == 0


@dataclass(frozen=True)
class Shared:
    """What the database holds of one share, its keys and its lock key, which it does not hold, beside it."""

    owner: Keeper
    keys: ShareKeys
    lock_key: bytes
    lent: SealedSection
    note: bytes
    place: LetterPlace
    letter: bytes


def shared_by(owner: Keeper, okafor: Keeper, peppers: Peppers) -> Shared:
    keys, lock_key = owner.share(), os.urandom(32)
    sealed = owner.keyring.seal(owner.place(), b"Warm light")
    place = LetterPlace("share", owner.account_id, okafor.account_id, keys.share_id)
    letter = seal_letter(owner.bundle, okafor.public, place, b"".join(keys.secrets.values()))
    return Shared(
        owner,
        keys,
        lock_key,
        SealedSection(owner.keyring.lend(owner.place(), sealed, keys), sealed.body),
        keys.seal_note("ask", keys.share_id, 1, b"Warm light"),
        place,
        # The kind is one that the lock knows, and makes no difference here.
        Lock(peppers, lock_key, owner.account_id).close(letter, "recovery", keys.share_id),
    )


@pytest.fixture(scope="module")
def shares(peppers, okafor):
    return [shared_by(Keeper(), okafor, peppers) for _ in range(HOW_MANY)]


def letter_in(share, reader, peppers, lock_key):
    letter = Lock(peppers, lock_key, share.owner.account_id).open(share.letter, "recovery", share.keys.share_id)
    secrets = open_letter(reader.bundle, reader.public.fingerprint, share.owner.public, share.place, letter)
    return ShareKeys(share.keys.share_id, share.owner.account_id, secrets[:32], secrets[32:])


def everything_with(keys, share):
    """Both things under a share's keys, tried with these."""
    tried = (keys.open, share.owner.place(), share.lent), (keys.open_note, "ask", share.keys.share_id, 1, share.note)
    return [not refuses(*attempt) for attempt in tried]


def test_with_everything_all_that_was_lent_opens(shares, okafor, peppers):
    """Control: the same attempts with nothing missing."""
    for share in shares:
        assert everything_with(letter_in(share, okafor, peppers, share.lock_key), share) == [True, True]


def test_all_that_was_lent_without_the_share_keys_opens_nothing(shares):
    """Guessed, all zeros, or made of what the database shows of the share."""
    for share in shares:
        shown = share.keys.share_id + share.owner.account_id
        for guess in (os.urandom(32), bytes(32), shown, share.owner.public.fingerprint, share.lent.body[10:42]):
            keys = ShareKeys(share.keys.share_id, share.owner.account_id, guess, guess)
            assert everything_with(keys, share) == [False, False]


def test_the_keys_of_one_share_open_none_of_the_others(shares):
    first = shares[0].keys
    for share in shares[1:]:
        as_its_own = ShareKeys(share.keys.share_id, share.owner.account_id, *first.secrets.values())
        assert everything_with(first, share) == everything_with(as_its_own, share) == [False, False]


def test_letters_without_the_reviewers_bundle_give_no_keys(shares, noor, peppers):
    """Database, pepper and keyring, and somebody else's bundle; the owner's own does not open it either."""
    for reader in (noor, None):
        tried = [(share, reader or share.owner) for share in shares]
        assert all(refuses(letter_in, share, whose, peppers, share.lock_key) for share, whose in tried)


def test_a_backup_does_not_give_back_what_was_taken_back(shares, okafor, peppers):
    """Dr Okafor, signed in, and the database as it was: the share's lock key is gone from the keyring."""
    for share in shares:
        assert refuses(letter_in, share, okafor, peppers, os.urandom(32))
        assert refuses(letter_in, share, okafor, peppers, share.owner.lock_key)
