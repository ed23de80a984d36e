"""What an account knows of its owner: the login name as typed, settings. Sealed, and opened only for the owner."""

from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, select, update

from journal import database, documents
from journal.accounts.models import ACCOUNTS
from journal.crypto import Keyring, Place, Refused, SealedSection
from journal.errors import DoesNotOpen, SignInNeeded

COLUMNS = (ACCOUNTS.c.profile_revision, ACCOUNTS.c.profile_key, ACCOUNTS.c.profile)


@dataclass(frozen=True)
class Profile:
    """The sealed part of an account. `settings_revision` changes with the settings only."""

    login_name: str
    recovery_code_confirmed: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    settings_revision: int = 1
    # The lengths that the hold had before: each until when, and how many hours. A hold that has begun keeps its own.
    hold_hours_before: list[tuple[str, int]] = field(default_factory=list)
    # Holds that were on when their session was deleted or moved, each from when until when.
    holds_kept: list[tuple[str, str]] = field(default_factory=list)
    second_factor: dict[str, Any] = field(default_factory=dict, repr=False)


def sealed(profile: Profile, keyring: Keyring, account_id: bytes, revision: int) -> dict[str, Any]:
    """The profile as values of the account's columns."""
    section = keyring.seal(_place(account_id, revision), orjson.dumps(documents.written(profile)))
    return {"profile_revision": revision, "profile_key": section.key, "profile": section.body}


def opened(row: Row[int, bytes, bytes], keyring: Keyring, account_id: bytes) -> Profile:
    """The profile in a row of `COLUMNS`; `DoesNotOpen` when it is not as it was sealed."""
    try:
        plain = keyring.open(_place(account_id, row.profile_revision), SealedSection(row.profile_key, row.profile))
    except Refused:
        raise DoesNotOpen from None
    return Profile(**documents.known(Profile, orjson.loads(plain)))


def read(keyring: Keyring, account_id: bytes) -> Profile:
    """The owner's profile."""
    with database.reading() as c:
        row = _row(c, select(*COLUMNS).where(ACCOUNTS.c.id == account_id))
    return opened(row, keyring, account_id)


def lock_and_open(c: Connection, keyring: Keyring, account_id: bytes) -> tuple[Profile, int]:
    """The profile and its revision; nobody else changes it until the transaction ends."""
    row = _row(c, select(*COLUMNS).where(ACCOUNTS.c.id == account_id).with_for_update())
    return opened(row, keyring, account_id), row.profile_revision


def change(c: Connection, keyring: Keyring, account_id: bytes, **changes: Any) -> Profile:
    """Seal the profile anew with some fields replaced."""
    profile, revision = lock_and_open(c, keyring, account_id)
    profile = replace(profile, **changes)
    values = sealed(profile, keyring, account_id, revision + 1)
    c.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(values))
    return profile


def _row(c: Connection, query: Select[int, bytes, bytes]) -> Row[int, bytes, bytes]:
    row = c.execute(query).one_or_none()
    if row is None:  # Deleted in another tab since this request came in.
        raise SignInNeeded
    return row


def _place(account_id: bytes, revision: int) -> Place:
    return Place("profile", row_id=account_id, owner=account_id, section="ratings", revision=revision)
