from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

import pytest
from pyld import jsonld

from passerelle.publishing.exports.skos import SKOS, TYPE, skos_files
from passerelle.publishing.exports.texts import VOCABULARIES
from passerelle.publishing.view import View
from schemas.gazetteer import regions
from schemas.vocabulary import vocabulary
from tests.publishing.exports.records import full_view, written

LABELS = ("prefLabel", "altLabel", "hiddenLabel")
Triples = set[tuple[str, str, tuple[str, str | None]]]


def triples(view: View) -> Triples:
    """Read the N-Triples with a processor of the standard: subject, predicate, and value with its language."""
    lines = written(skos_files(view))["vocabularies.nt"].decode("utf-8").splitlines(keepends=True)
    found: Triples = set()
    # A line stands for itself; the processor compares each with all others that it is given together.
    for start in range(0, len(lines), 100):
        body = "".join(lines[start : start + 100])
        for node in jsonld.from_rdf(body, {"format": "application/n-quads", "useNativeTypes": False}):
            for predicate, values in node.items():
                if predicate == "@type":
                    found.update((node["@id"], TYPE, (kind, None)) for kind in values)
                elif predicate != "@id":
                    found.update((node["@id"], predicate, _value(value)) for value in values)
    return found


@pytest.fixture(scope="module")
def found() -> Triples:
    return triples(full_view())


def _value(value: dict[str, Any]) -> tuple[str, str | None]:
    return (value["@id"], None) if "@id" in value else (value["@value"], value.get("@language"))


def broken_conditions(found: Triples) -> list[str]:
    """Name what breaks the integrity conditions of SKOS (sections S9, S13, S14, S27 of its reference)."""
    kinds, labels, broader = defaultdict(set), defaultdict(set), defaultdict(set)
    for subject, predicate, value in found:
        name = predicate.removeprefix(SKOS)
        if predicate == TYPE:
            kinds[subject].add(value[0].removeprefix(SKOS))
        elif name in LABELS:
            labels[subject, name].add(value)
        elif name == "broader":
            broader[subject].add(value[0])
    broken = [f"S9: {one}" for one, said in kinds.items() if {"Concept", "ConceptScheme"} <= said]
    for subject in kinds:
        pref, alt, hidden = (labels[subject, name] for name in LABELS)
        broken += [f"S13: {subject}"] if pref & alt or pref & hidden or alt & hidden else []
        broken += [f"S14: {subject}" for times in Counter(tag for _, tag in pref).values() if times > 1]
    return broken + [f"cycle: {one}" for one in broader if _reaches(one, one, broader)]


def _reaches(start: str, goal: str, broader: dict[str, set[str]]) -> bool:
    todo, seen = list(broader[start]), set[str]()
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo += broader[here]
    return False


def test_the_vocabularies_keep_the_integrity_conditions_of_skos(found: Triples) -> None:
    assert broken_conditions(found) == []


def test_the_check_would_notice_what_breaks_them(found: Triples) -> None:
    one, name, (text, tag) = next(triple for triple in sorted(found) if triple[1] == f"{SKOS}prefLabel")
    assert broken_conditions(found | {(one, f"{SKOS}altLabel", (text, tag))}) == [f"S13: {one}"]
    assert broken_conditions(found | {(one, name, ("Autre", tag))}) == [f"S14: {one}"]
    assert broken_conditions(found | {(one, TYPE, (f"{SKOS}ConceptScheme", None))}) == [f"S9: {one}"]
    assert broken_conditions(found | {(one, f"{SKOS}broader", (one, None))}) == [f"cycle: {one}"]


def test_both_notations_say_the_same(view: View) -> None:
    files = written(skos_files(view))
    read = jsonld.to_rdf(json.loads(files["vocabularies.jsonld"]), {"format": "application/n-quads"})
    assert sorted(read.splitlines()) == sorted(files["vocabularies.nt"].decode("utf-8").splitlines())


def test_every_code_is_a_concept_with_one_label_in_each_language(found: Triples) -> None:
    labels: dict[str, set[str | None]] = defaultdict(set)
    for subject, predicate, (_, tag) in found:
        if predicate == f"{SKOS}prefLabel":
            labels[subject].add(tag)
    codes = {f"{name}/{code}" for name in VOCABULARIES if name != "regions" for code in vocabulary(name).codes}
    codes |= {f"regions/{region.code}" for region in regions()}
    assert {"/".join(one.rsplit("/", 2)[1:]) for one in labels} == codes
    assert set(map(frozenset, labels.values())) == {frozenset(("fr", "en"))}


def test_one_language_alone_leaves_the_labels_of_the_other_out(view: View) -> None:
    body = written(skos_files(view, ("en",)))["vocabularies.nt"].decode("utf-8")
    assert '"Runaway"@en' in body or '"Running away"@en' in body
    assert '"@fr ' not in body


def test_the_same_vocabularies_give_the_same_bytes(view: View) -> None:
    assert written(skos_files(view)) == written(skos_files(view))
