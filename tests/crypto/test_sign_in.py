import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.crypto import Refused, SignInToken

from .cast import refuses


class TestMayasSignIn:
    def test_opens_her_bundle_with_the_cookie_alone(self, maya):
        token = SignInToken.generate()
        blob = token.wrap(maya.bundle, maya.account_id)

        came_back = SignInToken.parse(token.cookie_value)
        assert came_back.row_id == token.row_id
        assert came_back.open(blob, maya.account_id) == maya.bundle

    def test_does_not_open_with_another_cookie_or_for_another_account(self, maya, noor):
        token = SignInToken.generate()
        blob = token.wrap(maya.bundle, maya.account_id)

        assert refuses(SignInToken.generate().open, blob, maya.account_id)
        assert refuses(token.open, blob, noor.account_id)

    def test_is_kept_under_an_id_that_does_not_tell_the_cookie(self, maya):
        token = SignInToken.generate()

        assert len(token.row_id) == 32
        assert token.row_id != token.secret
        assert refuses(SignInToken(token.row_id).open, token.wrap(maya.bundle, maya.account_id), maya.account_id)

    def test_is_never_printed_by_accident(self):
        assert repr(SignInToken(os.urandom(32))) == "SignInToken()"


class TestTheCookie:
    @given(st.binary(min_size=32, max_size=32))
    @settings(max_examples=50, deadline=None)
    def test_is_43_characters_that_come_back(self, secret):
        value = SignInToken(secret).cookie_value

        assert len(value) == 43
        assert SignInToken.parse(value).secret == secret

    @pytest.mark.parametrize(
        "value", ["", "A" * 42, "A" * 44, "A" * 42 + "B", "+" * 43, "/" * 43, "é" * 43, "A" * 42 + "=", "A" * 42 + "\n"]
    )
    def test_in_any_other_spelling_is_refused(self, value):
        with pytest.raises(Refused):
            SignInToken.parse(value)

    @given(st.text(max_size=60))
    @settings(max_examples=100, deadline=None)
    def test_anything_else_a_browser_sends_is_refused_or_a_token(self, value):
        if not refuses(SignInToken.parse, value):
            assert SignInToken.parse(value).cookie_value == value
