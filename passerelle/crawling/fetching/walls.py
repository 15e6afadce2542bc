"""Challenge pages: answers meant to tell people from programs. Seen, named, never solved."""

from __future__ import annotations

from passerelle.crawling.fetching.answers import Exchange

_HEADERS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
)
# Every mark of a row must be there: some services also leave single marks in pages that they let through.
_MARKS = (
    ("Cloudflare", (b"_cf_chl_opt", b"challenge-platform")),
    ("Imperva", (b"_incapsula_resource", b'id="main-iframe"')),
    ("DataDome", (b"captcha-delivery.com", b"var dd=")),
    ("SiteGround", (b"/.well-known/sgcaptcha/", b'http-equiv="refresh"')),
    ("Sucuri", (b"sucuri_cloudproxy_js",)),
    ("Anubis", (b"anubis_challenge",)),
    ("HUMAN", (b"window._pxappid", b"px-captcha")),
)
_LOOKED_AT = 64 * 1024
"""A challenge is a small page; a larger one is content."""


def find_wall(exchange: Exchange) -> str | None:
    """Name the service whose challenge page this answer is; ``None`` for an ordinary answer."""
    for header, value, service in _HEADERS:
        if (found := exchange.fields.get(header)) is not None and value in found.lower():
            return service
    if len(exchange.body) > _LOOKED_AT or not exchange.body:
        return None
    text = exchange.body.lower()
    return next((service for service, marks in _MARKS if all(mark in text for mark in marks)), None)
