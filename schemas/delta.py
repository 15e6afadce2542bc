"""What became of one record between two releases: a line of changes/FROM-TO.ndjson."""

from __future__ import annotations

from typing import Any, Literal

from schemas.base import Shape, Time

DeltaType = Literal["initiative", "news", "organization", "provenance"]


class Delta(Shape):
    """One line of changes/FROM-TO.ndjson; what does not apply to its kind of change is left out."""

    change: Literal["add", "change", "merge", "withdraw"]
    type: DeltaType
    id: str
    record: dict[str, Any] | None = None
    patch: tuple[dict[str, Any], ...] | None = None
    content: bool | None = None
    into: str | None = None
    at: Time | None = None
    reason: str | None = None
