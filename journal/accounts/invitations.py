"""Invitations: a code a person can read out, of which the database keeps a hash."""

import secrets
from datetime import timedelta

from sqlalchemy import delete, insert

from journal import clock, database
from journal.accounts.models import INVITATIONS, PATIENT, ROLES
from journal.crypto import token_hash

# Crockford's base32, without letters that look like others; 20 of them are 100 random bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")
GROUPS, GROUP = 4, 5


def invite(role: str = PATIENT, valid_for: timedelta = timedelta(days=14)) -> str:
    """A code with which one person can sign up as `role`; told once, kept as a hash. Codes past their end go."""
    if role not in ROLES:
        raise ValueError(f"a role is one of {', '.join(ROLES)}")
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    with database.writing() as c:
        c.execute(delete(INVITATIONS).where(INVITATIONS.c.expires_at <= clock.now()))
        c.execute(insert(INVITATIONS).values(code_hash=code_hash(code), role=role, expires_at=clock.now() + valid_for))
    return code


def code_hash(code: str) -> bytes:
    """What the database keeps, the same however the code was typed: any case, with spaces or dashes."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return token_hash("invitation", typed.translate(LOOK_ALIKES))
