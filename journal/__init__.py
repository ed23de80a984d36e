"""Shoreline: a journal that only its patient can open."""

from flask import Flask

import config
from journal import cli, database
from journal.accounts import routes as accounts
from journal.accounts import second_factor_routes
from journal.accounts import service as account_service
from journal.content import routes as content
from journal.deposits import routes as deposits
from journal.deposits import service as deposit_service
from journal.export import routes as export
from journal.pwa import routes as pwa
from journal.sessions import routes as sessions
from journal.sessions import service as session_service
from journal.sharing import routes as sharing
from journal.sharing import routes_desk as desk
from journal.sharing import service as sharing_service
from journal.trends import routes as trends
from journal.web import docs, guard, headers, health, limits, logs, origin, problems, wire


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, as a table of contents."""
    app = Flask(__name__, static_folder=None)
    app.extensions["settings"] = settings = settings or config.from_environment()
    logs.set_up(app)
    headers.set_up(app, secure=settings.origin.startswith("https:"))
    wire.set_up(app)
    limits.set_up(app, settings.max_body_bytes)
    database.set_up(app, settings)

    problems.set_up(app)
    origin.set_up(app, settings.origin)
    guard.set_up(app, account_service.find_owner, deposit_service.find, account_service.find_exporter)

    session_service.when_forgotten(sharing_service.take_everywhere)
    session_service.when_forgotten(deposit_service.of_check_ins)
    rooms = (accounts, second_factor_routes, content, sessions, deposits, trends, sharing, desk, export)
    for room in (*rooms, docs, health, pwa):
        app.register_blueprint(room.blueprint)
    cli.set_up(app)
    return app
