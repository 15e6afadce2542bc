from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from passerelle.crawling.archive import list_captures
from passerelle.crawling.crawl import CrawlOptions, crawl_source, crawl_sources
from passerelle.crawling.example import LoopbackFetcher, serve_folder
from passerelle.crawling.fetching.pacing import SystemClock
from passerelle.crawling.report import CrawlReport
from passerelle.crawling.stopping import Stop
from passerelle.settings import PROJECT
from passerelle.store.captures import all_captures
from passerelle.store.crawls import crawls_of, source_states, visit_of
from passerelle.store.log import load_issues
from passerelle.store.tables import VisitRow
from passerelle.workplace import Workplace
from schemas.crawl import CrawlCounts, Visit
from schemas.source import Source
from tests.crawling.sites import Answer, Site, serving


def crawl(site: Site, workplace: Workplace, source: Source | None = None, **options: object) -> CrawlReport:
    chosen = CrawlOptions(**options)  # type: ignore[arg-type]
    wanted = source or site.source()
    return crawl_source(wanted, workplace=workplace, fetcher_factory=site.fetcher, options=chosen)


def counts(**expected: int) -> CrawlCounts:
    return CrawlCounts(**expected)


def counted(report: CrawlReport) -> CrawlCounts:
    return report.counts.model_copy(update={"bytes": 0})


def codes(workplace: Workplace) -> list[tuple[str, str | None]]:
    with workplace.store.session() as session:
        return [(issue.code, issue.page) for issue in load_issues(session) if issue.stage == "crawl"]


def visit(workplace: Workplace, url: str, source: str = "essai") -> Visit:
    with workplace.store.session() as session:
        found = visit_of(session, source, url)
    assert found
    return found


def captured(workplace: Workplace) -> list[str]:
    with workplace.store.session() as session:
        return [capture.page for capture in all_captures(session)]


def answered(workplace: Workplace, told: set[str]) -> list[int | None]:
    """Give the statuses of all answers in files of the archive that were not told before."""
    fresh = [entry for entry in list_captures(workplace.raw) if entry.place.path not in told]
    told |= {entry.place.path for entry in fresh}
    return [entry.status for entry in fresh]


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """Let the fetchers see a later day."""
    real = SystemClock.now
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SystemClock, "now", lambda clock: real(clock) + timedelta(days=days))
        yield


def test_the_example_site_is_crawled_and_a_second_crawl_is_conditional_alone(workplace: Workplace) -> None:
    asked: list[tuple[str, bool]] = []
    source = workplace.sources["exemple"]
    with serve_folder(PROJECT / "examples/site", lambda path, h: asked.append((path, "if-none-match" in h))) as port:
        first = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: LoopbackFetcher(port))
        assert counted(first) == counts(new=7)
        told: set[str] = set()
        assert answered(workplace, told) == [200] * 10
        assert len(asked) == 10, "robots.txt, the home page as a listing, the sitemap, seven pages"
        asked.clear()
        second = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: LoopbackFetcher(port))
        assert [is_conditional for _, is_conditional in asked] == [True] * 9, "robots.txt holds for a day"
        assert answered(workplace, told) == [304] * 9
        asked.clear()
        with days_later(2):
            third = crawl_source(source, workplace=workplace, fetcher_factory=lambda _: LoopbackFetcher(port))
    assert sorted(asked)[-1] == ("/sitemap.xml", True)
    assert [is_conditional for _, is_conditional in asked] == [True] * 10, "robots.txt too"
    assert answered(workplace, told) == [304] * 10
    assert counted(second) == counted(third) == counts(unchanged=7)
    assert codes(workplace) == []
    assert {page.partition("/")[0] for page in captured(workplace)} == {"https:"}


def test_a_page_that_changed_is_changed_and_the_same_body_without_validators_is_not(
    site: Site, workplace: Workplace
) -> None:
    for page in site.pages.values():
        page.has_etag = False
    crawl(site, workplace)
    site.page("/b", "Un autre projet.")
    again = crawl(site, workplace)
    assert counted(again) == counts(changed=1, unchanged=2)
    same = list_captures(workplace.raw, url=f"{site.url}/a")
    assert sorted(entry.media_type for entry in same) == ["text/html", "warc/revisit"]


def test_a_page_that_is_gone_is_marked_kept_and_found_again_when_it_is_back(site: Site, workplace: Workplace) -> None:
    crawl(site, workplace)
    page = site.pages.pop("/b")
    site.sitemap("/a", "/c")
    gone = crawl(site, workplace)
    assert counted(gone) == counts(unchanged=2, gone=1)
    assert codes(workplace) == [("page-gone", f"{site.url}/b")]
    assert captured(workplace).count(f"{site.url}/b") == 1, "its capture stays"
    since = visit(workplace, f"{site.url}/b").gone_since
    assert since is not None
    still = crawl(site, workplace)
    assert counted(still) == counts(unchanged=2), "it is news once"
    assert visit(workplace, f"{site.url}/b").gone_since == since
    assert codes(workplace) == [("page-gone", f"{site.url}/b")]
    site.pages["/b"] = Answer(b"busy", 500)
    assert counted(crawl(site, workplace)) == counts(unchanged=2, failed=1)
    assert visit(workplace, f"{site.url}/b").gone_since == since, "a site in trouble brings nothing back"
    site.pages["/b"] = page
    back = crawl(site, workplace)
    assert counted(back) == counts(unchanged=3)
    assert codes(workplace) == []


def test_a_page_that_only_a_script_fills_is_said_to_be_until_it_has_a_text(site: Site, workplace: Workplace) -> None:
    shell = b"<!DOCTYPE html><title>Relais</title><body><div id=root></div><script src=/app.js></script>"
    site.pages["/b"] = Answer(shell)
    assert counted(crawl(site, workplace)) == counts(new=3, scripted=1)
    assert codes(workplace) == [("scripted-page", f"{site.url}/b")]
    assert counted(crawl(site, workplace)) == counts(unchanged=3, scripted=1), "a 304 changes nothing about it"
    assert codes(workplace) == [("scripted-page", f"{site.url}/b")]
    with workplace.store.session() as session:
        state = source_states(session, {"essai": site.source()}, now=datetime.now(UTC))["essai"]
    assert (state.scripted, state.pages, state.failing) == (1, 3, 0), "neither the sitemap nor robots.txt is a page"
    site.page("/b", "Un projet.")
    assert counted(crawl(site, workplace)) == counts(changed=1, unchanged=2)
    assert codes(workplace) == []


def test_a_dead_link_is_no_page_gone(site: Site, workplace: Workplace) -> None:
    site.sitemap("/a", "/never-was")
    assert counted(crawl(site, workplace)).gone == 0
    assert codes(workplace) == [("dead-link", f"{site.url}/never-was")]
    site.sitemap("/a")
    crawl(site, workplace)
    assert codes(workplace) == [], "nothing leads to it any more"


def test_versions_in_both_languages_are_fetched_together_even_at_the_limit(site: Site, workplace: Workplace) -> None:
    head = '<link rel="alternate" hreflang="{}" href="{}">'
    site.page("/fr/projet", "Projet", head=head.format("en", "/en/project"))
    site.page("/en/project", "Project", head=head.format("fr", "/fr/projet"))
    site.sitemap("/fr/projet", "/a", "/b")
    source = site.source(allow=[f"^{site.url}/(fr|a|b)"])
    report = crawl(site, workplace, source, limit=1)
    assert site.asked_for() == ["/sitemap.xml", "/fr/projet", "/en/project"]
    assert report.end == "limit"
    crawl(site, workplace, source)
    asked = site.asked_for()
    assert asked.index("/en/project") == asked.index("/fr/projet") + 1, "also when neither has changed"


def test_the_limit_holds_and_the_next_crawl_begins_with_what_was_left(site: Site, workplace: Workplace) -> None:
    assert crawl(site, workplace, limit=2).end == "limit"
    assert site.asked_for() == ["/sitemap.xml", "/a", "/b"]
    assert crawl(site, workplace, limit=2).end == "limit"
    assert site.asked_for() == ["/sitemap.xml", "/c", "/a"]
    assert ("page-limit", None) in codes(workplace)


def test_a_dry_run_says_what_it_would_ask_for_and_leaves_nothing(site: Site, workplace: Workplace) -> None:
    report = crawl(site, workplace, dry_run=True)
    assert report.planned == (f"{site.url}/a", f"{site.url}/b", f"{site.url}/c")
    assert site.asked_for() == ["/sitemap.xml"]
    assert list(workplace.raw.open_folder.rglob("*.warc.gz*")) == []
    with workplace.store.session() as session:
        assert crawls_of(session, "essai") == ()
        assert session.scalars(select(VisitRow)).all() == []


def test_since_leaves_out_what_the_site_dates_earlier(site: Site, workplace: Workplace) -> None:
    site.sitemap("/a", "/b", dated="2026-01-01")
    site.sitemap("/c", dated="2026-06-01", path="/new.xml")
    start = [{"kind": "sitemap", "url": f"{site.url}/{name}.xml"} for name in ("sitemap", "new")]
    crawl(site, workplace, site.source(start=start), since=datetime(2026, 5, 1, tzinfo=UTC))
    assert site.asked_for() == ["/sitemap.xml", "/new.xml", "/c"]


def test_since_asks_for_what_a_feed_dates_later_and_for_no_page_seen_before(site: Site, workplace: Workplace) -> None:
    site.page("/", links=("/a", "/b", "/c"))
    start = [{"kind": "page", "url": f"{site.url}/"}, {"kind": "feed", "url": f"{site.url}/feed.json"}]
    source = site.source(start=start)
    dates = {"/a": "2026-06-01T10:00:00-04:00", "/c": "2026-01-01T00:00:00Z", "/d": "2026-01-01T00:00:00Z"}
    items = [{"id": path, "url": path, "date_published": date} for path, date in dates.items()]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Relais", "items": items})
    site.pages["/feed.json"] = Answer(feed.encode(), media_type="application/feed+json")
    since = datetime(2026, 5, 1, tzinfo=UTC)
    crawl(site, workplace, site.source(start=start[:1]))
    site.asked_for()
    crawl(site, workplace, source, since=since)
    assert sorted(site.asked_for()) == ["/", "/a", "/feed.json"], "neither what is older nor what nothing dates"
    site.page("/", links=("/a", "/b", "/c", "/e"))
    site.page("/e")
    crawl(site, workplace, source, since=since)
    assert sorted(site.asked_for()) == ["/", "/a", "/e", "/feed.json"], "a new page is always asked for"


def test_links_are_followed_to_the_depth_and_a_redirect_is_one_page(site: Site, workplace: Workplace) -> None:
    site.page("/", links=("/un", "/ancien"))
    site.page("/un", links=("/deux",))
    site.page("/deux")
    site.page("/nouveau", links=("/ancien",))
    site.pages["/ancien"] = Answer(status=301, headers={"Location": "/nouveau"})
    source = site.source(start=[{"kind": "page", "url": f"{site.url}/"}], depth=1)
    report = crawl(site, workplace, source)
    assert counted(report) == counts(new=3)
    assert sorted(captured(workplace)) == [f"{site.url}/{name}" for name in ("", "nouveau", "un")]
    site.asked_for()
    again = crawl(site, workplace, source)
    assert counted(again) == counts(unchanged=3)
    assert sorted(site.asked_for()) == ["/", "/nouveau", "/un"], "the old address leads to the new one for good"


def test_what_is_no_page_is_archived_and_not_read_and_not_fetched_twice(site: Site, workplace: Workplace) -> None:
    site.pages["/rapport"] = Answer(b"%PDF-1.7", media_type="application/pdf")
    site.sitemap("/a", "/rapport")
    crawl(site, workplace)
    assert codes(workplace) == [("other-media", f"{site.url}/rapport")]
    assert captured(workplace) == [f"{site.url}/a"]
    site.asked.clear()
    crawl(site, workplace)
    assert all(conditional for path, conditional in site.asked if path == "/rapport")
    assert codes(workplace) == [("other-media", f"{site.url}/rapport")]


def test_broken_pages_are_one_line_each_and_stop_nothing(site: Site, workplace: Workplace) -> None:
    site.pages["/x"] = Answer(status=403)
    site.pages["/y"] = Answer(status=500)
    site.sitemap("/x", "/y", "/a", "/secret")
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /secret", media_type="text/plain")
    report = crawl(site, workplace)
    assert counted(report) == counts(new=1, blocked=2, failed=1)
    expected = {("site-blocks", "/x"), ("server-fails", "/y"), ("robots-forbid", "/secret")}
    assert set(codes(workplace)) == {(code, site.url + path) for code, path in expected}


def test_a_site_that_answers_nothing_is_left_alone_and_said_to_be_unreachable(site: Site, workplace: Workplace) -> None:
    site.sitemap(*(f"/p{number}" for number in range(40)))
    for number in range(40):
        site.pages[f"/p{number}"] = Answer(status=503)
    report = crawl(site, workplace)
    assert (report.end, report.health) == ("unreachable", "failing")
    assert len(site.asked_for()) <= 1 + 10
    assert ("source-unreachable", None) in codes(workplace)


def test_one_source_failing_does_not_stop_the_others(site: Site, workplace: Workplace) -> None:
    with serving(Site()) as other, serving(Site()) as broken:
        other.page("/z")
        other.sitemap("/z")
        sites = {"essai": site, "autre": other, "brise": broken}

        def fetcher(source: Source) -> object:
            if source.name == "brise":
                raise RuntimeError("a defect")
            return sites[source.name].fetcher()

        sources = [one.source(name) for name, one in sites.items()]
        reports = crawl_sources(sources, workplace=workplace, fetcher_factory=fetcher)  # type: ignore[arg-type]
    assert [report.end for report in reports] == ["done", "done", "failed"]
    assert [report.counts.new for report in reports] == [3, 1, 0]
    assert ("crawl-failed", None) in codes(workplace)


def test_a_stopped_crawl_goes_on_where_it_was(site: Site, workplace: Workplace) -> None:
    stop = Stop()
    site.on_request = lambda path: stop.stop() if path == "/b" else None
    site.delay = 0.05
    first = crawl(site, workplace, stop=stop)
    assert first.end == "interrupted"
    site.on_request, site.delay = lambda _: None, 0.0
    kept = captured(workplace)
    assert f"{site.url}/a" in kept
    assert f"{site.url}/c" not in kept
    site.asked_for()
    second = crawl(site, workplace)
    assert second.crawl == first.crawl
    assert second.end == "done"
    assert {f"{site.url}{path}" for path in site.asked_for()[1:]} == {f"{site.url}/{name}" for name in "abc"} - {*kept}
    assert counted(second) == counts(new=3)
    assert sorted(captured(workplace)) == [f"{site.url}/{name}" for name in "abc"]


def in_two_languages(site: Site, numbers: range) -> None:
    """Put pages in place that name each other, French ones in the sitemap."""
    head = '<link rel="alternate" hreflang="{}" href="{}">'
    for number in numbers:
        site.page(f"/fr/projet-{number}", "Projet", head=head.format("en", f"/en/project-{number}"))
        site.page(f"/en/project-{number}", "Project", head=head.format("fr", f"/fr/projet-{number}"))
    site.sitemap(*(f"/fr/projet-{number}" for number in numbers))


def test_after_a_stop_a_version_in_the_other_language_keeps_its_place_whatever_the_limit(
    site: Site, workplace: Workplace
) -> None:
    in_two_languages(site, range(1, 5))
    stop = Stop()
    site.on_request = lambda path: stop.stop() if path == "/en/project-2" else None
    site.delay = 0.05
    assert crawl(site, workplace, stop=stop, limit=3).end == "interrupted"
    before = site.asked_for()[1:]
    assert before == ["/fr/projet-1", "/en/project-1", "/fr/projet-2", "/en/project-2"]
    kept = {page.removeprefix(site.url) for page in captured(workplace)}
    site.on_request, site.delay = lambda _: None, 0.0
    second = crawl(site, workplace, limit=3)
    owed = [path for path in before if path not in kept]
    assert "/fr/projet-2" in kept
    assert site.asked_for()[1:] == [*owed, "/fr/projet-3", "/en/project-3"], "a pair counts once"
    assert second.end == "limit"


def test_a_dry_run_leaves_out_what_robots_forbid_and_counts_versions_in_the_other_language(
    site: Site, workplace: Workplace
) -> None:
    in_two_languages(site, range(1, 4))
    crawl(site, workplace)
    robots = b"User-agent: *\nDisallow: /fr/projet-1\nDisallow: /en/project-2\n"
    site.pages["/robots.txt"] = Answer(robots, media_type="text/plain")
    with days_later(2):
        planned = crawl(site, workplace, dry_run=True, limit=2).planned
    assert planned == tuple(site.url + path for path in ("/en/project-1", "/fr/projet-2"))


def test_two_crawls_of_one_source_at_a_time_are_refused(site: Site, workplace: Workplace) -> None:
    reports: list[CrawlReport] = []
    entered, leave = threading.Event(), threading.Event()

    def hold(path: str) -> None:
        if path == "/a":
            entered.set()
            leave.wait(5)

    site.on_request = hold
    thread = threading.Thread(target=lambda: reports.append(crawl(site, workplace)))
    thread.start()
    assert entered.wait(5)
    assert crawl(site, workplace).end == "busy"
    leave.set()
    thread.join()
    assert [report.end for report in reports] == ["done"]


def test_an_endless_calendar_is_bounded_and_said(site: Site, workplace: Workplace) -> None:
    for number in range(1, 200):
        year, month = divmod(number, 12)
        after, then = divmod(number + 1, 12)
        site.page(f"/agenda/{2000 + year}/{month + 1:02}/", links=(f"/agenda/{2000 + after}/{then + 1:02}/",))
    start = [{"kind": "page", "url": f"{site.url}/agenda/2000/02/"}]
    report = crawl(site, workplace, site.source(start=start, depth=10, max_pages=500))
    assert report.counts.new == 11, "ten links deep"
    links = tuple(f"/agenda/{2000 + n // 12}/{n % 12 + 1:02}/" for n in range(1, 200))
    site.page("/tout", links=links)
    report = crawl(site, workplace, site.source(start=[{"kind": "page", "url": f"{site.url}/tout"}], max_pages=500))
    assert report.counts.pages <= 1 + 36
    assert "endless-pages" in {code for code, _ in codes(workplace)}


def test_fewer_pages_than_before_is_silence(site: Site, workplace: Workplace) -> None:
    paths = [f"/p{number}" for number in range(10)]
    for path in paths:
        site.page(path)
    site.sitemap(*paths)
    assert crawl(site, workplace).health == "fine"
    for path in paths[2:]:
        site.pages.pop(path)
    site.sitemap(*paths[:2])
    assert crawl(site, workplace).health == "silent"
    assert ("source-silent", None) in codes(workplace)
