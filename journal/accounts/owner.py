"""The owner of a journal, signed in, with the keys in hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from journal import clock
from journal.accounts.models import THERAPIST
from journal.crypto import IdentityBundle, Keyring

STEP_UP = timedelta(minutes=5)
THERAPIST_IDLE = timedelta(minutes=15)


@dataclass(frozen=True)
class Owner:
    """Who is asking. Flask-Login knows it by its `is_...` and `get_id`."""

    account_id: bytes
    role: str
    keyring: Keyring = field(repr=False)
    bundle: IdentityBundle = field(repr=False)
    sign_in_id: bytes = field(repr=False)
    last_seen_at: datetime
    expires_at: datetime
    idle: timedelta
    stepped_up_at: datetime | None = None
    # Of a patient none is asked; a therapist's sign-in has it once a code was given.
    second_factor: bool = True

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """A name for this account, in hexadecimal."""
        return self.account_id.hex()

    @property
    def stepped_up(self) -> bool:
        """Whether the password was given within the last five minutes."""
        return self.stepped_up_at is not None and clock.now() < self.stepped_up_at + STEP_UP

    @property
    def stepped_up_until(self) -> datetime | None:
        """Until when what needs the password may be done without giving it again."""
        return self.stepped_up_at + STEP_UP if self.stepped_up_at is not None and self.stepped_up else None

    @property
    def signed_in_until(self) -> datetime:
        """When this sign-in ends if nothing more is asked for."""
        return ends_at(self.last_seen_at, self.expires_at, self.idle)


def idle_time(role: str, patient_idle_minutes: int) -> timedelta:
    """How long a sign-in of this role outlives the last request; a therapist's screen is seen by more people."""
    return THERAPIST_IDLE if role == THERAPIST else timedelta(minutes=patient_idle_minutes)


def ends_at(last_seen_at: datetime, expires_at: datetime, idle: timedelta) -> datetime:
    """When a sign-in ends."""
    return min(last_seen_at + idle, expires_at)
