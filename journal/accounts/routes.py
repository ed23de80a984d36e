"""Accounts over HTTP."""

from typing import Any

from flask import Blueprint, request

from journal.accounts import schemas, service
from journal.accounts.at_the_door import browser, forget, let_in
from journal.accounts.service import DEVICE_COOKIE, SIGN_IN_COOKIE, AccountView, Owner
from journal.web.contract import (
    Answer,
    answers,
    dumped,
    expects,
    for_anyone,
    for_entering,
    for_owner,
    for_stepped_up_owner,
)

blueprint = Blueprint("accounts", __name__, url_prefix="/api/v1")

Loaded = dict[str, Any]

TRIES = {429: "too many tries; Retry-After says when the next may be", 503: "too many at once; see Retry-After"}
REFUSED = {401: "name and secret do not belong together, or the second factor is missing or not right", **TRIES}
REFUSED_AGAIN = {403: "the password is not right", **TRIES}


@blueprint.get("/registration")
@for_anyone
@answers(schemas.Registration())
def read_registration() -> Loaded:
    """Ask who may sign up here."""
    return {"mode": service.registration()}


@blueprint.get("/backups")
@for_anyone
@answers(schemas.Backups())
def read_backups() -> Loaded:
    """Ask how long backups are kept, and so how long what was deleted may lie in one, sealed and without its key."""
    return dumped(schemas.Backups(), {"kept_days": service.backups_kept_days()})


@blueprint.post("/passphrases")
@for_anyone
@answers(schemas.Passphrase())
def propose_passphrase() -> Loaded:
    """Ask for four random words to use as a password."""
    return {"passphrase": service.passphrase()}


@blueprint.post("/accounts")
@for_anyone
@expects(schemas.SignUp())
@answers(
    schemas.Joined(),
    201,
    also={
        403: "registration is closed, or the invitation cannot be used",
        409: "the login name is taken",
        422: "the login name or the password cannot be kept",
        429: "too many are signing up; see Retry-After",
        503: TRIES[503],
    },
)
def sign_up(draft: Loaded) -> Answer:
    """Sign up; the recovery code is told this once."""
    welcome = service.join(draft["login_name"], draft["password"], draft.get("invitation"), browser())
    account = _account(service.view(welcome.signed_in.owner, welcome.profile))
    return let_in({"account": account, "recovery_code": welcome.recovery_code}, 201, welcome.signed_in)


@blueprint.post("/sign-ins")
@for_anyone
@expects(schemas.SignInDraft())
@answers(schemas.SignedIn(), 201, also=REFUSED)
def sign_in(draft: Loaded) -> Answer:
    """Sign in on this browser."""
    signed_in, profile = service.sign_in(draft["login_name"], draft["password"], browser(), draft.get("code"))
    return let_in({"account": _account(service.view(signed_in.owner, profile))}, 201, signed_in)


@blueprint.get("/sign-ins")
@for_owner
@answers(schemas.SignIns())
def list_sign_ins(owner: Owner) -> Loaded:
    """List where you are signed in."""
    return dumped(schemas.SignIns(), {"sign_ins": service.listed(owner)})


@blueprint.delete("/sign-ins/<name>")
@for_owner
@answers(None, 204)
def end_sign_in(owner: Owner, name: str) -> Answer:
    """Sign out somewhere else."""
    service.end(owner, name)
    return Answer(status=204)


@blueprint.delete("/sign-ins/current")
@for_entering
@answers(None, 204)
def sign_out(owner: Owner) -> Answer:
    """Sign out here."""
    service.end_this(owner)
    return Answer(status=204, cookies=(forget(SIGN_IN_COOKIE),))


@blueprint.delete("/sign-ins")
@for_owner
@answers(None, 204)
def sign_out_everywhere(owner: Owner) -> Answer:
    """Sign out everywhere, here too."""
    service.end_everywhere(owner)
    return Answer(status=204, cookies=(forget(SIGN_IN_COOKIE),))


@blueprint.post("/step-up")
@for_entering
@expects(schemas.PasswordAgain())
@answers(schemas.SteppedUp(), also=REFUSED_AGAIN)
def step_up(owner: Owner, draft: Loaded) -> Answer:
    """Give the password again; for five minutes it is not asked for."""
    signed_in = service.step_up(owner, draft["password"], browser())
    return let_in(dumped(schemas.SteppedUp(), signed_in.owner), 200, signed_in)


@blueprint.get("/account")
@for_entering
@answers(schemas.Account())
def read_account(owner: Owner) -> Loaded:
    """Read your account."""
    return _account(service.view(owner))


@blueprint.delete("/account")
@for_stepped_up_owner
@answers(None, 204)
def delete_account(owner: Owner) -> Answer:
    """Delete your account and everything in it, for good."""
    service.leave(owner)
    return Answer(status=204, cookies=(forget(SIGN_IN_COOKIE), forget(DEVICE_COOKIE)))


@blueprint.put("/account/password")
@for_owner
@expects(schemas.NewPassword())
@answers(None, 204, also={**REFUSED_AGAIN, 422: "the new password cannot be kept"})
def change_password(owner: Owner, draft: Loaded) -> Answer:
    """Change your password; you are signed out everywhere else."""
    signed_in = service.change_password(owner, draft["current_password"], draft["new_password"], browser())
    return let_in(None, 204, signed_in)


@blueprint.post("/account/recovery-code")
@for_stepped_up_owner
@answers(schemas.RecoveryCode(), 201)
def renew_recovery_code(owner: Owner) -> Loaded:
    """Ask for a new recovery code, told this once; the old one stops working."""
    return {"recovery_code": service.renew_recovery_code(owner)}


@blueprint.post("/account/recovery-code/confirmation")
@for_entering
@answers(None, 204)
def confirm_recovery_code(owner: Owner) -> Answer:
    """Say that you have the recovery code written down."""
    service.confirm_recovery_code(owner)
    return Answer(status=204)


@blueprint.post("/recovery")
@for_anyone
@expects(schemas.RecoveryDraft())
@answers(schemas.Joined(), 201, also={**REFUSED, 422: "the new password cannot be kept"})
def recover(draft: Loaded) -> Answer:
    """Come back with your recovery code and a new password; the code is spent, and a new one told this once."""
    signed_in, profile, code = service.recover(service.ComingBack(**draft), browser())
    account = _account(service.view(signed_in.owner, profile))
    return let_in({"account": account, "recovery_code": code}, 201, signed_in)


@blueprint.get("/settings")
@for_owner
@answers(schemas.Settings())
def read_settings(owner: Owner) -> Answer:
    """Read your settings."""
    return _settings(service.read_settings(owner))


@blueprint.put("/settings")
@for_owner
@expects(schemas.Settings())
@answers(schemas.Settings(), also={412: "they were changed elsewhere; `current` holds them"}, conditional=True)
def keep_settings(owner: Owner, values: Loaded) -> Answer:
    """Put these in place of your settings."""
    return _settings(service.keep_settings(owner, values, request.headers.get("If-Match")))


def _settings(settings: service.Settings) -> Answer:
    return Answer(settings.values, headers={"ETag": settings.etag})


def _account(view: AccountView) -> Loaded:
    return dumped(schemas.Account(), view)
