"""Lists, filters and search, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from schemas.base import LanguageMap
from schemas.records import Audience, Initiative, LeadRef, OrganizationRef, Review, Territory
from tests.publishing.api.client import Client
from tests.publishing.factories import Press, initiative, matched, news, organization

RIMOUSKI = Territory(regions=("01",), municipalities=("Rimouski",))
MONTREAL = Territory(regions=("06",), municipalities=("Montréal",))

RECORDS: tuple[Initiative, ...] = (
    initiative(
        1,
        name=LanguageMap(fr="L’escale des fugueuses", en="Runaway stop"),
        description=LanguageMap(fr="Les intervenant·es marchent la nuit."),
        themes=("runaway",),
        activities=("street-work",),
        territory=RIMOUSKI,
        audience=Audience(min_age=12, max_age=17),
        sectors=("community", "police"),
        languages_offered=("fr",),
    ),
    initiative(
        2,
        name=LanguageMap(fr="Cuisine du fleuve", en="River kitchen"),
        summary=LanguageMap(fr="Des repas, et un toit après une fugue."),
        themes=("food-security",),
        activities=("meals",),
        territory=MONTREAL,
        audience=Audience(min_age=65),
        kind="service",
        languages_offered=("en", "fr"),
        review=Review(status="approved"),
    ),
    initiative(
        3,
        name=LanguageMap(en="Night workers"),
        summary=None,
        description=LanguageMap(en="Outreach with families whose children ran away."),
        conclusion=LanguageMap(fr="L’écoute d’abord : une fugue sur deux finit au matin."),
        themes=("runaway", "mental-health"),
        territory=MONTREAL,
        lead_organization=LeadRef(id="org-00000002", name="Relais du Fleuve"),
        partners=(OrganizationRef(id="org-00000001", name="Maison des Marées"),),
    ),
)


@pytest.fixture
def asked(press: Press, either: Client) -> Client:
    organizations = (organization(1, sector="community", municipality="Rimouski", regions=("01",)), organization(2))
    press.publish(
        matched(
            *RECORDS,
            organizations=organizations,
            news=(news(1), news(2, title="A kitchen opens", language="en", published="2026-02", mentions=())),
            redirects={"org-00000009": "org-00000002"},
        )
    )
    either.follow()
    return either


def found(client: Client, question: str, kind: str = "initiatives") -> list[int]:
    """Give the numbers of the records found, after having paged through them one by one as well."""
    whole = client.json(f"/v1/{kind}?{question}")
    items: list[Any] = []
    path = f"/v1/{kind}?{question}&limit=1"
    while path:
        page = client.json(path)
        items += page["items"]
        path = page["next"]
    assert [item["id"] for item in whole["items"]] == [item["id"] for item in items]
    assert whole["total"] == len(items) == page["total"]
    return [int(item["id"].rpartition("-")[2]) for item in items]


FILTERED: dict[str, list[int]] = {
    "": [1, 2, 3],
    "theme=runaway": [1, 3],
    "theme=runaway&theme=food-security": [1, 2, 3],
    "theme=runaway&region=06": [3],
    "theme=mental-health&theme=food-security&region=06": [2, 3],
    "activity=meals": [2],
    "municipality=montreal": [2, 3],
    "municipality=MONTRÉAL&municipality=Rimouski": [1, 2, 3],
    "sector=police": [1],
    "age=14": [1],
    "age=80": [2],
    "age=17&theme=runaway": [1],
    "organization=org-00000002&theme=mental-health": [3],
    "organization=org-00000009": [1, 2, 3],
    "language_offered=en": [2],
    "kind=service": [2],
    "reviewed=true": [2],
    "reviewed=false": [1, 3],
    "changed_since=2026-03-01": [1, 2, 3],
    "changed_since=2026-03-01T13:00:00Z": [],
    "theme=sport": [],
}


def test_filters_narrow_a_list(asked: Client) -> None:
    assert {question: found(asked, question) for question in FILTERED} == FILTERED


SEARCHED: dict[str, list[int]] = {
    "fugueurs": [1, 3],  # a name, a word that pages use for a theme
    "runaway": [1, 3],
    "runaways": [1, 3],
    "child": [3],  # its plural
    "fugue": [1, 2, 3],  # a label of a theme, a summary, a label and a text
    "intervenante": [1],
    "Montreal": [2, 3],
    "l'escale": [1],
    "kitchens": [2],
    "marées maison": [1, 2, 3],
    "cuisine rivière": [],
    "écoute": [3],
    "travail de rue": [1],
    "de la": [],
    "\"'()*:^ OR NEAR": [],
    "!!!": [],
}


def test_search_reads_both_languages(asked: Client) -> None:
    assert {query: found(asked, f"q={quote(query)}") for query in SEARCHED} == SEARCHED


def test_a_match_in_the_name_comes_before_one_in_the_summary_and_one_in_the_rest(press: Press, either: Client) -> None:
    word = LanguageMap(fr="Un phare")
    press.publish(
        matched(initiative(1, conclusion=word), initiative(2, summary=word), initiative(3, name=word), initiative(4))
    )
    either.follow()
    assert found(either, "q=phares") == [3, 2, 1]


def test_the_very_word_comes_before_others_of_its_stem_where_they_stand_alike(press: Press, either: Client) -> None:
    plural, singular = LanguageMap(fr="Des phares"), LanguageMap(fr="Un phare")
    press.publish(
        matched(
            initiative(1, summary=plural),
            initiative(2, summary=singular),
            initiative(3, name=plural),
            initiative(4, name=singular),
        )
    )
    either.follow()
    assert found(either, "q=phare") == [4, 3, 2, 1]
    assert found(either, "q=phares") == [3, 4, 1, 2]


def test_the_name_of_a_place_gives_its_records_first(press: Press, either: Client) -> None:
    there = Territory(regions=("09",), municipalities=("Sept-Îles",))
    press.publish(matched(initiative(1, name=LanguageMap(fr="Les amis de Sept-Îles")), initiative(2, territory=there)))
    either.follow()
    assert found(either, "q=sept+iles") == [2, 1]
    assert found(either, "q=amis+sept+iles") == [1]


def test_search_and_filters_hold_together(asked: Client) -> None:
    assert found(asked, "q=fugue&region=06") == [2, 3]
    assert found(asked, "q=fugue&region=06&theme=runaway&reviewed=false") == [3]
    assert found(asked, "q=fugue&age=70") == [2]
    assert found(asked, "q=&theme=runaway") == [1, 3]


def test_organizations_and_news_are_found_too(asked: Client) -> None:
    assert found(asked, "q=maree", "organizations") == [1]
    assert found(asked, "sector=community&region=01&municipality=rimouski", "organizations") == [1]
    assert found(asked, "q=fugue", "organizations") == []
    assert found(asked, "q=kitchens", "news") == [2]
    assert found(asked, "language=en", "news") == [2]
    assert found(asked, "initiative=ini-00000001", "news") == [1]
    assert found(asked, "published_since=2026-01-15", "news") == [2]


def test_the_index_is_used_again_by_the_next_server(asked: Client, press: Press, either: Client) -> None:
    indexes = asked.app.state.serving._indexes
    built: list[str] = []
    indexes.build = lambda key, *_: built.append(key)
    asked.app.state.serving._seen = None
    asked.follow()
    assert built == []
    assert found(asked, "q=kitchens") == [2]
