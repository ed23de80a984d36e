"""The way in by recovery code: 130 random bits a person can write down and type back."""

import os
import secrets
import unicodedata
from dataclasses import dataclass, field

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
from .labels import Label, derive

CODE_BITS = 130
SALT_BYTES = 16

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {symbol: value for value, symbol in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SYMBOLS = CODE_BITS // 5
# The largest prime that two symbols can hold: one changed symbol, or any two swapped, always shows.
_CHECK_PRIME = 1021
_CHECK_SYMBOLS = 2
_GROUP = 4
_TEXT_MAX = 200

LAYOUT = Layout(Kind.RECOVERY_WAY_IN, SALT_BYTES, BUNDLE_BYTES + BOX_OVERHEAD, BUNDLE_BYTES + BOX_OVERHEAD)
_HEADER_END = PREFIX_BYTES + SALT_BYTES


@dataclass(frozen=True)
class RecoveryCode:
    """A recovery code: 28 symbols in 7 groups of 4, the last two of them a check."""

    value: int = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.value < 1 << CODE_BITS:
            raise ValueError("a recovery code has 130 bits")

    @classmethod
    def generate(cls) -> "RecoveryCode":
        """A new code, never seen before."""
        return cls(secrets.randbits(CODE_BITS))

    @classmethod
    def parse(cls, text: str) -> "RecoveryCode":
        """What a person typed: any case, spaces and dashes, O for 0, I or L for 1; a typo is Refused."""
        if len(text) > _TEXT_MAX:
            raise Refused
        typed = unicodedata.normalize("NFKC", text).upper()
        values = [_VALUES.get(symbol) for symbol in typed if symbol.isalnum()]
        if len(values) != _SYMBOLS + _CHECK_SYMBOLS:
            raise Refused
        whole = 0
        for value in values:
            if value is None:
                raise Refused
            whole = whole * 32 + value
        code, check_value = divmod(whole, 32**_CHECK_SYMBOLS)
        if code % _CHECK_PRIME != check_value:
            raise Refused
        return cls(code)

    @property
    def groups(self) -> tuple[str, ...]:
        """The code as it is shown, four symbols at a time."""
        whole = self.value * 32**_CHECK_SYMBOLS + self.value % _CHECK_PRIME
        count = _SYMBOLS + _CHECK_SYMBOLS
        text = "".join(_ALPHABET[whole >> 5 * place & 31] for place in reversed(range(count)))
        return tuple(text[start : start + _GROUP] for start in range(0, count, _GROUP))

    def __str__(self) -> str:
        return "-".join(self.groups)

    def secret(self) -> bytes:
        """The 130 bits as 17 bytes, big-endian, without the check."""
        return self.value.to_bytes((CODE_BITS + 7) // 8, "big")


def wrap_for_recovery(bundle: IdentityBundle, code: RecoveryCode, account_id: bytes) -> bytes:
    """The bundle, openable by whoever holds the recovery code of this account."""
    exactly(account_id, ACCOUNT_BYTES, "account id")
    header = prefix(LAYOUT, BUNDLE_BYTES + BOX_OVERHEAD) + os.urandom(SALT_BYTES)
    return header + seal_box(_cipher(code, header, account_id), bundle.encode(), header + account_id)


def open_with_recovery(blob: bytes, code: RecoveryCode, account_id: bytes) -> IdentityBundle:
    """The bundle, when the code is the one it was wrapped for."""
    check(blob, LAYOUT)
    header, box = blob[:_HEADER_END], blob[_HEADER_END:]
    return IdentityBundle.decode(open_box(_cipher(code, header, account_id), box, header + account_id))


def _cipher(code: RecoveryCode, header: bytes, account_id: bytes) -> AESGCM:
    return AESGCM(derive(code.secret(), Label.RECOVERY_WAY_IN, account_id, salt=header[PREFIX_BYTES:]))
