"""What the owner set: sealed in the profile, kept by revision."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from journal import clock, database
from journal.accounts import profile
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile
from journal.errors import ChangedElsewhere

HOLD_LEAST, HOLD_HOURS, HOLD_MOST = 4, 24, 168
# So many changes of the hold's length, and so many holds by themselves, are remembered.
REMEMBERED = 1000


@dataclass(frozen=True)
class Settings:
    """The owner's settings as they are, and which revision of them this is."""

    values: dict[str, Any]
    revision: int
    hold_hours_before: list[tuple[str, int]] = field(default_factory=list)
    holds_kept: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, known: Profile) -> "Settings":
        """The settings in a profile."""
        return cls(known.settings, known.settings_revision, known.hold_hours_before, known.holds_kept)

    @property
    def etag(self) -> str:
        """The revision as HTTP has it."""
        return f'"{self.revision}"'

    @property
    def hold_hours(self) -> int:
        """For how long after a dose what is written is held, to be re-read before anybody else may be shown it."""
        hours: int = self.values.get("hold_hours", HOLD_HOURS)
        return hours

    @property
    def hold_lengths_before(self) -> list[tuple[datetime, timedelta]]:
        """How long the hold was before: each length until when, the oldest first."""
        return [(datetime.fromisoformat(at), timedelta(hours=it)) for at, it in self.hold_hours_before]

    @property
    def holds_by_themselves(self) -> list[tuple[datetime, datetime]]:
        """The holds that were kept, each from when until when."""
        return [(datetime.fromisoformat(begun), datetime.fromisoformat(until)) for begun, until in self.holds_kept]

    def hold_hours_by_then(self, after: "Settings", now: datetime) -> list[tuple[str, int]]:
        """The lengths before those of `after`, which are put in place now."""
        if after.hold_hours == self.hold_hours:
            return self.hold_hours_before
        return [*self.hold_hours_before, (now.isoformat(), self.hold_hours)][-REMEMBERED:]


def read_settings(owner: Owner) -> Settings:
    """The settings; empty until something is set."""
    return Settings.of(profile.read(owner.keyring, owner.account_id))


def keep_hold(owner: Owner, begun: datetime, until: datetime) -> None:
    """Remember a hold by itself, whatever becomes of the session it began with."""
    hold = (begun.isoformat(), until.isoformat())
    with database.writing() as c:
        found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        kept = [(was, end) for was, end in found.holds_kept if (was, end) != hold]
        profile.change(c, owner.keyring, owner.account_id, holds_kept=[*kept, hold][-REMEMBERED:])


def keep_settings(owner: Owner, values: dict[str, Any], etag: str | None) -> Settings:
    """Put `values` in place of the settings with this `etag`; `ChangedElsewhere` when they are others by now."""
    with database.writing() as c:
        found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        current = Settings.of(found)
        if values == current.values:
            return current
        if etag != current.etag:
            raise ChangedElsewhere(members={"current": current.values}, headers={"ETag": current.etag})
        return _change(c, owner, current, values)


def fill_settings(c: Connection, owner: Owner, values: dict[str, Any]) -> dict[str, Any]:
    """Set, in this transaction, what was not set yet; what that was."""
    found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
    new = {name: value for name, value in values.items() if name not in found.settings}
    if new:
        _change(c, owner, Settings.of(found), found.settings | new)
    return new


def unset_settings(c: Connection, owner: Owner, values: dict[str, Any]) -> None:
    """Unset, in this transaction, what is still just that."""
    found, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
    left = {name: value for name, value in found.settings.items() if name not in values or values[name] != value}
    if left != found.settings:
        _change(c, owner, Settings.of(found), left)


def _change(c: Connection, owner: Owner, current: Settings, values: dict[str, Any]) -> Settings:
    """Whatever changes the settings, a hold that has begun keeps the length it had."""
    kept = Settings(values, current.revision + 1)
    before = current.hold_hours_by_then(kept, clock.now())
    profile.change(
        c, owner.keyring, owner.account_id, settings=kept.values, settings_revision=kept.revision,
        hold_hours_before=before,
    )  # fmt: skip
    return kept
