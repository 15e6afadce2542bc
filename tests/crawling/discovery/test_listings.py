import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.discovery.listings import ListingWalk, page_number, read_listing
from schemas.source import StartPoint

SITE = "https://exemple.test"
URL = f"{SITE}/nouvelles/"


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<nav><a href=/n>N</a></nav><main><a href=a>A</a></main><footer><a href=/f>F</a></footer>", ["a"]),
        ("<div role=main><a href=a>A</a></div><a href=/x>X</a>", ["a"]),
        ("<header><a href=/h>H</a></header><article><header><a href=a>A</a></header></article>", ["a"]),
        ("<main><ul class=pagination><a href=?page=9>9</a></ul><a href=a>A</a></main>", ["a"]),
        ("<div class='menu-principal'><a href=/m>M</a></div><div class='contenu'><a href=a>A</a></div>", ["a"]),
        ("<div id=sidebar><a href=/s>S</a></div><p><a href=a>A</a></p><aside><a href=/r>R</a></aside>", ["a"]),
        ("<body class='page navigation-on'><a href=a>A</a></body>", ["a"]),
        ("<main><a href=a>A</a><a href='a#b'>A</a><a href=b rel=nofollow>B</a><a href='.'>ici</a></main>", ["a"]),
        ("<main><article><a href=b>B</a></article><article><a href=a>A</a></article></main>", ["b", "a"]),
    ],
)
def test_entries_are_the_links_of_the_main_content(html: str, links: list[str]) -> None:
    assert list(read_listing(html, URL).links) == [f"{URL}{link}" for link in links]


@pytest.mark.parametrize(
    "html",
    [
        "<link rel=next href=?page=2>",
        "<a rel='next nofollow' href=?page=2>…</a>",
        "<a href=?page=2>Suivant</a>",
        "<a href=?page=2><span>Page suivante</span> »</a>",
        "<a href=?page=2>Suivante ›</a>",
        "<a href=?page=2>Articles plus anciens</a>",
        "<a href=?page=2>« Older posts</a>",
        "<a href=?page=2>Next</a>",
        "<a href=?page=2 aria-label='Page suivante'><svg></svg></a>",
        "<div class=pagination><a href=?page=2>→</a></div>",
        "<ul class='pager'><li class='pager-next'><a href=?page=2>+</a></li></ul>",
        "<a href=?page=3>3</a><a href=?page=2>2</a>",
        "<a href='?page=2'>2</a><a href='/2'>2</a>",
    ],
)
def test_the_next_page_is_found(html: str) -> None:
    assert read_listing(html, URL).next == f"{URL}?page=2"


@pytest.mark.parametrize(
    "html",
    [
        "<a href='https://ailleurs.test/?page=2' rel=next>Suivant</a>",
        "<a href=.>Suivant</a>",
        "<a href=/a>Suivant notre appel, le comité se réunit</a>",
        "<a href=/a>Next steps for the alliance</a>",
        "<a href=/a>→</a>",
        "<a href=/2026/2>2</a><a href=?page=3>3</a>",
        "<a>Suivant</a>",
        "",
    ],
)
def test_what_leads_elsewhere_is_no_next_page(html: str) -> None:
    assert read_listing(html, URL).next is None


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (f"{SITE}/a/page/3/", 3),
        (f"{SITE}/a/?paged=4", 4),
        (f"{SITE}/a?x=1&page=5", 5),
        (f"{SITE}/a-page-6.html", 6),
        (f"{SITE}/a/2026/", 1),
        (f"{SITE}/a", 1),
    ],
)
def test_pages_of_a_listing_are_numbered(url: str, number: int) -> None:
    assert page_number(url) == number


def listing(**selectors: str) -> StartPoint:
    return StartPoint(kind="listing", url=URL, **selectors)


def test_selectors_say_which_links_are_meant() -> None:
    html = "<a href=/x>X</a><h2><a href=a>A</a></h2><h2 class=s><a href=b>B</a></h2><a class=plus href=?p=2>…</a>"
    found = read_listing(html, URL, listing(links="h2, h2 a", next="a.plus"))
    assert found.links == (f"{URL}a", f"{URL}b")
    assert found.next == f"{URL}?p=2"
    assert found.problems == ()


def test_a_selector_that_finds_nothing_is_a_problem() -> None:
    found = read_listing("<a href=/x>X</a>", URL, listing(links=".fiche a"))
    assert found.links == ()
    assert ".fiche a" in found.problems[0]


def test_a_selector_that_is_none_is_a_problem_in_one_line() -> None:
    found = read_listing("<a href=/x>X</a>", URL, listing(links="h2["))
    assert "no CSS selector" in found.problems[0]
    assert "\n" not in found.problems[0]


def walk(pages: dict[str, str], **bounds: int) -> tuple[ListingWalk, list[str]]:
    walked, fetched = ListingWalk(listing(), **bounds), []  # type: ignore[arg-type]
    for url in walked:
        fetched.append(url.removeprefix(URL))
        if url in pages:
            walked.add(url, pages[url])
    return walked, fetched


def test_a_walk_goes_from_page_to_page() -> None:
    walked, fetched = walk(
        {
            URL: "<main><a href=a>A</a></main><a rel=next href=?page=2>",
            f"{URL}?page=2": "<main><a href=b>B</a><a href=a>A</a></main><a rel=next href=?page=3>",
            f"{URL}?page=3": "<main><a href=c>C</a></main><a rel=next href=?page=1>",
        }
    )
    assert fetched == ["", "?page=2", "?page=3", "?page=1"]
    assert list(walked.links.values()) == [f"{URL}a", f"{URL}b", f"{URL}c"]


def test_a_walk_does_not_turn_in_circles() -> None:
    _, fetched = walk(
        {URL: "<main><a href=a>A</a></main><a rel=next href=?p=2>", f"{URL}?p=2": f"<a rel=next href={URL}>"}
    )
    assert fetched == ["", "?p=2"]


def test_a_listing_that_repeats_itself_is_left() -> None:
    walked, fetched = ListingWalk(listing()), []
    for number, url in enumerate(walked, 1):
        fetched.append(url)
        walked.add(url, f"<main><a href=a>A</a></main><a rel=next href=?page={number + 1}>")
    assert len(fetched) == 3
    assert "nothing new" in walked.problems[0]


def test_a_listing_without_end_is_left() -> None:
    walked, fetched = ListingWalk(listing(), max_pages=7), []
    for number, url in enumerate(walked, 1):
        fetched.append(url)
        walked.add(url, f"<main><a href=a{number}>A</a></main><a rel=next href=?page={number + 1}>")
    assert len(fetched) == 7
    assert "more than 7 pages" in walked.problems[0]


def test_a_walk_stays_where_it_may_go() -> None:
    walked = ListingWalk(listing(), lambda _url: False)
    assert [walked.add(url, "<a rel=next href=?page=2>").next for url in walked] == [f"{URL}?page=2"]


@given(st.text(max_size=200), st.sampled_from([None, "a", "main > a"]))
def test_any_page_gives_a_listing(html: str, selector: str | None) -> None:
    found = read_listing(f"<main><a href='{html}'>{html}</a>{html}", URL, listing(links=selector or "a"))
    assert all(url.startswith(("http://", "https://")) for url in found.links)
