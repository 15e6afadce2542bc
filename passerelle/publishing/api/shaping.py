"""Records as they are asked for: some fields only, or texts in one language with how each came to be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from passerelle.publishing.api.rows import Json
from schemas.base import LANGUAGES, Language

_SIDES = set(LANGUAGES)


def shaped(written: bytes, fields: Sequence[str], language: Language | None = None, *, fallback: bool = True) -> bytes:
    """Give a record with some of its fields (none means all), its texts in one language where one is given."""
    if not fields and language is None:
        return written
    record: Json = json.loads(written)
    status = record.get("text_status", {})
    if fields:
        record = {name: value for name, value in record.items() if name in fields or name == "id"}
    if language is not None:
        record.pop("text_status", None)
        flat = _Flat(language, fallback, status)
        record = flat.written(record, "")
        record["texts"] = flat.texts
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


class _Flat:
    """Writes every pair of texts as one text, and tells in ``texts`` which one it is."""

    def __init__(self, language: Language, fallback: bool, status: Json) -> None:
        self.texts: Json = {}
        self._language, self._fallback, self._status = language, fallback, status

    def written(self, value: Any, path: str) -> Any:
        """Write a value; ``path`` is its dotted path."""
        if isinstance(value, dict):
            if value.keys() == _SIDES:
                return self._one_side(value, path)
            stem = f"{path}." if path else ""
            return {name: self.written(part, f"{stem}{name}") for name, part in value.items()}
        if isinstance(value, list):
            return [self.written(part, f"{path}.{place}") for place, part in enumerate(value)]
        return value

    def _one_side(self, pair: Json, path: str) -> str | None:
        other: Language = "en" if self._language == "fr" else "fr"
        missing = pair[self._language] is None and pair[other] is not None
        side: Language = other if self._fallback and missing else self._language
        text: str | None = pair[side]
        known = self._status.get(f"{path}.{side}")
        self.texts[path] = {
            "language": side if text is not None else None,
            "origin": known["origin"] if known else "source" if text is not None else None,
            "fresh": known["fresh"] if known else True,
            "reviewed": known["reviewed"] if known else False,
        }
        return text
