"""Small pages for matching. Organisations and initiatives are fictional; places and public bodies are real."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from schemas.base import Language
from schemas.decision import Action, Decision
from schemas.drafts import (
    DraftAward,
    DraftBenefit,
    DraftTestimonial,
    Evidence,
    Extraction,
    Found,
    InitiativeDraft,
    NewsDraft,
    OrganizationMention,
)
from schemas.working import PageState, Sighting

T = TypeVar("T")
DAY_ONE = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = ("sectors", "collaboration", "genders", "groups", "themes", "activities", "languages_offered", "regions")
TEXTS = (*LISTS, "municipalities", "neighbourhoods", "impacts", "other_names", "links")


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def found(value: T, page: str = "page") -> Found[T]:
    quote = str(value)[:160]
    place = Evidence(digest=digest(page), block=0, start=0, end=len(quote), quote=quote, rule="test.rule")
    return Found(value=value, evidence=(place,))


def organization(name: str, **fields: Any) -> OrganizationMention:
    return OrganizationMention(name=name, written=fields.pop("written", name), **fields)


def mention(value: str | OrganizationMention) -> OrganizationMention:
    return organization(value) if isinstance(value, str) else value


def initiative(name: str, language: Language = "fr", key: str = "", **fields: Any) -> dict[str, Any]:
    """Describe an initiative draft; ``page`` gives it its place."""
    return {"name": name, "language": language, "key": key, **fields}


def page(url: str, *drafts: dict[str, Any], news: dict[str, Any] | None = None, **fields: Any) -> PageState:
    """Make a page with initiative drafts, and a news draft where given.

    Args:
        url: name of the page, ``urn:`` for one without URL.
        drafts: what ``initiative`` describes.
        news: title, text, organizations …
        fields: ``source``, ``body`` (changes the digest), ``seen`` (days after the first of January 2026),
            ``alternates``.
    """
    body = digest(fields.get("body", url))
    seen = fields.get("seen", (0,))
    base = {"page": url, "digest": body, "source": fields.get("source", "exemple"), "extractor": "essai/1"}
    base["alternates"] = fields.get("alternates", {})
    made = [_initiative(base, dict(draft)) for draft in drafts]
    items = [_news(base, dict(news))] if news else []
    sightings = fields.get("sightings") or [Sighting(captured_at=day(n), digest=body) for n in seen]
    language = made[0].language if made else "fr"
    extraction = Extraction(
        page=url, digest=body, extractor="essai/1", language=language, initiatives=tuple(made), news=tuple(items)
    )
    address = None if url.startswith("urn:") else url
    return PageState(page=url, url=address, source=base["source"], sightings=tuple(sightings), extraction=extraction)


def day(number: int) -> datetime:
    return DAY_ONE.replace(day=1 + number)


def decision(number: int, action: Action, record: str, **fields: Any) -> Decision:
    return Decision(
        id=f"d{number:04}",
        at=day(number % 28),
        by=fields.pop("by", "curatrice"),
        action=action,
        record=record,
        **fields,
    )


def _initiative(base: dict[str, Any], fields: dict[str, Any]) -> InitiativeDraft:
    lead, partners = fields.pop("lead", None), fields.pop("partners", ())
    ages = fields.pop("ages", (None, None))
    shaped: dict[str, Any] = {
        "language": fields.pop("language"),
        "key": fields.pop("key"),
        "lead_organization": found(mention(lead)) if lead else None,
        "partners": tuple(found(mention(one)) for one in partners),
        "benefits": tuple(found(DraftBenefit(sector=s, text=t)) for s, t in fields.pop("benefits", ())),
        "testimonials": tuple(found(DraftTestimonial(**one)) for one in fields.pop("testimonials", ())),
        "awards": tuple(found(DraftAward(**one)) for one in fields.pop("awards", ())),
        "min_age": None if ages[0] is None else found(ages[0]),
        "max_age": None if ages[1] is None else found(ages[1]),
    }
    shaped |= {name: _all(fields.pop(name, ())) for name in TEXTS}
    return InitiativeDraft(**base, **shaped, **{name: found(value) for name, value in fields.items()})


def _news(base: dict[str, Any], fields: dict[str, Any]) -> NewsDraft:
    return NewsDraft(
        **base,
        language=fields.get("language", "fr"),
        key="",
        title=found(fields["title"]),
        text=found(fields.get("text", fields["title"])),
        organizations=tuple(found(mention(one)) for one in fields.get("organizations", ())),
        initiative_names=_all(fields.get("initiative_names", ())),
    )


def _all(values: Iterable[T]) -> tuple[Found[T], ...]:
    return tuple(found(value) for value in values)


def small_world() -> list[PageState]:
    """A pair of detail pages, a list in both languages, an article and a list of another site."""
    berges = organization("Atelier des Berges", sector="community", municipality="Sorel-Tracy")
    quai = organization("Le Quai de Nuit", sector="community")
    facts: dict[str, Any] = {"lead": berges, "ages": (14, 24), "themes": ["runaway"], "municipalities": ["Sorel-Tracy"]}
    night: dict[str, Any] = {"lead": quai, "ages": (12, 25), "themes": ["homelessness"], "municipalities": ["Lévis"]}
    table: dict[str, Any] = {"lead": "Table Ribambelle", "ages": (6, 12), "regions": ["12"], "themes": ["poverty"]}
    home = "https://liens.example"
    return [
        page(f"{home}/maillages/cousu/", initiative("Projet Cousu Main", description="Pour 30 filles.", **facts)),
        page(
            f"{home}/en/alliances/sewn/",
            initiative("Cousu Main Project", "en", description="For 30 girls.", impacts=["Fewer runaways."], **facts),
            seen=(1, 3),
        ),
        page(
            f"{home}/repertoire/",
            initiative("Rondes du Quai", key="rondes", **night),
            initiative("Concertation pour les enfants de la rive", key="concertation", **table),
            initiative("Cousu Main", key="cousu", **facts),
        ),
        page(
            f"{home}/en/directory/",
            initiative("Rondes du Quai night rounds", "en", key="rounds", **night),
            initiative("Working together for children on the shore", "en", key="together", **table),
            initiative("Cousu Main", "en", key="sewn", **facts),
            seen=(2,),
        ),
        page(
            "urn:sha256:article",
            initiative("Rondes du Quai", lead="Quai de nuit", municipalities=["Lévis"], start="2021-05"),
            news={"title": "Un prix", "text": "Les Rondes du Quai ont un prix.", "organizations": [quai]},
            source="journal",
            seen=(4,),
        ),
        page(
            "https://ailleurs.example/liste/",
            initiative("Rondes du Quai", key="rondes", lead="Maison Grand Large", municipalities=["Gaspé"]),
            source="ailleurs",
        ),
    ]
