"""Headers of safety, on every answer of the desk."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing inline and nothing from elsewhere; an answer of its own kind, such as a captured page, brings its own."""

_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: under it a form's own post says "Origin: null", which would be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_OVER_TLS = {"Strict-Transport-Security": "max-age=31536000"}


def set_headers(headers: MutableHeaders, *, secure: bool, static: bool = False) -> None:
    """Set what an answer does not set itself; files of the desk's own may be kept by the browser."""
    for name, value in (_ALWAYS | (_OVER_TLS if secure else {})).items():
        if not (static and name == "Cache-Control"):
            headers.setdefault(name, value)
