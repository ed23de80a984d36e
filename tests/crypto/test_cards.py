"""Maya and Dr Okafor come to know each other's keys, and nobody else's in their place."""

import os
from dataclasses import replace

import pytest

from journal.crypto import digits, make_card, read_card, verify_card

from . import by_hand
from .cast import Keeper, refuses, signed

LATER = 2_000_000_000


def card_of(keeper, **changes):
    what = {"purpose": "in_person", "expires_at": LATER, "name": "Dr Okafor"} | changes
    return make_card(keeper.bundle, keeper.public, **what)


class TestACard:
    @pytest.mark.parametrize("purpose", ["in_person", "link"])
    @pytest.mark.parametrize("name", ["O", "Dr Ngozi Okafor", "å" * 80, "x" * 160])
    def test_says_who_and_until_when(self, okafor, purpose, name):
        blob = card_of(okafor, purpose=purpose, name=name)
        card = verify_card(blob, okafor.public)

        assert card == read_card(blob)
        assert (card.account_id, card.fingerprint) == (okafor.account_id, okafor.public.fingerprint)
        assert (card.purpose, card.expires_at, card.name) == (purpose, LATER, name)
        assert len(blob) == 128 + len(name.encode())

    @pytest.mark.parametrize("name", ["", "x" * 161, "å" * 81, "\ud800"])
    def test_has_a_name_that_fits(self, okafor, name):
        with pytest.raises(ValueError, match=r"name|surrogates"):
            card_of(okafor, name=name)

    @pytest.mark.parametrize("wrong", [{"purpose": "poster"}, {"expires_at": -1}, {"expires_at": 2**64}])
    def test_is_for_something_and_for_a_while(self, okafor, wrong):
        with pytest.raises(ValueError, match="nothing known"):
            card_of(okafor, **wrong)

    def test_of_one_does_not_pass_for_anothers(self, maya, okafor):
        assert refuses(verify_card, card_of(okafor), maya.public)

    def test_with_mallorys_key_in_it_is_not_dr_okafors(self, okafor):
        """Mallory has an account with Dr Okafor's id and keys of her own; Maya asks for both identities."""
        mallory = Keeper(account_id=okafor.account_id)
        hers, his = card_of(mallory), card_of(okafor)

        assert verify_card(hers, mallory.public).account_id == verify_card(his, okafor.public).account_id
        assert refuses(verify_card, hers, okafor.public)
        assert refuses(verify_card, his, mallory.public)

    def test_of_dr_okafor_signed_by_mallory_is_refused(self, okafor):
        mallory = Keeper()
        forged = make_card(mallory.bundle, okafor.public, "in_person", LATER, "Dr Okafor")

        assert read_card(forged).fingerprint == okafor.public.fingerprint
        assert refuses(verify_card, forged, okafor.public)

    def test_that_names_other_keys_is_refused_however_well_it_is_signed(self, okafor):
        """The same account and signing key, with the fingerprint of another share key."""
        later = Keeper(okafor.account_id, replace(okafor.bundle, share_secret=os.urandom(32)))

        assert later.public.signing_public == okafor.public.signing_public
        assert refuses(verify_card, card_of(later), okafor.public)

    def test_signed_for_something_else_is_refused(self, okafor):
        """A signature of the same key over the same bytes, under another label."""
        blob = card_of(okafor)

        assert refuses(verify_card, blob[:-64] + signed(okafor, "letter-signature", blob[:-64]), okafor.public)
        assert verify_card(blob[:-64] + signed(okafor, "card", blob[:-64]), okafor.public)

    @pytest.mark.parametrize("number", [0, 3, 255])
    def test_for_an_unknown_purpose_is_refused_however_well_it_is_signed(self, okafor, number):
        body = bytearray(card_of(okafor)[:-64])
        body[6] = number
        blob = bytes(body) + signed(okafor, "card", bytes(body))

        assert refuses(read_card, blob)
        assert refuses(verify_card, blob, okafor.public)

    @pytest.mark.parametrize(
        ("length", "name"), [(0, b""), (1, b"Ok"), (3, b"Ok"), (161, b"x" * 161), (2, b"\xff\xfe"), (2, b"\xc0\xaf")]
    )
    def test_with_a_name_that_cannot_be_is_refused_however_well_it_is_signed(self, okafor, length, name):
        rest = card_of(okafor)[6:63] + bytes([length]) + name
        body = b"\1\x53" + (len(rest) + 64).to_bytes(4, "big") + rest

        assert refuses(verify_card, body + signed(okafor, "card", body), okafor.public)


class TestDigits:
    def test_are_twelve_groups_of_five_and_always_the_same(self, maya, okafor):
        shown = digits(okafor.public.fingerprint)

        assert [len(group) for group in shown if group.isdecimal()] == [5] * 12
        assert shown == digits(okafor.public.fingerprint) == tuple(by_hand.digits(okafor.public.fingerprint))
        assert shown != digits(maya.public.fingerprint)

    def test_of_almost_the_same_keys_are_others_everywhere(self):
        print_ = os.urandom(32)
        changed = digits(print_[:-1] + bytes([print_[-1] ^ 1]))

        assert sum(one == other for one, other in zip(digits(print_), changed, strict=True)) <= 1

    def test_lean_nowhere(self):
        """The first digit is the one that a modulus would make lean; 72,000 of them, chi-squared with 9 degrees."""
        counts = [0] * 10
        for number in range(6000):
            for group in digits(number.to_bytes(32, "big")):
                counts[int(group[0])] += 1

        assert sum((count - 7200) ** 2 / 7200 for count in counts) < 40
        most, least = -(-(2**40) // 10**5), 2**40 // 10**5
        assert most / least - 1 < 1e-7

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_are_of_a_fingerprint_only(self, size):
        with pytest.raises(ValueError, match="32 bytes"):
            digits(bytes(size))
