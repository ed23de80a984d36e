"""The second factor over HTTP. Patients have none: for them there is nothing at these addresses."""

from typing import Any

from flask import Blueprint

from journal.accounts import schemas, service
from journal.accounts.at_the_door import browser, let_in
from journal.accounts.service import Owner
from journal.web.contract import THERAPIST, Answer, answers, expects, for_entering, for_stepped_up_owner, only

blueprint = Blueprint("second_factor", __name__, url_prefix="/api/v1")

Loaded = dict[str, Any]


@blueprint.get("/second-factor")
@only(THERAPIST)
@for_entering
@answers(schemas.SecondFactor())
def read_second_factor(owner: Owner) -> Any:
    """Ask whether your second factor is set."""
    return schemas.SecondFactor().dump(service.view_factor(owner))


@blueprint.post("/second-factor")
@only(THERAPIST)
@for_entering
@answers(schemas.NewSecondFactor(), 201, also={409: "one is set, and you have not just given your password"})
def begin_second_factor(owner: Owner) -> Any:
    """Ask for a new second factor; it counts once you have confirmed it with a code."""
    return schemas.NewSecondFactor().dump(service.begin_factor(owner))


@blueprint.post("/second-factor/confirmation")
@only(THERAPIST)
@for_entering
@expects(schemas.FirstCode())
@answers(
    schemas.SecondFactorRecoveryCodes(),
    201,
    also={403: "the code is not right", 409: "none was begun, or one is set and this sign-in has not passed it"},
)
def confirm_second_factor(owner: Owner, draft: Loaded) -> Answer:
    """Give the new second factor's first code; you are signed in anew with it, and signed out everywhere else."""
    signed_in, codes = service.confirm_factor(owner, draft["code"], browser())
    return let_in({"recovery_codes": codes}, 201, signed_in)


@blueprint.post("/second-factor/recovery-codes")
@only(THERAPIST)
@for_stepped_up_owner
@answers(schemas.SecondFactorRecoveryCodes(), 201, also={409: "no second factor is set"})
def renew_second_factor_recovery_codes(owner: Owner) -> Any:
    """Ask for ten new recovery codes for your second factor, told this once; those before stop working."""
    return {"recovery_codes": service.renew_recovery_codes(owner)}
