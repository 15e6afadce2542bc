"""Issues: what went wrong with one page or one text, as one line that says what to do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Shape

Stage = Literal["ingest", "crawl", "extract", "match", "translate", "publish"]
Severity = Literal["info", "warning", "error"]


class Issue(Shape):
    """One line of the issue log.

    No clock time in it: the same inputs give the same issues, so that a release can carry them.
    """

    stage: Stage
    severity: Severity
    code: str = Field(description="Stable short name, for instance 'empty-file'; documented in docs/issues.md")
    message: str = Field(description="One sentence: what was wrong and what to do")
    message_fr: str | None = Field(default=None, description="The same in French, where the station says it so")
    source: str | None = None
    page: str | None = Field(default=None, description="URL or urn:sha256:… of the page")
    digest: str | None = None
    record: str | None = Field(default=None, description="Id of the record concerned")
    detail: str | None = Field(default=None, description="The value or words concerned, shortened")
