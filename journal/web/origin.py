"""Refuse what another site makes a browser send: Fetch Metadata, with Origin where a browser lacks it."""

from flask import Flask, request

from journal.errors import CrossSite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def set_up(app: Flask, origin: str) -> None:
    """Check every state-changing request; `origin` is this site's, as the operator set it."""

    @app.before_request
    def refuse_cross_site() -> None:
        if request.method in SAFE_METHODS:
            return
        site = request.headers.get("Sec-Fetch-Site")
        if site is not None:
            if site != "same-origin":
                raise CrossSite
            return
        # Neither header: not a browser, so nobody's cookies are ridden on.
        if request.headers.get("Origin", origin) != origin:
            raise CrossSite
