"""Codes that change every half minute, as every authenticator app makes them."""

import pytest

from journal.crypto import matching_step, new_factor_secret, provisioning_uri

SECRET = b"12345678901234567890"
# RFC 6238, appendix B, SHA-1: the last six of its eight digits.
PUBLISHED = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]


@pytest.mark.parametrize(("at", "code"), PUBLISHED)
def test_it_is_the_published_code(at, code):
    assert matching_step(SECRET, code, at) == at // 30


@pytest.mark.parametrize(("away", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(away, taken):
    at, code = PUBLISHED[1]

    assert matching_step(SECRET, code, at + away) == (at // 30 if taken else None)


def test_a_step_that_was_used_and_those_before_it_are_refused():
    at, code = PUBLISHED[1]

    assert matching_step(SECRET, code, at, after=at // 30 - 1) == at // 30
    assert matching_step(SECRET, code, at, after=at // 30) is None
    assert matching_step(SECRET, code, at, after=at // 30 + 1) is None


@pytest.mark.parametrize("code", ["", "81804", "0081804", "08180x", "\ud800", "é"])
def test_what_is_no_code_is_refused(code):
    assert matching_step(SECRET, code, PUBLISHED[1][0]) is None


def test_at_the_beginning_of_time_there_is_no_step_before():
    assert matching_step(SECRET, "755224", 0) == 0
    assert matching_step(SECRET, "000000", 0) is None


def test_a_secret_has_20_bytes_and_is_new():
    assert len(new_factor_secret()) == 20
    assert new_factor_secret() != new_factor_secret()
    with pytest.raises(ValueError, match="20 bytes"):
        matching_step(b"short", "000000", 0)


def test_an_app_is_told_all_it_needs():
    uri = provisioning_uri(SECRET, "Shoreline", "okafor: at work")

    assert uri.startswith("otpauth://totp/Shoreline:okafor%3A%20at%20work?")
    assert {"secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "issuer=Shoreline", "digits=6", "period=30"} <= set(
        uri.partition("?")[2].split("&")
    )
