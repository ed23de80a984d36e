"""Refusals that leave the application, in one shape (RFC 9457 problem details)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was sent: a JSON pointer to it, and what to do about it."""

    pointer: str
    detail: str


class Problem(Exception):
    """A refusal with a sentence for the person. Subclasses set the class variables; nothing private goes in them."""

    slug: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong here"
    detail: str = "Nothing you sent was kept. Please try again in a moment."

    def __init__(
        self,
        detail: str | None = None,
        *,
        faults: Sequence[Fault] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.slug)
        self.detail = detail or type(self).detail
        self.faults = tuple(faults)
        self.members = dict(members or {})
        self.headers = dict(headers or {})


class NotFound(Problem):
    """What was asked for is not there, or is not yours: the two look the same."""

    slug, status, title = "not-found", 404, "Not here"
    detail = "There is nothing at this address for you."


class Invalid(Problem):
    """What was sent was understood, but some of it cannot be kept."""

    slug, status, title = "invalid", 422, "Some of this cannot be kept"
    detail = "Nothing was changed. See what is marked, correct it and send it again."


class Malformed(Problem):
    """What was sent could not be read at all."""

    slug, status, title = "malformed", 400, "This could not be read"
    detail = "Send a JSON object with Content-Type application/json."


class TooLarge(Problem):
    """More than one request may hold."""

    slug, status, title = "too-large", 413, "Too large"
    detail = "Send less at once."


class TokenNotAccepted(Problem):
    """A token is missing, unknown, over, taken back, or shown where it opens nothing: all look the same."""

    slug, status, title = "token-not-accepted", 401, "This token is not accepted here"
    detail = (
        "A deposit token can hand in sealed check-ins and nothing else, an export token can take a journal out for "
        "some minutes. Sign in to do more, or to get a new one."
    )


class SignInNeeded(Problem):
    """Nobody is signed in, or the sign-in has ended."""

    slug, status, title = "sign-in-needed", 401, "Please sign in"
    detail = "Sign in, then send this again."


class SecondFactorNeeded(Problem):
    """The password was given, but this account also wants a code, or has yet to set one up."""

    slug, status, title = "second-factor-needed", 403, "This needs your second factor"
    detail = "Set up the second factor, or sign in with a code."


class StepUpNeeded(Problem):
    """The password must have been given within the last minutes."""

    slug, status, title = "step-up-needed", 403, "Please give your password again"
    detail = "This needs your password within the last five minutes."


class CrossSite(Problem):
    """Another site asked a browser to send this."""

    slug, status, title = "cross-site", 403, "This came from another site"
    detail = "Open Shoreline itself and do it there."


class ChangedElsewhere(Problem):
    """The row is not what the sender last saw; both versions are kept for the patient to choose from."""

    slug, status, title = "changed-elsewhere", 412, "This was changed somewhere else"
    detail = "Nothing was overwritten. Compare `current` with yours, then send the one to keep with If-Match."


class Busy(Problem):
    """Too much is going on at once."""

    slug, status, title = "busy", 503, "Busy for a moment"
    detail = "Nothing was changed. Please try again shortly."

    def __init__(self, seconds: int = 2) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})


class StoreUnavailable(Problem):
    """A store cannot be reached. Whether a change arrived before that nobody can say."""

    slug, status, title = "store-unavailable", 503, "Out of reach for now"
    detail = "The journal cannot be reached just now. If you were sending something, please send it again shortly."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "3"})


class StorageFull(Problem):
    """There is no room on a disk."""

    slug, status, title = "storage-full", 507, "No room just now"
    detail = (
        "There is no room here to keep anything new. What is in your journal can still be read. Please send this again "
        "later, and tell whoever runs this."
    )

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "30"})


class DoesNotOpen(Problem):
    """A stored row is not as it was sealed: changed, moved or damaged behind the application's back."""

    slug, status, title = "does-not-open", 409, "This does not open"
    detail = "It is not as you stored it, so nothing of it is shown and nothing was changed. Tell whoever runs this."
