"""Tables of the curator's desk: the queue's index, likely duplicates, claims and skips.

All but the claims and skips can be made anew from records and decisions.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from passerelle.store.tables import Base, UtcTime


class ReviewRow(Base):
    """One record as the queue shows, filters and searches it; lists are written ``|one|two|``."""

    __tablename__ = "review_index"
    __table_args__ = (
        Index("ix_review_index_order", "priority", "record"),
        Index("ix_review_index_stamp", "record", "stamp"),
    )

    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(16), index=True)
    name_fr: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text, index=True, comment="Its name without case and accents")
    search: Mapped[str] = mapped_column(Text, comment="Its words without case and accents")
    sources: Mapped[str] = mapped_column(Text)
    regions: Mapped[str] = mapped_column(Text)
    themes: Mapped[str] = mapped_column(Text)
    missing: Mapped[str] = mapped_column(Text, comment="Languages in which a text waits for a translation")
    reasons: Mapped[str] = mapped_column(Text, comment="Why somebody should look at it")
    status: Mapped[str] = mapped_column(String(16), index=True)
    priority: Mapped[int] = mapped_column(Integer, comment="The smaller, the sooner")
    completeness: Mapped[int] = mapped_column(Integer, comment="Percent")
    captured_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True, comment="Newest capture of its pages")
    changed_at: Mapped[datetime | None] = mapped_column(UtcTime, comment="Last change of what its pages say")
    stamp: Mapped[str] = mapped_column(String(64), comment="Digest of what this line was made from")


class PairRow(Base):
    """Two records that may be one."""

    __tablename__ = "review_pairs"

    left: Mapped[str] = mapped_column(String(64), primary_key=True)
    right: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)
    score: Mapped[float] = mapped_column(Float)
    reasons: Mapped[str] = mapped_column(Text, comment="A JSON list")


class ClaimRow(Base):
    """Who works on a record, until when."""

    __tablename__ = "review_claims"

    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str] = mapped_column(String(128))
    until: Mapped[datetime] = mapped_column(UtcTime)


class SkipRow(Base):
    """A record that a person has left, approved or skipped, and is not offered until when."""

    __tablename__ = "review_skips"

    record: Mapped[str] = mapped_column(String(64), primary_key=True)
    by: Mapped[str] = mapped_column(String(128), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcTime)
    reasons: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="Why it was in the queue when the person left it"
    )
