"""Deny by default: one hook stands before every route, and a route that says nothing lets nobody in."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, abort, current_app, g, request
from flask_login import LoginManager, current_user

from journal.errors import NotFound, SecondFactorNeeded, SignInNeeded, StepUpNeeded, TokenNotAccepted
from journal.web.contract import Contract, Door, contract_of

SCHEME = "bearer"
ACCOUNT = "Shoreline-Account"
log = logging.getLogger("journal.web.guard")

Finder = Callable[[str], Any]


class Manager(LoginManager):  # type: ignore[misc]
    """Asks the finder alone: Flask's session, remembered logins and browsers' addresses are neither read nor kept."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(self._load_user_from_request(request))

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def set_up(app: Flask, find_owner: Callable[[Any], Any], find_depositor: Finder, find_exporter: Finder) -> None:
    """Let `find_owner(request)` say who is asking, and the others whose token is shown; None for nobody."""
    Manager(app).request_loader(find_owner)
    app.extensions["find_depositor"] = find_depositor
    app.extensions["find_exporter"] = find_exporter
    app.before_request(stand_guard)


def stand_guard() -> None:
    """Refuse whoever the route's door is not for."""
    if request.endpoint is None:
        return  # No such page or method: the error handler answers.
    contract = contract_of(current_app.view_functions.get(request.endpoint))
    door = contract.door
    token = _token()
    if door is Door.DEPOSITOR:
        g.depositor = current_app.extensions["find_depositor"](token) if token else None
        if g.depositor is None:
            raise TokenNotAccepted
        return
    if token is not None:
        # Whatever cookies came along: a token is for one thing, and shown elsewhere a mistake.
        _let_exporter_in(token, contract)
        return
    if door is Door.ANYONE:
        return
    if door is None:
        log.error("no-door")
        abort(404)
    owner = current_user._get_current_object()
    if not owner.is_authenticated or not _is_who_is_meant(owner):
        raise SignInNeeded
    _check_owner(owner, contract)
    g.owner = owner


def _let_exporter_in(token: str, contract: Contract) -> None:
    found = current_app.extensions["find_exporter"](token) if contract.door is Door.EXPORTER else None
    if found is None or found.role != contract.role:
        raise TokenNotAccepted
    g.owner = found


def _check_owner(owner: Any, contract: Contract) -> None:
    """The role first: what is not theirs is not there, whatever else may be missing."""
    if contract.role not in (None, owner.role):
        raise NotFound
    if contract.door is not Door.ENTERING and not owner.second_factor:
        raise SecondFactorNeeded
    if contract.door in (Door.STEPPED_UP, Door.EXPORTER) and not owner.stepped_up:
        raise StepUpNeeded


def _is_who_is_meant(owner: Any) -> bool:
    """Cookies are of a whole browser. A tab says whose it is, so that it cannot write into the journal of somebody who
    signed in elsewhere in the browser meanwhile.
    """
    meant = request.headers.get(ACCOUNT)
    return meant is None or meant.replace("-", "") == owner.get_id()


def _token() -> str | None:
    """What the request shows as a token; other schemes are a proxy's business."""
    scheme, _, shown = request.headers.get("Authorization", "").replace("\t", " ").partition(" ")
    return shown.strip() if scheme.casefold() == SCHEME else None
