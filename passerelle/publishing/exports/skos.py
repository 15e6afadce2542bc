"""The vocabularies in SKOS, as JSON-LD and as N-Triples: a concept scheme each, a concept for each code.

The words that pages use for a term are its hidden labels: they lead a search to the term, but many of them name
something narrower, so they are no other names of it. Other names of regions are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from passerelle.publishing.exports.jsons import without_gaps, written
from passerelle.publishing.exports.texts import STEM, VOCABULARIES, term_iri, title
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language, LanguageMap
from schemas.gazetteer import regions
from schemas.vocabulary import vocabulary

Json = dict[str, Any]
Labels = tuple[tuple[str, Language | None], ...]

SKOS = "http://www.w3.org/2004/02/skos/core#"
TERMS = "http://purl.org/dc/terms/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_NO_LANGUAGE = "@none"


@dataclass(frozen=True)
class Concept:
    """A code of a vocabulary with all its labels; a label of no language is a name in either."""

    vocabulary: str
    code: str
    preferred: Labels
    alternative: Labels = ()
    hidden: Labels = ()
    notes: Labels = ()

    @property
    def iri(self) -> str:
        """Its name."""
        return term_iri(self.vocabulary, self.code)


def skos_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield the vocabularies in both notations; they say the same."""
    licence = view.licence.url
    yield OutFile("vocabularies.jsonld", [written(document(languages, licence))])
    yield OutFile("vocabularies.nt", _triples(languages, licence))


def concepts(name: str, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[Concept]:
    """Yield the concepts of a vocabulary, in its order."""
    if name == "regions":
        for region in regions():
            names = _labels(region.name, languages)
            others = _apart(((other, None) for other in region.other_names), names)
            nicknames = _apart(((one, "fr") for one in region.demonyms if "fr" in languages), (*names, *others))
            yield Concept(name, region.code, names, others, nicknames)
        return
    for term in vocabulary(name).terms:
        names = _labels(term.label, languages)
        words = ((word, one) for one in languages for word in getattr(term.synonyms, one))
        hidden = _apart(words, names)
        yield Concept(name, term.code, names, (), hidden, _labels(term.note or LanguageMap(), languages))


def document(languages: tuple[Language, ...], licence: str | None = None) -> Json:
    """Give all vocabularies as one JSON-LD document that needs nothing else."""
    graph: list[Json] = []
    for name in VOCABULARIES:
        found = list(concepts(name, languages))
        titles = {one: title(name, one) for one in languages}
        tops = [concept.iri for concept in found]
        scheme = {"@id": STEM + name, "@type": "ConceptScheme", "title": titles, "license": licence}
        graph.append(without_gaps({**scheme, "hasTopConcept": tops}))
        graph += [_node(concept) for concept in found]
    return {"@context": _context(), "@graph": graph}


def _node(concept: Concept) -> Json:
    scheme = STEM + concept.vocabulary
    return without_gaps(
        {
            "@id": concept.iri,
            "@type": "Concept",
            "inScheme": scheme,
            "topConceptOf": scheme,
            "notation": concept.code,
            "prefLabel": {tag or _NO_LANGUAGE: text for text, tag in concept.preferred},
            "altLabel": _by_language(concept.alternative),
            "hiddenLabel": _by_language(concept.hidden),
            "scopeNote": _by_language(concept.notes),
        }
    )


def _context() -> Json:
    links = {name: {"@id": f"skos:{name}", "@type": "@id"} for name in ("inScheme", "topConceptOf", "hasTopConcept")}
    texts = ("prefLabel", "altLabel", "hiddenLabel", "scopeNote")
    return {
        "skos": SKOS,
        "dct": TERMS,
        "Concept": "skos:Concept",
        "ConceptScheme": "skos:ConceptScheme",
        "notation": "skos:notation",
        "license": {"@id": "dct:license", "@type": "@id"},
        "title": {"@id": "dct:title", "@container": "@language"},
        **links,
        **{name: {"@id": f"skos:{name}", "@container": "@language"} for name in texts},
    }


def _triples(languages: tuple[Language, ...], licence: str | None) -> Iterator[bytes]:
    for name in VOCABULARIES:
        scheme = STEM + name
        found = list(concepts(name, languages))
        yield _link(scheme, TYPE, f"{SKOS}ConceptScheme")
        yield from (_literal(scheme, f"{TERMS}title", title(name, one), one) for one in languages)
        if licence:
            yield _link(scheme, f"{TERMS}license", licence)
        yield from (_link(scheme, f"{SKOS}hasTopConcept", concept.iri) for concept in found)
        for concept in found:
            yield from _triples_of(concept, scheme)


def _triples_of(concept: Concept, scheme: str) -> Iterator[bytes]:
    yield _link(concept.iri, TYPE, f"{SKOS}Concept")
    yield _link(concept.iri, f"{SKOS}inScheme", scheme)
    yield _link(concept.iri, f"{SKOS}topConceptOf", scheme)
    yield _literal(concept.iri, f"{SKOS}notation", concept.code)
    for name, labels in (
        ("prefLabel", concept.preferred),
        ("altLabel", concept.alternative),
        ("hiddenLabel", concept.hidden),
        ("scopeNote", concept.notes),
    ):
        yield from (_literal(concept.iri, SKOS + name, text, tag) for text, tag in labels)


def _link(subject: str, predicate: str, target: str) -> bytes:
    return f"<{subject}> <{predicate}> <{target}> .\n".encode()


def _literal(subject: str, predicate: str, text: str, language: str | None = None) -> bytes:
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    tag = f"@{language}" if language else ""
    return f'<{subject}> <{predicate}> "{safe}"{tag} .\n'.encode()


def _labels(texts: LanguageMap, languages: tuple[Language, ...]) -> Labels:
    return tuple((text, one) for one in languages if (text := texts.get(one)))


def _apart(words: Iterable[tuple[str, Language | None]], taken: Labels) -> Labels:
    """Give words once each, without those that are labels of a stronger kind already (SKOS S13), in any case."""
    used = {(text.casefold(), tag) for text, tag in taken} | {(text.casefold(), None) for text, _ in taken}
    found: dict[tuple[str, str | None], tuple[str, Language | None]] = {}
    for text, tag in words:
        if (text.casefold(), tag) not in used:
            found.setdefault((text.casefold(), tag), (text, tag))
    return tuple(found.values())


def _by_language(labels: Labels) -> dict[str, list[str]]:
    tags = dict.fromkeys(tag for _, tag in labels)
    return {tag or _NO_LANGUAGE: [text for text, one in labels if one == tag] for tag in tags}
