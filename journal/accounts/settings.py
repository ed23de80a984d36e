"""What the owner set: sealed in the profile, kept by revision."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from journal import database
from journal.accounts import profile
from journal.accounts.owner import Owner
from journal.errors import ChangedElsewhere

HOLD_LEAST, HOLD_HOURS, HOLD_MOST = 4, 24, 168


@dataclass(frozen=True)
class Settings:
    """The owner's settings as they are, and which revision of them this is."""

    values: dict[str, Any]
    revision: int

    @property
    def etag(self) -> str:
        """The revision as HTTP has it."""
        return f'"{self.revision}"'

    @property
    def hold_hours(self) -> int:
        """For how long after a dose what is written is held, to be re-read before anybody else may be shown it."""
        hours: int = self.values.get("hold_hours", HOLD_HOURS)
        return hours


def read_settings(owner: Owner) -> Settings:
    """The settings; empty until something is set."""
    found = profile.read(owner.keyring, owner.account_id)
    return Settings(found.settings, found.settings_revision)


def keep_settings(owner: Owner, values: dict[str, Any], etag: str | None) -> Settings:
    """Put `values` in place of the settings with this `etag`; `ChangedElsewhere` when they are others by now."""
    with database.writing() as c:
        found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        current = Settings(found.settings, found.settings_revision)
        if values == current.values:
            return current
        if etag != current.etag:
            raise ChangedElsewhere(members={"current": current.values}, headers={"ETag": current.etag})
        kept = Settings(values, current.revision + 1)
        profile.change(c, owner.keyring, owner.account_id, settings=kept.values, settings_revision=kept.revision)
        return kept


def fill_settings(c: Connection, owner: Owner, values: dict[str, Any]) -> dict[str, Any]:
    """Set, in this transaction, what was not set yet; what that was."""
    found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
    new = {name: value for name, value in values.items() if name not in found.settings}
    if new:
        _change(c, owner, found, found.settings | new)
    return new


def unset_settings(c: Connection, owner: Owner, values: dict[str, Any]) -> None:
    """Unset, in this transaction, what is still just that."""
    found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
    left = {name: value for name, value in found.settings.items() if name not in values or values[name] != value}
    if left != found.settings:
        _change(c, owner, found, left)


def _change(c: Connection, owner: Owner, found: profile.Profile, values: dict[str, Any]) -> None:
    revision = found.settings_revision + 1
    profile.change(c, owner.keyring, owner.account_id, settings=values, settings_revision=revision)
