"""Organisations that a curator names and no page does: each counts as a page that presents one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from passerelle.matching.gathering import Gathered
from passerelle.matching.identities import SourceKey, mint, organization_key
from passerelle.matching.names import name_key
from passerelle.matching.organization_records import organization_record
from passerelle.matching.organizations import OrganizationBook
from schemas.capture import digest_of
from schemas.decision import Decision, NewOrganization
from schemas.drafts import Extraction, Found, OrganizationDraft, OrganizationMention
from schemas.records import Organization
from schemas.working import Identity, PageState, Sighting

EXTRACTOR = "curator/1"
SOURCE = "curators"


def with_created(gathered: Gathered, decisions: Iterable[Decision]) -> Gathered:
    """Add the organisations that decisions in force create; a page that names one later names the same."""
    states = [_state(one) for one in decisions if one.action == "create"]
    pages = sorted((*gathered.pages, *states), key=lambda state: state.page)
    return replace(gathered, pages=tuple(pages)) if states else gathered


def created(decision: Decision, identities: Iterable[Identity]) -> tuple[str, Organization]:
    """Give the source key and the record that a decision creates, whatever record it names.

    Args:
        decision: the creation; its value is a ``NewOrganization``.
        identities: ids minted before.
    """
    book = OrganizationBook(Gathered((_state(decision),)))
    (key,) = book.first_seen
    identity = mint([SourceKey(key, "organization", decision.at)], identities)[key]
    return key, organization_record(identity.id, key, book)


def created_identities(decisions: Iterable[Decision]) -> tuple[Identity, ...]:
    """Give the ids under which organisations were created, by the source key of their names."""
    return tuple(
        Identity(key=organization_key(name_key(_mention(one))), id=one.record, type="organization", first_seen=one.at)
        for one in decisions
        if one.action == "create"
    )


def _mention(decision: Decision) -> OrganizationMention:
    said = NewOrganization.model_validate(decision.value)
    return OrganizationMention(
        name=said.name,
        written=said.other_name or said.name,
        acronym=said.acronym,
        sector=said.sector,
        municipality=said.municipality,
    )


def _state(decision: Decision) -> PageState:
    page, digest = f"urn:decision:{decision.id}", digest_of(decision.id.encode())
    draft = OrganizationDraft(
        page=page,
        digest=digest,
        source=SOURCE,
        key="",
        extractor=EXTRACTOR,
        language="fr",
        organization=Found[OrganizationMention](value=_mention(decision), evidence=()),
    )
    return PageState(
        page=page,
        url=None,
        source=SOURCE,
        sightings=(Sighting(captured_at=decision.at, digest=digest),),
        extraction=Extraction(page=page, digest=digest, extractor=EXTRACTOR, language="fr", organizations=(draft,)),
    )
