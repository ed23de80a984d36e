"""The ways this room says no."""

from journal.errors import Fault, Invalid, Problem, SecondFactorNeeded


class RegistrationClosed(Problem):
    """Nobody can sign up here."""

    slug, status, title = "registration-closed", 403, "Sign-up is closed here"
    detail = "Ask whoever runs this journal."


class InvitationRefused(Problem):
    """The invitation is missing, unknown, used or past its end: they all look the same."""

    slug, status, title = "invitation-refused", 403, "This needs an invitation"
    detail = "The code is not right, was used already, or is past its end. Ask for a new one."


class LoginNameTaken(Problem):
    """Somebody has this login name."""

    slug, status, title = "login-name-taken", 409, "This login name is taken"
    detail = "Choose another one."


class SignInRefused(Problem):
    """Name and secret do not belong together; nobody learns which of them was wrong."""

    slug, status, title = "sign-in-refused", 401, "This did not work"
    detail = "The login name or the password is not right."


class RecoveryRefused(SignInRefused):
    """The same for a recovery code."""

    detail = "The login name or the recovery code is not right."


class PasswordRefused(Problem):
    """Somebody who is signed in gave a wrong password."""

    slug, status, title = "password-refused", 403, "This did not work"
    detail = "The password is not right."


class CodeNeeded(SecondFactorNeeded):
    """The password was right; the second factor is asked for next."""

    status = 401
    detail = "Give the code that your authenticator app shows now, or one of your recovery codes for it."


class CodeRefused(Problem):
    """The password was right, the code was not, or was used before."""

    slug, status, title = "second-factor-refused", 401, "This code did not work"
    detail = "Wait for the next code of your app, or use one of your recovery codes for it. Each code works once."


class FirstCodeRefused(CodeRefused):
    """The same of the first code of a new secret, from somebody signed in."""

    status = 403
    detail = "See that your device's clock is right, and give the code your app shows now."


class FactorSet(Problem):
    """A second factor is set already; another one takes the password, and a sign-in that passed the first."""

    slug, status, title = "second-factor-set", 409, "A second factor is set already"
    detail = "Sign in with a code from it. To set up another one, give your password again first."


class FactorNotBegun(Problem):
    """There is no new secret that a code could confirm."""

    slug, status, title = "second-factor-not-begun", 409, "There is nothing to confirm"
    detail = "Begin to set up the second factor first."


class TooManyTries(Problem):
    """Wait, then try again."""

    slug, status, title = "too-many-tries", 429, "Too many tries"
    detail = "Wait a little, then try again. A device you have signed in on before can still sign in."
    locked = "Too many tries without the right one. Sign in on a device you have used before, or use a recovery code."

    def __init__(self, seconds: int | None) -> None:
        """`None` when waiting will not help."""
        wait = 86_400 if seconds is None else max(1, seconds)
        super().__init__(self.locked if seconds is None else None, headers={"Retry-After": str(wait)})


class TooManySignUps(Problem):
    """So many asked to sign up that strangers wait; otherwise they could ask for name after name, which are taken."""

    slug, status, title = "too-many-sign-ups", 429, "Too many are signing up"
    detail = "Wait a little, then try again. Nothing you sent was kept."

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(max(1, seconds))})


def invalid(pointer: str, detail: str) -> Invalid:
    """One field that cannot be kept."""
    return Invalid(faults=[Fault(pointer, detail)])
