"""Our records as the objects of HSDS 3.0, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from passerelle.publishing.exports.ids import uri_of, uuid_of
from passerelle.publishing.exports.jsons import without_gaps
from passerelle.publishing.exports.spreadsheet import moment
from passerelle.publishing.exports.texts import (
    STEM,
    Said,
    about,
    ages,
    label,
    language_name,
    name_in,
    note,
    term_iri,
    terms_of,
    title,
)
from schemas.base import Language
from schemas.records import Initiative, Organization

Json = dict[str, Any]
Known = Mapping[str, tuple[str | None, str | None, tuple[str, ...]]]
"""Sector, municipality and regions of each organisation."""

UNKNOWN = uuid_of("organization", "not-stated")
"""Stands for the organisation that leads a service where no page says which: the standard asks for one."""
PARTNER = ("links", "partner")
"""The term of attributes that lead to a partner."""

_WORDS: dict[str, dict[Language, str]] = {
    "sector": {"fr": "Secteur : {}", "en": "Sector: {}"},
    "municipality": {"fr": "Municipalité : {}", "en": "Municipality: {}"},
    "regions": {"fr": "Régions : {}", "en": "Regions: {}"},
    "named": {
        "fr": "Organisme que nomme une initiative de collaboration.",
        "en": "Organisation named by a collaboration initiative.",
    },
    "unknown": {"fr": "Organisme non précisé", "en": "Organisation not stated"},
    "unknown-why": {
        "fr": "Les pages lues ne disent pas quel organisme mène cette initiative.",
        "en": "The pages that were read do not say which organisation leads this initiative.",
    },
    "links": {"fr": "Liens entre services et organismes", "en": "Links between services and organisations"},
    "partner": {"fr": "Partenaire", "en": "Partner"},
}


@dataclass
class Set:
    """The objects of one language, and what they refer to: a set ships no term that nothing uses."""

    language: Language
    known: Known
    terms: set[tuple[str, str]] = field(default_factory=set)
    leaderless: bool = False


def service(one: Initiative, into: Set) -> Json:
    """Give an initiative as a service, with the organisation that leads it."""
    own, lead, language = uuid_of(one.id), one.lead_organization, into.language
    into.leaderless |= lead is None
    name, text = name_in(one, language), about(one, language)
    leader = _brief(lead.id, lead.name, into) if lead else unknown_organization(language)
    return without_gaps(
        {
            "id": own,
            "name": name.text,
            "description": text.text if text else None,
            "url": uri_of(one.contact.url),
            "email": one.contact.email if _is_email(one.contact.email) else None,
            "status": _status(one),
            "fees_description": label("cost", one.cost, language) if one.cost else None,
            "eligibility_description": _eligibility(one, language),
            "minimum_age": one.audience.min_age,
            "maximum_age": one.audience.max_age,
            "assured_date": f"{one.review.at:%Y-%m-%d}" if one.review.status == "approved" and one.review.at else None,
            "last_modified": moment(one.last_changed),
            "phones": [{"id": uuid_of(one.id, "phone"), "number": one.contact.phone}] if one.contact.phone else [],
            "service_areas": _areas(one, language),
            "languages": [_language(one, code, language) for code in dict.fromkeys(one.languages_offered)],
            "organization": leader,
            "attributes": _attributes(one, into),
            "partners": _partners(one),
            "text_origins": _origins(one, {"name": name, "description": text}),
        }
    )


def organization(one: Organization, into: Set) -> Json:
    """Give an organisation; its description says what little is known of it."""
    attributes = [_attribute(("organization", one.id), ("sectors", one.sector), into)] if one.sector else []
    return without_gaps(
        {
            "id": uuid_of(one.id),
            "name": one.name,
            "alternate_name": "; ".join((*one.acronyms, *one.former_names, *one.other_names)),
            "description": _described(one.sector, one.municipality, one.regions, into.language),
            "website": uri_of(one.url),
            "attributes": attributes,
        }
    )


def unknown_organization(language: Language) -> Json:
    """Give the organisation that leads what nobody is said to lead."""
    return {"id": UNKNOWN, "name": _WORDS["unknown"][language], "description": _WORDS["unknown-why"][language]}


def taxonomies(made: Set) -> tuple[list[Json], list[Json]]:
    """Give the vocabularies and the terms that the objects made so far use, in order."""
    names = sorted({name for name, _ in made.terms})
    terms = [term(*one, made.language) for one in sorted(made.terms)]
    return [_taxonomy(name, made.language) for name in names], terms


@cache
def term(name: str, code: str, language: Language) -> Json:
    """Give a term of a vocabulary; its code names the vocabulary too, for codes must differ across all of them."""
    said = _WORDS["partner"][language] if (name, code) == PARTNER else label(name, code, language)
    return {
        "id": uuid_of("term", name, code),
        "code": f"{name}:{code}",
        "name": said,
        "description": note(name, code, language) or said,
        "taxonomy": _title(name, language),
        "taxonomy_detail": _taxonomy(name, language),
        "language": language,
        "term_uri": term_iri(name, code),
    }


def _title(name: str, language: Language) -> str:
    return _WORDS["links"][language] if name == PARTNER[0] else title(name, language)


def _taxonomy(name: str, language: Language) -> Json:
    said = _title(name, language)
    return {"id": uuid_of("taxonomy", name), "name": said, "description": f"{said} (Passerelle)", "uri": STEM + name}


def _brief(record: str, name: str, into: Set) -> Json:
    facts = into.known.get(record, (None, None, ()))
    return {"id": uuid_of(record), "name": name, "description": _described(*facts, into.language)}


def _described(sector: str | None, municipality: str | None, regions: Iterable[str], language: Language) -> str:
    told = {
        "sector": label("sectors", sector, language) if sector else None,
        "municipality": municipality,
        "regions": ", ".join(label("regions", code, language) for code in regions),
    }
    said = [_WORDS[name][language].format(value) for name, value in told.items() if value]
    return ". ".join(said) or _WORDS["named"][language]


def _eligibility(one: Initiative, language: Language) -> str:
    genders = [label("genders", code, language) for code in one.audience.genders]
    groups = [label("groups", code, language) for code in one.audience.groups]
    return "; ".join(filter(None, (ages(one, language), *genders, *groups)))


def _areas(one: Initiative, language: Language) -> list[Json]:
    places = one.territory
    regions = [("region", label("regions", code, language), term_iri("regions", code)) for code in places.regions]
    others = [
        *(("municipality", name, None) for name in places.municipalities),
        *(("neighbourhood", name, None) for name in places.neighbourhoods),
    ]
    return [
        without_gaps({"id": uuid_of(one.id, kind, uri or name), "name": name, "extent_type": "text", "uri": uri})
        for kind, name, uri in dict.fromkeys((*regions, *others))
    ]


def _language(one: Initiative, code: str, language: Language) -> Json:
    return {"id": uuid_of(one.id, "language", code), "name": language_name(code, language), "code": code}


def _attributes(one: Initiative, into: Set) -> list[Json]:
    own = ("service", one.id)
    organizations = dict.fromkeys(uuid_of(partner.id) for partner in one.partners)
    terms = [_attribute(own, named, into) for named in dict.fromkeys(terms_of(one))]
    return [*terms, *(_attribute(own, PARTNER, into, value=other) for other in organizations)]


def _attribute(own: tuple[str, str], named: tuple[str, str], into: Set, value: str | None = None) -> Json:
    """Give the attribute that files a record, told by its kind and our id, under a term."""
    into.terms.add(named)
    kind, record = own
    return without_gaps(
        {
            "id": uuid_of(record, "attribute", *named, *([value] if value else [])),
            "link_id": uuid_of(record),
            "link_type": named[1] if named == PARTNER else named[0],
            "link_entity": kind,
            "value": value,
            "taxonomy_term": term(*named, into.language),
        }
    )


def _partners(one: Initiative) -> list[Json]:
    return [
        without_gaps(
            {
                "id": uuid_of(one.id, "partner", str(position)),
                "organization_id": uuid_of(partner.id),
                "name": partner.name,
                "role": partner.role,
            }
        )
        for position, partner in enumerate(one.partners)
    ]


def _origins(one: Initiative, texts: Mapping[str, Said | None]) -> list[Json]:
    return [
        {"id": uuid_of(one.id, "origin", name), "field": name, "origin": said.origin, "language": said.language}
        for name, said in texts.items()
        if said
    ]


def _status(one: Initiative) -> str:
    """Say whether the service is there as far as pages tell: inactive once every page that it was read from is gone."""
    return "inactive" if one.sources and all(source.gone_at for source in one.sources) else "active"


def _is_email(address: str | None) -> bool:
    return address is not None and address.count("@") == 1 and not any(map(str.isspace, address))
