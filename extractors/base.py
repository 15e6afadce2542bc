"""What an extractor is, and how the drafts of a page are put together field by field."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from extractors.passage import Passage
from schemas.base import Language
from schemas.document import Document
from schemas.drafts import DraftBase, InitiativeDraft, NewsDraft, OrganizationDraft
from schemas.issue import Issue, Severity
from schemas.source import Source

log = logging.getLogger(__name__)

D = TypeVar("D", bound=DraftBase)


@dataclass(frozen=True)
class PageContext:
    """A document with what is known of it before any extractor reads it."""

    document: Document
    language: Language
    source: Source | None
    source_name: str
    extractor: str

    def passage(self, positions: tuple[int, ...] | None = None) -> Passage:
        """Take some blocks of the document, or all of them."""
        if positions is None:
            return Passage.whole(self.document, self.language)
        return Passage(self.document, positions, self.language)

    def issue(self, severity: Severity, code: str, message: str, detail: str | None = None) -> Issue:
        """Make an issue about this page."""
        return Issue(
            stage="extract",
            severity=severity,
            code=code,
            message=message,
            source=self.source_name,
            page=self.document.page,
            digest=self.document.digest,
            detail=detail,
        )


@dataclass
class Drafts:
    """What an extractor makes of one page."""

    initiatives: list[InitiativeDraft] = field(default_factory=list)
    news: list[NewsDraft] = field(default_factory=list)
    organizations: list[OrganizationDraft] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


class Reader(ABC, Generic[D]):
    """Reads one draft from one passage: a method for every field in ``fields``, named like it."""

    draft: type[D]
    fields: ClassVar[tuple[str, ...]]

    def __init__(self, context: PageContext, passage: Passage, key: str = "") -> None:
        self.context = context
        self.passage = passage
        self.key = key

    def read(self, issues: list[Issue]) -> D | None:
        """Assemble the draft; a field that fails is left out with an issue, a draft without its name is ``None``."""
        values: dict[str, Any] = {}
        for name in self.fields:
            with failures_as_issues(self.context, issues, name):
                values[name] = getattr(self, name)()
        values = {name: value for name, value in values.items() if value is not None}
        required = [name for name in self.fields if self.draft.model_fields[name].is_required()]
        if any(name not in values for name in required):
            return None
        return self.draft(
            page=self.context.document.page,
            digest=self.context.document.digest,
            source=self.context.source_name,
            key=self.key,
            extractor=self.context.extractor,
            language=self.context.language,
            alternates=self.context.document.metadata.alternates if not self.key else {},
            **values,
        )


@contextmanager
def failures_as_issues(context: PageContext, issues: list[Issue], part: str) -> Iterator[None]:
    """Turn a bug met while reading one part of a page into one issue, with its traceback in the log.

    The one place where any exception is caught: a page must not stop a run, nor a field lose its page.
    """
    try:
        yield
    except Exception as error:
        log.exception("reading %s of %s failed", part, context.document.page)
        kind = type(error).__name__
        message = f"The extractor failed on {part!r} ({kind}); the rest of the page is kept. Report it with its page."
        issues.append(context.issue("error", "field-failed", message, detail=f"{part}: {kind}: {error}"[:300]))


class Extractor(ABC):
    """Reads the pages of one family of sites.

    Raise ``version`` whenever the drafts of a saved page change: stored drafts of older versions are then read anew.
    """

    family: ClassVar[str]
    version: ClassVar[int]

    @property
    def name(self) -> str:
        """Family and version, as drafts carry it."""
        return f"{self.family}/{self.version}"

    @abstractmethod
    def takes(self, document: Document) -> float:
        """Say how sure it is, from 0 (no) to 1, that a document is a page of this family.

        Judged by the document's own shape and words: a saved page may have no URL.
        """

    @abstractmethod
    def extract(self, context: PageContext) -> Drafts:
        """Read all drafts of a page."""
