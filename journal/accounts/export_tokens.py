"""Export tokens: made after a step-up, good for taking one journal out, and for nothing else, for some minutes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from journal import clock, database
from journal.accounts import host, sign_ins
from journal.accounts.models import ACCOUNTS, EXPORT_TOKENS
from journal.accounts.owner import Owner
from journal.crypto import Keyring, Refused, SignInToken
from journal.errors import SignInNeeded

LASTS = timedelta(minutes=15)
LOCK = "export"


@dataclass(frozen=True)
class NewToken:
    """A token just made; it is told this once."""

    token: str = field(repr=False)
    expires_at: datetime


def make(owner: Owner) -> NewToken:
    """Make a token that opens what `owner` opens, for exports."""
    token, now = SignInToken.generate(), clock.now()
    try:
        lock = host.here().lock(owner.account_id)
    except Refused:  # Deleted in another tab since this request came in.
        raise SignInNeeded from None
    wrap = lock.close(token.wrap(owner.bundle, owner.account_id), LOCK, token.row_id)
    values = {"id": token.row_id, "account_id": owner.account_id, "wrap": wrap, "expires_at": now + LASTS}
    with database.writing() as c:
        sign_ins.check_not_ended(c, owner)
        c.execute(delete(EXPORT_TOKENS).where(EXPORT_TOKENS.c.expires_at <= now))
        c.execute(insert(EXPORT_TOKENS).values(values))
    return NewToken(token.cookie_value, now + LASTS)


def find(shown: str) -> Owner | None:
    """Whose journal this token takes out; None when nobody's, or when its time is over."""
    try:
        token = SignInToken.parse(shown)
        return _owner(token)
    except (Refused, ValueError, TypeError, OverflowError):  # A row changed behind our back is not a token.
        return None


def _owner(token: SignInToken) -> Owner | None:
    query = (
        select(EXPORT_TOKENS, ACCOUNTS.c.role)
        .join(ACCOUNTS, ACCOUNTS.c.id == EXPORT_TOKENS.c.account_id)
        .where(EXPORT_TOKENS.c.id == token.row_id, ACCOUNTS.c.disabled_at.is_(None))
    )
    with database.reading() as c:
        row = c.execute(query).first()
    now = clock.now()
    if row is None or now >= row.expires_at:
        return None
    inner = host.here().lock_lately_read(row.account_id).open(row.wrap, LOCK, token.row_id)
    bundle = token.open(inner, row.account_id)
    keyring = Keyring(bundle, row.account_id)
    return Owner(row.account_id, row.role, keyring, bundle, row.id, now, row.expires_at, LASTS)
