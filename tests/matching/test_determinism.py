from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.matching import match
from passerelle.matching.identities import ID_LENGTH, SourceKey, mint
from schemas.working import Identity, Matched, PageState
from tests.matching.factories import day, decision, initiative, organization, page, small_world


def ids(matched: Matched) -> set[str]:
    return {record.id for records in (matched.initiatives, matched.news, matched.organizations) for record in records}


@given(st.permutations(small_world()))
@settings(max_examples=20, deadline=None)
def test_the_order_of_pages_does_not_matter(pages: list[PageState]) -> None:
    assert match(pages).model_dump_json() == match(small_world()).model_dump_json()


WORDS = st.sampled_from(["Escale", "Projet", "jeunes", "Marée", "de", "Rimouski", "(PEM)", "Shore", "Table"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
LEADS = st.none() | NAMES.map(organization)
DRAFTS: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda name, lead, low, regions: initiative(name, lead=lead, ages=(low, None), regions=regions),
    NAMES,
    LEADS,
    st.sampled_from([None, 12, 14]),
    st.lists(st.sampled_from(["01", "03"]), unique=True),
)


def make_pages(drafts: list[list[dict[str, Any]]]) -> list[PageState]:
    languages = ("fr", "en")
    return [
        page(
            f"https://site{n % 2}.example/{languages[n % 3 % 2]}/{n}",
            *(draft | {"language": languages[n % 3 % 2], "key": str(k)} for k, draft in enumerate(listed)),
            seen=(n % 4,),
        )
        for n, listed in enumerate(drafts)
    ]


@given(st.lists(st.lists(DRAFTS, min_size=1, max_size=3), min_size=1, max_size=7), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_whatever_pages_say_every_draft_is_in_one_record_in_any_order(
    drafts: list[list[dict[str, Any]]], random: Any
) -> None:
    pages = make_pages(drafts)
    matched = match(pages)
    random.shuffle(pages)
    assert match(pages) == matched
    told = [ref.url for record in matched.initiatives for ref in record.sources]
    assert sorted(filter(None, told)) == sorted(state.page for state in pages for _ in state.extraction.initiatives)


def test_a_rebuild_from_nothing_gives_the_same_ids() -> None:
    stored: tuple[Identity, ...] = ()
    grown = match(())
    for count in range(1, len(small_world()) + 1):
        grown = match(small_world()[:count], identities=stored)
        stored = tuple({i.key: i for i in (*stored, *grown.identities)}.values())
    assert ids(grown) == ids(match(small_world()))
    assert set(grown.redirects.values()) <= ids(grown)


def test_a_second_run_changes_nothing() -> None:
    first = match(small_world())
    second = match(small_world(), identities=first.identities, judgements=first.judgements)
    assert second.model_dump_json() == first.model_dump_json()


def test_a_stored_id_wins_over_a_new_one() -> None:
    key = "initiative|https://liens.example/maillages/cousu/|"
    stored = Identity(key=key, id="ini-ancienne", type="initiative", first_seen=day(0))
    matched = match(small_world()[:1], identities=(stored,))
    assert [record.id for record in matched.initiatives] == ["ini-ancienne"]


def test_an_id_that_collides_grows() -> None:
    free = mint([SourceKey("news|a|", "news", day(0))])["news|a|"].id
    taken = Identity(key="news|b|", id=free, type="news", first_seen=day(0))
    grown = mint([SourceKey("news|a|", "news", day(0))], [taken])["news|a|"].id
    assert grown.startswith(free)
    assert len(grown) == len("news-") + ID_LENGTH + 1


def test_a_record_keeps_the_id_of_the_page_seen_first_and_a_published_id_redirects() -> None:
    french, english, *_ = small_world()
    first, second = match([french]).initiatives[0].id, match([english])
    assert match([english, french]).redirects == {}
    both = match([english, french], identities=second.identities)
    assert [record.id for record in both.initiatives] == [first]
    assert {old: new for old, new in both.redirects.items() if old.startswith("ini-")} == {
        second.initiatives[0].id: first
    }


def test_two_drafts_of_one_page_with_one_key_are_both_kept() -> None:
    state = page("https://a.example/", initiative("Escale Nord"), initiative("Escale Sud"))
    assert {record.name.fr for record in match([state]).initiatives} == {"Escale Nord", "Escale Sud"}


def test_a_rejected_record_keeps_its_identity() -> None:
    before = match(small_world())
    decided = match(small_world(), decisions=(decision(1, "reject", before.initiatives[0].id),))
    assert [one for one in decided.identities if one.type == "initiative"] == [
        one for one in before.identities if one.type == "initiative"
    ]
