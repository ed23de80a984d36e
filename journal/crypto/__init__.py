"""Everything that seals and opens: bytes in, bytes out, and one refusal. FORMAT.md is the truth."""

from .deposits import DEPOSIT_BLOB_MAX, DEPOSIT_MAX, DepositPlace, device_of, open_deposit, seal_deposit
from .framing import SUITE, Refused
from .identity import IdentityBundle, PublicIdentity
from .lock import Lock, Pepper, Peppers
from .padding import SECTION_MAX
from .password import (
    PASSWORD_MAX,
    normalise_password,
    open_with_password,
    spend_password_work,
    wrap_for_password,
)
from .recovery import RecoveryCode, open_with_recovery, wrap_for_recovery
from .second_factor import matching_step, new_factor_secret, provisioning_uri
from .sections import Keyring, Place, SealedSection
from .sign_in import SignInToken
from .tokens import (
    login_index,
    new_key,
    new_token,
    normalise_login_name,
    subject_hash,
    token_hash,
)

__all__ = [
    "DEPOSIT_BLOB_MAX",
    "DEPOSIT_MAX",
    "PASSWORD_MAX",
    "SECTION_MAX",
    "SUITE",
    "DepositPlace",
    "IdentityBundle",
    "Keyring",
    "Lock",
    "Pepper",
    "Peppers",
    "Place",
    "PublicIdentity",
    "RecoveryCode",
    "Refused",
    "SealedSection",
    "SignInToken",
    "device_of",
    "login_index",
    "matching_step",
    "new_factor_secret",
    "new_key",
    "new_token",
    "normalise_login_name",
    "normalise_password",
    "open_deposit",
    "open_with_password",
    "open_with_recovery",
    "provisioning_uri",
    "seal_deposit",
    "spend_password_work",
    "subject_hash",
    "token_hash",
    "wrap_for_password",
    "wrap_for_recovery",
]
