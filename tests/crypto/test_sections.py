import hashlib
import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import SECTION_MAX, IdentityBundle, Keyring, SealedSection
from journal.crypto.padding import pad, unpad
from journal.crypto.sections import PLACE_KINDS, SECTIONS

from . import by_hand
from .cast import Keeper, refuses

STORY = b'{"note":"Warm light, then the sea"}'

places = st.builds(
    lambda kind, section, revision, row_id: (kind, section, revision, row_id),
    st.sampled_from(sorted(PLACE_KINDS)),
    st.sampled_from(sorted(SECTIONS)),
    st.integers(0, 2**64 - 1),
    st.binary(min_size=16, max_size=16),
)


class TestSealing:
    def test_maya_reads_back_what_she_wrote(self, maya):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert Keyring(maya.bundle, maya.account_id).open(maya.place(), sealed) == STORY

    @given(st.binary(max_size=5000), places)
    @settings(max_examples=60, deadline=None)
    def test_anything_comes_back_from_any_place(self, text, where):
        maya = Keeper()
        kind, section, revision, row_id = where
        place = maya.place(kind=kind, section=section, revision=revision, row_id=row_id)

        assert maya.keyring.open(place, maya.keyring.seal(place, text)) == text

    def test_her_words_are_in_neither_column(self, maya):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert b"Warm light" not in sealed.key + sealed.body

    def test_the_same_words_never_look_the_same(self, maya):
        """Fresh key, fresh nonces, fresh commitment: the parts after the headers share nothing."""
        first, second = (maya.keyring.seal(maya.place(), STORY) for _ in range(2))

        assert first.body[:10] == second.body[:10]
        assert first.body[10:42] != second.body[10:42]
        assert first.body[42:54] != second.body[42:54]
        assert first.body[54:] != second.body[54:]
        assert first.key[10:22] != second.key[10:22]


class TestSwapping:
    """Someone who can write to the database moves things about; every move is refused."""

    @pytest.mark.parametrize(
        "elsewhere",
        [{"kind": kind} for kind in sorted(PLACE_KINDS) if kind != "check_in"]
        + [{"section": "ratings"}, {"revision": 0}, {"revision": 2}, {"revision": 2**64 - 1}]
        + [{"row_id": bytes(16)}],
    )
    def test_a_section_opens_only_where_it_belongs(self, maya, elsewhere):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert refuses(maya.keyring.open, maya.place(**elsewhere), sealed)

    def test_noor_cannot_open_mayas_nor_be_given_it_as_hers(self, maya, noor):
        sealed = maya.keyring.seal(maya.place(), STORY)
        as_hers = noor.place(row_id=maya.row_id)

        assert refuses(noor.keyring.open, maya.place(), sealed)
        assert refuses(noor.keyring.open, as_hers, sealed)
        assert refuses(maya.keyring.open, as_hers, sealed)

    def test_another_account_with_the_same_secrets_is_still_another_account(self, maya, noor):
        sealed = maya.keyring.seal(maya.place(), STORY)
        twin = Keyring(maya.bundle, noor.account_id)

        assert refuses(twin.open, maya.place(owner=noor.account_id), sealed)

    def test_a_key_and_a_body_belong_together(self, maya):
        """Even at one and the same place: an old body under a new key, or the reverse."""
        first, second = (maya.keyring.seal(maya.place(), text) for text in (STORY, b"changed"))

        assert refuses(maya.keyring.open, maya.place(), SealedSection(first.key, second.body))
        assert refuses(maya.keyring.open, maya.place(), SealedSection(second.key, first.body))

    def test_an_old_revision_does_not_pass_for_the_new_one(self, maya):
        old = maya.keyring.seal(maya.place(revision=1), STORY)

        assert refuses(maya.keyring.open, maya.place(revision=2), old)

    def test_columns_exchanged_are_refused(self, maya):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert refuses(maya.keyring.open, maya.place(), SealedSection(sealed.body, sealed.key))

    def test_another_epoch_is_refused(self, maya):
        sealed = maya.keyring.seal(maya.place(), STORY)
        later = Keyring(replace(maya.bundle, epoch=2), maya.account_id)

        assert refuses(later.open, maya.place(), sealed)
        for column in range(2):
            relabelled = list(sealed)
            relabelled[column] = sealed[column][:6] + b"\0\0\0\2" + sealed[column][10:]
            assert refuses(later.open, maya.place(), SealedSection(*relabelled))

    @pytest.mark.parametrize(
        "impossible",
        [
            {"revision": -1},
            {"revision": 2**64},
            {"kind": "dream"},
            {"section": ""},
            {"row_id": b"1"},
            {"owner": bytes(16)},
        ],
    )
    def test_a_place_that_cannot_exist_is_refused_on_opening_and_a_mistake_on_sealing(self, maya, impossible):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert refuses(maya.keyring.open, maya.place(**impossible), sealed)
        with pytest.raises(ValueError, match="not a place"):
            maya.keyring.seal(maya.place(**impossible), STORY)

    @pytest.mark.parametrize("column", [None, "text", 7, bytearray(70)])
    def test_a_column_of_another_type_is_refused(self, maya, column):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert refuses(maya.keyring.open, maya.place(), SealedSection(column, sealed.body))
        assert refuses(maya.keyring.open, maya.place(), SealedSection(sealed.key, column))


class TestSize:
    def test_tells_only_the_bucket(self, maya):
        sizes = [0, 1, 507, 508, 509, 1020, 1021, 2044, 4092, 4093, 9000]
        buckets = [512, 512, 512, 512, 1024, 1024, 2048, 2048, 4096, 8192, 16384]

        for size, bucket in zip(sizes, buckets, strict=True):
            sealed = maya.keyring.seal(maya.place(), bytes(size))
            assert (len(sealed.key), len(sealed.body)) == (70, 42 + bucket + 28)

    @given(st.integers(0, 20_000))
    @settings(max_examples=80, deadline=None)
    def test_is_always_a_power_of_two_less_than_twice_what_is_needed(self, size):
        bucket = len(pad(bytes(size)))

        assert bucket >= 512 and bucket & (bucket - 1) == 0
        assert bucket == 512 or bucket < 2 * (size + 4)

    def test_has_an_end(self, maya):
        longest = os.urandom(SECTION_MAX)

        assert len(pad(longest)) == 1024 * 1024
        assert maya.keyring.open(maya.place(), maya.keyring.seal(maya.place(), longest)) == longest
        with pytest.raises(ValueError, match="at most"):
            maya.keyring.seal(maya.place(), longest + b"!")

    @given(st.binary(max_size=600), st.integers(0, 511), st.integers(1, 255))
    @settings(max_examples=100, deadline=None)
    def test_padding_has_one_spelling(self, text, at, change):
        """Any byte of the length or of the zeros changed is refused or is other text padded rightly."""
        padded = bytearray(pad(text))
        padded[at] ^= change
        changed = bytes(padded)

        if not refuses(unpad, changed):
            assert pad(unpad(changed)) == changed
            assert unpad(changed) != text

    @pytest.mark.parametrize("padded", [b"\0" * 511, b"\0" * 768, b"\0" * 2048, b"\xff" * 512])
    def test_a_bucket_of_no_size_is_refused(self, padded):
        assert refuses(unpad, padded)


class TestForging:
    """What somebody who may write to the database can do with a key that was lent, or with the root key."""

    def test_dr_okafor_cannot_put_other_words_under_a_key_that_was_lent(self, maya):
        place = maya.place()
        sealed = maya.keyring.seal(place, STORY)
        lent = unwrap(maya, place, sealed)

        assert seal_body(maya, place, lent, STORY)[:42] == sealed.body[:42]
        for text in (b"other words", STORY):
            assert refuses(maya.keyring.open, place, SealedSection(sealed.key, seal_body(maya, place, lent, text)))

    def test_one_body_cannot_be_given_a_second_key(self, maya):
        """Not even by the owner, who could otherwise lend two reviewers two meanings of one body."""
        place = maya.place()
        sealed, other = (maya.keyring.seal(place, text) for text in (STORY, b"other"))
        forged = wrap(maya, place, unwrap(maya, place, other), sealed.body)

        assert refuses(maya.keyring.open, place, SealedSection(forged, sealed.body))

    def test_the_commitment_alone_refuses_a_second_key(self, maya):
        """A body that does open under the second key, with the first one's commitment in its header."""
        place = maya.place()
        sealed, other = (maya.keyring.seal(place, text) for text in (STORY, b"other"))
        second = unwrap(maya, place, other)
        body = seal_body(maya, place, second, STORY, commitment=sealed.body[10:42])

        assert refuses(maya.keyring.open, place, SealedSection(wrap(maya, place, second, body), body))

    def test_a_body_padded_otherwise_is_refused(self, maya):
        place = maya.place()
        section_key = os.urandom(32)
        for padded in (bytes(3) + b"\1" + b"a" * 508, bytes(600), bytes(2048)):
            body = seal_padded(maya, place, section_key, padded)
            assert refuses(maya.keyring.open, place, SealedSection(wrap(maya, place, section_key, body), body))

    @pytest.mark.parametrize("start", [b"\2\x41", b"\1\x42", b"\0\x41"], ids=["suite 2", "kind 0x42", "suite 0"])
    def test_a_body_of_another_suite_or_kind_is_refused_however_well_it_is_sealed(self, maya, start):
        place, section_key = maya.place(), os.urandom(32)
        body = seal_body(maya, place, section_key, STORY, start=start)

        assert refuses(maya.keyring.open, place, SealedSection(wrap(maya, place, section_key, body), body))

    @pytest.mark.parametrize("column", ["key", "body"])
    def test_a_column_of_another_epoch_is_refused_however_well_it_is_sealed(self, maya, column):
        place, section_key, later = maya.place(), os.urandom(32), b"\0\0\0\2"
        body = seal_body(maya, place, section_key, STORY, **({"epoch": later} if column == "body" else {}))
        key = wrap(maya, place, section_key, body, **({"epoch": later} if column == "key" else {}))

        assert refuses(maya.keyring.open, place, SealedSection(key, body))

    def test_the_forger_of_these_tests_can_forge(self, maya):
        """Control: with nothing wrong, what is made here by hand opens."""
        place = maya.place()
        section_key = os.urandom(32)
        body = seal_body(maya, place, section_key, STORY)

        assert maya.keyring.open(place, SealedSection(wrap(maya, place, section_key, body), body)) == STORY


def seal_body(owner, place, section_key, text, **otherwise):
    return seal_padded(owner, place, section_key, pad(text), **otherwise)


def seal_padded(owner, place, section_key, padded, *, commitment=None, start=b"\1\x41", epoch=b"\0\0\0\1"):
    both = by_hand.expand(section_key, "section-key", length=64)
    header = start + (36 + 28 + len(padded)).to_bytes(4, "big") + epoch + (commitment or both[32:])
    nonce = os.urandom(12)
    return header + nonce + AESGCM(both[:32]).encrypt(nonce, padded, header + bound(owner, place))


def wrap(owner, place, section_key, body, *, epoch=b"\0\0\0\1"):
    header, nonce = b"\1\x40\0\0\0\x40" + epoch, os.urandom(12)
    aad = header + bound(owner, place) + hashlib.sha256(body).digest()
    return header + nonce + AESGCM(wrap_key(owner)).encrypt(nonce, section_key, aad)


def unwrap(owner, place, sealed):
    aad = sealed.key[:10] + bound(owner, place) + hashlib.sha256(sealed.body).digest()
    return by_hand.unseal(wrap_key(owner), sealed.key[10:], aad)


def wrap_key(owner):
    return by_hand.hkdf(owner.bundle.root_key, "section-wrap", owner.account_id)


def bound(owner, place):
    codes = bytes([by_hand.PLACES[place.kind], by_hand.SECTIONS[place.section]])
    return codes + place.row_id + owner.account_id + place.revision.to_bytes(8, "big") + b"\0\0\0\1"


def test_a_keyring_needs_an_account(maya):
    with pytest.raises(ValueError, match="16 bytes"):
        Keyring(IdentityBundle.generate(), b"maya")
