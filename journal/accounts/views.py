"""An account as its owner sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from journal.accounts import profile
from journal.accounts.owner import Owner
from journal.accounts.profile import Profile


@dataclass(frozen=True)
class AccountView:
    """The account and the sign-in that asks."""

    id: UUID
    login_name: str
    role: str
    recovery_code_confirmed: bool
    signed_in_until: datetime
    stepped_up_until: datetime | None
    second_factor_due: bool


def view(owner: Owner, known: Profile | None = None) -> AccountView:
    """The owner's account; `known` spares a look-up."""
    known = known or profile.read(owner.keyring, owner.account_id)
    return AccountView(
        UUID(bytes=owner.account_id),
        known.login_name,
        owner.role,
        known.recovery_code_confirmed,
        owner.signed_in_until,
        owner.stepped_up_until,
        not owner.second_factor,
    )
