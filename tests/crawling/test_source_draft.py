"""Drafts of source files, from sites that stand in this file. All of them are fictional."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from passerelle.crawling.fetching.answers import Answer, Failure, Outcome
from passerelle.crawling.source_draft import DraftError, SourceDraft, draft_source
from passerelle.crawling.source_files import check_source_files
from passerelle.settings import PROJECT
from schemas.source import load_source

SITE = "https://www.centre-riviere.qc.test"
TEMPLATE = (PROJECT / "sources" / "exemple.yml").read_text("utf-8")
HOME = """<html lang=fr-CA><head><title>Accueil – Centre de la Rivière</title>
<meta name=generator content="WordPress 6.8">
<link rel=alternate hreflang=en href=/en/><link rel=alternate type="application/rss+xml" href=/feed/>
<link rel=alternate type="application/rss+xml" href=/comments/feed/>
<link rel=license href="https://creativecommons.org/licenses/by-sa/4.0/deed.fr">
</head><body><a href=/nouvelles/>Nouvelles</a>"""
RSS = "<rss version='2.0'><channel><item><link>/a</link></item></channel></rss>"
SITEMAP = f"<urlset><url><loc>{SITE}/a</loc></url></urlset>"


def answer(asked: str, body: str, *, url: str | None = None, media_type: str = "text/html") -> Answer:
    return Answer(
        url=url or asked, url_asked=asked, status=200, reason="OK", http_version="HTTP/1.1",
        headers=(("Content-Type", media_type),), request_head=b"", payload=body.encode(), body=body.encode(),
        fetched_at=datetime(2026, 11, 21, tzinfo=UTC), seconds=0.0, address="192.0.2.1",
    )  # fmt: skip


class Site:
    """A site of some paths; notes what it was asked for."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.asked = pages, list[str]()

    def __call__(self, url: str) -> Outcome:
        self.asked.append(url.removeprefix(SITE))
        body = self.pages.get(url.removeprefix(SITE))
        return Failure("gone", "404 Not Found", url) if body is None else answer(url, body)


def draft(pages: dict[str, str], **more: str) -> tuple[SourceDraft, Site]:
    site = Site(pages)
    return draft_source(f"{SITE}/", site, template=TEMPLATE, **more), site


def test_a_site_that_tells_all_gives_a_whole_description(tmp_path: Path) -> None:
    robots = f"User-agent: *\nCrawl-delay: 20\nSitemap: {SITE}/plan.xml\n"
    made, site = draft({"/": HOME, "/robots.txt": robots, "/plan.xml": SITEMAP, "/feed/": RSS})
    (tmp_path / f"{made.name}.yml").write_text(made.text, "utf-8")
    source = load_source(tmp_path / f"{made.name}.yml")
    assert check_source_files([tmp_path]) == []
    assert source.name == "centre-riviere"
    assert source.title.fr == "Centre de la Rivière"
    assert source.languages == ("fr", "en")
    assert source.hosts == ("centre-riviere.qc.test", "www.centre-riviere.qc.test")
    assert source.licence.spdx == "CC-BY-SA-4.0"
    assert not source.enabled
    assert source.crawl
    assert [(point.kind, point.url) for point in source.crawl.start] == [
        ("sitemap", f"{SITE}/plan.xml"),
        ("feed", f"{SITE}/feed/"),
        ("listing", f"{SITE}/"),
    ]
    assert source.crawl.pace == 20
    assert any("wp-" in pattern for pattern in source.crawl.deny)
    assert site.asked == ["/", "/robots.txt", "/plan.xml", "/feed/"]


def test_a_site_that_tells_nothing_is_asked_at_the_usual_places() -> None:
    made, site = draft({"/": "<p>Bonjour", "/wp-sitemap.xml": SITEMAP, "/atom.xml": "<feed/>", "/feed/": "<html>"})
    found = yaml.safe_load(made.text)
    assert [point["kind"] for point in found["crawl"]["start"]] == ["sitemap", "feed", "listing"]
    assert found["languages"] == ["fr"]
    assert found["title"]["fr"] == "www.centre-riviere.qc.test"
    assert found["licence"]["spdx"] is None
    assert len(site.asked) <= 12


def test_every_field_is_explained_in_both_languages() -> None:
    made, _ = draft({"/": HOME})
    comments = [line for line in TEMPLATE.splitlines()[3:] if line.strip().startswith("#")]
    assert comments
    assert [line for line in comments if line not in made.text] == []
    assert "exemple.passerelle.example" not in made.text.replace("# ", "")


def test_notes_are_in_both_languages() -> None:
    made, _ = draft({"/": "<p>Bonjour"})
    assert made.notes
    assert all(note.fr and note.en for note in made.notes)


def test_a_redirect_is_followed_to_the_sites_own_host() -> None:
    def fetch(url: str) -> Outcome:
        if url == "https://centre.test/":
            return answer(url, HOME, url="https://www.nouveau.test/fr/")
        return Failure("gone", "404", url)

    made = draft_source("centre.test/", fetch, template=TEMPLATE)
    assert yaml.safe_load(made.text)["home"] == "https://www.nouveau.test/fr/"
    assert made.name == "nouveau"
    assert "nouveau.test" in (made.notes[0].en or "")


@pytest.mark.parametrize(
    ("url", "name", "said"),
    [
        ("https://perdu.test/", None, "404"),
        ("mailto://a", None, "http"),
        (f"{SITE}/image", None, "no web page"),
        (f"{SITE}/vide", None, "no web page"),
        (f"{SITE}/", "Pas Un Nom", "name"),
    ],
)
def test_what_cannot_be_described_is_said_in_both_languages(url: str, name: str | None, said: str) -> None:
    def fetch(asked: str) -> Outcome:
        if asked == f"{SITE}/image":
            return answer(asked, "GIF89a", media_type="image/gif")
        return Site({"/": HOME, "/vide": ""})(asked)

    with pytest.raises(DraftError) as caught:
        draft_source(url, fetch, template=TEMPLATE, name=name)
    assert said in (caught.value.said.en or "")
    assert caught.value.said.fr


@pytest.mark.parametrize(
    "title", ['Un "titre": avec # et {accolades}', "<b>&amp;</b> – - –", "null", "é" * 500, "a: b"]
)
def test_whatever_a_site_calls_itself_the_draft_is_valid(title: str) -> None:
    made, _ = draft({"/": f"<html lang=fr><title>{title}</title><p>x"})
    assert yaml.safe_load(made.text)["title"]["fr"]
