"""A fingerprint of everything a reading depends on besides the page, so that no page is read twice alike."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from schemas.edition import edition
from schemas.source import Source

_HERE = Path(__file__).parent
_READ = (_HERE, _HERE.parent / "schemas")
_READ_OF_SOURCE = {"name", "publisher", "languages", "family", "regions", "drop_blocks"}
"""What extractors read of a source: a new schedule is no reason to read its pages again."""
_KINDS = (".py", ".yml", ".csv")


def fingerprint(source: Source | None) -> str:
    """Give the fingerprint for pages of one source: changes with code, vocabularies, gazetteer or source file."""
    described = source.model_dump_json(include=_READ_OF_SOURCE) if source else ""
    return hashlib.sha256(f"{_code()}{edition().words_digest} {described}".encode()).hexdigest()[:32]


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for folder in _READ:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in _KINDS):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
