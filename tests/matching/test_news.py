"""News and the initiatives they speak of. All organisations are fictional."""

from typing import Any

from passerelle.matching import match
from tests.matching.factories import initiative, page

ARTICLE = "urn:sha256:article"


def mentioned(news: dict[str, Any], *drafts: dict[str, Any]) -> set[str | None]:
    """Give the names of the initiatives that an article speaks of; both sides must say so."""
    pages = [page(f"https://s{n}.example/", draft, source=f"s{n}") for n, draft in enumerate(drafts)]
    matched = match([*pages, page(ARTICLE, news={"title": "Un prix"} | news, source="journal")])
    (item,) = matched.news
    assert {one.id for one in matched.initiatives if item.id in one.mentions} == set(item.mentions)
    return {one.name.fr for one in matched.initiatives if one.id in item.mentions}


def test_an_article_mentions_the_initiative_it_names() -> None:
    drafts = (initiative("Projet Rondes Filou", lead="Le Quai"), initiative("Rondes Marines", lead="La Trame"))
    assert mentioned({"initiative_names": ["Rondes Filou"]}, *drafts) == {"Projet Rondes Filou"}


def test_a_namesake_of_another_house_is_not_meant() -> None:
    news = {"initiative_names": ["Rondes Filou"], "organizations": ["Le Quai"]}
    assert mentioned(news, initiative("Rondes Filou", lead="La Trame")) == set()


def test_an_organisation_and_a_name_in_the_text_make_a_mention() -> None:
    news = {"text": "Avec ses rondes-filou, le Quai innove.", "organizations": ["Quai"]}
    drafts = (initiative("Rondes Filou", lead="Le Quai"), initiative("Cousu Main", lead="Le Quai"))
    assert mentioned(news, *drafts) == {"Rondes Filou"}


def test_a_name_in_the_text_alone_is_not_enough() -> None:
    assert mentioned({"text": "Il faut un satellite."}, initiative("Satellite", lead="Le Quai")) == set()


def test_the_initiative_of_an_article_is_mentioned_also_once_it_is_merged() -> None:
    article = page(ARTICLE, initiative("Rondes Filou", lead="Le Quai"), news={"title": "Un prix"}, source="journal")
    own = page("https://quai.example/", initiative("Rondes Filou", lead="Le Quai"))
    matched = match([article, own])
    (record,) = matched.initiatives
    (item,) = matched.news
    assert (record.mentions, item.mentions) == ((item.id,), (record.id,))
    assert item.url is None
    assert item.sources[0].source == "journal"
