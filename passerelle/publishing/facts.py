"""What publishing needs to know of each record without reading it again: a short list beside the release.

``curated/.states/NUMBER/`` keeps the facts of the newest release. They only save work: without them, or when the code
or the rules changed, everything is made anew, with the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import pydantic
import pydantic_core
from pydantic_core import from_json

from passerelle.publishing.contents import (
    Gathered,
    Rules,
    content_of,
    content_of_evidence,
    record_type,
    sources_of,
)
from passerelle.publishing.coverage import ORIGINS, coverage
from passerelle.publishing.gzipping import Blocks
from passerelle.publishing.registry import code_fingerprint
from passerelle.publishing.site.names import SHOWN
from passerelle.publishing.streams import LISTS, Json
from passerelle.store.records import StoredRecord
from schemas.base import LANGUAGES
from schemas.completeness import filled
from schemas.edition import edition
from schemas.records import Initiative, Organization
from schemas.working import RecordType

_LIBRARIES = (pydantic, pydantic_core, jinja2)


class Kind(NamedTuple):
    """What many records have in common: those of one kind are counted together."""

    sources: list[str]
    filled: int
    """A bit for each of ``schemas.completeness.KEY_FIELDS`` that has a value."""
    texts: list[int]
    """Texts by language and origin, in the order of ``LANGUAGES`` and ``ORIGINS``."""
    withheld: list[tuple[str, str]]
    """Path and code of what was withheld."""


class Made(NamedTuple):
    """What was written of a record."""

    pieces: list[int]
    """Length of its piece in each list file; none until they are written."""
    files: int
    """How many files it has; those of its evidence come last."""
    listed: int
    """Length of what the list of all files says of them."""


class Facts(NamedTuple):
    """One record in short; lists, texts and numbers only."""

    id: str
    key: str
    """Digest of what it was made from."""
    content: str
    """Digest of what it says."""
    slug: str
    seen: str
    kind: Kind
    refs: list[list[str]]
    """Field and id, for each record that it names."""
    version: int
    changed: str
    """``last_changed``; empty where this release changes it."""
    made: Made
    shown: list[Any]
    """What pages of other records show of it (``site.names.SHOWN``)."""


class Line(NamedTuple):
    """Facts as they are written: each as JSON, a tab between, so that of an unchanged record little need be parsed."""

    id: bytes
    key: bytes
    content: bytes
    slug: bytes
    seen: bytes
    kind: bytes
    refs: bytes
    version: bytes
    changed: bytes
    made: bytes
    shown: bytes

    @classmethod
    def of(cls, line: bytes) -> Line:
        """Part a line."""
        return cls(*line.split(b"\t"))

    @property
    def name(self) -> str:
        """The id, in which nothing is escaped (``schemas.records``)."""
        return self.id[1:-1].decode()

    @property
    def facts(self) -> Facts:
        """All of it, parsed."""
        parsed = Facts(*map(from_json, self))
        return parsed._replace(kind=Kind(*parsed.kind), made=Made(*parsed.made))


NOT_MADE = Made([], 0, 0)


def key_of(stored: StoredRecord, released: str = "") -> str:
    """Compute the digest of what the stations left of a record, and of what curators publish of it though private."""
    parts = (stored.payload, stored.provenance or b"", *stored.fillings, *filter(None, (released.encode(),)))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:32]


def facts_of(gathered: Gathered, record: Json, key: str, hosts: Mapping[str, str]) -> Facts:
    """Compute the facts of a record; its version and files are not known yet.

    Args:
        gathered: the record and its evidence.
        record: the record as it will be written.
        key: digest of what it was made from.
        hosts: source by host name.
    """
    shape = gathered.record
    said: list[Any] = [content_of(record)]
    if gathered.proof:
        said.append(content_of_evidence(from_json(gathered.proof)))
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    counts = coverage([shape]) if isinstance(shape, Initiative) else {}
    kind = record_type(shape.id) or "initiative"
    return Facts(
        id=shape.id,
        key=key,
        content=hashlib.sha256(plain.encode()).hexdigest(),
        slug=shape.slug if isinstance(shape, Initiative) else "",
        seen=record["last_seen"],
        kind=Kind(
            sources=sources_in(record, hosts),
            filled=filled_in(record) if isinstance(shape, Initiative) else 0,
            texts=[getattr(counts[language], origin) for language in LANGUAGES for origin in ORIGINS] if counts else [],
            withheld=list(gathered.withheld),
        ),
        refs=[[field, target] for field, target in _references(record)],
        version=0 if isinstance(shape, Organization) else shape.version,
        changed="",
        made=NOT_MADE,
        shown=SHOWN[kind](shape),
    )


def sources_in(record: Json, hosts: Mapping[str, str]) -> list[str]:
    """Name the sources of a written record, sorted."""
    return sorted(sources_of(((ref.get("source"), ref["url"]) for ref in record.get("sources", ())), hosts))


def filled_in(record: Json) -> int:
    """Tell which of ``KEY_FIELDS`` of a written initiative have a value, as bits."""
    return sum(1 << place for place, there in enumerate(filled(record)) if there)


def _references(record: Json) -> Iterator[tuple[str, str]]:
    """Yield each id that a record names, with the field."""
    if lead := record.get("lead_organization"):
        yield "lead_organization", lead["id"]
    for field in ("partners", "related"):
        yield from ((field, other["id"]) for other in record.get(field, ()))
    yield from (("mentions", target) for target in record.get("mentions", ()))


@cache
def _libraries() -> str:
    found = ",".join(f"{library.__name__}={library.__version__}" for library in _LIBRARIES)
    return f"python={sys.version_info[:2]},zlib={zlib.ZLIB_RUNTIME_VERSION},{found}"


def rules_digest(rules: Rules) -> str:
    """Compute the digest of everything that the files of a record depend on besides the record."""
    sources = {name: source.model_dump(mode="json") for name, source in sorted(rules.sources.items())}
    people = [name.text for name in rules.withdrawals.people.names]
    plain = json.dumps([code_fingerprint(), edition().words_digest, _libraries(), rules.machine_texts, sources, people])
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True)
class State:
    """The facts of a release on disk."""

    folder: Path

    @cached_property
    def header(self) -> Json:
        """Number, content digest and rules of the release; empty where there are no facts."""
        path = self.folder / "header.json"
        return dict(json.loads(path.read_bytes())) if path.exists() else {}

    @property
    def kinds(self) -> Counter[tuple[tuple[str, ...], int]]:
        """Initiatives by sources and filled fields."""
        return Counter({(tuple(sources), filled): count for sources, filled, count in self.header["kinds"]})

    @cached_property
    def stamps(self) -> dict[str, list[int]]:
        """Stamp of each list as it was left (``folder.stamp_of``)."""
        return dict(json.loads((self.folder / "stamps.json").read_bytes()))

    @cached_property
    def blocks(self) -> dict[str, Blocks]:
        """Blocks of the gzip of each list."""
        return dict(json.loads((self.folder / "blocks.json").read_bytes()))

    @cached_property
    def keys(self) -> dict[str, str]:
        """Path of a whole file → its key."""
        return dict(json.loads((self.folder / "keys.json").read_bytes()))

    @cached_property
    def pieces(self) -> dict[str, Any]:
        """Pieces of whole files by their key."""
        return dict(from_json((self.folder / "pieces.json").read_bytes()))

    def lines(self, type_: RecordType) -> Iterator[bytes]:
        """Yield the facts of the records of a type as written, sorted by id."""
        with (self.folder / f"{LISTS[type_]}.facts").open("rb") as lines:
            yield from lines

    def shown(self, type_: RecordType) -> Iterator[tuple[str, bytes]]:
        """Yield each id and what pages of others show of the record, as JSON."""
        for line in self.lines(type_):
            yield line[1 : line.index(b"\t") - 1].decode(), line[line.rindex(b"\t") + 1 : -1]


def write_facts(facts: Facts) -> bytes:
    """Write facts as a line (``Line``)."""
    return b"\t".join(map(_json, facts)) + b"\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


@lru_cache(maxsize=4096)
def kind_of(written: bytes) -> Kind:
    """Read a kind as written."""
    return Kind(*from_json(written))
