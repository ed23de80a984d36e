"""Maya lends sections to Dr Okafor: what was lent opens for both, where it belongs, and nothing else does."""

import hashlib
import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import Keyring, SealedSection, ShareKeys
from journal.crypto.sections import LENDABLE_KINDS, PLACE_KINDS, SECTIONS

from . import by_hand
from .cast import Keeper, in_hand, refuses
from .test_sections import bound, seal_body, unwrap, wrap

STORY = b'{"note":"Warm light, then the sea"}'


def lent(maya, place, share, text=STORY):
    """A section of Maya's, as Dr Okafor gets it."""
    sealed = maya.keyring.seal(place, text)
    return SealedSection(maya.keyring.lend(place, sealed, share), sealed.body)


class TestLending:
    @pytest.mark.parametrize("kind", sorted(LENDABLE_KINDS))
    @pytest.mark.parametrize("section", sorted(SECTIONS))
    def test_dr_okafor_reads_what_maya_lent(self, maya, share, kind, section):
        place = maya.place(kind=kind, section=section, revision=2**64 - 1)

        assert in_hand(share).open(place, lent(maya, place, share)) == STORY

    @given(st.binary(max_size=3000), st.integers(0, 2**64 - 1))
    @settings(max_examples=40, deadline=None)
    def test_anything_lent_is_read(self, text, revision):
        maya = Keeper()
        place, share = maya.place(revision=revision), maya.share()

        assert share.open(place, lent(maya, place, share, text)) == text

    def test_the_body_stays_and_the_owner_still_reads_it(self, maya, share):
        sealed = maya.keyring.seal(maya.place(), STORY)
        key = maya.keyring.lend(maya.place(), sealed, share)

        assert len(key) == 70
        assert maya.keyring.open(maya.place(), sealed) == STORY
        assert key != maya.keyring.lend(maya.place(), sealed, share)

    def test_a_share_outlives_an_epoch(self, maya, share):
        """Sealed anew in the next epoch and lent again; each lent key opens the body it was made for."""
        later = Keyring(replace(maya.bundle, epoch=2), maya.account_id)
        sealed = later.seal(maya.place(), STORY)
        old, new = lent(maya, maya.place(), share), later.lend(maya.place(), sealed, share)

        assert share.open(maya.place(), old) == share.open(maya.place(), SealedSection(new, sealed.body)) == STORY
        assert refuses(maya.keyring.lend, maya.place(), sealed, share)
        assert refuses(share.open, maya.place(), SealedSection(old.key, sealed.body))
        assert refuses(share.open, maya.place(), SealedSection(new, old.body))
        relabelled = SealedSection(old.key[:6] + b"\0\0\0\2" + old.key[10:], sealed.body)
        assert refuses(share.open, maya.place(), relabelled)

    @pytest.mark.parametrize(
        "elsewhere",
        [{"section": "ratings"}, {"revision": 2}, {"row_id": bytes(16)}, {"kind": "session"}, {"revision": -1}],
    )
    def test_what_does_not_open_is_not_lent(self, maya, share, elsewhere):
        sealed = maya.keyring.seal(maya.place(), STORY)

        assert refuses(maya.keyring.lend, maya.place(**elsewhere), sealed, share)

    def test_changed_words_are_not_lent(self, maya, noor, share):
        sealed, other = (maya.keyring.seal(maya.place(), text) for text in (STORY, b"changed"))

        assert refuses(maya.keyring.lend, maya.place(), SealedSection(sealed.key, other.body), share)
        assert refuses(maya.keyring.lend, maya.place(), SealedSection(other.key, sealed.body), share)
        assert refuses(maya.keyring.lend, maya.place(), noor.keyring.seal(noor.place(), STORY), share)
        broken = sealed.body[:-1] + bytes([sealed.body[-1] ^ 1])
        assert refuses(maya.keyring.lend, maya.place(), SealedSection(sealed.key, broken), share)

    def test_a_body_that_commits_to_another_key_is_not_lent(self, maya, share):
        place, section_key = maya.place(), os.urandom(32)
        body = seal_body(maya, place, section_key, STORY, commitment=os.urandom(32))

        assert refuses(maya.keyring.lend, place, SealedSection(wrap(maya, place, section_key, body), body), share)

    @pytest.mark.parametrize("kind", sorted(set(PLACE_KINDS) - LENDABLE_KINDS))
    def test_a_profile_a_phones_key_and_the_like_are_never_lent(self, maya, share, kind):
        place = maya.place(kind=kind)
        sealed = maya.keyring.seal(place, STORY)

        with pytest.raises(ValueError, match="nothing that is lent"):
            maya.keyring.lend(place, sealed, share)
        forged = lent_by_hand(share, place, unwrap(maya, place, sealed), sealed.body)
        assert refuses(share.open, place, SealedSection(forged, sealed.body))

    def test_nothing_is_lent_to_a_share_of_somebody_elses(self, maya, noor):
        sealed = maya.keyring.seal(maya.place(), STORY)

        with pytest.raises(ValueError, match="not this account's share"):
            maya.keyring.lend(maya.place(), sealed, noor.share())


class TestRatingsOnly:
    def test_opens_the_ratings_and_no_story(self, maya):
        share = maya.share(story=False)
        ratings, story = maya.place(section="ratings"), maya.place()
        with_story = ShareKeys(share.share_id, share.owner, share.secrets["ratings"], os.urandom(32))

        assert set(share.secrets) == {"ratings"}
        assert share.open(ratings, lent(maya, ratings, share)) == STORY
        assert refuses(share.open, story, lent(maya, story, with_story))
        with pytest.raises(ValueError, match="does not lend that section"):
            lent(maya, story, share)

    def test_a_story_wrapped_with_the_ratings_key_opens_neither_way(self, maya):
        """A mistake of the owner's server, or Dr Okafor's own wish: the place is bound, and so is the key."""
        share, place = maya.share(), maya.place()
        sealed = maya.keyring.seal(place, STORY)
        key = lent_by_hand(share, place, unwrap(maya, place, sealed), sealed.body, secret="ratings")

        assert refuses(share.open, place, SealedSection(key, sealed.body))
        assert refuses(share.open, maya.place(section="ratings"), SealedSection(key, sealed.body))
        assert refuses(in_hand(maya.share(story=False)).open, place, SealedSection(key, sealed.body))

    def test_a_ratings_key_does_not_open_the_story_beside_it(self, maya, share):
        ratings, story = (lent(maya, maya.place(section=section), share) for section in ("ratings", "story"))

        assert refuses(share.open, maya.place(section="story"), SealedSection(ratings.key, story.body))
        assert refuses(share.open, maya.place(section="story"), ratings)
        assert refuses(share.open, maya.place(section="ratings"), story)

    def test_the_two_keys_exchanged_open_nothing(self, maya, share):
        other_way = ShareKeys(share.share_id, share.owner, share.secrets["story"], share.secrets["ratings"])

        for section in SECTIONS:
            place = maya.place(section=section)
            assert refuses(other_way.open, place, lent(maya, place, share))


class TestMoving:
    """Someone who can write to the database moves wraps about; every move is refused."""

    @pytest.mark.parametrize(
        "elsewhere",
        [{"kind": kind} for kind in sorted(PLACE_KINDS) if kind != "check_in"]
        + [{"section": "ratings"}, {"revision": 0}, {"revision": 2}, {"revision": 2**64 - 1}, {"row_id": bytes(16)}],
    )
    def test_what_was_lent_opens_only_where_it_belongs(self, maya, share, elsewhere):
        assert refuses(share.open, maya.place(**elsewhere), lent(maya, maya.place(), share))

    @pytest.mark.parametrize(
        "impossible", [{"revision": -1}, {"revision": 2**64}, {"kind": "dream"}, {"section": ""}, {"row_id": b"1"}]
    )
    def test_a_place_that_cannot_exist_is_refused(self, maya, share, impossible):
        assert refuses(share.open, maya.place(**impossible), lent(maya, maya.place(), share))

    def test_another_share_another_owner_or_other_keys_do_not_open_it(self, maya, noor, share):
        given, secrets = lent(maya, maya.place(), share), (share.secrets["ratings"], share.secrets["story"])
        moved = ShareKeys(os.urandom(16), maya.account_id, *secrets)
        noors = ShareKeys(share.share_id, noor.account_id, *secrets)
        others = ShareKeys(share.share_id, maya.account_id, os.urandom(32), os.urandom(32))

        assert refuses(moved.open, maya.place(), given)
        assert refuses(noors.open, maya.place(), given)
        assert refuses(noors.open, noor.place(row_id=maya.row_id), given)
        assert refuses(others.open, maya.place(), given)
        assert refuses(share.open, noor.place(row_id=maya.row_id), given)

    def test_a_lent_key_and_a_body_belong_together(self, maya, share):
        first, second = (lent(maya, maya.place(), share, text) for text in (STORY, b"changed"))

        assert refuses(share.open, maya.place(), SealedSection(first.key, second.body))
        assert refuses(share.open, maya.place(), SealedSection(second.key, first.body))

    def test_an_owners_wrap_and_a_lent_one_do_not_pass_for_each_other(self, maya, share):
        place = maya.place()
        sealed = maya.keyring.seal(place, STORY)
        key = maya.keyring.lend(place, sealed, share)

        for kind, other in ((b"\x40", key), (b"\x51", sealed.key)):
            relabelled = SealedSection(other[:1] + kind + other[2:], sealed.body)
            assert refuses(maya.keyring.open, place, relabelled)
            assert refuses(share.open, place, relabelled)
        assert refuses(maya.keyring.open, place, SealedSection(key, sealed.body))
        assert refuses(maya.keyring.lend, place, SealedSection(key, sealed.body), share)
        assert refuses(share.open, place, sealed)


class TestForging:
    """Dr Okafor holds the share's keys and can write to the database."""

    def test_cannot_make_maya_take_other_words_for_hers(self, maya, share):
        place = maya.place()
        sealed = maya.keyring.seal(place, STORY)
        section_key = lent_section_key(share, place, maya.keyring.lend(place, sealed, share), sealed.body)
        other = seal_body(maya, place, section_key, b"other words")
        other_wrap = lent_by_hand(share, place, section_key, other)

        assert section_key == unwrap(maya, place, sealed)
        assert other[:42] == sealed.body[:42]
        assert refuses(maya.keyring.open, place, SealedSection(sealed.key, other))
        for key in (other_wrap, b"\1\x40" + other_wrap[2:]):
            assert refuses(maya.keyring.open, place, SealedSection(key, other))
        assert refuses(maya.keyring.lend, place, SealedSection(sealed.key, other), maya.share())

    def test_nor_another_reviewer(self, maya, share):
        """Mr Lund was lent the same section: his wrap is around Maya's words and no others."""
        place, lunds = maya.place(), maya.share()
        sealed = maya.keyring.seal(place, STORY)
        to_okafor, to_lund = (maya.keyring.lend(place, sealed, to) for to in (share, lunds))
        other = seal_body(maya, place, lent_section_key(share, place, to_okafor, sealed.body), b"other words")

        assert lunds.open(place, SealedSection(to_lund, sealed.body)) == STORY
        assert refuses(lunds.open, place, SealedSection(to_lund, other))
        assert refuses(lunds.open, place, SealedSection(to_okafor, sealed.body))

    def test_maya_cannot_lend_two_meanings_of_one_body(self, maya, share):
        place = maya.place()
        sealed, other = (maya.keyring.seal(place, text) for text in (STORY, b"other"))
        forged = lent_by_hand(share, place, unwrap(maya, place, other), sealed.body)

        assert refuses(share.open, place, SealedSection(forged, sealed.body))

    @pytest.mark.parametrize("column", ["key", "body"])
    def test_a_column_of_another_epoch_is_refused_however_well_it_is_sealed(self, maya, share, column):
        place, section_key, later = maya.place(), os.urandom(32), b"\0\0\0\2"
        body = seal_body(maya, place, section_key, STORY, **({"epoch": later} if column == "body" else {}))
        key = lent_by_hand(share, place, section_key, body, **({"epoch": later} if column == "key" else {}))

        assert refuses(share.open, place, SealedSection(key, body))

    def test_the_forger_of_these_tests_can_forge(self, maya, share):
        """Control; and why an owner must not read her own through a share."""
        place = maya.place()
        section_key = os.urandom(32)
        body = seal_body(maya, place, section_key, b"other words")

        assert share.open(place, SealedSection(lent_by_hand(share, place, section_key, body), body)) == b"other words"


class TestKeys:
    def test_are_new_for_every_share_and_section(self, maya):
        secrets = [secret for _ in range(3) for secret in maya.share().secrets.values()]

        assert len(set(secrets)) == len(secrets) == 6

    def test_are_not_shown_when_printed(self, share):
        assert not any(secret.hex() in repr(share) or repr(secret) in repr(share) for secret in share.secrets.values())

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_of_another_size_are_mistakes(self, maya, size):
        for wrong in ((bytes(16), bytes(size)), (bytes(16), bytes(32), bytes(size)), (bytes(size), bytes(32))):
            with pytest.raises(ValueError, match=r"(32|16) bytes"):
                ShareKeys(wrong[0], maya.account_id, *wrong[1:])


def lent_by_hand(share, place, section_key, body, *, secret=None, epoch=b"\0\0\0\1"):
    """The epoch in the place is the header's, as whoever opens takes it from there."""
    start, nonce = b"\1\x51\0\0\0\x40" + epoch, os.urandom(12)
    aad = start + bound_for(share, place)[:-4] + epoch + hashlib.sha256(body).digest()
    return start + nonce + AESGCM(wrap_key(share, secret or place.section)).encrypt(nonce, section_key, aad)


def lent_section_key(share, place, key, body):
    aad = key[:10] + bound_for(share, place) + hashlib.sha256(body).digest()
    return by_hand.unseal(wrap_key(share, place.section), key[10:], aad)


def wrap_key(share, section):
    return by_hand.hkdf(share.secrets[section], "share-wrap", share.share_id + share.owner)


def bound_for(share, place):
    return bound(Keeper(account_id=share.owner), place)
