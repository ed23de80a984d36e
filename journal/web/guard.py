"""Deny by default: one hook stands before every route, and a route that says nothing lets nobody in."""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, current_app, g, request
from flask_login import LoginManager, current_user

from journal.errors import SignInNeeded, StepUpNeeded
from journal.web.contract import Door, contract_of


def set_up(app: Flask, find_owner: Callable[[Any], Any]) -> None:
    """Let `find_owner(request)` say who is asking; it answers None for nobody."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(find_owner)
    # No "remember me": without a name for its cookie, the library never tries to read one.
    app.config["REMEMBER_COOKIE_NAME"] = None
    app.before_request(stand_guard)


def stand_guard() -> None:
    """Refuse whoever the route's door is not for."""
    if request.endpoint is None:
        return  # No such page or method: the error handler answers.
    door = contract_of(current_app.view_functions.get(request.endpoint)).door
    if door is Door.ANYONE:
        return
    if door is None:
        current_app.logger.error("no door declared", extra={"endpoint": request.endpoint})
        abort(404)
    owner = current_user._get_current_object()
    if not owner.is_authenticated:
        raise SignInNeeded
    g.owner = owner
    if door is Door.STEPPED_UP and not owner.stepped_up:
        raise StepUpNeeded
