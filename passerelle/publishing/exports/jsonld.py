"""schema.org as JSON-LD: one file a record and language, as search engines and linked data tools read it.

An initiative is a ``Project`` (several organisations that work towards one aim) and a ``Service`` (for an audience) at
once: partners are the members of the one, the audience belongs to the other. Every file names schema.org's context;
``context.jsonld`` beside them holds the part of it that they use, for reading them offline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from passerelle.publishing.exports.ids import uri_of, urn_of
from passerelle.publishing.exports.jsons import without_gaps, written
from passerelle.publishing.exports.rights import credits_of, licences, rights_of
from passerelle.publishing.exports.spreadsheet import moment
from passerelle.publishing.exports.texts import STEM, Said, label, language_name, name_in, said, term_iri
from passerelle.publishing.files import OutFile
from passerelle.publishing.view import View
from schemas.base import LANGUAGES, Language
from schemas.beside import yaml_beside
from schemas.records import Initiative, NewsItem, Organization, SourceRef
from schemas.release import Licence

Json = dict[str, Any]

STANDARD = "https://schema.org"
TABLE = Path(__file__).with_name("schema_org.yml")

_SECTOR, _THEME, _ACTIVITY = "sectors", "themes", "activities"


def jsonld_files(view: View, languages: tuple[Language, ...] = LANGUAGES) -> Iterator[OutFile]:
    """Yield a file for each record in each language, news only in its own, and the context."""
    for language in languages:
        for initiative in view.initiatives:
            told = initiative_node(initiative, language, view.terms)
            yield OutFile(f"{language}/initiatives/{initiative.id}.jsonld", [written(told)], 1)
        for organization in view.organizations:
            told = organization_node(organization, language)
            yield OutFile(f"{language}/organizations/{organization.id}.jsonld", [written(told)], 1)
        for item in view.news:
            if item.language == language:
                yield OutFile(f"{language}/news/{item.id}.jsonld", [written(news_node(item, view.terms))], 1)
    yield OutFile("context.jsonld", [written(context())])


def initiative_node(one: Initiative, language: Language, terms: Mapping[str, Licence] | None = None) -> Json:
    """Give an initiative in one language; where terms by source are given, with those of its own."""
    name = name_in(one, language)
    summary = said(one, "summary", one.summary, language)
    description = said(one, "description", one.description, language)
    awards = [text for award in one.awards if (text := award.name.get(language) or award.name.fr or award.name.en)]
    return _node(
        language,
        {
            "@id": urn_of(one.id),
            "@type": ["Project", "Service"],
            "identifier": one.id,
            "name": _text(name, language),
            "description": _text(description or summary, language),
            "disambiguatingDescription": _text(summary, language) if description else None,
            "category": label("kinds", one.kind, language),
            "url": uri_of(one.contact.url),
            "email": one.contact.email,
            "telephone": one.contact.phone,
            "provider": _organization(one.lead_organization.id, one.lead_organization.name)
            if one.lead_organization
            else None,
            "member": [_organization(partner.id, partner.name) for partner in one.partners],
            "areaServed": _places(one, language),
            "audience": _audience(one, language),
            "serviceType": [label(_ACTIVITY, code, language) for code in one.activities],
            "keywords": [
                *(_term(_THEME, code, language) for code in one.themes),
                *(_term(_SECTOR, code, language) for code in one.sectors),
            ],
            "availableChannel": _channel(one, language),
            "offers": _offer(one, language),
            "foundingDate": one.start,
            "award": awards,
            "review": _reviews(one, language),
            "isRelatedTo": [{"@id": urn_of(other.id), "@type": "Service"} for other in one.related],
            "subjectOf": [{"@id": urn_of(item), "@type": "NewsArticle"} for item in one.mentions],
            "mainEntityOfPage": _page(one, language, terms),
        },
    )


def organization_node(one: Organization, language: Language) -> Json:
    """Give an organisation; only labels depend on the language."""
    return _node(
        language,
        {
            "@id": urn_of(one.id),
            "@type": "Organization",
            "identifier": one.id,
            "name": one.name,
            "alternateName": [*one.acronyms, *one.former_names, *one.other_names],
            "url": uri_of(one.url),
            "keywords": [_term(_SECTOR, one.sector, language)] if one.sector else [],
            "location": {"@type": "City", "name": one.municipality} if one.municipality else None,
            "areaServed": [_region(code, language) for code in one.regions],
        },
    )


def news_node(one: NewsItem, terms: Mapping[str, Licence] | None = None) -> Json:
    """Give a news item, in the language that it was written in; where terms by source are given, with its own."""
    return _node(
        one.language,
        {
            "@id": urn_of(one.id),
            "@type": "NewsArticle",
            "identifier": one.id,
            "headline": one.title,
            "articleBody": one.text,
            "inLanguage": one.language,
            "url": uri_of(one.url),
            "author": [{"@type": "Person", "name": name} for name in one.authors],
            "datePublished": one.published,
            "publisher": {"@type": "Organization", "name": one.publisher} if one.publisher else None,
            "award": [text for award in one.awards if (text := award.name.fr or award.name.en)],
            "about": [{"@id": urn_of(record), "@type": ["Project", "Service"]} for record in one.mentions],
            "mentions": [
                without_gaps(
                    {
                        "@type": "Person",
                        "name": person.name,
                        "jobTitle": person.role,
                        "affiliation": _named(person.organization),
                    }
                )
                for person in one.people
            ],
            **_rights(one.sources, terms),
        },
    )


@cache
def table() -> Json:
    """Load what schema.org says of the types and properties used."""
    told: Json = yaml_beside(TABLE)
    return told


def context() -> Json:
    """Give the part of schema.org's context that the files use."""
    terms: Json = {name: f"schema:{name}" for name in table()["types"]}
    for name, facts in table()["properties"].items():
        kind = "@id" if facts.get("iri") else f"schema:{facts['as']}" if "as" in facts else None
        terms[name] = {"@id": f"schema:{name}", "@type": kind} if kind else f"schema:{name}"
    return {"@context": {"schema": f"{STANDARD}/", **terms}}


def _node(language: Language, told: Json) -> Json:
    return {"@context": [STANDARD, {"@language": language}], **without_gaps(told)}


def _text(text: Said | None, language: Language) -> str | Json | None:
    """Write a text; one that is of another language, or a machine's, says so by its language tag."""
    if text is None or text.tag == language:
        return text.text if text else None
    return {"@value": text.text, "@language": text.tag}


def _organization(record: str, name: str) -> Json:
    return {"@id": urn_of(record), "@type": "Organization", "name": name}


def _named(name: str | None) -> Json | None:
    return {"@type": "Organization", "name": name} if name else None


def _term(vocabulary: str, code: str, language: Language) -> Json:
    return {
        "@id": term_iri(vocabulary, code),
        "@type": "DefinedTerm",
        "name": label(vocabulary, code, language),
        "termCode": code,
        "inDefinedTermSet": STEM + vocabulary,
    }


def _region(code: str, language: Language) -> Json:
    name = label("regions", code, language)
    return {"@id": term_iri("regions", code), "@type": "AdministrativeArea", "name": name, "identifier": code}


def _places(one: Initiative, language: Language) -> list[Json]:
    return [
        *(_region(code, language) for code in one.territory.regions),
        *({"@type": "City", "name": name} for name in one.territory.municipalities),
        *({"@type": "Place", "name": name} for name in one.territory.neighbourhoods),
    ]


def _audience(one: Initiative, language: Language) -> Json | None:
    told = without_gaps(
        {
            "suggestedMinAge": one.audience.min_age,
            "suggestedMaxAge": one.audience.max_age,
            "suggestedGender": [label("genders", code, language) for code in one.audience.genders],
            "audienceType": [label("groups", code, language) for code in one.audience.groups],
        }
    )
    return {"@type": "PeopleAudience", **told} if told else None


def _channel(one: Initiative, language: Language) -> Json | None:
    offered = [
        {"@type": "Language", "name": language_name(code, language), "alternateName": code}
        for code in one.languages_offered
    ]
    return {"@type": "ServiceChannel", "availableLanguage": offered} if offered else None


def _offer(one: Initiative, language: Language) -> Json | None:
    if not one.cost:
        return None
    price = {"price": 0, "priceCurrency": "CAD"} if one.cost == "free" else {}
    return {"@type": "Offer", "description": label("cost", one.cost, language), **price}


def _reviews(one: Initiative, language: Language) -> list[Json]:
    found = []
    for position, testimonial in enumerate(one.testimonials):
        if quote := said(one, f"testimonials.{position}.quote", testimonial.quote, language):
            author = {"@type": "Person", "name": testimonial.author} if testimonial.author else None
            told = {"@type": "Review", "reviewBody": _text(quote, language), "author": author}
            found.append(without_gaps(told))
    return found


def _page(one: Initiative, language: Language, terms: Mapping[str, Licence] | None) -> Json:
    """Say what this description is: its language, age, origin, review and terms."""
    return without_gaps(
        {
            "@type": "WebPage",
            "inLanguage": language,
            "datePublished": f"{one.first_seen:%Y-%m-%d}",
            "dateModified": moment(one.last_changed),
            "isBasedOn": [uri for source in one.sources if (uri := uri_of(source.url))],
            "creativeWorkStatus": one.review.status,
            **_rights(one.sources, terms),
        }
    )


def _rights(sources: Iterable[SourceRef], terms: Mapping[str, Licence] | None) -> Json:
    """Say the terms of a text: those of the sources that it was read from, or nothing where one is not known."""
    rights = rights_of(sources, terms) if terms is not None else {}
    return {"license": licences(rights), "creditText": credits_of(rights)}
