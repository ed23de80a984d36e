"""Cookies: which browser asks, and what it must keep."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, request

from journal.accounts.devices import described
from journal.accounts.service import DEVICE_COOKIE, SIGN_IN_COOKIE, Browser, SignedIn
from journal.crypto import Refused, SignInToken
from journal.web.contract import Answer

DEVICE_COOKIE_FOR = timedelta(days=365)


def browser() -> Browser:
    """The browser at the door."""
    try:
        sign_in_id = SignInToken.parse(request.cookies.get(SIGN_IN_COOKIE, "")).row_id
    except Refused:
        sign_in_id = None
    return Browser(described(request.user_agent.string), request.cookies.get(DEVICE_COOKIE), sign_in_id)


def let_in(value: dict[str, Any] | None, status: int, signed_in: SignedIn) -> Answer:
    """The answer to somebody let in, with what their browser must keep."""
    cookies = (
        _remember(SIGN_IN_COOKIE, signed_in.token.cookie_value, None),
        _remember(DEVICE_COOKIE, signed_in.device, DEVICE_COOKIE_FOR),
    )
    return Answer(value, status, cookies=cookies)


def _remember(name: str, value: str, max_age: timedelta | None) -> Callable[[Response], None]:
    def remember(response: Response) -> None:
        response.set_cookie(name, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="Strict")

    return remember


def forget(name: str) -> Callable[[Response], None]:
    """Take a cookie away from whoever is answered."""

    def without(response: Response) -> None:
        response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="Strict")

    return without
