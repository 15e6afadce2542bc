"""What the first requests would wait for, done beforehand beside them: no start is slower for it.

The translator is not loaded: it is large, and most curators read before they translate.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from passerelle.review.queue import Filter, page
from passerelle.review.web.desk import Desk
from passerelle.review.web.fields import SHAPES, fields_of
from passerelle.review.web.rendering import load_templates
from schemas.base import LANGUAGES
from schemas.vocabulary import NAMES
from schemas.wording import labels

LOG = logging.getLogger(__name__)


@asynccontextmanager
async def warming(app: FastAPI) -> AsyncIterator[None]:
    """Warm the desk up while it answers already; a desk that is closed soon does not wait for it."""
    Thread(target=_quietly, args=(app.state.desk,), name="warm-up", daemon=True).start()
    yield


def warm(desk: Desk) -> None:
    """Load templates, vocabularies, the termbase and the lines of the queue."""
    load_templates()
    for shape in SHAPES.values():
        fields_of(shape)
    for language in LANGUAGES:
        for name in (*NAMES, "regions"):
            labels(name, language)
        desk.help.terms("Un mot.", "", language)
        desk.help.failed_checks("Un mot, deux fois.", "One word, twice.", language)
    with desk.store.session() as session:
        page(session, Filter())


def _quietly(desk: Desk) -> None:
    try:
        warm(desk)
    except SQLAlchemyError as error:  # a run of the pipeline writes, or the desk was closed
        LOG.info("could not warm up: %s", error)
