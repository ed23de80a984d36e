"""Every derivation of a key from a key, each with a label used for nothing else."""

from enum import StrEnum

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

KEY_BYTES = 32


class Label(StrEnum):
    """The purposes; a new one is added here and in FORMAT.md, an old one is never used again."""

    PASSWORD_WAY_IN = "shoreline/v1/password-way-in"  # noqa: S105  a label, no secret
    RECOVERY_WAY_IN = "shoreline/v1/recovery-way-in"
    LOCK = "shoreline/v1/lock"
    PEPPER_ID = "shoreline/v1/pepper-id"
    SIGN_IN_ROW = "shoreline/v1/sign-in-row"
    SIGN_IN_WRAP = "shoreline/v1/sign-in-wrap"
    SECTION_WRAP = "shoreline/v1/section-wrap"
    SECTION_KEY = "shoreline/v1/section-key"
    PUBLIC_IDENTITY = "shoreline/v1/public-identity"
    FINGERPRINT = "shoreline/v1/fingerprint"
    LOGIN_INDEX = "shoreline/v1/login-index"
    SUBJECT_HASH = "shoreline/v1/subject-hash"
    TOKEN_HASH = "shoreline/v1/token-hash"  # noqa: S105  a label, no secret
    DEPOSIT_INFO = "shoreline/v1/deposit"
    DEPOSIT_MAC = "shoreline/v1/deposit-mac"
    CARD = "shoreline/v1/card"
    DIGITS = "shoreline/v1/digits"
    LETTER_INFO = "shoreline/v1/letter"
    LETTER_SIGNATURE = "shoreline/v1/letter-signature"
    SHARE_WRAP = "shoreline/v1/share-wrap"
    SHARE_NOTE = "shoreline/v1/share-note"
    BACKUP_FINGERPRINT = "shoreline/v1/backup-key"
    BACKUP_KEY_WRAP = "shoreline/v1/backup-key-wrap"
    BACKUP_INFO = "shoreline/v1/backup"
    BACKUP_PAYLOAD = "shoreline/v1/backup-payload"
    BACKUP_ORIGIN = "shoreline/v1/backup-origin"


def info(label: Label, context: bytes = b"") -> bytes:
    """The label, a zero byte, the context: no label contains a zero byte, so none can pass for another."""
    return label.encode() + b"\0" + context


def derive(secret: bytes, label: Label, context: bytes = b"", salt: bytes | None = None) -> bytes:
    """HKDF-SHA256 of a secret: 32 bytes for one purpose in one context."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info(label, context)).derive(secret)


def expand(key: bytes, label: Label, context: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """HKDF-Expand of a key that is already 32 uniform bytes."""
    return HKDFExpand(algorithm=SHA256(), length=length, info=info(label, context)).derive(key)
