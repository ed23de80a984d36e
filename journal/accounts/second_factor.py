"""The second factor, asked of therapists after the password. Sealed in the profile, unreadable in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from journal import clock, documents
from journal.accounts import profile, subjects, throttle
from journal.accounts.codes import as_typed, new_code
from journal.accounts.profile import Profile
from journal.accounts.refusals import CodeNeeded, CodeRefused
from journal.accounts.sign_ins import Browser
from journal.accounts.ways_in import Proven
from journal.crypto import matching_step, token_hash

RECOVERY_CODES = 10
# 80 random bits: not guessed, so a hash is enough to keep of them.
GROUPS, GROUP = 4, 4


@dataclass(frozen=True)
class Factor:
    """What an account has of a second factor. Bytes are in hexadecimal, as the profile is JSON."""

    secret: str | None = field(default=None, repr=False)
    last_step: int = -1
    recovery: list[str] = field(default_factory=list, repr=False)
    # Shown as a QR code, and not yet confirmed by a first code.
    pending: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, known: Profile) -> "Factor":
        """The second factor in a profile."""
        return cls(**documents.known(cls, known.second_factor))

    @property
    def is_set(self) -> bool:
        """Whether a code is asked for."""
        return self.secret is not None

    def after(self, code: str) -> "Factor | None":
        """What is left when this code was used; None when it cannot be, or was before."""
        typed = as_typed(code)
        if self.secret is None:
            return None
        if _is_recovery_code(typed):
            left = [hashed for hashed in self.recovery if hashed != _hash(typed)]
            return replace(self, recovery=left) if len(left) < len(self.recovery) else None
        step = step_of(self.secret, typed, after=self.last_step)
        return None if step is None else replace(self, last_step=step)

    def kept(self) -> dict[str, object]:
        """As the profile has it."""
        return documents.written(self)


def step_of(secret: str, code: str, after: int = -1) -> int | None:
    """The step whose code this is, now."""
    return matching_step(bytes.fromhex(secret), as_typed(code), int(clock.now().timestamp()), after)


def new_recovery_codes() -> tuple[list[str], list[str]]:
    """Ten codes that work once each in place of the app's, and what is kept of them."""
    codes = [new_code(GROUPS, GROUP) for _ in range(RECOVERY_CODES)]
    return codes, [_hash(as_typed(code)) for code in codes]


@contextmanager
def counted(who: Proven, code: str | None, browser: Browser) -> Iterator[None]:
    """Count a code before it is tried within, so that tries at the same moment all count.

    Of recovery codes only wrong ones: nobody guesses one, and whoever knows the password could otherwise keep the owner
    out.
    """
    if code is None:
        yield
        return
    by_app, by_recovery_code = subjects.second_factor(who, browser)
    guessable = not _is_recovery_code(as_typed(code))
    if guessable:
        throttle.reserve(by_app, throttle.PASSWORD)
    try:
        yield
    except CodeRefused:
        if not guessable:
            throttle.reserve(by_recovery_code, throttle.RECOVERY)
        raise


def passed(c: Connection, who: Proven, code: str | None, browser: Browser) -> tuple[bool, Profile]:
    """Use up the code of somebody whose password was right, and say whether they passed a second factor.

    Where one is set it is asked for, whatever the role beside it says; nobody else changes the profile meanwhile.
    """
    known, _ = profile.lock_and_open(c, who.keyring, who.account_id)
    factor = Factor.of(known)
    if not factor.is_set:
        return False, known
    if code is None:
        raise CodeNeeded
    after = factor.after(code)
    if after is None:
        raise CodeRefused
    throttle.forget(c, subjects.second_factor(who, browser))
    return True, profile.change(c, who.keyring, who.account_id, second_factor=after.kept())


def _is_recovery_code(typed: str) -> bool:
    return len(typed) == GROUPS * GROUP


def _hash(typed: str) -> str:
    return token_hash("second-factor", typed).hex()
