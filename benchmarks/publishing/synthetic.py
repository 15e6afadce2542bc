"""Working records of fictional organisations in real Québec places, as many as asked for, straight into the store."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from passerelle.store.tables import FillingRow, RecordRow
from schemas.base import LanguageMap
from schemas.capture import digest_of
from schemas.records import (
    Audience,
    Award,
    Benefit,
    Contact,
    FieldEvidence,
    Initiative,
    LeadRef,
    NewsItem,
    Organization,
    OrganizationRef,
    Provenance,
    SourceRef,
    Territory,
    TextStatus,
)
from schemas.texts import text_digest
from schemas.working import Filling

_BATCH = 1000
_BEGAN = datetime(2026, 1, 5, 12, tzinfo=UTC)
_WORDS = re.findall(
    r"\S+",
    "atelier jeunes familles quartier rencontre soutien entraide prévention école santé intervenant·es partenaires "
    "accompagnement bénévoles marche soirée écoute parole projet milieu équipe comité logement travail culture "
    "mentorat hébergement concertation participation autonomie transport repas jardin musique théâtre",
)
_PLACES = (("01", "Rimouski"), ("03", "Québec"), ("06", "Montréal"), ("09", "Sept-Îles"), ("16", "Longueuil"))
_THEMES = ("violence", "homelessness", "mental-health", "sexual-exploitation", "runaway")
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def fill(session: Session, count: int, seed: int = 7) -> None:
    """Put so many initiatives into the store, with an organisation for five of them and a news item for ten."""
    dice = random.Random(seed)  # noqa: S311
    organizations = [record_id("org", number) for number in range(max(2, count // 5))]
    _insert(session, RecordRow, _organizations(organizations))
    _insert(session, RecordRow, (_news(dice, number) for number in range(count // 10)))
    made = (initiative(dice, number, organizations) for number in range(count))
    batch: list[Initiative] = []
    for record in made:
        batch.append(record)
        if len(batch) == _BATCH:
            _save(session, batch)
            batch.clear()
    _save(session, batch)


def change(session: Session, share: float, seed: int = 11) -> int:
    """Change the cost and summary of a share of the initiatives; give how many."""
    ids = list(session.scalars(select(RecordRow.id).where(RecordRow.type == "initiative").order_by(RecordRow.id)))
    dice = random.Random(seed)  # noqa: S311
    chosen = dice.sample(ids, max(1, round(len(ids) * share)))
    for id_ in chosen:
        payload = session.scalars(select(RecordRow.payload).where(RecordRow.id == id_)).one()
        record = Initiative.model_validate_json(payload)
        told = record.model_copy(update={"cost": "paid", "impacts": (LanguageMap(fr=_text(dice, 12)),)})
        session.execute(update(RecordRow).where(RecordRow.id == id_).values(payload=told.model_dump_json()))
    return len(chosen)


def record_id(prefix: str, number: int) -> str:
    """Give an id as matching mints them: eight letters and digits without an order."""
    mixed = (number * 2_654_435_761 + 97) % 36**8
    letters = []
    for _ in range(8):
        mixed, place = divmod(mixed, 36)
        letters.append(_ALPHABET[place])
    return f"{prefix}-{''.join(letters)}"


def initiative(dice: random.Random, number: int, organizations: list[str]) -> Initiative:
    """Make an initiative of the size that pages of such organisations give."""
    lead, *others = dice.sample(organizations, min(3, len(organizations)))
    region, town = dice.choice(_PLACES)
    return Initiative(
        id=record_id("ini", number),
        slug=f"initiative-{number}",
        kind="project",
        name=LanguageMap(fr=f"Projet {_text(dice, 3)} {number}"),
        summary=LanguageMap(fr=_text(dice, 30)),
        description=LanguageMap(fr="\n\n".join(_text(dice, 60) for _ in range(4))),
        lead_organization=LeadRef(id=lead, name=f"Organisme {lead}"),
        partners=tuple(OrganizationRef(id=one, name=f"Organisme {one}", sector="community") for one in others),
        sectors=("community", "education"),
        audience=Audience(min_age=dice.randint(6, 14), max_age=dice.randint(15, 30)),
        themes=tuple(dice.sample(_THEMES, 2)),
        territory=Territory(regions=(region,), municipalities=(town,)),
        benefits=tuple(Benefit(sector="community", text=LanguageMap(fr=_text(dice, 20))) for _ in range(2)),
        impacts=tuple(LanguageMap(fr=_text(dice, 12)) for _ in range(2)),
        awards=(Award(name=LanguageMap(fr=f"Prix {_text(dice, 2)}"), year=2024),),
        contact=Contact(url=f"https://rive.example/{number}"),
        sources=(_reference(f"projet-{number}"),),
        **_seen(number),
    )


def _seen(number: int) -> dict[str, Any]:
    at = _BEGAN + timedelta(minutes=number)
    return {"first_seen": at, "last_seen": at, "last_changed": at}


def _organizations(ids: list[str]) -> Iterator[dict[str, Any]]:
    for number, id_ in enumerate(ids):
        seen = _BEGAN + timedelta(minutes=number)
        record = Organization(id=id_, name=f"Organisme {id_}", sector="community", first_seen=seen, last_seen=seen)
        yield {"id": id_, "type": "organization", "payload": record.model_dump_json(), "provenance": None}


def _news(dice: random.Random, number: int) -> dict[str, Any]:
    record = NewsItem(
        id=record_id("news", number),
        title=_text(dice, 6),
        text="\n".join(_text(dice, 50) for _ in range(3)),
        language="fr",
        mentions=(record_id("ini", number),),
        sources=(_reference(f"nouvelle-{number}"),),
        **_seen(number),
    )
    return {"id": record.id, "type": "news", "payload": record.model_dump_json(), "provenance": None}


def _save(session: Session, batch: list[Initiative]) -> None:
    _insert(
        session,
        RecordRow,
        (
            {
                "id": one.id,
                "type": "initiative",
                "payload": one.model_dump_json(),
                "provenance": _provenance(one).model_dump_json(),
            }
            for one in batch
        ),
    )
    _insert(session, FillingRow, (row for one in batch for row in _fillings(one)))


def _fillings(record: Initiative) -> Iterator[dict[str, Any]]:
    texts = {"name": record.name, "summary": record.summary, "description": record.description}
    for path, both in texts.items():
        source = (both and both.fr) or ""
        status = TextStatus(origin="machine", engine="synthetic", source_language="fr", source_hash=text_digest(source))
        filling = Filling(record=record.id, path=f"{path}.en", text=f"EN {source}", status=status)
        yield {"record": record.id, "path": filling.path, "payload": filling.model_dump_json()}


def _provenance(record: Initiative) -> Provenance:
    paths = ("name.fr", "summary.fr", "description.fr", "themes.0", "territory.municipalities.0", "benefits.0.text.fr")
    return Provenance(id=record.id, fields={path: (_evidence(record, path),) for path in paths})


def _evidence(record: Initiative, path: str) -> FieldEvidence:
    reference = record.sources[0]
    return FieldEvidence(
        url=reference.url,
        digest=reference.digest,
        extractor="maillage/1",
        block=len(path),
        start=0,
        end=len(record.name.fr or ""),
        quote=record.name.fr or "",
        rule=f"{path}.heading",
    )


def _reference(page: str) -> SourceRef:
    url = f"https://rive.example/{page}"
    return SourceRef(
        url=url,
        captured_at=_BEGAN,
        digest=digest_of(url.encode()),
        language="fr",
        extractor="maillage/1",
        source="rive",
    )


def _text(dice: random.Random, words: int) -> str:
    return f"{' '.join(dice.choices(_WORDS, k=words)).capitalize()}."


def _insert(session: Session, table: type[RecordRow | FillingRow], rows: Iterator[dict[str, Any]]) -> None:
    batch = list(rows)
    if batch:
        session.execute(insert(table), batch)
