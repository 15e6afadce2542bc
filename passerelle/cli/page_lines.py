"""Read pages outside the archive: one file, or the line protocol of ``extract-file --jsonl``."""

from __future__ import annotations

import gc
import json
import logging
import mimetypes
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from extractors.extract import extract_file_line, extract_page
from schemas.capture import digest_of
from schemas.drafts import Extraction
from schemas.source import Source

log = logging.getLogger(__name__)

_BETWEEN_COLLECTIONS = 10_000
"""Objects made before garbage is looked for: a page makes that many and leaves few cycles behind."""
_BETWEEN_OLD = 50
"""Times that garbage is looked for among the new objects before it is among those that stayed: most are in memories."""

UNKNOWN_SOURCE = "page"
"""Source of a page whose host belongs to none."""


def read_file(file: Path, url: str | None, sources: Mapping[str, Source]) -> Extraction:
    """Read a saved page with the rules of the source that its URL belongs to, if any.

    Raises:
        OSError: the file cannot be read.
    """
    body = file.read_bytes()
    digest = digest_of(body)
    address = _normal(url) if url else None
    host = urlsplit(address).hostname if address else None
    source = next((source for source in sources.values() if host in source.hosts), None)
    return extract_page(
        body,
        page=address or f"urn:{digest}",
        url=address,
        digest=digest,
        source=source,
        source_name=source.name if source else UNKNOWN_SOURCE,
        media_type=mimetypes.guess_type(file.name)[0] or "text/html",
        headers={},
        captured_on=datetime.now(UTC).date().isoformat(),
    )


def answer_lines(asked: Iterable[bytes], answers: TextIO) -> None:
    """Answer each line of JSON with one line, at once; ``extractors.extract`` describes their fields."""
    gc.freeze()  # what was imported stays: collections need not look through it each time
    gc.set_threshold(_BETWEEN_COLLECTIONS, _BETWEEN_OLD)
    for line in asked:
        if line.strip():
            answers.write(json.dumps(_answer(line), ensure_ascii=False) + "\n")
            answers.flush()


def _answer(line: bytes) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not a line of JSON: {error}"}
    if not isinstance(question, dict):
        return {"id": None, "error": 'not an object: write {"id": …, "url": "", "html_path": "page.html"}'}
    try:
        return extract_file_line(question)
    except Exception as error:  # one bad page is one line, never a stop
        log.exception("reading %s failed", question.get("html_path"))
        return {"id": question.get("id"), "error": f"the extractor failed: {type(error).__name__}: {error}"}


def _normal(url: str) -> str | None:
    from schemas.urls import normal_url  # noqa: PLC0415 (slow to import, and many saved pages have no URL)

    return normal_url(url)
