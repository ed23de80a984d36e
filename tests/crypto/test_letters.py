"""Maya writes to Dr Okafor; nobody else reads it, or writes it for her."""

import os
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from journal.crypto import (
    LETTER_MAX,
    IdentityBundle,
    LetterPlace,
    PublicIdentity,
    open_letter,
    seal_letter,
)
from journal.crypto.padding import pad

from . import by_hand
from .cast import Keeper, refuses, signed

WORDS = b'{"ratings":"..."}'


def between(sender, recipient, **changes):
    place = LetterPlace("share", sender.account_id, recipient.account_id, os.urandom(16))
    return replace(place, **changes)


def read_by(reader, sender, place, blob):
    return open_letter(reader.bundle, reader.public.fingerprint, sender.public, place, blob)


class TestALetter:
    @pytest.mark.parametrize("purpose", ["share", "returned"])
    @pytest.mark.parametrize("size", [0, 1, 444, 445, 956, 957, LETTER_MAX])
    def test_is_read_by_whom_it_is_for(self, maya, okafor, purpose, size):
        place, document = between(maya, okafor, purpose=purpose), os.urandom(size)
        blob = seal_letter(maya.bundle, okafor.public, place, document)

        assert read_by(okafor, maya, place, blob) == document
        assert document not in blob or size <= 1

    def test_tells_only_the_bucket(self, maya, okafor):
        sizes = [0, 444, 445, 956, 957, 1980, 1981, LETTER_MAX]
        blobs = [seal_letter(maya.bundle, okafor.public, between(maya, okafor), bytes(size)) for size in sizes]

        assert [len(blob) - 1191 for blob in blobs] == [512, 512, 1024, 1024, 2048, 2048, 4096, 4096]

    def test_has_an_end(self, maya, okafor):
        with pytest.raises(ValueError, match="at most 4028"):
            seal_letter(maya.bundle, okafor.public, between(maya, okafor), bytes(LETTER_MAX + 1))

    def test_is_read_by_nobody_else(self, maya, okafor, noor):
        place = between(maya, okafor)
        blob = seal_letter(maya.bundle, okafor.public, place, WORDS)
        lost = Keeper(account_id=okafor.account_id)

        assert refuses(read_by, noor, maya, place, blob)
        assert refuses(read_by, maya, maya, place, blob)
        assert refuses(read_by, lost, maya, place, blob)

    @pytest.mark.parametrize("moved", ["purpose", "sender", "recipient", "letter_id"])
    def test_is_read_only_where_it_belongs(self, maya, okafor, moved):
        place = between(maya, okafor)
        blob = seal_letter(maya.bundle, okafor.public, place, WORDS)
        elsewhere = replace(place, **{moved: "returned" if moved == "purpose" else os.urandom(16)})

        assert refuses(read_by, okafor, maya, elsewhere, blob)
        assert refuses(read_by, okafor, maya, elsewhere, blob[:6] + elsewhere.encode() + blob[55:])

    @pytest.mark.parametrize("impossible", [{"purpose": "poem"}, {"sender": b"maya"}, {"letter_id": b""}])
    def test_that_cannot_exist_is_refused_on_opening_and_a_mistake_on_sealing(self, maya, okafor, impossible):
        place = between(maya, okafor)
        blob = seal_letter(maya.bundle, okafor.public, place, WORDS)

        assert refuses(read_by, okafor, maya, replace(place, **impossible), blob)
        with pytest.raises(ValueError, match=r"nothing known|16 bytes"):
            seal_letter(maya.bundle, okafor.public, replace(place, **impossible), WORDS)

    def test_names_whom_it_is_sealed_to(self, maya, okafor, noor):
        with pytest.raises(ValueError, match="whom it names"):
            seal_letter(maya.bundle, noor.public, between(maya, okafor), WORDS)

    def test_to_a_key_that_nothing_can_be_sealed_to_is_refused(self, maya):
        """A reviewer whose machine signs an X25519 key of low order; it is no mistake of Maya's."""
        broken = LowOrder()

        assert refuses(seal_letter, maya.bundle, broken.public, between(maya, broken), WORDS)


class TestForging:
    """What others can do with a letter, or with Dr Okafor's public key."""

    def test_dr_okafor_cannot_hand_it_on_as_if_it_were_to_noor(self, maya, okafor, noor):
        """Maya's signature and words, sealed again to Noor: at Maya's place, and at one that names Noor."""
        place = between(maya, okafor)
        inner = opened(okafor, seal_letter(maya.bundle, okafor.public, place, WORDS))

        for where in (place, replace(place, recipient=noor.account_id)):
            assert refuses(read_by, noor, maya, where, sealed_to(noor, where, inner))

    def test_nor_to_other_keys_of_the_account_it_was_for(self, maya, okafor):
        """Why the fingerprint is signed: the same header, the same account, keys that Maya did not see."""
        place, swapped = between(maya, okafor), Keeper(account_id=okafor.account_id)
        inner = opened(okafor, seal_letter(maya.bundle, okafor.public, place, WORDS))

        assert refuses(read_by, swapped, maya, place, sealed_to(swapped, place, inner))
        assert read_by(okafor, maya, place, sealed_to(okafor, place, inner)) == WORDS

    def test_mallory_cannot_write_for_maya(self, maya, okafor):
        place, mallory = between(maya, okafor), Keeper()
        as_maya = seal_letter(mallory.bundle, okafor.public, place, WORDS)
        as_herself = between(mallory, okafor)

        assert refuses(read_by, okafor, maya, place, as_maya)
        assert refuses(read_by, okafor, maya, as_herself, seal_letter(mallory.bundle, okafor.public, as_herself, WORDS))
        assert refuses(read_by, okafor, mallory, place, as_maya)

    @pytest.mark.parametrize("label", ["card", "public-identity", "letter"])
    def test_a_signature_for_something_else_is_none(self, maya, okafor, label):
        place = between(maya, okafor)
        message = header(place, 512) + okafor.public.fingerprint + WORDS

        assert refuses(read_by, okafor, maya, place, sealed_to(okafor, place, signed(maya, label, message) + WORDS))
        rightly = sealed_to(okafor, place, signed(maya, "letter-signature", message) + WORDS)
        assert read_by(okafor, maya, place, rightly) == WORDS

    @pytest.mark.parametrize("inner", [b"", b"short", bytes(64), bytes(63)])
    def test_without_a_signature_it_is_refused(self, maya, okafor, inner):
        place = between(maya, okafor)

        assert refuses(read_by, okafor, maya, place, sealed_to(okafor, place, inner))

    @pytest.mark.parametrize("padded", [bytes(600), bytes(2048), bytes(3) + b"\1" + b"a" * 508, b"\xff" * 512])
    def test_padded_otherwise_it_is_refused(self, maya, okafor, padded):
        place = between(maya, okafor)
        start = header(place, len(padded))

        assert refuses(read_by, okafor, maya, place, start + hpke(okafor, start, padded))

    @pytest.mark.parametrize("where", ["first", "second"])
    def test_with_parts_of_another_it_is_refused(self, maya, okafor, where):
        """The same place twice: one's encapsulated key or one's words under the other's."""
        place = between(maya, okafor)
        one, other = (seal_letter(maya.bundle, okafor.public, place, WORDS) for _ in range(2))
        cut = 55 + (1088 if where == "first" else 1120)

        assert refuses(read_by, okafor, maya, place, one[:cut] + other[cut:])


class LowOrder(Keeper):
    @property
    def public(self):
        body = self.bundle.public(self.account_id)[:-64]
        broken = body[: 58 + 1184] + bytes(32) + body[58 + 1216 :]
        return PublicIdentity.decode(broken + signed(self, "public-identity", broken), self.account_id)


def header(place, bucket):
    return b"\1\x50" + (49 + 1120 + bucket + 16).to_bytes(4, "big") + place.encode()


def hpke(reader, start, padded):
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.encrypt(padded, reader.public.share_key(), by_hand.info("letter", start))


def sealed_to(reader, place, inner):
    padded = pad(inner)
    return header(place, len(padded)) + hpke(reader, header(place, len(padded)), padded)


def opened(reader, blob):
    """Signature and document, as whoever has the reader's bundle can see them."""
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    padded = suite.decrypt(blob[55:], reader.bundle.share_key(), by_hand.info("letter", blob[:55]))
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def test_an_identity_that_came_back_reads_old_letters(maya, okafor):
    place = between(maya, okafor)
    blob = seal_letter(maya.bundle, okafor.public, place, WORDS)
    again = IdentityBundle.decode(okafor.bundle.encode())

    assert open_letter(again, okafor.public.fingerprint, maya.public, place, blob) == WORDS
