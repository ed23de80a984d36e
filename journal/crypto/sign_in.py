"""A sign-in: one random token in a cookie, from which its row and its key both follow."""

import base64
import binascii
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .framing import (
    BOX_OVERHEAD,
    PREFIX_BYTES,
    Kind,
    Layout,
    Refused,
    check,
    exactly,
    open_box,
    prefix,
    seal_box,
)
from .identity import ACCOUNT_BYTES, BUNDLE_BYTES, IdentityBundle
from .labels import KEY_BYTES, Label, derive
from .tokens import new_key

_COOKIE_CHARACTERS = 43
_LAYOUT = Layout(Kind.SIGN_IN, 0, BUNDLE_BYTES + BOX_OVERHEAD, BUNDLE_BYTES + BOX_OVERHEAD)


@dataclass(frozen=True)
class SignInToken:
    """What a signed-in browser holds and the database does not."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        exactly(self.secret, KEY_BYTES, "sign-in token")

    @classmethod
    def generate(cls) -> "SignInToken":
        """A new token, for one sign-in."""
        return cls(new_key())

    @classmethod
    def parse(cls, cookie_value: str) -> "SignInToken":
        """The token a cookie carries; only the one spelling `cookie_value` gives is taken."""
        if len(cookie_value) != _COOKIE_CHARACTERS:
            raise Refused
        try:
            token = cls(base64.b64decode(cookie_value + "=", altchars=b"-_", validate=True))
        except (binascii.Error, ValueError):
            raise Refused from None
        if token.cookie_value != cookie_value:
            raise Refused
        return token

    @property
    def cookie_value(self) -> str:
        """The token as 43 characters of base64url."""
        return base64.urlsafe_b64encode(self.secret).decode().rstrip("=")

    @cached_property
    def row_id(self) -> bytes:
        """The 32 bytes under which the sign-in is kept; the token cannot be had from them."""
        return derive(self.secret, Label.SIGN_IN_ROW)

    def wrap(self, bundle: IdentityBundle, account_id: bytes) -> bytes:
        """The bundle, openable while somebody holds this token."""
        exactly(account_id, ACCOUNT_BYTES, "account id")
        header = prefix(_LAYOUT, BUNDLE_BYTES + BOX_OVERHEAD)
        return header + seal_box(self._cipher(account_id), bundle.encode(), header + account_id + self.row_id)

    def open(self, blob: bytes, account_id: bytes) -> IdentityBundle:
        """The bundle this token wrapped for this account."""
        check(blob, _LAYOUT)
        header, box = blob[:PREFIX_BYTES], blob[PREFIX_BYTES:]
        return IdentityBundle.decode(open_box(self._cipher(account_id), box, header + account_id + self.row_id))

    def _cipher(self, account_id: bytes) -> AESGCM:
        return AESGCM(derive(self.secret, Label.SIGN_IN_WRAP, account_id))
