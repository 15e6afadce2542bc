"""Tables of the working database; the same on SQLite and PostgreSQL.

Shapes are kept whole as JSON text in ``payload`` columns; only what is searched for has a column of its own.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Index, Integer, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC on both databases: SQLite forgets zones, so it is given none and handed one back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""


class CaptureRow(Base):
    """A capture: where in the archive a page's answer lies."""

    __tablename__ = "captures"
    __table_args__ = (
        UniqueConstraint("page", "captured_at", "digest", name="uq_captures_page_time_digest"),
        Index("ix_captures_page_time", "page", "captured_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(63), index=True)
    page: Mapped[str] = mapped_column(Text)
    captured_at: Mapped[datetime] = mapped_column(UtcTime)
    digest: Mapped[str] = mapped_column(String(71), index=True)
    payload: Mapped[str] = mapped_column(Text)


class PageRow(Base):
    """A page's life so far; its captures are the rows of ``captures``."""

    __tablename__ = "pages"

    page: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(String(71), comment="Of its newest body")
    payload: Mapped[str] = mapped_column(Text)


class ExtractionRow(Base):
    """What one extractor made of one body on one page."""

    __tablename__ = "extractions"

    page: Mapped[str] = mapped_column(Text, primary_key=True)
    digest: Mapped[str] = mapped_column(String(71), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True, comment="Fingerprint of what read it")
    payload: Mapped[str] = mapped_column(Text)


class IdentityRow(Base):
    """The id minted for a source key, once and for ever."""

    __tablename__ = "identities"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    record: Mapped[str] = mapped_column(String(64), index=True)
    type: Mapped[str] = mapped_column(String(16))
    first_seen: Mapped[datetime] = mapped_column(UtcTime)


class JudgementRow(Base):
    """What matching proposed, or a curator decided, of two source keys."""

    __tablename__ = "judgements"

    left: Mapped[str] = mapped_column(Text, primary_key=True)
    right: Mapped[str] = mapped_column(Text, primary_key=True)
    by: Mapped[str] = mapped_column(String(128), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class DecisionRow(Base):
    """What a curator did: rows are only ever added."""

    __tablename__ = "decisions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    record: Mapped[str] = mapped_column(String(64), index=True)
    by: Mapped[str] = mapped_column(String(128), index=True)
    action: Mapped[str] = mapped_column(String(16), index=True)
    batch: Mapped[str | None] = mapped_column(String(64), index=True)
    act: Mapped[str | None] = mapped_column(String(64), index=True, comment="Id that the client gave the act")
    payload: Mapped[str] = mapped_column(Text)


class RecordRow(Base):
    """A record as matching last made it, before translation."""

    __tablename__ = "records"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(16), index=True)
    payload: Mapped[str] = mapped_column(Text)
    provenance: Mapped[str | None] = mapped_column(Text)
    base: Mapped[str | None] = mapped_column(Text, comment="The record before decisions, where they changed it")
    base_provenance: Mapped[str | None] = mapped_column(Text, comment="Its evidence before decisions, likewise")
    parts: Mapped[str | None] = mapped_column(Text, comment="Source keys that it was made of, as a JSON list")


class OutcomeRow(Base):
    """What a station leaves beside its records (redirects, withdrawn ids), by station."""

    __tablename__ = "outcomes"

    station: Mapped[str] = mapped_column(String(32), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class MemoryRow(Base):
    """A pair of the translation memory: a person's, or a machine's so that it is asked only once."""

    __tablename__ = "memory"

    source_hash: Mapped[str] = mapped_column(String(71), primary_key=True)
    direction: Mapped[str] = mapped_column(String(5), primary_key=True, comment="fr-en or en-fr")
    origin: Mapped[str] = mapped_column(String(8), primary_key=True)
    engine: Mapped[str] = mapped_column(String(128), primary_key=True, comment="'' for a person's")
    context: Mapped[str] = mapped_column(String(64), primary_key=True, comment="'' where it fits any field")
    payload: Mapped[str] = mapped_column(Text)


class FillingRow(Base):
    """What translation made of a record's gap."""

    __tablename__ = "fillings"

    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(255), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class IssueRow(Base):
    """A line of the issue log."""

    __tablename__ = "issues"

    id: Mapped[str] = mapped_column(String(71), primary_key=True, comment="Digest of the line")
    stage: Mapped[str] = mapped_column(String(16), index=True)
    batch: Mapped[str] = mapped_column(Text, comment="What the station worked on, for instance a manifest")
    record: Mapped[str | None] = mapped_column(String(64), index=True)
    payload: Mapped[str] = mapped_column(Text)


class ReleaseRow(Base):
    """A release that was published."""

    __tablename__ = "releases"

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[str] = mapped_column(String(71))
    as_of: Mapped[datetime] = mapped_column(UtcTime)


class CrawlRow(Base):
    """One run of one source: counts, and how it ended."""

    __tablename__ = "crawls"
    __table_args__ = (Index("ix_crawls_source_started", "source", "started"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source: Mapped[str] = mapped_column(String(63))
    started: Mapped[datetime] = mapped_column(UtcTime)
    finished: Mapped[datetime | None] = mapped_column(UtcTime)
    end: Mapped[str | None] = mapped_column(String(16), comment="done, limit, interrupted, unreachable, failed")
    counts: Mapped[str] = mapped_column(Text)


class VisitRow(Base):
    """A URL of a source: what came of it, and where it stands in the run that last queued it."""

    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_crawl_state", "crawl", "state"),)

    source: Mapped[str] = mapped_column(String(63), primary_key=True)
    url: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    problem: Mapped[str | None] = mapped_column(String(32))
    crawl: Mapped[int | None] = mapped_column(Integer, comment="Run that last queued it")
    state: Mapped[str] = mapped_column(String(8), comment="In that run: queued, fetched, done")
    payload: Mapped[str] = mapped_column(Text)
