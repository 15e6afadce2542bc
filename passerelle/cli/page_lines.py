"""Read pages outside the archive: one file, or the line protocol of ``extract-file --jsonl``."""

from __future__ import annotations

import json
import logging
import mimetypes
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from extractors.documents import UnreadablePage, read
from extractors.documents.main_text import article_of
from extractors.extract import extract_document, extract_page
from schemas.capture import digest_of
from schemas.document import Document
from schemas.drafts import Extraction, Found, InitiativeDraft
from schemas.source import Source
from schemas.urls import normal_url

log = logging.getLogger(__name__)

UNKNOWN_SOURCE = "page"
"""Source of a page whose host belongs to none."""


def read_file(file: Path, url: str | None, sources: Mapping[str, Source]) -> Extraction:
    """Read a saved page with the rules of the source that its URL belongs to, if any.

    Raises:
        OSError: the file cannot be read.
    """
    body = file.read_bytes()
    address, digest, source = _place(url, body, sources)
    return extract_page(
        body,
        page=address or f"urn:{digest}",
        url=address,
        digest=digest,
        source=source,
        source_name=source.name if source else UNKNOWN_SOURCE,
        media_type=_media_type(file),
        headers={},
    )


def answer_lines(asked: Iterable[bytes], answers: TextIO, sources: Mapping[str, Source]) -> None:
    """Answer each line of JSON with one line, at once; see ``answer`` for the fields."""
    for line in asked:
        if line.strip():
            answers.write(json.dumps(answer(line, sources), ensure_ascii=False) + "\n")
            answers.flush()


def answer(line: bytes, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Read the page that a line {"id", "url", "html_path"} names.

    Returns:
        "id", "title", "text" (the body, one block a line), "author" (a list), "date" (EDTF), "language" ("fr", "en"
        or null) and "initiatives" (their values by field); or "id" and "error".
    """
    name: Any = None
    try:
        question = json.loads(line)
        name = question.get("id")
        file = Path(question["html_path"])
        return {"id": name} | _read(file.read_bytes(), question.get("url"), _media_type(file), sources)
    except UnreadablePage as refusal:
        return {"id": name, "error": f"{refusal.code}: {refusal.message}"}
    except OSError as error:
        return {"id": name, "error": f"file-not-found: {error.filename}: {error.strerror}"}
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        log.info("bad line", exc_info=True)
        return {"id": name, "error": f'bad-line: {error}; write {{"id": …, "url": "", "html_path": "page.html"}}'}
    except Exception as error:  # one bad page is one line, never a stop
        log.exception("reading %s failed", name)
        return {"id": name, "error": f"page-failed: {type(error).__name__}: {error}"}


def _read(body: bytes, url: str | None, media_type: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    address, digest, source = _place(url, body, sources)
    document = read(
        body,
        page=address or f"urn:{digest}",
        url=address,
        digest=digest,
        source=source.name if source else UNKNOWN_SOURCE,
        media_type=media_type,
        drop_blocks=source.drop_blocks if source else (),
    )
    extraction = extract_document(document, source)
    return _article(document, extraction) | {
        "language": document.language if document.language != "unknown" else None,
        "initiatives": [_values(draft) for draft in extraction.initiatives],
    }


def _article(document: Document, extraction: Extraction) -> dict[str, Any]:
    if extraction.news:
        news = extraction.news[0]
        authors = [author.value for author in news.authors]
        return {
            "title": news.title.value,
            "text": news.text.value,
            "author": authors,
            "date": news.published.value if news.published else None,
        }
    article = article_of(document)
    date = (article.published or "")[:10] or None
    return {"title": article.title, "text": article.text, "author": list(article.authors), "date": date}


def _values(draft: InitiativeDraft) -> dict[str, Any]:
    """Give the values of a draft without their evidence; what it does not say is left out."""
    values: dict[str, Any] = {}
    for field, value in draft:
        if isinstance(value, Found):
            values[field] = _plain(value)
        elif isinstance(value, tuple) and value:
            values[field] = [_plain(found) for found in value]
    return values


def _plain(found: Found[Any]) -> Any:
    return found.model_dump(mode="json", exclude_none=True)["value"]


def _place(url: str | None, body: bytes, sources: Mapping[str, Source]) -> tuple[str | None, str, Source | None]:
    """Give the normal URL, the digest and the source of a page."""
    address = normal_url(url) if url else None
    host = urlsplit(address).hostname if address else None
    source = next((source for source in sources.values() if host in source.hosts), None)
    return address, digest_of(body), source


def _media_type(file: Path) -> str:
    guessed = mimetypes.guess_type(file.name)[0]
    return guessed if guessed else "text/html"
