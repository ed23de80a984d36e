"""Everything that seals and opens: bytes in, bytes out, and one refusal. FORMAT.md is the truth."""

from .backup_keys import BackupKey, BackupSecret, needs_passphrase, open_backup_secret
from .backups import BACKUP_HEAD_BYTES, BACKUP_PARTS, BackupOpener, BackupSealer, part_of, recipient_of
from .deposits import DEPOSIT_BLOB_MAX, DEPOSIT_MAX, DepositPlace, device_of, open_deposit, seal_deposit
from .framing import PREFIX_BYTES, SUITE, Refused
from .headers import SEALED_KINDS, check_header, may_be
from .identity import IdentityBundle, PublicIdentity
from .letters import (
    CARD_PURPOSES,
    LETTER_MAX,
    Card,
    LetterPlace,
    digits,
    make_card,
    open_letter,
    read_card,
    seal_letter,
    verify_card,
)
from .lock import PEPPER_ID_AT, Lock, Pepper, Peppers, pepper_id_of
from .padding import SECTION_MAX
from .password import (
    PASSWORD_MAX,
    normalise_password,
    open_with_password,
    spend_password_work,
    wrap_for_password,
)
from .recovery import RecoveryCode, open_with_recovery, wrap_for_recovery
from .second_factor import code_at, matching_step, new_factor_secret, provisioning_uri
from .sections import Keyring, Place, SealedSection
from .shares import ShareKeys
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
    "BACKUP_HEAD_BYTES",
    "BACKUP_PARTS",
    "CARD_PURPOSES",
    "DEPOSIT_BLOB_MAX",
    "DEPOSIT_MAX",
    "LETTER_MAX",
    "PASSWORD_MAX",
    "PEPPER_ID_AT",
    "PREFIX_BYTES",
    "SEALED_KINDS",
    "SECTION_MAX",
    "SUITE",
    "BackupKey",
    "BackupOpener",
    "BackupSealer",
    "BackupSecret",
    "Card",
    "DepositPlace",
    "IdentityBundle",
    "Keyring",
    "LetterPlace",
    "Lock",
    "Pepper",
    "Peppers",
    "Place",
    "PublicIdentity",
    "RecoveryCode",
    "Refused",
    "SealedSection",
    "ShareKeys",
    "SignInToken",
    "check_header",
    "code_at",
    "device_of",
    "digits",
    "login_index",
    "make_card",
    "matching_step",
    "may_be",
    "needs_passphrase",
    "new_factor_secret",
    "new_key",
    "new_token",
    "normalise_login_name",
    "normalise_password",
    "open_backup_secret",
    "open_deposit",
    "open_letter",
    "open_with_password",
    "open_with_recovery",
    "part_of",
    "pepper_id_of",
    "provisioning_uri",
    "read_card",
    "recipient_of",
    "seal_deposit",
    "seal_letter",
    "spend_password_work",
    "subject_hash",
    "token_hash",
    "verify_card",
    "wrap_for_password",
    "wrap_for_recovery",
]
