from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.discovery.scope import Scope
from passerelle.crawling.frontier import Frontier, Target
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Source, StartPoint

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SITE = "https://exemple.test"


def a_scope(**crawl: object) -> Scope:
    start = (StartPoint(kind="page", url=f"{SITE}/"),)
    source = Source(
        name="exemple",
        title=LanguageMap(fr="Exemple"),
        publisher="Exemple",
        hosts=("exemple.test",),
        licence=Licence(name="x"),
        crawl=Crawl.model_validate({"start": start} | crawl),
    )
    return Scope(source)


def a_frontier(max_depth: int = 3, max_pages: int = 100, since: datetime | None = None, **more: object) -> Frontier:
    return Frontier(a_scope(), max_depth=max_depth, max_pages=max_pages, since=since, **more)  # type: ignore[arg-type]


def page(path: str, **more: object) -> Target:
    return Target(f"{SITE}/{path}", f"{SITE}/{path}", **more)  # type: ignore[arg-type]


def order(frontier: Frontier) -> list[str]:
    given_out = []
    while target := frontier.pop():
        given_out.append(target.url.removeprefix(f"{SITE}/"))
    return given_out


def test_start_pages_come_first_then_pages_never_seen_then_those_not_seen_for_longest() -> None:
    frontier = a_frontier()
    frontier.add(page("seen-today", seen_at=NOON))
    frontier.add(page("seen-last-week", seen_at=NOON - timedelta(days=7)))
    frontier.add(page("deep", depth=2))
    frontier.add(page("new", depth=1))
    frontier.add_start(page("start", seen_at=NOON))
    assert order(frontier) == ["start", "new", "deep", "seen-last-week", "seen-today"]


def test_a_page_is_given_out_once_whatever_leads_to_it() -> None:
    frontier = a_frontier()
    assert frontier.add(page("a"))
    assert not frontier.add(page("a", depth=1))
    assert frontier.pop() is not None
    assert not frontier.add(page("a"))
    assert not frontier.add_partner(page("a"))
    assert order(frontier) == []


def test_a_partner_comes_next_even_beyond_the_limit_and_the_depth() -> None:
    frontier = a_frontier(max_depth=0, max_pages=1)
    frontier.add(page("fr/un"))
    frontier.add(page("fr/deux"))
    assert frontier.pop() == page("fr/un")
    assert frontier.add_partner(page("en/one", depth=5))
    assert order(frontier) == ["en/one"]
    assert frontier.is_exhausted


def test_what_an_interrupted_run_owes_comes_first_and_a_pair_counts_once() -> None:
    frontier = a_frontier(max_pages=3)
    asked = [("fr/un", ["en/one"]), ("en/one", ["fr/un"]), ("fr/deux", ["en/two"])]
    owed = frontier.take_over((f"{SITE}/{path}", map(page, partners)) for path, partners in asked)
    assert owed == [page("en/two")]
    for path in ("fr/un", "fr/trois", "en/two", "fr/quatre"):
        frontier.add(page(path))
    assert order(frontier) == ["en/two", "fr/trois"]
    assert frontier.is_exhausted


def test_a_language_switch_to_the_home_page_is_no_partner() -> None:
    frontier = a_frontier()
    assert not frontier.add_partner(page(""))
    assert not frontier.add_partner(page("en/"))
    assert not frontier.add_partner(Target("https://ailleurs.test/en/x", "https://ailleurs.test/en/x"))


def test_pages_too_deep_or_out_of_scope_are_not_added() -> None:
    frontier = a_frontier(max_depth=1)
    assert frontier.add(page("near", depth=1))
    assert not frontier.add(page("far", depth=2))
    assert not frontier.add(Target("https://ailleurs.test/", "https://ailleurs.test/"))
    assert not frontier.add(page("rapport.pdf", depth=1))


def test_since_is_not_got_round_by_a_link_to_a_page_that_was_left_out() -> None:
    frontier = a_frontier(since=NOON)
    seen = page("seen", seen_at=NOON)
    old = page("old", changed=NOON - timedelta(days=1))
    assert frontier.add(seen) is None
    assert frontier.add(old) is None
    for left_out in (seen, old):
        assert frontier.add(Target(left_out.url, left_out.url, depth=1)) is None
    later = page("seen", changed=NOON + timedelta(days=1))
    assert frontier.add(later) == later, "the next list may date it later"


def test_since_keeps_new_pages_and_those_dated_later() -> None:
    frontier = a_frontier(since=NOON)
    frontier.add(page("never-seen"))
    frontier.add(page("dated-later", seen_at=NOON, changed=NOON + timedelta(days=1)))
    frontier.add(page("dated-earlier", changed=NOON - timedelta(days=1)))
    frontier.add(page("seen-and-undated", seen_at=NOON))
    frontier.add_start(page("start", seen_at=NOON))
    assert sorted(order(frontier)) == ["dated-later", "never-seen", "start"]


def test_an_endless_calendar_is_bounded_and_named() -> None:
    frontier = a_frontier(max_pages=10_000)
    for year in range(1900, 2100):
        for month in range(1, 13):
            frontier.add(page(f"agenda/{year}/{month:02}/"))
    assert len(order(frontier)) <= 100
    assert "calendar" in frontier.trapped


def test_a_known_alias_is_asked_for_by_its_page() -> None:
    target = page("new-address", seen_at=NOON)
    frontier = a_frontier(aliases={f"{SITE}/old-address": target})
    assert frontier.add(page("old-address"))
    assert not frontier.add(page("new-address"))
    assert order(frontier) == ["new-address"]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 4)), max_size=60),
    st.integers(0, 20),
)
def test_whatever_is_added_no_page_comes_twice_and_the_limit_holds(
    adds: list[tuple[int, bool, int]], limit: int
) -> None:
    frontier = a_frontier(max_pages=limit)
    partners = set()
    given_out = []
    for number, partner, depth in adds:
        target = page(f"p/{number}x", depth=depth)
        if partner:
            partners.add(target.url)
            frontier.add_partner(target)
        else:
            frontier.add(target)
        if number % 3 == 0 and (out := frontier.pop()):
            given_out.append(out.url)
    while out := frontier.pop():
        given_out.append(out.url)
    assert len(given_out) == len(set(given_out))
    assert len([url for url in given_out if url not in partners]) <= limit
