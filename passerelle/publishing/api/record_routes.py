"""Paths of records: lists with filters and search, and single records by id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from passerelle.publishing.api import parameters as ask
from passerelle.publishing.api.answers import answer_with, serving
from passerelle.publishing.api.description import answers
from passerelle.publishing.api.index import Wanted
from passerelle.publishing.api.lists import changes_page, facet_keys, list_page, one_record, raise_for_missing
from passerelle.publishing.api.opened import OpenRelease
from passerelle.publishing.api.words import place_term, query_terms, unaccented

router = APIRouter(prefix="/v1")

InitiativeId = Annotated[str, Path(description="Id of an initiative.", examples=["ini-7f3k9q2m"])]
OrganizationId = Annotated[str, Path(description="Id of an organisation.", examples=["org-3vgld6ni"])]
NewsId = Annotated[str, Path(description="Id of a news item.", examples=["news-6ubor774"])]
RecordId = Annotated[str, Path(description="Id of a record.", examples=["ini-7f3k9q2m"])]


@router.get("/initiatives", tags=["records"], responses=answers("initiatives"))
def initiatives(request: Request, asked: Annotated[ask.InitiativeFilters, Query()]) -> Response:
    """List initiatives, filtered and searched."""
    wanted = Wanted(
        kind="initiatives",
        **_words(asked.q),
        facets=facet_keys(
            theme=asked.theme,
            activity=asked.activity,
            region=asked.region,
            municipality=[unaccented(name) for name in asked.municipality],
            sector=asked.sector,
            group=asked.group,
            organization=[_alive(serving(request), id_) for id_ in asked.organization],
            language_offered=asked.language_offered,
            kind=asked.kind,
        ),
        age=asked.age,
        reviewed=asked.reviewed,
        changed_since=ask.moment(asked.changed_since) if asked.changed_since else None,
    )
    return list_page(request, wanted, asked, fields=asked.fields, language=asked.lang, fallback=asked.fallback)


@router.get("/initiatives/{id}", tags=["records"], responses=answers("initiative", missing=True))
def initiative(request: Request, id: InitiativeId, asked: Annotated[ask.OneInitiative, Query()]) -> Response:  # noqa: A002
    """Give one initiative; a merged id redirects, a withdrawn one is 410 with date and reason."""
    return one_record(request, "initiatives", id, fields=asked.fields, language=asked.lang, fallback=asked.fallback)


@router.get("/organizations", tags=["records"], responses=answers("organizations"))
def organizations(request: Request, asked: Annotated[ask.OrganizationFilters, Query()]) -> Response:
    """List organisations, filtered and searched."""
    wanted = Wanted(
        kind="organizations",
        **_words(asked.q),
        facets=facet_keys(
            sector=asked.sector,
            region=asked.region,
            municipality=[unaccented(name) for name in asked.municipality],
        ),
    )
    return list_page(request, wanted, asked, fields=asked.fields)


@router.get("/organizations/{id}", tags=["records"], responses=answers("organization", missing=True))
def organization(request: Request, id: OrganizationId, asked: Annotated[ask.OneOrganization, Query()]) -> Response:  # noqa: A002
    """Give one organisation."""
    return one_record(request, "organizations", id, fields=asked.fields)


@router.get("/news", tags=["records"], responses=answers("news"))
def news(request: Request, asked: Annotated[ask.NewsFilters, Query()]) -> Response:
    """List news and communiqués, filtered and searched."""
    wanted = Wanted(
        kind="news",
        **_words(asked.q),
        facets=facet_keys(language=asked.language, initiative=asked.initiative),
        changed_since=ask.moment(asked.changed_since) if asked.changed_since else None,
        published_since=asked.published_since.isoformat() if asked.published_since else None,
    )
    return list_page(request, wanted, asked, fields=asked.fields)


@router.get("/news/{id}", tags=["records"], responses=answers("news-item", missing=True))
def news_item(request: Request, id: NewsId, asked: Annotated[ask.OneNews, Query()]) -> Response:  # noqa: A002
    """Give one news item."""
    return one_record(request, "news", id, fields=asked.fields)


@router.get("/provenance/{id}", tags=["records"], responses=answers("provenance", missing=True))
def provenance(request: Request, id: RecordId, _none: Annotated[ask.Nothing, Query()]) -> Response:  # noqa: A002
    """Tell for each value of a record the page and the words it was read from."""
    release = serving(request)
    path = release.folder / "provenance" / f"{id}.json"
    if not id.replace("-", "").isalnum() or not path.is_file():
        raise_for_missing(release, id)
    return answer_with(request, path.read_bytes(), release)


@router.get("/changes", tags=["releases"], responses=answers("changes"))
def changes(request: Request, asked: Annotated[ask.ChangeFilters, Query()]) -> Response:
    """List what was added, changed, merged and withdrawn since a release; for each id the last line counts."""
    return changes_page(request, asked, asked.since, asked.type)


def _words(query: str | None) -> dict[str, Any]:
    return {"terms": query_terms(query), "place": place_term(query)} if query and query.strip() else {}


def _alive(release: OpenRelease, record: str) -> str:
    return release.end_of(record)[0]
