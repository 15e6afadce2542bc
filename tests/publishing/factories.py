"""Records of fictional organisations in real Québec places, small enough to read in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from passerelle.publishing.contents import Rules
from passerelle.publishing.material import material_of
from passerelle.publishing.plan import Plan
from passerelle.publishing.release import Order, PublishOutcome, plan_release, publish
from schemas.base import LanguageMap
from schemas.capture import digest_of
from schemas.issue import Issue
from schemas.records import (
    Award,
    Benefit,
    FieldEvidence,
    Initiative,
    LeadRef,
    NewsItem,
    Organization,
    OrganizationRef,
    Person,
    Provenance,
    SourceRef,
    TextStatus,
)
from schemas.release import Licence
from schemas.source import Source
from schemas.texts import text_digest
from schemas.working import Filling, Matched

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
LICENCE = Licence(name="Creative Commons Attribution 4.0", spdx="CC-BY-4.0")
DIGEST = digest_of(b"a page")


def day(number: int) -> datetime:
    """Give noon of a day of March 2026."""
    return DAY.replace(day=number)


def reference(source: str = "rive", page: str = "accueil", **changes: Any) -> SourceRef:
    told: dict[str, Any] = {
        "url": f"https://{source}.example/{page}",
        "captured_at": DAY,
        "digest": DIGEST,
        "language": "fr",
        "extractor": "maillage/1",
        "source": source,
    }
    return SourceRef(**{**told, **changes})


def initiative(number: int = 1, source: str = "rive", **changes: Any) -> Initiative:
    told: dict[str, Any] = {
        "id": f"ini-{number:08d}",
        "slug": f"atelier-{number}",
        "kind": "project",
        "name": LanguageMap(fr=f"L’atelier des marées n° {number}"),
        "summary": LanguageMap(
            fr=f"À Rimouski, {number} soirs par semaine.", en=f"{number} evenings a week in Rimouski."
        ),
        "lead_organization": LeadRef(id="org-00000001", name="Maison des Marées"),
        "partners": (OrganizationRef(id="org-00000002", name="Relais du Fleuve", sector="community"),),
        "benefits": (Benefit(sector="community", text=LanguageMap(fr="Un lieu à soi.")),),
        "impacts": (LanguageMap(en="Forty young people met."),),
        "sources": (reference(source, f"atelier-{number}"),),
        "first_seen": DAY,
        "last_seen": DAY,
        "last_changed": DAY,
    }
    return Initiative(**{**told, **changes})


def organization(number: int = 1, **changes: Any) -> Organization:
    names = {1: "Maison des Marées", 2: "Relais du Fleuve"}
    told = {"name": names.get(number, f"Organisme {number}"), "first_seen": DAY, "last_seen": DAY}
    return Organization(**{"id": f"org-{number:08d}", **told, **changes})


def news(number: int = 1, source: str = "rive", **changes: Any) -> NewsItem:
    told: dict[str, Any] = {
        "id": f"news-{number:08d}",
        "title": "Un prix pour l’atelier",
        "text": "Le jury a parlé.\nLa salle a applaudi.",
        "language": "fr",
        "people": (Person(name="Ariane Côté-Okpara", role="intervenante"),),
        "awards": (Award(name=LanguageMap(fr="Prix du Large")),),
        "mentions": ("ini-00000001",),
        "sources": (reference(source, f"nouvelle-{number}"),),
        "first_seen": DAY,
        "last_seen": DAY,
        "last_changed": DAY,
    }
    return NewsItem(**{**told, **changes})


def provenance(record: str = "ini-00000001", **changes: Any) -> Provenance:
    told: dict[str, Any] = {
        "url": "https://rive.example/atelier-1",
        "digest": DIGEST,
        "extractor": "maillage/1",
        "block": 2,
        "start": 0,
        "end": 9,
        "quote": "L’atelier",
        "rule": "name.heading",
    }
    return Provenance(id=record, fields={"name.fr": (FieldEvidence(**{**told, **changes}),)})


def matched(*initiatives: Initiative, **changes: Any) -> Matched:
    told: dict[str, Any] = {
        "initiatives": initiatives or (initiative(1), initiative(2), initiative(3)),
        "organizations": (organization(1), organization(2)),
    }
    return Matched(**{**told, **changes})


def filling(
    record: str, path: str, text: str | None, made_from: str, origin: str = "machine", **changes: Any
) -> Filling:
    told: dict[str, Any] = {
        "origin": origin,
        "source_language": "en" if path.endswith(".fr") else "fr",
        "source_hash": text_digest(made_from),
    }
    return Filling(record=record, path=path, text=text, status=TextStatus(**{**told, **changes}))


def source(name: str = "rive", **changes: Any) -> Source:
    told: dict[str, Any] = {
        "name": name,
        "title": LanguageMap(fr=f"Journal {name}", en=f"The {name} journal"),
        "publisher": name.title(),
        "hosts": (f"{name}.example",),
        "licence": Licence(name="Tous droits réservés", attribution=name.title()),
        "enabled": True,
    }
    return Source(**{**told, **changes})


@dataclass
class Press:
    """A folder of releases and what is the same in every call of a test."""

    curated: Path
    sources: Mapping[str, Source] = field(default_factory=lambda: {"rive": source()})
    captures: Mapping[str, int] = field(default_factory=lambda: {"rive": 4})
    issues: tuple[Issue, ...] = ()

    def publish(self, content: Matched, *fillings: Filling, on: int = 1, **options: Any) -> PublishOutcome:
        """Publish; ``on`` is the day of March that ``as_of`` says."""
        told: dict[str, Any] = {
            "curated": self.curated,
            "sources": self.sources,
            "captures": self.captures,
            "issues": self.issues,
            "as_of": day(on),
            "licence": LICENCE,
        }
        return publish(content, fillings, **{**told, **options})

    def plan(self, content: Matched, on: int = 1) -> Plan:
        """Say what publishing would do."""
        material = material_of(content, (), self.issues)
        return plan_release(Order(material, self.curated, Rules(self.sources), self.captures, day(on), LICENCE))

    @property
    def current(self) -> Path:
        return self.curated / "current"


def files_of(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file under a folder."""
    root = folder.resolve()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
