"""Every bit of every sealed kind, flipped; then cut, lengthened, relabelled and replaced by noise."""

import os
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import (
    BACKUP_HEAD_BYTES,
    BackupKey,
    BackupOpener,
    BackupSealer,
    BackupSecret,
    DepositPlace,
    LetterPlace,
    PublicIdentity,
    RecoveryCode,
    SealedSection,
    SignInToken,
    make_card,
    open_deposit,
    open_letter,
    seal_deposit,
    seal_letter,
    verify_card,
    wrap_for_recovery,
)
from journal.crypto.backup_keys import open_stretched_secret
from journal.crypto.framing import Kind
from journal.crypto.password import open_stretched, wrap_stretched
from journal.crypto.recovery import open_with_recovery

from .cast import Keeper, each_bit_flipped, flipped, new_peppers, refuses

MAYA = Keeper()
PEPPERS = new_peppers()
CODE = RecoveryCode.generate()
TOKEN = SignInToken.generate()
# The work of Argon2id is left out here and only here: the stretched password is given as it would be stretched.
STRETCHED = os.urandom(32)
WAY_IN = wrap_stretched(MAYA.bundle, STRETCHED, os.urandom(16), MAYA.account_id)
SECTION = MAYA.keyring.seal(MAYA.place(), b"Warm light")
DEVICE_KEY = os.urandom(32)
DEPOSIT_PLACE = DepositPlace(MAYA.account_id, os.urandom(16), os.urandom(16))
OKAFOR = Keeper()
LETTER_PLACE = LetterPlace("share", MAYA.account_id, OKAFOR.account_id, os.urandom(16))
SHARE = MAYA.share()
LENT = MAYA.keyring.lend(MAYA.place(), SECTION, SHARE)

OPERATOR = BackupSecret.generate()
SEALER = BackupSealer(OPERATOR.public, "database", PEPPERS.current)
CHUNKS = SEALER.seal(b"Warm light") + SEALER.finish()


def open_backup(blob: bytes) -> bytes:
    opener = BackupOpener(OPERATOR, "database", blob[:BACKUP_HEAD_BYTES])
    return opener.open(blob[BACKUP_HEAD_BYTES:]) + opener.finish()


class Sealed(NamedTuple):
    """One blob of a kind, and how it is opened."""

    blob: bytes
    open: Callable[[bytes], object]


SEALED = {
    Kind.PUBLIC_IDENTITY: Sealed(
        MAYA.bundle.public(MAYA.account_id), lambda blob: PublicIdentity.decode(blob, MAYA.account_id)
    ),
    Kind.PASSWORD_WAY_IN: Sealed(WAY_IN, lambda blob: open_stretched(blob, STRETCHED, MAYA.account_id)),
    Kind.RECOVERY_WAY_IN: Sealed(
        wrap_for_recovery(MAYA.bundle, CODE, MAYA.account_id),
        lambda blob: open_with_recovery(blob, CODE, MAYA.account_id),
    ),
    Kind.LOCK: Sealed(
        MAYA.lock(PEPPERS).close(WAY_IN, "password", bytes(16)),
        lambda blob: MAYA.lock(PEPPERS).open(blob, "password", bytes(16)),
    ),
    Kind.SIGN_IN: Sealed(TOKEN.wrap(MAYA.bundle, MAYA.account_id), lambda blob: TOKEN.open(blob, MAYA.account_id)),
    Kind.SECTION_KEY: Sealed(
        SECTION.key, lambda blob: MAYA.keyring.open(MAYA.place(), SealedSection(blob, SECTION.body))
    ),
    Kind.SECTION_BODY: Sealed(
        SECTION.body, lambda blob: MAYA.keyring.open(MAYA.place(), SealedSection(SECTION.key, blob))
    ),
    Kind.DEPOSIT: Sealed(
        seal_deposit(MAYA.public, DEVICE_KEY, DEPOSIT_PLACE, b"Warm light"),
        lambda blob: open_deposit(MAYA.bundle, DEVICE_KEY, DEPOSIT_PLACE, blob),
    ),
    Kind.CARD: Sealed(
        make_card(OKAFOR.bundle, OKAFOR.public, "in_person", 2_000_000_000, "Dr Okafor"),
        lambda blob: verify_card(blob, OKAFOR.public),
    ),
    Kind.LETTER: Sealed(
        seal_letter(MAYA.bundle, OKAFOR.public, LETTER_PLACE, b"Warm light"),
        lambda blob: open_letter(OKAFOR.bundle, OKAFOR.public.fingerprint, MAYA.public, LETTER_PLACE, blob),
    ),
    Kind.LENT_KEY: Sealed(LENT, lambda blob: SHARE.open(MAYA.place(), SealedSection(blob, SECTION.body))),
    Kind.NOTE: Sealed(
        SHARE.seal_note("ask", bytes(16), 1, b"Warm light"), lambda blob: SHARE.open_note("ask", bytes(16), 1, blob)
    ),
    Kind.BACKUP_KEY: Sealed(OPERATOR.public.encode(), BackupKey.decode),
    Kind.BACKUP_SECRET: Sealed(OPERATOR.encode(), BackupSecret.decode),
    Kind.BACKUP_SECRET_WRAPPED: Sealed(
        OPERATOR.wrap_stretched(STRETCHED, bytes(16)), lambda blob: open_stretched_secret(blob, STRETCHED)
    ),
    Kind.BACKUP_HEAD: Sealed(SEALER.head, lambda blob: BackupOpener(OPERATOR, "database", blob)),
}
EVERY_KIND = pytest.mark.parametrize("kind", list(SEALED), ids=lambda kind: kind.name.lower())


def test_every_kind_there_is_is_tried_here():
    """The bundle itself is no sealed kind: it exists only inside the wraps."""
    assert set(SEALED) == set(Kind) - {Kind.IDENTITY_BUNDLE}


@EVERY_KIND
class TestOneBlob:
    def test_untouched_opens(self, kind):
        assert SEALED[kind].open(SEALED[kind].blob)

    def test_with_any_bit_flipped_is_refused(self, kind):
        blob, open_it = SEALED[kind]

        assert all(refuses(open_it, changed) for changed in each_bit_flipped(blob))

    def test_cut_anywhere_is_refused(self, kind):
        blob, open_it = SEALED[kind]

        assert all(refuses(open_it, blob[:size]) for size in range(len(blob)))
        assert all(refuses(open_it, blob[size:]) for size in range(1, len(blob)))

    def test_with_anything_after_or_before_it_is_refused(self, kind):
        blob, open_it = SEALED[kind]

        for more in (b"\0", b"\xff", blob[:6], blob, bytes(4096)):
            assert refuses(open_it, blob + more)
            assert refuses(open_it, more + blob)

    def test_cut_or_lengthened_with_its_length_put_right_is_refused(self, kind):
        blob, open_it = SEALED[kind]
        others = [blob[:-1], blob[:-16], blob[:-512], blob + b"\0", blob + bytes(16), blob + bytes(512)]

        assert all(refuses(open_it, relength(other)) for other in others)
        assert relength(blob) == blob

    def test_of_another_suite_or_kind_is_refused(self, kind):
        blob, open_it = SEALED[kind]

        for number in range(256):
            assert number == blob[0] or refuses(open_it, bytes([number]) + blob[1:])
            assert number == kind or refuses(open_it, blob[:1] + bytes([number]) + blob[2:])

    def test_replaced_by_a_blob_of_another_kind_is_refused(self, kind):
        for other in set(SEALED) - {kind}:
            assert refuses(SEALED[kind].open, SEALED[other].blob)

    @given(data=st.data())
    @settings(max_examples=40, deadline=None)
    def test_replaced_by_noise_is_refused(self, kind, data):
        blob, open_it = SEALED[kind]
        noise = data.draw(st.binary(max_size=700))

        assert refuses(open_it, noise)
        assert refuses(open_it, relength(blob[:6] + noise))


def test_any_bit_flipped_in_a_body_that_was_lent_is_refused():
    assert SHARE.open(MAYA.place(), SealedSection(LENT, SECTION.body)) == b"Warm light"
    for changed in each_bit_flipped(SECTION.body):
        assert refuses(SHARE.open, MAYA.place(), SealedSection(LENT, changed))


class TestAWholeBackup:
    """A head is a blob like the others, above; here are the chunks behind it."""

    def test_any_bit_flipped_in_a_chunk_is_refused(self):
        assert open_backup(SEALER.head + CHUNKS) == b"Warm light"
        assert all(refuses(open_backup, SEALER.head + changed) for changed in each_bit_flipped(CHUNKS))

    def test_cut_or_lengthened_anywhere_is_refused(self):
        blob = SEALER.head + CHUNKS

        assert all(refuses(open_backup, blob[:size]) for size in range(len(blob)))
        assert all(refuses(open_backup, blob + more) for more in (b"\0", CHUNKS, blob, bytes(16), bytes(70_000)))


def test_flipping_flips_one_bit():
    assert flipped(b"\0\0", 9) == b"\0\2"
    assert len(set(each_bit_flipped(b"\0\0"))) == 16


def relength(blob: bytes) -> bytes:
    return blob[:2] + max(0, len(blob) - 6).to_bytes(4, "big") + blob[6:]
