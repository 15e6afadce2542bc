"""What all shapes share: strictness, languages, dates and codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

Language = Literal["fr", "en"]
"""The two languages of the data set."""

PageLanguage = Literal["fr", "en", "unknown"]
"""The language of a text as read on a page; ``unknown`` also stands for any third language."""

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Shape(BaseModel):
    """Base of all shapes: unknown fields are errors, and a value once made is not changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LanguageMap(Shape):
    """A text in French and English; a side that nobody has written yet is ``None``."""

    fr: str | None = None
    en: str | None = None

    @classmethod
    def of(cls, language: Language, text: str) -> LanguageMap:
        """Make a map with one side."""
        return cls(**{language: text})

    def get(self, language: Language) -> str | None:
        """Give one side."""
        return self.fr if language == "fr" else self.en

    def with_text(self, language: Language, text: str | None) -> LanguageMap:
        """Give a copy with one side replaced."""
        return self.model_copy(update={language: text})


_EDTF = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def _check_edtf(value: str) -> str:
    if not _EDTF.fullmatch(value):
        msg = f"{value!r} is not a date of the form 2020, 2020-07 or 2020-07-14"
        raise ValueError(msg)
    if len(value) == len("2020-07-14"):
        datetime.fromisoformat(value)
    return value


EdtfDate = Annotated[
    str, AfterValidator(_check_edtf), WithJsonSchema({"type": "string", "pattern": f"^{_EDTF.pattern}$"})
]
"""A date as precise as its source: year, month or day (EDTF level 0)."""


def _to_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        msg = "a time needs its zone, for instance 2026-11-21T08:30:00Z"
        raise ValueError(msg)
    return value.astimezone(UTC).replace(microsecond=0)


def _write_time(value: datetime) -> str:
    # As strftime writes it, several times as quick: a release writes a dozen a record.
    return f"{value.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


Time = Annotated[
    datetime,
    AfterValidator(_to_utc),
    PlainSerializer(_write_time, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in UTC, to the second, written ``2026-11-21T08:30:00Z``."""

Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
"""Digest of a body: ``sha256:`` and 64 hexadecimal digits."""

RegionCode = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-7])$")]
"""Two-digit code of one of Québec's 17 administrative regions."""

Age = Annotated[int, Field(ge=0, le=120)]
"""An age in completed years."""
