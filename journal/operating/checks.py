"""Everything that is looked at: the quick checks of every start, and the rest, which `flask doctor` adds."""

from flask import Flask
from sqlalchemy.exc import DBAPIError

from config import Settings
from journal import serving
from journal.accounts import service as accounts
from journal.operating import host, stores, thorough
from journal.operating.finding import OK, Finding

__all__ = ["Finding", "findings", "of_host", "of_stores"]


def findings(app: Flask) -> list[Finding]:
    """All of them. Erases again what a restore brought back."""
    found, settings = of_host(app), _settings(app)
    with app.app_context():
        found += stores.each(settings, _threads())
        if not stores.can_be_used(found):
            return found
        try:
            # First, so that what follows is said of what is left.
            found.append(thorough.erased_again())
            found += stores.together(settings)
            found += thorough.look(settings)
        except DBAPIError as error:
            found.append(stores.away("database", error))
    return found


def of_host(app: Flask) -> list[Finding]:
    """Those that ask no store."""
    return host.look(_settings(app))


def of_stores(app: Flask) -> list[Finding]:
    """Those that ask the stores and are quick."""
    settings = _settings(app)
    with app.app_context():
        found = stores.each(settings, _threads())
        if not stores.can_be_used(found):
            return found
        try:
            together = stores.together(settings)
            if any(it.name == "erasures" and it.level != OK for it in together):
                # Cut short, or under way this very moment in another process: no reason to refuse.
                accounts.erasures.finish_deletions()
                together = stores.together(settings)
            return found + together
        except DBAPIError as error:
            return [*found, stores.away("database", error)]


def _settings(app: Flask) -> Settings:
    settings = app.extensions["settings"]
    assert isinstance(settings, Settings)
    return settings


def _threads() -> stores.Threads:
    """As the app is served."""
    return stores.Threads(serving.worker_count(), serving.threads)
