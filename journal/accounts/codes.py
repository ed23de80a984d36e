"""Codes a person can read out and type: random, in groups, without letters that look like others."""

import secrets
import unicodedata

# Crockford's base32: 5 random bits a letter.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")


def new_code(groups: int, group: int) -> str:
    """A code of so many groups of so many letters."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(group)) for _ in range(groups))


def as_typed(code: str) -> str:
    """The one spelling of a code: any case, spaces and dashes, digits of any script, O for 0, I or L for 1."""
    signs = (sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in signs).translate(LOOK_ALIKES)
