from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld

from passerelle.publishing.exports.jsonld import STANDARD, context, initiative_node, jsonld_files, news_node, table
from passerelle.publishing.view import View
from schemas.release import Licence
from tests.publishing.exports.records import full_initiative, written
from tests.publishing.factories import initiative, reference

SCHEMA = f"{STANDARD}/"
Json = dict[str, Any]
DATES = {"Date", "DateTime"}


def offline(url: str, _options: Any) -> Json:
    """Give our part of schema.org's context instead of the whole of it; no other address is ever asked for."""
    assert url == STANDARD
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context()}


def expanded(document: Json) -> list[Json]:
    found: list[Json] = jsonld.expand(document, {"documentLoader": offline})
    return found


def documents(view: View) -> dict[str, Json]:
    files = written(jsonld_files(view))
    return {path: json.loads(body) for path, body in files.items() if path != "context.jsonld"}


def terms_in(thing: Any) -> Iterator[str]:
    """Yield every key below the contexts, keywords apart."""
    if isinstance(thing, list):
        for one in thing:
            yield from terms_in(one)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key != "@context":
                yield from [] if key.startswith("@") else [key]
                yield from terms_in(value)


def short(iri: str) -> str:
    assert iri.startswith(SCHEMA), iri
    return iri.removeprefix(SCHEMA)


def above(kind: str) -> set[str]:
    """Give a type and all types above it."""
    return {kind}.union(*(above(parent) for parent in table()["types"][kind]))


def wrong(node: Json) -> Iterator[str]:
    """Yield what schema.org would not say: properties that a type has not, values that a property does not take."""
    kinds = set().union(*(above(short(kind)) for kind in node["@type"]))
    for iri, values in node.items():
        if iri.startswith("@"):
            continue
        name = short(iri)
        facts = table()["properties"][name]
        if kinds.isdisjoint(facts["of"]):
            yield f"{node['@type']} has no {name}"
        for value in values:
            if not fits(value, facts):
                yield f"{name} does not take {value}"
            if "@type" in value and isinstance(value["@type"], list):
                yield from wrong(value)


def fits(value: Json, facts: Json) -> bool:
    takes = set(facts["values"])
    if "@value" not in value:
        kinds = {one for kind in value.get("@type", []) for one in above(short(kind))}
        return bool(kinds & takes) if kinds else "URL" in takes and value["@id"].startswith(("http", "urn:"))
    if "@type" in value:
        return short(value["@type"]) in takes & DATES
    plain = value["@value"]
    return "Number" in takes if isinstance(plain, int | float) else "Text" in takes


def test_no_term_is_lost_in_reading_the_files(each: View) -> None:
    for path, document in documents(each).items():
        (node,) = expanded(document)
        kept = [short(key) for key in terms_in(node)]
        assert sorted(kept) == sorted(terms_in(document)), path
        assert set(terms_in(document)) <= set(table()["properties"])


def test_types_and_properties_are_used_as_schema_org_defines_them(each: View) -> None:
    found = [(path, one) for path, document in documents(each).items() for one in wrong(expanded(document)[0])]
    assert found == []


def test_the_check_would_notice_an_audience_of_an_organisation_and_a_date_for_a_name(view: View) -> None:
    document = initiative_node(full_initiative(), "fr")
    bad = [
        {**document, "@type": "Project"},
        {**document, "name": {"@value": "2020", "@type": f"{SCHEMA}Date"}},
        {**document, "review": {"@type": "Person", "name": "Ariane"}},
    ]
    said = [list(wrong(expanded(one)[0])) for one in bad]
    assert any("has no audience" in one for one in said[0])
    assert any("name does not take" in one for one in said[1])
    assert any("review does not take" in one for one in said[2])


def test_the_table_is_whole_in_itself() -> None:
    types, properties = table()["types"], table()["properties"]
    data_types = {"Text", "URL", "Number", *DATES}
    assert {parent for parents in types.values() for parent in parents} <= set(types)
    assert {one for facts in properties.values() for one in facts["of"]} <= set(types)
    assert {one for facts in properties.values() for one in facts["values"]} <= {*types, *data_types}
    assert list(properties) == sorted(properties)


def test_a_record_is_the_same_thing_in_both_languages(view: View) -> None:
    told = documents(view)
    french, english = (told[f"{language}/initiatives/ini-00000001.jsonld"] for language in ("fr", "en"))
    assert french["@id"] == english["@id"]
    assert french["name"] == "L’escale « Marée »"
    assert english["name"] == "The “Tide” stopover"
    assert french["areaServed"][1]["name"] == "Gaspésie–Îles-de-la-Madeleine"
    assert english["serviceType"] == ["Workshops", "Street work"]
    assert (english["audience"]["suggestedMinAge"], english["audience"]["suggestedMaxAge"]) == (12, 25)
    assert english["mainEntityOfPage"]["inLanguage"] == "en"


def test_a_machine_text_and_a_text_of_the_other_language_say_so_by_their_tag(view: View) -> None:
    told = documents(view)
    english = told["en/initiatives/ini-00000001.jsonld"]
    assert english["disambiguatingDescription"]["@language"] == "en-t-fr-t0-und"
    assert english["description"] == "A place.\n\nTwo evenings."
    assert told["en/initiatives/ini-00000002.jsonld"]["name"] == {
        "@language": "fr",
        "@value": "L’atelier des marées n° 2",
    }


def test_a_news_item_stands_in_its_own_language_only(view: View) -> None:
    assert [path for path in documents(view) if "/news/" in path] == ["fr/news/news-00000001.jsonld"]


def test_every_text_carries_its_language_as_linked_data(view: View) -> None:
    (node,) = expanded(documents(view)["fr/initiatives/ini-00000001.jsonld"])
    assert node[f"{SCHEMA}name"] == [{"@language": "fr", "@value": "L’escale « Marée »"}]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_records_that_say_little_have_no_empty_properties(view: View, language: str) -> None:
    lists = ("partners", "themes", "sectors", "activities", "related", "mentions")
    bare = full_initiative().model_copy(update=dict.fromkeys(lists, ()))
    files = documents(replace(view, initiatives=(bare,)))
    document = files[f"{language}/initiatives/ini-00000001.jsonld"]
    assert not [name for name, value in document.items() if value in (None, "", [], {})]
    assert not {"member", "keywords", "serviceType"} & set(document)


def test_the_same_release_gives_the_same_bytes(each: View) -> None:
    assert written(jsonld_files(each)) == written(jsonld_files(each))


def test_terms_are_those_of_the_sources_of_a_record_and_left_out_where_one_is_unknown(view: View) -> None:
    address = "https://creativecommons.org/licenses/by-sa/4.0/"
    terms = {"rive": Licence(name="CC BY-SA", url=address, attribution="Journal de la Rive")}

    def said(known: dict[str, Licence], *sources: str) -> tuple[object, object]:
        record = initiative(2, sources=tuple(reference(name) for name in sources))
        page = initiative_node(record, "fr", known)["mainEntityOfPage"]
        return page.get("license"), page.get("creditText")

    assert said(terms, "rive") == ([address], "Journal de la Rive")
    assert said(terms, "rive", "phare") == (None, None)
    assert said({}, "rive") == (None, None)
    (news,) = view.news
    assert news_node(news, terms)["license"] == [address]
    documents = written(jsonld_files(replace(view, terms={})))
    assert not any(b"creditText" in body for path, body in documents.items() if path != "context.jsonld")
