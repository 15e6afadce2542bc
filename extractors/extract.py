"""The ways in: a page's bytes become an Extraction, and a line of a batch its answer, whatever the page.

The batch protocol, one JSON object a line: in ``{"id", "url" (may be empty), "html_path"}``; out ``{"id", "title",
"text", "author", "date", "language", "initiatives"}``, or ``{"id", "error"}`` for a page that cannot be read. ``text``
is the body, one block a line, without title and byline; ``language`` a two-letter code, any language; ``date`` starts
YYYY-MM-DD: the day of publication, or of the last change where the page tells only that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.base import Drafts, PageContext, failures_as_issues
from extractors.documents import UnreadablePage, read
from extractors.documents.language import any_language
from extractors.documents.main_text import article_of
from extractors.documents.metadata import is_account
from extractors.news import NewsReader, body_positions, without_head
from extractors.refusals import refused_as
from extractors.registry import choose
from schemas.base import Language
from schemas.capture import digest_of
from schemas.document import Document
from schemas.drafts import Extraction, Found, InitiativeDraft
from schemas.issue import Issue, Severity
from schemas.source import Source

NO_EXTRACTOR = "none/1"
"""Name in an Extraction that no family made."""

_SOURCE = "file"
_PLAIN_SUFFIXES = (".txt", ".text", ".md")
_CHARSET_NAMES = {"cp1252": "windows-1252"}
"""Names of the WHATWG Encoding Standard for Python's."""
_SURE_WORDS = 5
"""Words from which the statistical detector is asked; fewer tell it nothing."""

_LOOKED_FOR = (
    "an initiative (a named project, labelled sections, or at least three parallel entries) and news "
    "(title, prose, a date, byline or quoted speech)"
)


def extract_page(
    body: bytes, *, page: str, url: str | None, digest: str, source: Source | None, source_name: str,
    media_type: str, headers: dict[str, str], captured_on: str | None = None,
) -> Extraction:  # fmt: skip
    """Read one page; a page that cannot be read, or holds nothing of ours, gives an issue that says so.

    ``headers`` are the answer's, names in any case; ``digest`` is the body's; ``captured_on`` is the day of the
    capture, ISO: no later day is taken for the page's own.
    """
    try:
        document = read(
            body, page=page, url=url, digest=digest, source=source_name, media_type=media_type,
            charset_header=charset_of(headers), drop_blocks=source.drop_blocks if source else (), latest=captured_on,
        )  # fmt: skip
    except UnreadablePage as refusal:
        issue = _issue(
            severity="error", code=refusal.code, message=refusal.message, source=source_name, page=page, digest=digest
        )
        return Extraction(page=page, digest=digest, extractor=NO_EXTRACTOR, language="unknown", issues=(issue,))
    extraction = extract_document(document, source)
    return extraction.model_copy(update={"issues": (*_charset_issue(document), *extraction.issues)})


def charset_of(headers: dict[str, str]) -> str | None:
    """Give the Content-Type header, which may name the charset."""
    return next((value for name, value in headers.items() if name.lower() == "content-type"), None)


def extract_document(document: Document, source: Source | None) -> Extraction:
    """Read the drafts of a document."""
    if document.language == "unknown":
        message = "The page is in neither French nor English: leave it out, or give a page in one of them."
        return _without_drafts(document, "other-language", message)
    refused = refused_as(document)
    extractor = None if refused else choose(document, source)
    if extractor is None:
        seen = f"It looks like {refused}, which holds neither. " if refused else ""
        return _without_drafts(document, "no-initiative", _nothing(seen))
    context = _context(document, document.language, source, extractor.name)
    drafts = Drafts()
    with failures_as_issues(context, drafts.issues, f"page by {extractor.name}"):
        drafts = extractor.extract(context)
    if not (drafts.initiatives or drafts.news or drafts.organizations or drafts.issues):
        drafts.issues.append(context.issue("warning", "no-initiative", _nothing("")))
    return Extraction(
        page=document.page,
        digest=document.digest,
        extractor=extractor.name,
        language=document.language,
        initiatives=tuple(drafts.initiatives),
        news=tuple(drafts.news),
        organizations=tuple(drafts.organizations),
        issues=tuple(drafts.issues),
    )


def _context(document: Document, language: Language, source: Source | None, extractor: str) -> PageContext:
    return PageContext(document, language, source, document.source, extractor)


def _charset_issue(document: Document) -> tuple[Issue, ...]:
    if not document.charset_declared:
        return ()
    said, true = (_CHARSET_NAMES.get(c, c) for c in (document.charset_declared, document.charset or ""))
    message = f"The page says that it is in {said} but it is in {true}: it was read as {true}. Tell the site's owner."
    return (
        _issue(
            severity="info", code="wrong-charset", message=message, source=document.source, page=document.page,
            digest=document.digest,
        ),
    )  # fmt: skip


def _nothing(seen: str) -> str:
    return (
        f"Nothing was found on the page: looked for {_LOOKED_FOR}. {seen}Leave it out of the source if that is right."
    )


def _without_drafts(document: Document, code: str, message: str) -> Extraction:
    issue = _issue(
        severity="warning",
        code=code,
        message=message,
        source=document.source,
        page=document.page,
        digest=document.digest,
    )
    return Extraction(
        page=document.page, digest=document.digest, extractor=NO_EXTRACTOR, language=document.language, issues=(issue,)
    )


def _issue(*, severity: Severity, code: str, message: str, source: str, page: str, digest: str) -> Issue:
    return Issue(
        stage="extract", severity=severity, code=code, message=message, source=source, page=page, digest=digest
    )


# ---- batches


def extract_file_line(line: dict[str, Any]) -> dict[str, Any]:
    """Answer one line of the batch protocol; never raises for a bad page or a missing file."""
    identifier = line.get("id")
    path = line.get("html_path")
    if not isinstance(path, str):
        return {"id": identifier, "error": "the line has no html_path: give the path of the page's file"}
    try:
        body = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        return {"id": identifier, "error": f"cannot read {path}: {error}"}
    url = line.get("url") or None
    media_type = "text/plain" if path.lower().endswith(_PLAIN_SUFFIXES) else "text/html"
    try:
        document = read(
            body, page=url or path, url=url, digest=digest_of(body), source=_SOURCE, media_type=media_type,
            latest=datetime.now(UTC).date().isoformat(),
        )  # fmt: skip
    except UnreadablePage as refusal:
        return {"id": identifier, "error": f"{refusal.code}: {refusal.message}"}
    return {"id": identifier, **article_fields(document, body), **_initiatives(document)}


def article_fields(document: Document, body: bytes | None = None) -> dict[str, Any]:
    """Read title, text, author, date and language of any page as of an article, whatever its language.

    With the page's ``body``, trafilatura is asked for the text where the reading of the blocks doubts itself.
    """
    language: Language = "en" if document.language == "en" else "fr"
    context = PageContext(document, language, None, _SOURCE, "batch/1")
    reader = NewsReader(context, context.passage(body_positions(context)))
    read_fields: dict[str, Any] = {}
    for name in ("title", "written", "authors", "published"):
        with failures_as_issues(context, [], name):
            read_fields[name] = getattr(reader, name)()
    title, told, published = (read_fields.get(name) for name in ("title", "written", "published"))
    article = article_of(document, body)
    told = told or ""
    if article.method == "trafilatura":
        told = without_head(article.text, title.value if title else "")
    return {
        "title": title.value if title else None,
        "text": told,
        "author": [author.value for author in read_fields.get("authors", ())]
        or list(filter(is_account, document.metadata.authors)),
        "date": document.metadata.published or (published.value if published else document.metadata.modified),
        "language": _language(document, told),
    }


def _language(document: Document, body: str) -> str | None:
    """Give the language of the body, any of the world's: French and English by the project's own reading."""
    if document.language != "unknown":
        return document.language
    if len(body.split()) < _SURE_WORDS:
        return None
    return any_language(body)


def _initiatives(document: Document) -> dict[str, Any]:
    if document.language == "unknown":
        return {"initiatives": []}
    extraction = extract_document(document, None)
    return {"initiatives": [_summary(draft) for draft in extraction.initiatives]}


def _summary(draft: InitiativeDraft) -> dict[str, Any]:
    lead = draft.lead_organization.value.name if draft.lead_organization else None
    return {
        "name": draft.name.value,
        "kind": draft.kind.value if draft.kind else None,
        "summary": draft.summary.value if draft.summary else None,
        "lead_organization": lead,
        "partners": [found.value.name for found in draft.partners],
        "regions": _values(draft.regions),
        "municipalities": _values(draft.municipalities),
        "min_age": draft.min_age.value if draft.min_age else None,
        "max_age": draft.max_age.value if draft.max_age else None,
        "themes": _values(draft.themes),
        "activities": _values(draft.activities),
        "sectors": _values(draft.sectors),
    }


def _values(found: Iterable[Found[Any]]) -> list[Any]:
    return [one.value for one in found]
