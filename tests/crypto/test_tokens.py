import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import (
    login_index,
    new_key,
    new_token,
    normalise_login_name,
    subject_hash,
    token_hash,
)

INDEX_KEY = os.urandom(32)


class TestTheBlindIndex:
    @pytest.mark.parametrize(
        "spelling",
        ["maya.å", "  Maya.Å ", "MAYA.A\N{COMBINING RING ABOVE}", "\N{FULLWIDTH LATIN SMALL LETTER M}aya.å\n"],
    )
    def test_finds_maya_however_she_spells_her_name(self, spelling):
        assert normalise_login_name(spelling) == "maya.å"
        assert login_index(INDEX_KEY, spelling) == login_index(INDEX_KEY, "maya.å")

    def test_keeps_names_apart_and_hosts_apart(self):
        assert login_index(INDEX_KEY, "maya") != login_index(INDEX_KEY, "noor")
        assert login_index(INDEX_KEY, "maya") != login_index(os.urandom(32), "maya")
        assert len(login_index(INDEX_KEY, "maya")) == 32

    @given(st.text(max_size=30))
    @settings(max_examples=100, deadline=None)
    def test_normalising_twice_changes_nothing_more(self, name):
        once = normalise_login_name(name)

        assert normalise_login_name(once) == once

    def test_needs_a_real_key(self):
        with pytest.raises(ValueError, match="32 bytes"):
            login_index(b"", "maya")
        with pytest.raises(ValueError, match="32 bytes"):
            subject_hash(b"", "address", "192.0.2.1")


class TestHashes:
    def test_of_one_token_differ_by_purpose(self):
        token = new_token()

        assert token_hash("device", token) == token_hash("device", token)
        assert token_hash("device", token) != token_hash("invitation", token)
        assert token_hash("device", token) != token_hash("device", new_token())

    def test_of_one_subject_differ_by_purpose_and_by_host(self):
        subjects = [
            subject_hash(INDEX_KEY, "address", "192.0.2.1"),
            subject_hash(INDEX_KEY, "address", "192.0.2.2"),
            subject_hash(INDEX_KEY, "login-name", "192.0.2.1"),
            subject_hash(os.urandom(32), "address", "192.0.2.1"),
            token_hash("address", "192.0.2.1"),
        ]

        assert len(set(subjects)) == 5
        assert {len(subject) for subject in subjects} == {32}

    @pytest.mark.parametrize("purpose", ["", "Device", "device\0", "d" * 33, "1st"])
    def test_a_purpose_is_a_plain_word(self, purpose):
        with pytest.raises(ValueError, match="purpose"):
            token_hash(purpose, "token")

    def test_text_no_keyboard_makes_is_hashed_all_the_same(self):
        assert len(subject_hash(INDEX_KEY, "address", "\ud800")) == 32


def test_new_keys_and_tokens_are_never_twice_the_same():
    assert len({new_key() for _ in range(100)}) == 100
    assert len({new_token() for _ in range(100)}) == 100
    assert (len(new_key()), len(new_token())) == (32, 43)
