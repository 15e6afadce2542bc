"""The curators' guide, as a page of the desk."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse
from markdown_it import MarkdownIt
from markupsafe import Markup

from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import language_of, render
from passerelle.settings import PROJECT
from schemas.base import Language

router = APIRouter()

_PLACES = (Path(__file__).with_name("guide"), PROJECT / "docs")
"""Where the guide lies: beside this file in an installed package, in ``docs/`` in a checkout."""


@router.get("/guide/")
def guide(request: Request, _person: Signed) -> Response:
    """Show the guide in the language of the desk."""
    return render(request, "guide.html", guide=_guide(language_of(request)))


@router.get("/guide/images/{name}.png")
def picture(_person: Signed, name: str) -> Response:
    """Give a picture of the guide."""
    known = {path.stem: path for path in (_folder() / "images").glob("*.png")}
    if name not in known:
        raise HTTPException(404)
    return FileResponse(known[name], media_type="image/png")


def _folder() -> Path:
    return next((place for place in _PLACES if (place / "curator.fr.md").is_file()), _PLACES[-1])


@cache
def _guide(language: Language) -> Markup:
    """Make the guide HTML, with an anchor for each heading as code hosts make them, for its table of contents."""
    path = _folder() / f"curator.{language}.md"
    if not path.is_file():
        raise HTTPException(404)
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(path.read_text("utf-8"))
    for opening, title in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", re.sub(r"[^\w\- ]", "", title.content.lower()).replace(" ", "-"))
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - a file of ours, without HTML
