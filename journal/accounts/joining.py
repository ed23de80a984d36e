"""Sign-up: a new identity, its ways in, and the recovery code, told once."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from journal import clock, database
from journal.accounts import host, keyring_store, profile, sign_ins, subjects, throttle, ways_in
from journal.accounts.invitations import code_hash
from journal.accounts.models import ACCOUNTS, INVITATIONS, PASSWORD, PATIENT, RECOVERY
from journal.accounts.naming import check_login_name, check_password
from journal.accounts.profile import Profile
from journal.accounts.refusals import InvitationRefused, LoginNameTaken, RegistrationClosed
from journal.accounts.sign_ins import Browser, SignedIn
from journal.accounts.ways_in import Proven
from journal.crypto import IdentityBundle, Lock, RecoveryCode
from journal.errors import Problem


@dataclass(frozen=True)
class Welcome:
    """Somebody new, signed in, with the code that is shown once."""

    signed_in: SignedIn
    profile: Profile
    recovery_code: str = field(repr=False)


@dataclass(frozen=True)
class _Ways:
    password: bytes
    recovery: bytes


def registration() -> str:
    """Who may sign up: `open`, `invitation` or `closed`."""
    return host.here().settings.registration


def backups_kept_days() -> int | None:
    """How long whoever runs this says that backups are kept."""
    return host.here().settings.backups_kept_days


def host_folder() -> Path:
    """The folder of this host's own, in which its processes keep out of each other's way."""
    return host.here().settings.data


def standard_codes() -> bool:
    """Whether whoever runs this lets exports carry the codes of SNOMED CT, RxNorm and HPO."""
    return host.here().settings.standard_codes


def join(login_name: str, password: str, invitation: str | None, browser: Browser) -> Welcome:
    """Make an account. The keyring first: what the database holds can then be opened whatever happens between."""
    role = _role(invitation)
    check_login_name(login_name)
    login_index = host.here().login_index(login_name)
    code, new = RecoveryCode.generate(), Profile(login_name)
    account_id = uuid4().bytes
    with host.here().hashing():
        check_password(password, login_name, "#/password")
        _refuse_taken(login_index, invitation)
        who = _new_identity(account_id, role, login_index)
        by_password = ways_in.by_password(who.bundle, password, who.lock, account_id)
    ways = _Ways(by_password, ways_in.by_recovery(who.bundle, code, who.lock, account_id))
    try:
        signed_in = _keep(who, ways, new, invitation, browser)
    except Problem:
        # Only where it is sure that no account was kept: a key too many is harmless, one too few is not.
        keyring_store.destroy_lock_key(account_id)
        raise
    return Welcome(signed_in, new, str(code))


def _new_identity(account_id: bytes, role: str, login_index: bytes) -> Proven:
    lock = Lock(host.here().peppers, keyring_store.make_lock_key(account_id), account_id)
    return Proven(account_id, role, login_index, IdentityBundle.generate(), lock)


def _keep(who: Proven, ways: _Ways, new: Profile, invitation: str | None, browser: Browser) -> SignedIn:
    with database.writing() as c:
        if invitation is not None:
            _use(c, invitation)
            throttle.forget(c, [subjects.sign_up(code_hash(invitation))])
        _add_account(c, who, new)
        ways_in.add(c, who.account_id, PASSWORD, ways.password)
        ways_in.add(c, who.account_id, RECOVERY, ways.recovery)
        return sign_ins.begin(c, who, browser)


def _add_account(c: Connection, who: Proven, new: Profile) -> None:
    try:
        c.execute(
            insert(ACCOUNTS).values(
                id=who.account_id,
                role=who.role,
                login_index=who.login_index,
                public_identity=who.bundle.public(who.account_id),
                epoch=who.bundle.epoch,
                created_at=clock.this_hour(),
                **profile.sealed(new, who.keyring, who.account_id, revision=1),
            )
        )
    except IntegrityError:
        raise LoginNameTaken from None


def _role(invitation: str | None) -> str:
    """What somebody may join as. An invitation given is looked at in every mode: it may be for a therapist."""
    mode = registration()
    if mode == "closed":
        raise RegistrationClosed
    if invitation is None:
        if mode == "invitation":
            raise InvitationRefused
        return PATIENT
    with database.reading() as c:
        role: str | None = c.execute(select(INVITATIONS.c.role).where(_usable(invitation))).scalar()
    if role is None:
        raise InvitationRefused
    return role


def _use(c: Connection, invitation: str) -> None:
    """Spend an invitation; of two who try at once, one can."""
    spent = update(INVITATIONS).where(_usable(invitation)).values(used_at=clock.this_hour())
    if c.execute(spent).rowcount != 1:
        raise InvitationRefused


def _usable(invitation: str) -> ColumnElement[bool]:
    unused = and_(INVITATIONS.c.used_at.is_(None), INVITATIONS.c.expires_at > clock.now())
    return and_(INVITATIONS.c.code_hash == code_hash(invitation), unused)


def _refuse_taken(login_index: bytes, invitation: str | None) -> None:
    """Only so many an hour may ask, for the answer tells who is here; the unique index has the last word."""
    turns = subjects.sign_up(None if invitation is None else code_hash(invitation))
    throttle.take_turn(turns, host.here().settings.sign_ups_an_hour)
    with database.reading() as c:
        if c.execute(select(exists(select(ACCOUNTS.c.id).where(ACCOUNTS.c.login_index == login_index)))).scalar():
            raise LoginNameTaken
