"""Setting up a second factor, and its recovery codes. A whole sign-in takes the place of the half one."""

import base64
from dataclasses import dataclass, field, replace

from journal import database
from journal.accounts import host, profile, sign_ins
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile
from journal.accounts.refusals import FactorNotBegun, FactorSet, FirstCodeRefused
from journal.accounts.second_factor import Factor, new_recovery_codes, step_of
from journal.accounts.sign_ins import Browser, SignedIn
from journal.accounts.ways_in import Proven
from journal.crypto import Refused, new_factor_secret, provisioning_uri
from journal.errors import SignInNeeded

ISSUER = "Shoreline"


@dataclass(frozen=True)
class FactorView:
    """Whether a second factor is set, and how many of its recovery codes were not used yet."""

    enabled: bool
    recovery_codes_left: int


@dataclass(frozen=True)
class NewFactor:
    """What an authenticator app needs, as text and as what a QR code says. Told once."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def view_factor(owner: Owner) -> FactorView:
    """The owner's second factor, without its secret."""
    factor = Factor.of(profile.read(owner.keyring, owner.account_id))
    return FactorView(factor.is_set, len(factor.recovery))


def begin_factor(owner: Owner) -> NewFactor:
    """A new secret; it counts once a first code has shown that an app has it. One that is set works until then."""
    secret = new_factor_secret()
    with database.writing() as c:
        known, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        factor = Factor.of(known)
        if factor.is_set and not (owner.second_factor and owner.stepped_up):
            raise FactorSet
        pending = replace(factor, pending=secret.hex())
        profile.change(c, owner.keyring, owner.account_id, second_factor=pending.kept())
    text = base64.b32encode(secret).decode()
    return NewFactor(text, provisioning_uri(secret, ISSUER, known.login_name))


def confirm_factor(owner: Owner, code: str, browser: Browser) -> tuple[SignedIn, list[str]]:
    """Take the new secret into use with its first code. Every sign-in ends, for they were begun without it."""
    codes, hashes = new_recovery_codes()
    try:
        lock = host.here().lock(owner.account_id)
    except Refused:  # Deleted in another tab since this request came in.
        raise SignInNeeded from None
    with database.writing() as c:
        known, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        sign_ins.check_not_ended(c, owner)
        pending, step = _confirmed(owner, Factor.of(known), code)
        factor = Factor(pending, step, hashes)
        profile.change(c, owner.keyring, owner.account_id, second_factor=factor.kept())
        sign_ins.end_all(c, owner.account_id)
        who = Proven(owner.account_id, owner.role, _login_index(known), owner.bundle, lock)
        return sign_ins.begin(c, who, browser, second_factor=True, stepped_up_at=owner.stepped_up_at), codes


def renew_recovery_codes(owner: Owner) -> list[str]:
    """Ten new recovery codes for the second factor, told once; those before work no more."""
    codes, hashes = new_recovery_codes()
    with database.writing() as c:
        known, _ = profile.lock_and_open(c, owner.keyring, owner.account_id)
        factor = Factor.of(known)
        if not factor.is_set:
            raise FactorNotBegun
        renewed = replace(factor, recovery=hashes)
        profile.change(c, owner.keyring, owner.account_id, second_factor=renewed.kept())
    return codes


def _confirmed(owner: Owner, factor: Factor, code: str) -> tuple[str, int]:
    """The secret that this code confirms, and the step whose code it was."""
    if factor.is_set and not owner.second_factor:
        raise FactorSet
    if factor.pending is None:
        raise FactorNotBegun
    step = step_of(factor.pending, code)
    if step is None:
        raise FirstCodeRefused
    return factor.pending, step


def _login_index(known: Profile) -> bytes:
    return host.here().login_index(known.login_name)
