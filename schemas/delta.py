"""What became of one record between two releases: a line of changes/FROM-TO.ndjson."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from schemas.base import Shape, Time

DeltaType = Literal["initiative", "news", "organization", "provenance"]


class Delta(Shape):
    """One line of changes/FROM-TO.ndjson; what does not apply to its kind of change is left out."""

    change: Literal["add", "change", "merge", "withdraw"]
    type: DeltaType
    id: str = Field(description="Id of the record; evidence bears the id of the record that it belongs to")
    record: dict[str, Any] | None = Field(default=None, description="For add: the record, or the evidence, as written")
    patch: tuple[dict[str, Any], ...] | None = Field(
        default=None, description="For change: a JSON Patch (RFC 6902) from the record as it was to the record as it is"
    )
    into: str | None = Field(default=None, description="For merge: the id that lives on")
    at: Time | None = Field(default=None, description="For merge and withdraw: as_of of the release that tells it")
    reason: str | None = Field(default=None, description="For withdraw: why, as in changes.ndjson")
