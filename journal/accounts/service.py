"""What this room does for others: its routes, the guard, the rooms above, the operator's commands."""

from typing import Any

from werkzeug.http import parse_cookie

from journal.accounts import erasures, export_tokens, host, rotating, sign_ins
from journal.accounts.backups import NoBackup, Verdict, look_into
from journal.accounts.changing import (
    ComingBack,
    change_password,
    confirm_recovery_code,
    leave,
    recover,
    renew_recovery_code,
)
from journal.accounts.enrolling import (
    FactorView,
    NewFactor,
    begin_factor,
    confirm_factor,
    renew_recovery_codes,
    view_factor,
)
from journal.accounts.erasures import Replayed
from journal.accounts.export_tokens import NewToken
from journal.accounts.export_tokens import make as make_export_token
from journal.accounts.invitations import invite
from journal.accounts.joining import Welcome, backups_kept_days, host_folder, join, registration, standard_codes
from journal.accounts.keyring_store import lock_keys, names_key, share_keys, shares_with_keys
from journal.accounts.looking import Belonging, belonging, ended_before, erasures_missing
from journal.accounts.naming import passphrase
from journal.accounts.opening import Opened, open_lock, open_ways_in
from journal.accounts.operating import (
    accounts_without_lock_key,
    count_accounts,
    keys_of_accounts,
    opened_by_pepper,
    relock,
    sweep,
    under_peppers,
)
from journal.accounts.others import Named, PublicAccount, account_named, disable, public_identity
from journal.accounts.owner import Owner
from journal.accounts.relocking import Relocked, Wraps
from journal.accounts.settings import (
    Settings,
    fill_settings,
    keep_hold,
    keep_settings,
    read_settings,
    unset_settings,
)
from journal.accounts.share_locks import (
    account_lock,
    destroy_share_lock,
    new_share_lock,
    renewed_share_lock,
    share_lock,
)
from journal.accounts.sign_ins import Browser, SignedIn, SignInView, end, end_everywhere, end_this, listed
from journal.accounts.signing_in import sign_in, step_up
from journal.accounts.views import AccountView, view
from journal.crypto import Peppers

SIGN_IN_COOKIE = "__Host-shoreline"
DEVICE_COOKIE = "__Host-shoreline-device"

__all__ = [
    "DEVICE_COOKIE",
    "SIGN_IN_COOKIE",
    "AccountView",
    "Belonging",
    "Browser",
    "ComingBack",
    "FactorView",
    "Named",
    "NewFactor",
    "NewToken",
    "NoBackup",
    "Opened",
    "Owner",
    "PublicAccount",
    "Relocked",
    "Replayed",
    "Settings",
    "SignInView",
    "SignedIn",
    "Verdict",
    "Welcome",
    "Wraps",
    "account_lock",
    "account_named",
    "accounts_without_lock_key",
    "backups_kept_days",
    "begin_factor",
    "belonging",
    "change_password",
    "confirm_factor",
    "confirm_recovery_code",
    "count_accounts",
    "destroy_share_lock",
    "disable",
    "end",
    "end_everywhere",
    "end_this",
    "ended_before",
    "erasures",
    "erasures_missing",
    "fill_settings",
    "find_exporter",
    "find_owner",
    "host_folder",
    "invite",
    "join",
    "keep_hold",
    "keep_settings",
    "keys_of_accounts",
    "leave",
    "listed",
    "lock_keys",
    "look_into",
    "make_export_token",
    "names_key",
    "new_share_lock",
    "open_lock",
    "open_ways_in",
    "opened_by_pepper",
    "passphrase",
    "peppers",
    "public_identity",
    "read_settings",
    "recover",
    "registration",
    "relock",
    "renew_recovery_code",
    "renew_recovery_codes",
    "renewed_share_lock",
    "rotating",
    "share_keys",
    "share_lock",
    "shares_with_keys",
    "sign_in",
    "standard_codes",
    "step_up",
    "sweep",
    "under_peppers",
    "unset_settings",
    "view",
    "view_factor",
]


def find_owner(request: Any) -> Owner | None:
    """Whoever the request's cookie says is asking; None for nobody. One look-up in the database."""
    # Straight from what the server handed on: for `request.cookies` every header is looked through.
    cookie = parse_cookie(request.environ).get(SIGN_IN_COOKIE)
    return sign_ins.find(cookie) if cookie else None


def find_exporter(token: str) -> Owner | None:
    """Whoever made this export token; None for one that is nobody's."""
    return export_tokens.find(token)


def peppers() -> Peppers:
    """This host's secret, and the one before while it is being changed."""
    return host.here().peppers
