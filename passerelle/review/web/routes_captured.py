"""The captured page in its frame: an address of its own, under a policy that lets nothing run and nothing load."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response
from markupsafe import Markup

from passerelle.review.help import CapturedPage
from passerelle.review.record_view import record_view
from passerelle.review.web.captured import Quote, clean_page, plain_page
from passerelle.review.web.desk import AtDesk, Reading
from passerelle.review.web.people import Signed
from passerelle.review.web.rendering import STATIC, render
from passerelle.review.web.routes_record import Dotted, captured_pages
from passerelle.review.web.showing import evidence_of
from schemas.records import FieldEvidence

router = APIRouter()


@router.get("/records/{record}/page")
def captured(
    *,
    request: Request,
    session: Reading,
    desk: AtDesk,
    _person: Signed,
    record: str,
    digest: Annotated[str, Query(max_length=71)],
    field: Dotted = "",
) -> Response:
    """Show a page that a record came from as it was captured, made harmless, with the words of a field marked."""
    view = record_view(session, record, desk.help)
    if digest not in {one for one, _ in captured_pages(view)}:
        raise HTTPException(404)
    page = desk.help.page(digest)
    body, found = "", 0
    if page is not None:
        evidence = [one for one in evidence_of(view, field) if one.digest == digest] if field else []
        quotes = [_quote(one, page) for one in evidence]
        body, found = (clean_page if "html" in page.media_type else plain_page)(page.body, quotes)
    return render(
        request,
        "captured.html",
        headers={"Content-Security-Policy": _policy(), "X-Frame-Options": "SAMEORIGIN"},
        body=Markup(body),  # noqa: S704 - nh3 made it
        found=found,
        there=page is not None,
        style=Markup(_style()),  # noqa: S704 - a file of ours
    )


def _quote(evidence: FieldEvidence, page: CapturedPage) -> Quote:
    """Give the words of a piece of evidence whole, with the block that they stand in."""
    blocks = page.document.blocks if page.document else ()
    if not 0 <= evidence.block < len(blocks):
        return Quote(evidence.quote)
    block = blocks[evidence.block].text
    return Quote(block[evidence.start : evidence.end] or evidence.quote, block, evidence.start)


@cache
def _style() -> str:
    return (STATIC / "captured.css").read_text("utf-8")


@cache
def _policy() -> str:
    """Allow one style sheet, by its digest, and nothing else at all; the frame may run no script nor send a form."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'self'; sandbox"
    )
