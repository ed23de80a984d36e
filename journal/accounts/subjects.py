"""Whose tries count together. All names are blind: the database cannot tell whose they are."""

from collections.abc import Iterable

from journal.accounts import host
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import Proven, Way

PASSWORD = "password"  # noqa: S105  names a count, no secret
RECOVERY = "recovery"
STEP_UP = "step-up"
SIGN_UP = "sign-up"
SECOND_FACTOR = "factor-code"
SECOND_FACTOR_RECOVERY = "factor-recovery"
AT_DOOR = (PASSWORD, RECOVERY, SECOND_FACTOR, SECOND_FACTOR_RECOVERY)


def at_door(purpose: str, login_index: bytes, way: Way | None, device_id: bytes | None) -> bytes:
    """The tries at a name, or those on a device its owner has used before, which no stranger can use up."""
    if way is not None and way.device_known and device_id is not None:
        return _on_device(purpose, device_id)
    return host.here().subject(purpose, login_index)


def step_up(account_id: bytes) -> bytes:
    """The tries of somebody signed in; nobody at the door can use these up either."""
    return host.here().subject(STEP_UP, account_id)


def second_factor(who: Proven, browser: Browser) -> tuple[bytes, bytes]:
    """The tries at the second factor's codes, and at its recovery codes, by somebody who knows the password."""
    device_id = browser.device_id(who.login_index)
    by_app, by_recovery_code = (
        at_door(purpose, who.login_index, who.by, device_id) for purpose in (SECOND_FACTOR, SECOND_FACTOR_RECOVERY)
    )
    return by_app, by_recovery_code


def sign_up(invitation: bytes | None) -> bytes:
    """The turns at signing up of whoever has this invitation, by its hash; without one, of all strangers together."""
    return host.here().subject(SIGN_UP, invitation or b"")


def of(who: Proven, browser: Browser) -> list[bytes]:
    """Every count that the right password on this browser begins anew."""
    device_id = browser.device_id(who.login_index)
    return _all_of((PASSWORD, RECOVERY), who.account_id, who.login_index, () if device_id is None else (device_id,))


def every(account_id: bytes, login_index: bytes, devices: Iterable[bytes]) -> list[bytes]:
    """Every count of an account with these devices."""
    return _all_of(AT_DOOR, account_id, login_index, devices)


def _all_of(purposes: tuple[str, ...], account_id: bytes, login_index: bytes, devices: Iterable[bytes]) -> list[bytes]:
    at_name = [host.here().subject(purpose, login_index) for purpose in purposes]
    on_devices = [_on_device(purpose, device) for device in devices for purpose in purposes]
    return [*at_name, step_up(account_id), *on_devices]


def _on_device(purpose: str, device_id: bytes) -> bytes:
    return host.here().subject(f"{purpose}-known-device", device_id)
