"""The way in, and whether the desk is there."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

router = APIRouter()


@router.get("/", include_in_schema=False)
def home() -> Response:
    """Lead to the queue."""
    return RedirectResponse("/queue", 303)


@router.get("/health", include_in_schema=False)
def health() -> Response:
    """Say that the desk is there."""
    return Response("ok", media_type="text/plain")
