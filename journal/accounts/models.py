"""What the database knows of accounts, and, in a store apart, the keyring. Nothing here says who somebody is."""

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, LargeBinary, String, Table, event, false
from sqlalchemy.orm import Mapped, mapped_column

from journal.database import KEYRING, Hash, Id, Instant, Model

PATIENT = "patient"
THERAPIST = "therapist"
ROLES = (PATIENT, THERAPIST)

PASSWORD = "password"  # noqa: S105  the kind of a way in, no secret
RECOVERY = "recovery"


class Account(Model):
    """Somebody. Found by a blind index of the login name; the name itself is sealed in the profile."""

    __tablename__ = "accounts"

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    login_index: Mapped[bytes] = mapped_column(Hash, unique=True)
    public_identity: Mapped[bytes] = mapped_column(LargeBinary)
    epoch: Mapped[int] = mapped_column()
    profile_revision: Mapped[int] = mapped_column()
    profile_key: Mapped[bytes] = mapped_column(LargeBinary)
    profile: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


class WayIn(Model):
    """The identity bundle, wrapped for one way of proving who you are; the lock is around it."""

    __tablename__ = "ways_in"

    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    wrap: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SignIn(Model):
    """Being logged in on one device: the bundle, wrapped for the cookie that device holds. No row, no key."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "account_id"), Index(None, "expires_at"))

    id: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    wrap: Mapped[bytes] = mapped_column(LargeBinary)
    about_key: Mapped[bytes] = mapped_column(LargeBinary)
    about: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    stepped_up_at: Mapped[datetime | None] = mapped_column(Instant)
    # The wrap is bound to it: changed alone, the row opens nothing.
    second_factor_due: Mapped[bool] = mapped_column(server_default=false())


# Kept out of PostgreSQL's write-ahead log: an ended sign-in leaves no copy of its wrap there. Migrations do the same.
SIGN_INS_UNLOGGED = "ALTER TABLE sign_ins SET UNLOGGED"
_unlogged = DDL(SIGN_INS_UNLOGGED).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
event.listen(SignIn.__table__, "after_create", _unlogged)


class ExportToken(Model):
    """A right to take one journal out for some minutes: the bundle, wrapped for a token that is told once."""

    __tablename__ = "export_tokens"
    __table_args__ = (Index(None, "account_id"), Index(None, "expires_at"))

    id: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    wrap: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(Instant)


EXPORT_TOKENS_UNLOGGED = "ALTER TABLE export_tokens SET UNLOGGED"
_tokens_unlogged = DDL(EXPORT_TOKENS_UNLOGGED).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
event.listen(ExportToken.__table__, "after_create", _tokens_unlogged)


class KnownDevice(Model):
    """A browser that signed in to this account before. Its id is of the device and the account together."""

    __tablename__ = "known_devices"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(Id, ForeignKey("accounts.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Tries(Model):
    """How often a secret was tried since it was last given rightly; the subject is blind."""

    __tablename__ = "tries"

    subject: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    failures: Mapped[int] = mapped_column()
    next_allowed_at: Mapped[datetime] = mapped_column(Instant)


class Invitation(Model):
    """A right to sign up once."""

    __tablename__ = "invitations"

    code_hash: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Erasure(Model):
    """Something deleted for good, by a hash of what it was. Replayed after a restore."""

    __tablename__ = "erasures"

    subject: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    times: Mapped[int] = mapped_column()
    erased_at: Mapped[datetime] = mapped_column(Instant)


class KeyringErasure(Model):
    """The same, apart from the database and its backups."""

    __tablename__ = "erasures"
    __bind_key__ = KEYRING

    subject: Mapped[bytes] = mapped_column(Hash, primary_key=True)
    times: Mapped[int] = mapped_column()
    erased_at: Mapped[datetime] = mapped_column(Instant)


class LockKey(Model):
    """One account's lock key, apart from the database and its backups. Destroying it is erasure everywhere."""

    __tablename__ = "lock_keys"
    __bind_key__ = KEYRING

    account_id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    key: Mapped[bytes] = mapped_column(Hash)


class ShareKey(Model):
    """The lock key of one share. Destroying it closes every wrap of the share, in old backups too."""

    __tablename__ = "share_keys"
    __bind_key__ = KEYRING
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    account_id: Mapped[bytes] = mapped_column(Id)
    key: Mapped[bytes] = mapped_column(Hash)


class HostKey(Model):
    """A key of this host that names things blindly, such as login names in the index."""

    __tablename__ = "host_keys"
    __bind_key__ = KEYRING

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[bytes] = mapped_column(Hash)


def _table(model: type[Model]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


# The verbs of this room speak to tables; building objects for rows would be most of a request.
ACCOUNTS, WAYS_IN, SIGN_INS = _table(Account), _table(WayIn), _table(SignIn)
EXPORT_TOKENS = _table(ExportToken)
DEVICES, TRIES, INVITATIONS = _table(KnownDevice), _table(Tries), _table(Invitation)
LOCK_KEYS, SHARE_KEYS, HOST_KEYS = _table(LockKey), _table(ShareKey), _table(HostKey)
ERASURES, KEYRING_ERASURES = _table(Erasure), _table(KeyringErasure)
