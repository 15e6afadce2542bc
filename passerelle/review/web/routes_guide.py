"""The curators' guide, as a page of the desk."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse
from markdown_it import MarkdownIt
from markupsafe import Markup

from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from schemas.base import Language

router = APIRouter()

DOCS = Path(__file__).resolve().parents[3] / "docs"
"""Where the guide lies: ``curator.fr.md``, ``curator.en.md`` and the pictures in ``curator/``."""


@router.get("/guide/")
def guide(request: Request, _person: Signed) -> Response:
    """Show the guide in the language of the desk."""
    return render(request, "guide.html", guide=_guide(language_of(request)))


@router.get("/guide/curator/{name}.png")
def picture(_person: Signed, name: str) -> Response:
    """Give a picture of the guide."""
    known = {path.stem: path for path in (DOCS / "curator").glob("*.png")}
    if name not in known:
        raise HTTPException(404)
    return FileResponse(known[name], media_type="image/png")


@cache
def _guide(language: Language) -> Markup:
    path = DOCS / f"curator.{language}.md"
    if not path.is_file():
        raise HTTPException(404)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    return Markup(reader.render(path.read_text("utf-8")))  # noqa: S704 - a file of ours, without HTML
