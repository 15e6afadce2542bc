"""The way in: a page's bytes become an Extraction, whatever the page."""

from __future__ import annotations

from extractors.base import Drafts, PageContext, failures_as_issues
from extractors.documents import UnreadablePage, read
from extractors.refusals import refused_as
from extractors.registry import choose
from schemas.base import Language
from schemas.document import Document
from schemas.drafts import Extraction
from schemas.issue import Issue, Severity
from schemas.source import Source

NO_EXTRACTOR = "none/1"
"""Name in an Extraction that no family made."""

_LOOKED_FOR = (
    "an initiative (a named project, labelled sections, or at least three parallel entries) and news "
    "(title, prose, a date, byline or quoted speech)"
)


def extract_page(
    body: bytes, *, page: str, url: str | None, digest: str, source: Source | None, source_name: str,
    media_type: str, headers: dict[str, str],
) -> Extraction:  # fmt: skip
    """Read one page; a page that cannot be read, or holds nothing of ours, gives an issue that says so.

    ``headers`` are the answer's, names in any case; ``digest`` is the body's.
    """
    try:
        document = read(
            body, page=page, url=url, digest=digest, source=source_name, media_type=media_type,
            charset_header=charset_of(headers), drop_blocks=source.drop_blocks if source else (),
        )  # fmt: skip
    except UnreadablePage as refusal:
        issue = _issue("error", refusal.code, refusal.message, source_name, page, digest)
        return Extraction(page=page, digest=digest, extractor=NO_EXTRACTOR, language="unknown", issues=(issue,))
    return extract_document(document, source)


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


def _nothing(seen: str) -> str:
    return (
        f"Nothing was found on the page: looked for {_LOOKED_FOR}. {seen}Leave it out of the source if that is right."
    )


def _without_drafts(document: Document, code: str, message: str) -> Extraction:
    issue = _issue("warning", code, message, document.source, document.page, document.digest)
    return Extraction(
        page=document.page, digest=document.digest, extractor=NO_EXTRACTOR, language=document.language, issues=(issue,)
    )


def _issue(severity: Severity, code: str, message: str, source: str, page: str, digest: str) -> Issue:
    return Issue(
        stage="extract", severity=severity, code=code, message=message, source=source, page=page, digest=digest
    )
