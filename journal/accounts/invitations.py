"""Invitations: a code a person can read out, of which the database keeps a hash."""

from datetime import timedelta

from sqlalchemy import delete, insert

from journal import clock, database
from journal.accounts.codes import as_typed, new_code
from journal.accounts.models import INVITATIONS, PATIENT, ROLES
from journal.crypto import token_hash

# 100 random bits.
GROUPS, GROUP = 4, 5


def invite(role: str = PATIENT, valid_for: timedelta = timedelta(days=14)) -> str:
    """A code with which one person can sign up as `role`; told once, kept as a hash. Codes past their end go."""
    if role not in ROLES:
        raise ValueError(f"a role is one of {', '.join(ROLES)}")
    code = new_code(GROUPS, GROUP)
    with database.writing() as c:
        c.execute(delete(INVITATIONS).where(INVITATIONS.c.expires_at <= clock.now()))
        c.execute(insert(INVITATIONS).values(code_hash=code_hash(code), role=role, expires_at=clock.now() + valid_for))
    return code


def code_hash(code: str) -> bytes:
    """What the database keeps, the same however the code was typed."""
    return token_hash("invitation", as_typed(code))
