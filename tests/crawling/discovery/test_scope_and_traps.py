import pytest

from passerelle.crawling.discovery.scope import Scope, in_scope
from passerelle.crawling.discovery.traps import Traps, is_calendar
from schemas.source import Source

SITE = "https://exemple.test"


def source(**crawl: object) -> Source:
    return Source.model_validate(
        {
            "name": "exemple",
            "title": {"fr": "Exemple"},
            "publisher": "Organisme fictif",
            "hosts": ["exemple.test", "www.exemple.test", "organismé.test"],
            "licence": {"name": "CC0"},
            "crawl": {"start": [{"kind": "page", "url": SITE}], **crawl},
        }
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"{SITE}/projets/un", None),
        ("HTTP://WWW.Exemple.test/projets/un", None),
        ("https://xn--organism-i1a.test/projets/un", None),
        (f"{SITE}/projets/2.0", None),
        (f"{SITE}/projets/un.html", None),
        (f"{SITE}/projets/un.PDF?x=1", "file-type"),
        (f"{SITE}/projets/photo.jpg", "file-type"),
        (f"{SITE}/projets/flux.xml", "file-type"),
        (f"{SITE}/contact", "not-allowed"),
        (f"{SITE}/projets/un?replytocom=3&imprimer=1", "denied"),
        (f"{SITE}/projets/a%64min/", "denied"),  # the same page, spelled otherwise
        ("https://ailleurs.test/projets/", "other-host"),
        ("https://exemple.test.ailleurs.test/projets/", "other-host"),
        ("https://sous.exemple.test/projets/", "other-host"),
        ("https://exemple.test@ailleurs.test/projets/", "other-host"),
        ("ftp://exemple.test/projets/", "not-http"),
        ("/projets/", "not-http"),
        (f"{SITE}/projets/{'x' * 3000}", "too-long"),
    ],
)
def test_a_url_belongs_to_a_source_or_there_is_a_reason(url: str, reason: str | None) -> None:
    bounds = source(allow=["/projets/"], deny=["imprimer=", "/admin/"])
    assert Scope(bounds).why_not(url) == reason
    assert in_scope(url, bounds) is (reason is None)


def test_lists_are_reached_whatever_pages_are_allowed() -> None:
    scope = Scope(source(allow=["/projets/"]))
    assert scope.reaches(f"{SITE}/sitemap.xml")
    assert not scope.takes(f"{SITE}/sitemap.xml")
    assert not scope.reaches("https://ailleurs.test/sitemap.xml")


def test_a_source_without_hosts_keeps_to_those_of_its_start_points() -> None:
    scope = Scope(source().model_copy(update={"hosts": ()}))
    assert scope.takes(f"{SITE}/a")
    assert not scope.takes("https://www.exemple.test/a")


@pytest.mark.parametrize(
    ("url", "calendar"),
    [
        (f"{SITE}/2026/11/", True),
        (f"{SITE}/archives/2026-11-20", True),
        (f"{SITE}/evenements/mois/2026-11/", True),
        (f"{SITE}/events/list/2026-11-20", True),
        (f"{SITE}/agenda?mois=11&annee=2026", True),
        (f"{SITE}/?tribe-bar-date=2026-11-20", True),
        (f"{SITE}/2026/11/20/un-prix-pour-le-comite/", False),
        (f"{SITE}/nouvelles/2026-bilan", False),
        (f"{SITE}/projet/12", False),
        (f"{SITE}/?date=prochaine", False),
        (f"{SITE}/?page=11", False),
    ],
)
def test_a_calendar_is_known_by_its_addresses(url: str, calendar: bool) -> None:
    assert is_calendar(url) is calendar


def test_a_calendar_without_end_is_left_and_the_articles_are_not() -> None:
    traps = Traps(calendar_pages=12)
    months = [f"{SITE}/agenda/{year}-{month:02}/" for year in range(2000, 2050) for month in range(1, 13)]
    assert [traps.caught(url) for url in months].count(None) == 12
    articles = [f"{SITE}/2026/11/{day:02}/article-{day}/" for day in range(1, 29)]
    assert {traps.caught(url) for url in articles} == {None}


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/a/b/c", None),
        ("/fr/projets/fr/", None),
        ("/a/a/a/a", "repeats"),
        ("/x/a/b/a/b/a/b", "repeats"),
        ("/" + "/".join(map(str, range(20))), "too-deep"),
        ("/?" + "&".join(f"f{n}=1" for n in range(9)), "too-many-parameters"),
    ],
)
def test_paths_that_grow_without_end_are_left(path: str, trap: str | None) -> None:
    assert Traps().caught(f"{SITE}{path}") == trap


def test_urls_of_one_shape_are_bounded() -> None:
    traps = Traps(same_shape=10)
    assert [traps.caught(f"{SITE}/node/{n}") for n in range(12)] == [None] * 10 + ["same-shape"] * 2
