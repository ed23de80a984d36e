"""Changing what opens an account, and leaving with everything gone."""

from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from journal import database
from journal.accounts import (
    erasures,
    host,
    profile,
    second_factor,
    sign_ins,
    subjects,
    throttle,
    ways_in,
)
from journal.accounts.models import PASSWORD, RECOVERY
from journal.accounts.naming import check_password
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile
from journal.accounts.refusals import PasswordRefused, RecoveryRefused
from journal.accounts.sign_ins import Browser, SignedIn
from journal.accounts.signing_in import prove_again
from journal.accounts.ways_in import Proven
from journal.crypto import RecoveryCode, Refused
from journal.errors import SignInNeeded


def change_password(owner: Owner, current: str, new: str, browser: Browser) -> SignedIn:
    """Wrap the same identity for a new password; every other sign-in ends."""
    login_name = profile.read(owner.keyring, owner.account_id).login_name
    with host.here().hashing():
        check_password(new, login_name, "#/new_password")
        who = prove_again(owner, current)
        wrap = ways_in.by_password(who.bundle, new, who.lock, who.account_id)
    try:
        with database.writing() as c:
            ways_in.hold(c, who)
            ways_in.put(c, who.account_id, PASSWORD, wrap)
            sign_ins.end_all(c, who.account_id)
            throttle.forget(c, subjects.of(who, browser))
            return sign_ins.begin(c, who, browser, owner.second_factor)
    except Refused:
        raise PasswordRefused from None


def renew_recovery_code(owner: Owner) -> str:
    """A new recovery code, told once; the old one opens nothing more."""
    code = RecoveryCode.generate()
    try:
        lock = host.here().lock(owner.account_id)
    except Refused:  # Deleted in another tab since this request came in.
        raise SignInNeeded from None
    wrap = ways_in.by_recovery(owner.bundle, code, lock, owner.account_id)
    with database.writing() as c:
        ways_in.put(c, owner.account_id, RECOVERY, wrap)
        profile.change(c, owner.keyring, owner.account_id, recovery_code_confirmed=False)
    return str(code)


def confirm_recovery_code(owner: Owner) -> None:
    """The owner has the code written down, and showed it by typing some of it back."""
    with database.writing() as c:
        profile.change(c, owner.keyring, owner.account_id, recovery_code_confirmed=True)


@dataclass(frozen=True)
class ComingBack:
    """What somebody gives who comes back: the recovery code, and where a second factor is set, its code too."""

    login_name: str
    recovery_code: str = field(repr=False)
    new_password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)


def recover(given: ComingBack, browser: Browser) -> tuple[SignedIn, Profile, str]:
    """Come back with the recovery code: a new password and a new code, the same identity, every sign-in ended."""
    login_index = host.here().login_index(given.login_name)
    with host.here().hashing():
        check_password(given.new_password, given.login_name, "#/new_password")
        who = _prove_by_code(login_index, given.recovery_code, browser)
        password_wrap = ways_in.by_password(who.bundle, given.new_password, who.lock, who.account_id)
    code = RecoveryCode.generate()
    recovery_wrap = ways_in.by_recovery(who.bundle, code, who.lock, who.account_id)
    try:
        with second_factor.counted(who, given.code, browser), database.writing() as c:
            ways_in.hold(c, who)
            passed, _ = second_factor.passed(c, who, given.code, browser)
            ways_in.put(c, who.account_id, PASSWORD, password_wrap)
            ways_in.put(c, who.account_id, RECOVERY, recovery_wrap)
            sign_ins.end_all(c, who.account_id)
            throttle.forget(c, subjects.of(who, browser))
            changed = profile.change(c, who.keyring, who.account_id, recovery_code_confirmed=False)
            return sign_ins.begin(c, who, browser, passed), changed, str(code)
    except Refused:
        raise RecoveryRefused from None


def leave(owner: Owner) -> None:
    """Delete the account. Its lock key is gone for good before its rows are, so that no backup opens either.

    Until then nothing has happened; from then on the keyring's ledger has it finished, whatever becomes of us here.
    """
    account_id = owner.account_id
    try:
        with database.writing() as c:
            if not erasures.delete_account(c, account_id):
                raise SignInNeeded
            erasures.destroy_keys(account_id, erasures.note(c, [erasures.of_account(account_id)]))
    except (SQLAlchemyError, OSError):
        # Where its keys were gone by then, so is the account now; what still came in for it would be lost.
        if not erasures.finish_deletions().accounts:
            raise
    finally:
        host.here().forget(account_id)


def _prove_by_code(login_index: bytes, typed_code: str, browser: Browser) -> Proven:
    device_id = browser.device_id(login_index)
    way = ways_in.find(login_index, RECOVERY, device_id)
    with suppress(Refused):
        return ways_in.prove_by_recovery(way, typed_code)
    # Only wrong codes count: nobody guesses one, so waiting would only let a stranger keep the owner out.
    throttle.reserve(subjects.at_door(subjects.RECOVERY, login_index, way, device_id), throttle.RECOVERY)
    raise RecoveryRefused
