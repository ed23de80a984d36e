import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import (
    PASSWORD_MAX,
    Refused,
    normalise_password,
    open_with_password,
    spend_password_work,
    wrap_for_password,
)
from journal.crypto.password import WORK, read_header, stretch

from .cast import PASSWORD, refuses

SALT = bytes(16)


class Begun(Exception):
    """The work is about to be done."""


def begun(**asked: object) -> None:
    raise Begun


class TestMayasPassword:
    def test_opens_her_bundle_however_her_keyboard_spells_it(self, maya, mayas_way_in):
        decomposed = unicodedata.normalize("NFD", PASSWORD).replace(" ", "\N{NO-BREAK SPACE}")

        assert decomposed != PASSWORD
        assert open_with_password(mayas_way_in, decomposed, maya.account_id) == maya.bundle

    def test_a_wrong_one_is_refused(self, maya, mayas_way_in):
        assert refuses(open_with_password, mayas_way_in, PASSWORD.upper(), maya.account_id)

    def test_does_not_open_it_as_noors(self, maya, noor, mayas_way_in):
        assert refuses(open_with_password, mayas_way_in, PASSWORD, noor.account_id)

    def test_changed_bits_are_refused_from_end_to_end(self, maya, mayas_way_in):
        """A sample, since these pay for the work: a bit of the salt, and one of the sealed bundle."""
        for bit in (8 * 12, 8 * 100):
            changed = bytearray(mayas_way_in)
            changed[bit // 8] ^= 1
            blob = bytes(changed)
            assert refuses(open_with_password, blob, PASSWORD, maya.account_id)

    def test_has_a_salt_of_its_own_every_time(self, maya, mayas_way_in):
        again = wrap_for_password(maya.bundle, PASSWORD, maya.account_id)

        assert read_header(again)[1] != read_header(mayas_way_in)[1]


class TestTheWork:
    @pytest.mark.parametrize(
        ("memory", "passes", "lanes"),
        [
            *((8, 3, 1), (64 * 1024 - 1, 3, 1), (64 * 1024, 2, 1), (64 * 1024, 1, 1), (64 * 1024, 3, 0)),
            *((64 * 1024 + 1, 3, 1), (2**32 - 1, 3, 1), (64 * 1024, 4, 1), (64 * 1024, 3, 2)),
        ],
    )
    def test_lowered_or_raised_is_refused_before_any_of_it_is_done(
        self, maya, mayas_way_in, monkeypatch, memory, passes, lanes
    ):
        changed = memory.to_bytes(4, "big") + bytes([passes, lanes])
        blob = mayas_way_in[:6] + changed + mayas_way_in[12:]
        monkeypatch.setattr("journal.crypto.password.Argon2id", begun)

        assert refuses(open_with_password, blob, PASSWORD, maya.account_id)
        with pytest.raises(Begun):
            open_with_password(mayas_way_in, PASSWORD, maya.account_id)

    def test_is_64_mib_and_three_passes(self, mayas_way_in):
        work, salt = read_header(mayas_way_in)

        assert (work.memory, work.passes, work.lanes) == (64 * 1024, 3, 1)
        assert len(salt) == 16

    def test_is_spent_for_a_name_nobody_has(self):
        started = time.process_time()
        stretch(PASSWORD, WORK, SALT)
        once = time.process_time() - started
        spend_password_work(PASSWORD)

        assert time.process_time() - started > 1.5 * once


class TestSpelling:
    def test_all_128_characters_count(self):
        assert normalise_password("é" * 127 + "a") != normalise_password("é" * 127 + "b")
        assert stretch("é" * 127 + "a", WORK, SALT) != stretch("é" * 127 + "b", WORK, SALT)

    @pytest.mark.parametrize("password", ["", "x" * (PASSWORD_MAX + 1), "\ud800" * 15, "x" * 10_000])
    def test_what_nobody_can_have_is_refused_in_both_directions(self, maya, mayas_way_in, password):
        assert refuses(wrap_for_password, maya.bundle, password, maya.account_id)
        assert refuses(open_with_password, mayas_way_in, password, maya.account_id)
        assert refuses(spend_password_work, password)

    def test_what_differs_to_the_eye_stays_different(self):
        pairs = [("Sommar", "sommar"), ("²", "2"), ("ﬁ", "fi"), (" a", "a"), ("a  b", "a b")]

        for one, other in pairs:
            assert normalise_password(one) != normalise_password(other)

    @given(st.text(max_size=40))
    @settings(max_examples=100, deadline=None)
    def test_normalising_twice_changes_nothing_more(self, password):
        once = normalise_password(password)

        assert normalise_password(once) == once
        assert normalise_password(unicodedata.normalize("NFD", password)) == once


def test_a_wrap_that_is_too_short_is_refused_not_an_error(maya):
    with pytest.raises(Refused, match=r"^refused$"):
        open_with_password(b"", PASSWORD, maya.account_id)
