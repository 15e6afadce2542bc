import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.urls import host_of, normal_url

SITE = "https://exemple.test"


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Exemple.TEST:443/A", f"{SITE}/A"),
        ("http://exemple.test:80", "http://exemple.test/"),
        ("http://exemple.test:8080/", "http://exemple.test:8080/"),
        ("https://exemple.test:/a", f"{SITE}/a"),
        ("https://exemple.test./a", f"{SITE}/a"),
        (f" {SITE}/a#partie ", f"{SITE}/a"),
        (f"{SITE}/a/./b/../c//d", f"{SITE}/a/c/d"),
        (f"{SITE}/../a/..", f"{SITE}/"),
        (f"{SITE}/a/", f"{SITE}/a/"),
        (f"{SITE}/%7Eann%65e/%c3%a9t%C3%A9", f"{SITE}/~annee/%C3%A9t%C3%A9"),
        (f"{SITE}/été", f"{SITE}/%C3%A9t%C3%A9"),
        (f"{SITE}/e\u0301te\u0301", f"{SITE}/%C3%A9t%C3%A9"),  # the same letters, composed otherwise
        (f"{SITE}/%E9", f"{SITE}/%E9"),  # Latin-1: what the server wrote is what it knows
        (f"{SITE}/a%2Fb", f"{SITE}/a%2Fb"),
        (f"{SITE}/100%", f"{SITE}/100%25"),
        (f"{SITE}/a b", f"{SITE}/a%20b"),
        ("https://organismé.test/", "https://xn--organism-i1a.test/"),
        ("https://XN--ORGANISM-I1A.test/", "https://xn--organism-i1a.test/"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("https://ann:secret@exemple.test/", f"{SITE}/"),
        (f"{SITE}/?b=2&a=1", f"{SITE}/?a=1&b=2"),
        (f"{SITE}/?a=2&a=1", f"{SITE}/?a=2&a=1"),
        (f"{SITE}/?", f"{SITE}/"),
        (f"{SITE}/?&a=1&", f"{SITE}/?a=1"),
        (f"{SITE}/?fiche", f"{SITE}/?fiche"),
        (f"{SITE}/?q=a%20b+c", f"{SITE}/?q=a+b+c"),
        (f"{SITE}/?utm_source=x&p=3&fbclid=y&mc_cid=z", f"{SITE}/?p=3"),
        (f"{SITE}/?UTM_Medium=x&_ga=1&replytocom=4", f"{SITE}/"),
        (
            f"{SITE}/?gallery=1&reference=2&session=automne&source=a",
            f"{SITE}/?gallery=1&reference=2&session=automne&source=a",
        ),
        (f"{SITE}/a;jsessionid=0A1B?PHPSESSID=abc", f"{SITE}/a"),
        (f"{SITE}/?sid=0123456789abcdef0123&ASPSESSIONIDXY=1", f"{SITE}/"),
        (f"{SITE}/?sid=12", f"{SITE}/?sid=12"),
    ],
)
def test_the_spellings_of_one_page_are_one(url: str, normal: str) -> None:
    assert normal_url(url) == normal


@pytest.mark.parametrize(
    "url",
    ["", "/a", "ftp://exemple.test/", "mailto:a@exemple.test", "javascript:void(0)", "https://", "https://exemple.test:99999/",
     "http://exe mple.test/", "http://[::1/", "https://%zz/", "https://exemple.test\u2100/", "https://é..test/"],
)  # fmt: skip
def test_what_is_no_web_address_has_no_normal_spelling(url: str) -> None:
    assert normal_url(url) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_normal_spelling_is_its_own(path: str, query: str) -> None:
    once = normal_url(f"https://exemple.test/{path}?{query}")
    assert once is not None
    assert normal_url(once) == once
    assert once.isascii()


@given(st.text())
def test_any_text_has_a_normal_spelling_or_none(text: str) -> None:
    assert normal_url(text) is None or host_of(text)
