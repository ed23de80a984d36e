"""The same security headers on every response, errors and files included."""

from time import perf_counter
from uuid import uuid4

from flask import Flask, Response, g

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types shoreline-worker",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def set_up(app: Flask, secure: bool) -> None:
    """Name and time requests before all else, add the headers after it; `secure` when the site is served over TLS."""
    every = ALWAYS | OVER_TLS if secure else ALWAYS

    @app.before_request
    def name_request() -> None:
        g.began, g.request_id = perf_counter(), uuid4().hex

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(every)
        response.headers["X-Request-Id"] = g.get("request_id") or uuid4().hex
        # Files that may be kept say so themselves; all else is somebody's.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
