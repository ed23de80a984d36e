"""What the checks say of an app, by name."""

from journal.database import db
from journal.operating import checks
from journal.operating.finding import Finding
from tests import stores as all_stores
from tests.stores import Stores, app_of, settings


def app_as_it_is(stores: Stores, **changes):
    """An app that migrates nothing."""
    app = app_of(settings(stores, **changes))
    all_stores._opened.append(app)
    return app


def let_go(app) -> None:
    """Of every connection; of one that a stopped server has forgotten, too."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def quick(app) -> dict[str, Finding]:
    return {finding.name: finding for finding in [*checks.of_host(app), *checks.of_stores(app)]}


def everything(app) -> dict[str, Finding]:
    return {finding.name: finding for finding in checks.findings(app)}


def wrong(found: dict[str, Finding]) -> dict[str, str]:
    """The levels of what is not well."""
    return {name: finding.level for name, finding in found.items() if finding.level in ("warn", "refuse")}
