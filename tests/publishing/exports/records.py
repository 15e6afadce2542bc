"""A small release that has every field of every record; fictional organisations in real Québec places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from passerelle.publishing.files import OutFile
from passerelle.publishing.folder import Release
from passerelle.publishing.view import View, view_of
from schemas.base import LanguageMap
from schemas.records import (
    Audience,
    Award,
    Benefit,
    Contact,
    Initiative,
    LeadRef,
    NewsItem,
    OrganizationRef,
    Person,
    Related,
    Review,
    Territory,
    Testimonial,
    TextStatus,
)
from schemas.release import Change
from tests.publishing.factories import DAY, LICENCE, day, initiative, news, organization, reference

GOLDEN = Path(__file__).parents[3] / "curated" / "example"


def full_initiative() -> Initiative:
    return initiative(1, **_facts(), **_texts())


def _texts() -> dict[str, Any]:
    return {
        "name": LanguageMap(fr="L’escale « Marée »", en="The “Tide” stopover"),
        "summary": LanguageMap(fr="=SOMME(A1) n’est pas une formule", en="'Twas a <b>quiet</b> night & day"),
        "description": LanguageMap(fr="Un *lieu*.\n\nDeux soirs\u00a0: mardi, jeudi.", en="A place.\n\nTwo evenings."),
        "conclusion": LanguageMap(fr="À suivre."),
        "benefits": (
            Benefit(sector="community", text=LanguageMap(fr="Un lieu à soi.", en="A place of one’s own.")),
            Benefit(text=LanguageMap(fr="Du temps.")),
        ),
        "impacts": (LanguageMap(fr="Quarante jeunes.", en="Forty young people."), LanguageMap(en="-2 nights outside")),
        "testimonials": (
            Testimonial(
                quote=LanguageMap(fr="On m’a crue.", en="They believed me."),
                author="Une participante",
                role=LanguageMap(fr="participante"),
                organization="Maison des Marées",
            ),
        ),
        "awards": (Award(name=LanguageMap(fr="Prix du Large"), awarded_by="Fondation du Large", year=2025),),
        "text_status": {
            "summary.en": TextStatus(origin="machine", engine="moteur 1", source_language="fr", source_hash="sha256:0"),
            "description.en": TextStatus(origin="human", reviewed=True),
            "conclusion.en": TextStatus(origin="pending", source_language="fr", reason="not-translated"),
        },
    }


def _facts() -> dict[str, Any]:
    return {
        "kind": "service",
        "lead_organization": LeadRef(id="org-00000001", name="Maison des Marées"),
        "partners": (
            OrganizationRef(id="org-00000002", name="Relais du Fleuve", sector="community", role="hébergement"),
            OrganizationRef(id="org-00000003", name="Organisme 3"),
        ),
        "sectors": ("community", "police"),
        "collaboration": ("intersectoral",),
        "audience": Audience(min_age=12, max_age=25, genders=("female",), groups=("youth", "youth-at-risk")),
        "themes": ("runaway", "sexual-exploitation"),
        "activities": ("workshops", "street-work"),
        "languages_offered": ("fr", "en"),
        "cost": "free",
        "territory": Territory(regions=("01", "11"), municipalities=("Rimouski",), neighbourhoods=("Saint-Robert",)),
        "start": "2021-09",
        "contact": Contact(email="escale@marees.example", phone="+1 418 555-0142", url="https://marees.example/escale"),
        "links": ("https://marees.example/boite",),
        "mentions": ("news-00000001",),
        "related": (Related(id="ini-00000002", relation="part-of"),),
        "review": Review(status="approved", by="Une curatrice", at=day(3)),
        "sources": (
            reference("rive", "escale"),
            reference("rive", "stopover", language="en", url=None, gone_at=day(2)),
        ),
        "last_changed": day(4),
        "version": 2,
    }


def full_news() -> NewsItem:
    return news(
        1,
        authors=("Josée Lamothe", "@redaction"),
        published="2026-02-28",
        publisher="Journal de la Rive",
        url="https://rive.example/nouvelle-1",
        people=(Person(name="Ariane Côté-Okpara", role="intervenante", organization="Relais du Fleuve"),),
        text_status={"awards.0.name.en": TextStatus(origin="pending", source_language="fr", reason="no-engine")},
    )


def full_view(**changes: Any) -> View:
    """Give a release with one initiative that says everything, one that says little, and one only named in French."""
    organizations = (
        organization(1, acronyms=("MDM",), former_names=("Abri des Marées",), sector="community", regions=("01",)),
        organization(2, other_names=("Relais", "Le Relais"), municipality="Rimouski", url="https://relais.example"),
        organization(3),
    )
    told: dict[str, Any] = {
        "number": 3,
        "as_of": day(5),
        "licence": LICENCE.model_copy(update={"url": "https://creativecommons.org/licenses/by/4.0/"}),
        "terms": {"rive": LICENCE},
        "initiatives": (full_initiative(), initiative(2), initiative(3, summary=None, lead_organization=None)),
        "organizations": organizations,
        "news": (full_news(),),
        "changes": (
            Change(release=1, at=DAY, change="added", id="ini-00000001", type="initiative"),
            Change(release=1, at=DAY, change="added", id="ini-00000002", type="initiative"),
            Change(release=1, at=DAY, change="added", id="ini-00000008", type="initiative"),
            Change(release=1, at=DAY, change="added", id="ini-00000009", type="initiative"),
            Change(
                release=2, at=day(4), change="changed", id="ini-00000001", type="initiative", fields=("name", "cost")
            ),
            Change(release=2, at=day(4), change="merged", id="ini-00000009", type="initiative", into="ini-00000001"),
            Change(release=3, at=day(5), change="added", id="ini-00000003", type="initiative"),
            Change(release=3, at=day(5), change="withdrawn", id="ini-00000008", type="initiative", reason="en double"),
            Change(release=3, at=day(5), change="added", id="news-00000001", type="news"),
        ),
    }
    return View(**{**told, **changes})


def golden_view() -> View:
    """Give the release of the example site."""
    return view_of(Release(GOLDEN))


def written(files: Any) -> dict[str, bytes]:
    """Give the bytes of each file; read one after the other, as an export is written."""
    found: dict[str, bytes] = {}
    for file in files:
        assert isinstance(file, OutFile)
        assert file.path not in found
        found[file.path] = b"".join(file.chunks)
    return found
