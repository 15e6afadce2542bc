"""robots.txt from crawl to crawl: kept for its day, then asked for conditionally."""

from __future__ import annotations

from passerelle.workplace import Workplace
from tests.crawling.sites import Answer, Site
from tests.crawling.test_crawl import captured, counted, counts, crawl, days_later, visit


def robots_of(site: Site) -> list[bool]:
    """Say of each request for robots.txt whether it was conditional, and forget all requests."""
    found = [is_conditional for path, is_conditional in site.asked if path == "/robots.txt"]
    site.asked.clear()
    return found


def test_robots_txt_holds_for_a_day_and_is_asked_for_conditionally_after_it(site: Site, workplace: Workplace) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /b\n", media_type="text/plain")
    assert counted(crawl(site, workplace)) == counts(new=2, blocked=1)
    assert robots_of(site) == [False]
    assert counted(crawl(site, workplace)) == counts(unchanged=2, blocked=1)
    assert robots_of(site) == [], "its rules hold"
    with days_later(2):
        assert counted(crawl(site, workplace)) == counts(unchanged=2, blocked=1)
        assert robots_of(site) == [True]
        assert counted(crawl(site, workplace)) == counts(unchanged=2, blocked=1), "the 304 kept the rules"
        assert robots_of(site) == [], "and began another day"
    site.pages["/robots.txt"].body = b"User-agent: *\nDisallow: /a\n"
    with days_later(4):
        assert counted(crawl(site, workplace)) == counts(new=1, unchanged=1, blocked=1)
    assert visit(workplace, f"{site.url}/robots.txt").kind == "robots"
    assert f"{site.url}/robots.txt" not in captured(workplace), "it is no page"


def test_that_there_is_no_robots_txt_is_known_for_a_day(site: Site, workplace: Workplace) -> None:
    crawl(site, workplace)
    assert robots_of(site) == [False]
    crawl(site, workplace)
    assert robots_of(site) == []
    with days_later(2):
        crawl(site, workplace)
        assert robots_of(site) == [False], "there is nothing to compare with"


def test_a_robots_txt_that_failed_is_asked_for_by_the_next_crawl(site: Site, workplace: Workplace) -> None:
    site.pages["/robots.txt"] = Answer(b"busy", 503)
    assert crawl(site, workplace).end == "unreachable"
    assert robots_of(site) == [False]
    del site.pages["/robots.txt"]
    assert counted(crawl(site, workplace)) == counts(new=3)
    assert robots_of(site) == [False]


def test_a_robots_txt_whose_capture_is_lost_is_asked_for_anew(site: Site, workplace: Workplace) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /b\n", media_type="text/plain")
    crawl(site, workplace)
    for warc in workplace.raw.open_folder.rglob("*.warc.gz"):
        warc.write_bytes(b"")
    robots_of(site)
    assert crawl(site, workplace).counts.blocked == 1
    assert robots_of(site) == [False]
