from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import RecoveryCode, Refused, open_with_recovery, wrap_for_recovery

from .cast import refuses

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.builds(RecoveryCode, st.integers(0, 2**130 - 1))


class TestMayasCode:
    def test_opens_her_bundle_once_typed_back(self, maya):
        code = RecoveryCode.generate()
        blob = wrap_for_recovery(maya.bundle, code, maya.account_id)

        assert open_with_recovery(blob, RecoveryCode.parse(str(code)), maya.account_id) == maya.bundle

    def test_another_code_or_another_account_is_refused(self, maya, noor):
        code = RecoveryCode.generate()
        blob = wrap_for_recovery(maya.bundle, code, maya.account_id)

        assert refuses(open_with_recovery, blob, RecoveryCode.generate(), maya.account_id)
        assert refuses(open_with_recovery, blob, code, noor.account_id)

    def test_is_seven_groups_of_four_without_letters_that_look_like_digits(self):
        code = RecoveryCode(2**130 - 1)

        assert str(code) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZGX"
        assert str(RecoveryCode(0)) == "-".join(["0000"] * 7)
        assert len(code.groups) == 7

    def test_is_never_printed_by_accident(self):
        assert repr(RecoveryCode(7)) == "RecoveryCode()"


class TestTypingIt:
    @given(codes, st.sampled_from(["", " ", "-", " — ", "\n", "\N{NO-BREAK SPACE}", "."]), st.booleans())
    @settings(max_examples=60, deadline=None)
    def test_is_forgiving_of_how_it_is_written(self, code, between, lower):
        text = between.join(code.groups)
        text = text.lower().replace("0", "o").replace("1", "l") if lower else text.replace("1", "I")

        assert RecoveryCode.parse(f"  {text}\n") == code

    def test_wide_digits_of_another_keyboard_are_taken(self):
        text = str(RecoveryCode(12345))
        wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in text)

        assert RecoveryCode.parse(wide) == RecoveryCode(12345)

    @pytest.mark.parametrize("text", ["", "U" * 28, "0" * 27, "0" * 29, "0" * 10_000, "\ud800", "ж" * 28])
    def test_what_is_no_code_is_refused(self, text):
        with pytest.raises(Refused):
            RecoveryCode.parse(text)


class TestTheCheck:
    """What the two check symbols promise, tried in full for a few codes."""

    @given(codes)
    @settings(max_examples=4, deadline=None)
    def test_every_single_wrong_symbol_shows(self, code):
        text = str(code).replace("-", "")

        for place, right in enumerate(text):
            for wrong in set(ALPHABET) - {right}:
                assert refuses(RecoveryCode.parse, text[:place] + wrong + text[place + 1 :])

    @given(codes)
    @settings(max_examples=10, deadline=None)
    def test_every_two_symbols_swapped_show_next_to_each_other_or_not(self, code):
        text = str(code).replace("-", "")

        for first, second in combinations(range(len(text)), 2):
            swapped = list(text)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            if text[first] != text[second]:
                assert refuses(RecoveryCode.parse, "".join(swapped))

    def test_the_arithmetic_behind_both_promises(self):
        """A wrong symbol adds d * 32^i, a swap d * (32^i - 32^j) or d * (32^i + 32^j): never 0 modulo 1021."""
        powers = [pow(32, place, 1021) for place in range(28)]

        assert all(d * power % 1021 for d in range(1, 32) for power in powers)
        assert len(set(powers[:26])) == 26
        assert all((data + check) % 1021 for data in powers[:26] for check in powers[:2])

    def test_of_other_mistakes_about_one_in_a_thousand_passes(self):
        code = RecoveryCode(2**129 + 12345)
        text = str(code).replace("-", "")
        passed = sum(not refuses(RecoveryCode.parse, a + b + text[2:]) for a in ALPHABET for b in ALPHABET)

        assert passed <= 3
