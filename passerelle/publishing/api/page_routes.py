"""Paths for people and supervisors: the landing page, the documentation, health."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from jinja2 import Environment, PackageLoader, select_autoescape

from passerelle.publishing.api.answers import SHORT, digest, to_json, unchanged, validators
from passerelle.publishing.api.description import answers
from passerelle.publishing.api.opened import OpenRelease
from passerelle.publishing.api.parameters import Nothing
from passerelle.publishing.api.problems import KINDS
from passerelle.publishing.api.serving import Serving

router = APIRouter()
HTML = "text/html; charset=utf-8"


@router.get("/", include_in_schema=False)
def landing(request: Request) -> Response:
    """Say in both languages what this is and where to go on."""
    release: OpenRelease | None = request.scope["release"]
    site = release is not None and (release.folder / "site" / "index.html").is_file()
    return _page(request, "landing.html", release.written if release else 0, release=release, site=site)


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """Show the description for people, without anything from elsewhere."""
    started: float = request.app.state.started
    return _page(request, "docs.html", started, described=request.app.openapi(), kinds=KINDS)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """Give the description for machines."""
    return _kept(request, to_json(request.app.openapi()), request.app.state.started, "application/json")


@router.get("/health", tags=["operation"], responses=answers("health"))
def health(request: Request, _none: Annotated[Nothing, Query()]) -> Response:
    """Tell whether there is a release to serve; 503 where not; `trouble` where a newer one cannot be served."""
    release: OpenRelease | None = request.scope["release"]
    serving: Serving = request.app.state.serving
    told: dict[str, Any] = {"status": "ok" if release else "no-release"}
    if release:
        told |= {"release": release.number, "as_of": release.as_of}
    if serving.trouble:
        told["trouble"] = "the release that current leads to cannot be served; see the log"
    return Response(to_json(told), 200 if release else 503, {"Cache-Control": "no-store"}, "application/json")


@cache
def _templates() -> Environment:
    loader = PackageLoader("passerelle.publishing.api", "templates")
    return Environment(loader=loader, autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True)


def _page(request: Request, template: str, modified: float, **values: Any) -> Response:
    return _kept(request, _templates().get_template(template).render(**values).encode(), modified, HTML)


def _kept(request: Request, body: bytes, modified: float, media_type: str) -> Response:
    headers = validators(digest(body), modified, SHORT)
    return unchanged(request, headers) or Response(body, headers=headers, media_type=media_type)
