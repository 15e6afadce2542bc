"""What a page says of itself: titles, dates, authors, languages."""

from __future__ import annotations

import json

import pytest

from extractors.documents import read
from tests.documents.pages import html_document

TEXT = "<p>La maison des jeunes de Matane ouvre ses portes à toutes et à tous dès l’automne.</p>"


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Un toit à Matane | Le Passage</title>", "<h1>Un toit à Matane</h1>", "Un toit à Matane"),
        ("<title>Un toit à Matane - Le Passage</title>", "", "Un toit à Matane"),
        ('<title>x</title><meta property="og:title" content="Un toit">', "", "Un toit"),
        (ld({"@type": "NewsArticle", "headline": "Un toit &amp; un lit"}), "<h1>Le Passage</h1>", "Un toit & un lit"),
        (
            '<meta property="og:site_name" content="Le Passage"><title>Le Passage | Un toit à Matane</title>',
            "<h1>Le Passage</h1>",
            "Un toit à Matane",
        ),
        ("", "<h1>Un toit</h1>", "Un toit"),
        ("<title>Prévention : agir tôt - et ensemble, partout dans la région</title>", "",
         "Prévention : agir tôt - et ensemble, partout dans la région"),
    ],
)  # fmt: skip
def test_the_title_is_what_the_page_is_called_without_its_site(head: str, body: str, title: str) -> None:
    assert html_document(body + TEXT, head=head).metadata.title == title


def test_dates_published_and_modified_are_kept_apart() -> None:
    item = {"@graph": [{"@type": "WebSite", "name": "Le Passage"}, {
        "@type": ["NewsArticle"],
        "datePublished": "2024-05-06T08:00:00-04:00", "dateModified": "2024-06-01"}]}  # fmt: skip
    meta = html_document(TEXT, head=ld(item)).metadata
    assert (meta.published, meta.modified) == ("2024-05-06T08:00:00-04:00", "2024-06-01")
    assert (meta.site_name, meta.kind) == ("Le Passage", "NewsArticle")


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta property="article:published_time" content="2023-01-02T03:04:05Z">', "", "2023-01-02T03:04:05Z"),
        ("", '<time class="entry-date published" datetime="2022-12-01">1er décembre</time>', "2022-12-01"),
        ("", '<span class="posted-on">Publié le 3 sept. 2021</span>', "2021-09-03"),
        ("", "<p>Fondée en 1998.</p>", None),
        ("", '<h3>Par Anne Roy<br><span class="datetime">Lundi 6 mai 2024</span></h3>', "2024-05-06"),
        ("", "<h1>Un toit</h1><div>Actualités</div><p>6 mai 2024</p>", "2024-05-06"),
        ("", "<p>6 mai 2024</p><h1>Un toit</h1>", "2024-05-06"),
        ("", "<h1>Un toit</h1><h1>Un lit</h1><p>6 mai 2024</p>", None),
        ("", '<span class="date">veröffentlicht am 6. März 2024</span>', "2024-03-06"),
        ("", '<span class="date">7 de maio de 2024</span>', "2024-05-07"),
        ("", '<span class="date">06.05.2024</span>', "2024-05-06"),
        ('<meta name="article_date_original" content="Monday, May 6, 2024, 08:19 PM">', "", "2024-05-06"),
        (
            ld({"@type": "Article", "datePublished": "Mon May 06 2024 13:05:46 GMT+0000"}),
            "",
            "2024-05-06T13:05:46+0000",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2024-05-06", "x</script>',
            "",
            "2024-05-06",
        ),
        (
            "",
            '<ul><li><time datetime="2024-04-30"></time></li></ul>'
            '<header><h1>Un toit</h1><p><time datetime="2024-05-06"></time></p></header>',
            "2024-05-06",
        ),
    ],
)
def test_the_day_of_publication_is_read_where_the_page_gives_it(head: str, body: str, published: str | None) -> None:
    assert html_document(body + TEXT, head=head).metadata.published == published


def test_the_day_in_the_address_settles_what_utc_blurs() -> None:
    page = f'<meta property="article:published_time" content="2024-05-07T02:10:00Z">{TEXT}'.encode()
    document = read(
        page,
        page="p",
        url="https://journal.test/2024/05/06/un-toit/",
        digest="d",
        source="journal",
        media_type="text/html",
    )
    assert document.metadata.published == "2024-05-06"


@pytest.mark.parametrize(
    ("body", "published", "modified"),
    [
        ('<p class="date">Mis à jour le 7 juin 2024</p>', None, "2024-06-07"),
        ('<p class="date">Last updated: June 7, 2024. Published May 6, 2024</p>', "2024-05-06", "2024-06-07"),
        ('<p class="date">Publié le 6 mai 2024 | Modifié le 7 juin 2024</p>', "2024-05-06", "2024-06-07"),
        ("<h1>Un toit</h1><p>Mis à jour le 7 juin 2024</p>", None, None),
    ],
)
def test_a_change_that_is_shown_is_not_taken_for_the_publication(
    body: str, published: str | None, modified: str | None
) -> None:
    meta = html_document(body + TEXT).metadata
    assert (meta.published, meta.modified) == (published, modified)


@pytest.mark.parametrize(
    ("told", "shown", "published"),
    [
        ("2024-05-07T01:19:34.819Z", "Publié le 6 mai 2024", "2024-05-06"),
        ("2024-05-06T22:30:00+00:00", "7 mai 2024", "2024-05-07"),
        ("2024-05-07T15:00:00Z", "6 mai 2024", "2024-05-07T15:00:00Z"),
        ("2024-05-07T01:19:34-04:00", "6 mai 2024", "2024-05-07T01:19:34-04:00"),
        ("2024-05-07T01:19:34Z", "30 avril 2024", "2024-05-07T01:19:34Z"),
    ],
)
def test_the_day_that_is_shown_settles_what_utc_blurs(told: str, shown: str, published: str) -> None:
    head = f'<meta property="article:published_time" content="{told}">'
    today = '<div class="date">8 mai 2024</div>'
    body = f'{today}<h1>Un toit</h1><p class="date">{shown}</p>{TEXT}'
    assert html_document(body, head=head).metadata.published == published


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (ld({"@type": "Article", "author": [{"name": "Anne Roy"}, {"name": "Luc Hé"}]}), "", ("Anne Roy", "Luc Hé")),
        ('<meta name="author" content="Par Anne Roy">', "", ("Anne Roy",)),
        ("", '<span class="byline">Par Anne Roy</span>', ("Anne Roy",)),
        ("", '<p class="byline">Posted on May 6, 2024 by Anne Roy</p>', ("Anne Roy",)),
        (
            '<meta property="og:site_name" content="Le Passage"><meta name="author" content="Le Passage">',
            '<a rel="author" href="/roy">Anne Roy 6 mai 2024</a>',
            ("Anne Roy",),
        ),
        ('<meta name="author" content="admin">', "", ()),
        (
            '<meta name="author" content="Webdesk">',
            '<span class="byline">By Anne Roy and Luc Hébert, The Bell</span>',
            ("Anne Roy", "Luc Hébert"),
        ),
        ('<meta name="author" content="aroy2">', '<span class="byline">Par Anne Roy</span>', ("Anne Roy",)),
        ('<meta name="author" content="aroy2">', "", ("aroy2",)),
        ("", '<p class="byline">Texte Anne Roy</p>', ("Anne Roy",)),
        ('<meta property="article:author" content="https://facebook.com/page">', "", ()),
    ],
)
def test_authors_are_names_not_accounts_or_addresses(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert html_document(body + TEXT, head=head).metadata.authors == authors


def test_a_broken_json_ld_block_costs_only_itself() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x</script>'
    trailing = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un toit",}</script>'
    assert html_document(TEXT, head=broken + trailing).metadata.title == "Un toit"


def test_links_to_the_page_itself_and_to_its_other_language_are_absolute() -> None:
    head = '<link rel="canonical" href="/fr/page"><link rel="alternate" hreflang="EN" href="/en/page">'
    meta = html_document(TEXT, head=head).metadata
    assert meta.canonical_url == "https://exemple.test/fr/page"
    assert meta.alternates == {"en": "https://exemple.test/en/page"}
    assert meta.language == "fr"


@pytest.mark.parametrize(
    "told", ["2000-00-00", "2023-02-30T10:00:00Z", "2024.13.01", "Tue Nov 45 2019 03:05:46 GMT+0000", "45.13.2024"]
)
def test_a_day_that_there_is_not_is_none(told: str) -> None:
    page = f"<html><body><article><time datetime='{told}'>hier</time><p>Bonjour.</p></article></body></html>"
    assert html_document(page).metadata.published is None
