"""The page of an initiative and of an organisation, each from its record alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from passerelle.publishing.exports.jsonld import initiative_node, organization_node
from passerelle.publishing.site.rendering import render
from passerelle.publishing.site.safe import data_block, mail_link, one_line, phone_link, web_link
from passerelle.publishing.site.texts import FROM_A_PAGE, Piece, Told, piece, shared
from passerelle.publishing.site.words import day, edtf, label, words
from schemas.base import Language, LanguageMap
from schemas.records import Audience, Initiative, Organization, SourceRef

ROOT, HOME = "../../", "../"
"""From a record's page to the folder of the site and to the folder of its language."""


@dataclass(frozen=True)
class Item:
    """A text of a list, with what stands beside it: a sector, an author, who gave a prize."""

    text: Piece
    label: str = ""


@dataclass(frozen=True)
class Section:
    """A list of texts; its origin is told once where it is the same for all."""

    key: str
    items: tuple[Item, ...]

    @cached_property
    def shared(self) -> Told | None:
        """What is told of all its texts."""
        return shared(item.text for item in self.items)


def page_path(folder: str, language: Language) -> str:
    """Give the path of record pages in a release, with ``{id}`` in it; ``folder`` is initiatives or organizations."""
    return f"site/{language}/{folder}/{{id}}.html"


def initiative_page(record: Initiative, language: Language) -> bytes:
    """Make the page of an initiative in one language."""
    t = words("page", language)
    name = piece(record, "name", record.name, language)
    summary = piece(record, "summary", record.summary, language)
    description = piece(record, "description", record.description, language)
    sections = [section for section in _sections(record, language) if section.items]
    texts = [name, summary, description, *(item.text for section in sections for item in section.items)]
    repeated = summary and description and summary.told == description.told and summary.line in description.line
    return render(
        "initiative",
        language,
        f"initiatives/{record.id}.html",
        root=ROOT,
        home=HOME,
        linked=data_block(initiative_node(record, language)),
        record=record,
        name=name,
        title=name.line if name else record.slug,
        summary=summary,
        description=description,
        repeated=repeated,
        kind=label("kinds", record.kind, language),
        codes=_codes(record, language),
        audience=audience(record.audience, language),
        tongues=[t["tongue-" + tongue] if tongue in {"fr", "en"} else tongue for tongue in record.languages_offered],
        cost=record.cost and label("cost", record.cost, language),
        start=record.start and edtf(record.start, language),
        mail=mail_link(record.contact.email),
        phone=phone_link(record.contact.phone),
        links=[_link(url) for url in dict.fromkeys((record.contact.url, *record.links)) if url],
        sections=sections,
        from_pages=all(text.told == FROM_A_PAGE for text in texts if text),
        related=[{"id": one.id, "label": label("relations", one.relation, language)} for one in record.related],
        sources=[_source(source, language) for source in record.sources],
        review=_review(record, language),
        cited=t["record"].format(id=record.id),
        changed=t["changed-on"].format(date=day(record.last_changed, language)),
    )


def organization_page(record: Organization, language: Language) -> bytes:
    """Make the page of an organisation in one language; its initiatives are filled in by the browser."""
    t = words("page", language)
    return render(
        "organization",
        language,
        f"organizations/{record.id}.html",
        root=ROOT,
        home=HOME,
        linked=data_block(organization_node(record, language)),
        record=record,
        title=one_line(record.name),
        sector=record.sector and label("sectors", record.sector, language),
        regions=[(code, label("regions", code, language)) for code in record.regions],
        link=web_link(record.url),
        cited=t["record"].format(id=record.id),
        first_seen=t["first-seen"].format(date=day(record.first_seen, language)),
        seen=t["seen"].format(date=day(record.last_seen, language)),
    )


def audience(whom: Audience, language: Language) -> list[str]:
    """Say whom an initiative serves: ages, genders, groups."""
    t = words("page", language)
    low, high = whom.min_age, whom.max_age
    ages = []
    if low is not None or high is not None:
        key = "years-to" if low is None else "years-from" if high is None else "years-between"
        ages = [t[key].format(low=low, high=high)]
    groups = [label("genders", code, language) for code in whom.genders]
    groups += [label("groups", code, language) for code in whom.groups]
    return ages + groups


def _codes(record: Initiative, language: Language) -> dict[str, list[tuple[str, str]]]:
    coded = {
        "regions": record.territory.regions,
        "themes": record.themes,
        "activities": record.activities,
        "sectors": record.sectors,
        "collaboration": record.collaboration,
    }
    return {name: [(code, label(name, code, language)) for code in codes] for name, codes in coded.items()}


def _sections(record: Initiative, language: Language) -> list[Section]:
    def items(*texts: tuple[str, LanguageMap | None, str]) -> tuple[Item, ...]:
        found = ((piece(record, path, text, language), beside) for path, text, beside in texts)
        return tuple(Item(text, beside) for text, beside in found if text)

    quotes, awards = enumerate(record.testimonials), enumerate(record.awards)
    sector = {one.sector: label("sectors", one.sector, language) for one in record.benefits if one.sector}
    gains = [
        (f"benefits.{n}.text", one.text, sector.get(one.sector or "", "")) for n, one in enumerate(record.benefits)
    ]
    said = []
    for n, one in quotes:
        role = piece(record, f"testimonials.{n}.role", one.role, language)
        who = [one.author, role.line if role else None, one.organization]
        said.append((f"testimonials.{n}.quote", one.quote, ", ".join(part for part in who if part)))
    prizes = [
        (f"awards.{n}.name", one.name, ", ".join(str(part) for part in (one.awarded_by, one.year) if part))
        for n, one in awards
    ]
    return [
        Section("benefits", items(*gains)),
        Section("impacts", items(*((f"impacts.{n}", text, "") for n, text in enumerate(record.impacts)))),
        Section("testimonials", items(*said)),
        Section("awards", items(*prizes)),
        Section("conclusion", items(("conclusion", record.conclusion, ""))),
    ]


def _link(url: str) -> tuple[str | None, str]:
    """Give a URL as a link, where it may be one, and as it is shown."""
    link = web_link(url)
    return link, link.partition("://")[2].rstrip("/") if link else url


def _source(source: SourceRef, language: Language) -> dict[str, Any]:
    t = words("page", language)
    link, shown = _link(source.url or t["file-by-hand"])
    seen = [t["captured"].format(date=day(source.captured_at, language))]
    seen += [t["gone"].format(date=day(source.gone_at, language))] if source.gone_at else []
    return {"link": link, "shown": shown, "language": source.language, "seen": ", ".join(seen)}


def _review(record: Initiative, language: Language) -> str:
    at = day(record.review.at, language) if record.review.at else "–"
    return words("page", language)[f"review-{record.review.status}"].format(date=at)
