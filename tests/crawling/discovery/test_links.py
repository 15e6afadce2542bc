import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.discovery import links as links_module
from passerelle.crawling.discovery.links import Partner, page_key, page_links

SITE = "https://exemple.test"
URL = f"{SITE}/fr/page/"


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<a href=a>A</a><a href='/b?x=1#y'>B</a><area href='//autre.test/c'>", [f"{URL}a", f"{SITE}/b?x=1", "https://autre.test/c"]),
        ("<base href='/ailleurs/'><a href=a>", [f"{SITE}/ailleurs/a"]),
        ("<base href='javascript:x'><base href='/b/'><a href=a>", [f"{SITE}/b/a"]),
        ("<a href=a>1</a><a href='a#x'>2</a><a href='a?utm_source=z'>3</a>", [f"{URL}a"]),
        ("<a href=''>x</a><a href='#haut'>x</a><a>x</a><a href='.'>soi</a>", []),
        ("<a href='mailto:a@b.test'>x</a><a href='javascript:void(0)'>x</a><a href='http://['>x</a>", []),
        ("<a rel='external nofollow' href=a>x</a><a rel=noopener href=b>x</a>", [f"{URL}b"]),
        ("<meta name=Robots content='noindex, NOFOLLOW'><a href=a>x</a>", []),
        ("<meta name=robots content=none><a href=a>x</a>", []),
        ("<meta name=robots content='noindex,follow'><a href=a>x</a>", [f"{URL}a"]),
        ("<a href=' a\n b '>x</a>", [f"{URL}a%20b"]),
        (f"<a href='/{'x' * 3000}'>x</a>", []),
        ("", []),
        ("texte seul", []),
    ],
)  # fmt: skip
def test_links_are_whole_once_and_welcome(html: str, links: list[str]) -> None:
    assert list(page_links(html, URL).links) == links


@pytest.mark.parametrize(
    ("html", "partners"),
    [
        (
            "<link rel=alternate hreflang=en-CA href=/en/page/><link rel=alternate hreflang=fr href=/fr/page/>",
            [Partner("en", f"{SITE}/en/page/")],
        ),
        ("<link rel='ALTERNATE' hreflang=x-default href=/>", [Partner("x-default", f"{SITE}/")]),
        (
            "<link rel=alternate hreflang=en href=/en/page/><a href=/en/>English</a>",
            [Partner("en", f"{SITE}/en/page/")],
        ),
        ("<a href=/en/page/><span> English </span></a>", [Partner("en", f"{SITE}/en/page/")]),
        ("<a href=/en/page/>EN</a>", [Partner("en", f"{SITE}/en/page/")]),
        ("<a href=/en/classes/>English classes</a><a href=/x hreflang=en>Rapport</a>", []),
        ("<link rel=alternate hreflang='??' href=/en/><link rel=alternate href=/en/>", []),
    ],
)  # fmt: skip
def test_the_page_in_other_languages_is_found(html: str, partners: list[Partner]) -> None:
    assert list(page_links(html, URL).partners) == partners


def test_partners_are_chosen_by_language() -> None:
    html = "".join(f"<link rel=alternate hreflang={tongue} href=/{tongue}/>" for tongue in ("en", "es", "en-GB"))
    assert page_links(html, URL).partners_in(("fr", "en")) == (f"{SITE}/en/", f"{SITE}/en-GB/")


@pytest.mark.parametrize(
    ("html", "canonical"),
    [
        ("<link rel=canonical href='/fr/autre/'>", f"{SITE}/fr/autre/"),
        ("<link rel=canonical href='https://www.exemple.test/fr/page/'>", "https://www.exemple.test/fr/page/"),
        ("<link rel=canonical href='https://ailleurs.test/fr/page/'>", None),
        ("<link rel=canonical href='https://exemple.test.ailleurs.test/'>", None),
        ("<link rel=canonical>", None),
        ("", None),
    ],
)
def test_a_canonical_address_does_not_leave_the_site(html: str, canonical: str | None) -> None:
    assert page_links(html, URL).canonical == canonical


@pytest.mark.parametrize(
    ("url", "canonical", "key"),
    [
        (f"{SITE}/a?tri=date", f"{SITE}/a", f"{SITE}/a"),
        (f"{SITE}/A/", "http://www.exemple.test/a", "http://www.exemple.test/a"),
        (f"{SITE}/a", f"{SITE}/", f"{SITE}/a"),  # a site whose every page claims to be the home page
        (f"{SITE}/a", "https://ailleurs.test/a", f"{SITE}/a"),
        (f"{SITE}/a#b", None, f"{SITE}/a"),
        ("ftp://exemple.test/", f"{SITE}/", None),
    ],
)
def test_a_canonical_address_is_a_hint(url: str, canonical: str | None, key: str | None) -> None:
    assert page_key(url, canonical) == key


@pytest.mark.parametrize(
    ("content", "refresh"),
    [("0;url=/b", f"{SITE}/b"), ("5; URL='b'", f"{URL}b"), ("0;url=javascript:x", None), ("30", None)],
)
def test_a_refresh_is_read(content: str, refresh: str | None) -> None:
    assert page_links(f'<meta http-equiv="Refresh" content="{content}">', URL).refresh == refresh


def test_feeds_are_found() -> None:
    html = "<link rel=alternate type='application/rss+xml' href=/flux><link rel=alternate type=text/html href=/x>"
    assert page_links(html, URL).feeds == (f"{SITE}/flux",)


def test_pages_are_read_from_bytes_too() -> None:
    said = "<a href='/en/'>English</a><a href='/fr/'>Français</a>"
    for body in (said.encode(), said.encode("cp1252"), said.encode("utf-16"), b"\xef\xbb\xbf" + said.encode()):
        assert [partner.language for partner in page_links(body, f"{SITE}/").partners] == ["en", "fr"]


def test_a_page_of_endless_links_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links_module, "MAX_LINKS", 10)
    result = page_links("".join(f"<a href=/{n}>x</a>" for n in range(50)), URL)
    assert len(result.links) == 10
    assert result.truncated


def test_a_page_nested_without_end_is_read_to_its_bound() -> None:
    links = page_links("<a href=/a>x</a>" + "<div>" * 200_000 + "<a href=/b>x</a>", URL).links
    assert links[0] == f"{SITE}/a"


TAGS = st.sampled_from(
    ["<a href='", "'>", "</a>", "<base href='", "<link rel=alternate hreflang=en href='", "http://", "//", "[", "]:",
     "<meta http-equiv=refresh content='0;url=", ":99999", "\\", "?", "#", "é", "\0", "\ud800", "<script>", "<!--",
     "<template>", "English", "&#x110000;"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=300), st.lists(TAGS, max_size=30).map("".join)))
def test_any_page_gives_links_or_none(html: bytes | str) -> None:
    result = page_links(html, URL)
    assert all(url.startswith(("http://", "https://")) for url in result.links)


APP = "<body><div id=app></div><script src=/app.js></script>"


@pytest.mark.parametrize(
    ("html", "scripted"),
    [
        (APP, True),
        (f"<head><title>{'Relais ' * 60}</title></head>{APP}<noscript>{'Activez JavaScript. ' * 30}</noscript>", True),
        ("<body><script>document.write('Bonjour ' * 900)</script></body>", True),
        (f"<body><p>{'Un projet du quartier. ' * 20}</p><div id=app></div><script></script>", False),
        ("<body><p>Une courte page.</p><script src=/mesure.js></script>", False),
        ("<body></body>", False),
    ],
)
def test_a_page_that_a_script_is_to_fill_is_recognised(html: str, scripted: bool) -> None:
    assert page_links(html.encode(), "https://exemple.test/").scripted is scripted
