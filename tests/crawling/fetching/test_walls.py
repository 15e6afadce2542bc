"""Challenge pages are named; ordinary pages that mention them are not."""

from __future__ import annotations

import pytest

from passerelle.crawling.fetching.answers import Exchange
from passerelle.crawling.fetching.walls import find_wall
from tests.crawling.fetching.faults import START


def page(body: str, **headers: str) -> Exchange:
    return Exchange(
        url="https://maison.test/",
        status=200,
        reason="OK",
        http_version="HTTP/1.1",
        headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()),
        request_head=b"",
        payload=body.encode(),
        body=body.encode(),
        fetched_at=START,
        seconds=0.1,
        address="127.0.0.1",
    )


@pytest.mark.parametrize(
    ("exchange", "service"),
    [
        (page("", CF_Mitigated="challenge"), "Cloudflare"),
        (page("", x_amzn_waf_action="captcha"), "AWS WAF"),
        (page("<script>window._cf_chl_opt={};a.src='/cdn-cgi/challenge-platform/h/b'</script>"), "Cloudflare"),
        (page('<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31">'), "Imperva"),
        (page('<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">'), "SiteGround"),
        (page('<script id="anubis_challenge" type="application/json">{}</script>'), "Anubis"),
    ],
)
def test_a_challenge_is_named(exchange: Exchange, service: str) -> None:
    assert find_wall(exchange) == service


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Café-rencontre à Rimouski</p>",
        "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><p>Café-rencontre</p>",
        "<script src='/_Incapsula_Resource?SWJIYLWA=719'></script><p>Café-rencontre</p>",
        "<p>" + "article " * 10_000 + "anubis_challenge</p>",
    ],
)
def test_an_ordinary_page_is_no_challenge(body: str) -> None:
    assert find_wall(page(body)) is None
