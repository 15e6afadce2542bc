"""Copy the pages of WARC and WACZ files made by others into our own archive, verified there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from passerelle.crawling.archive import (
    ArchiveError,
    ArchiveWriter,
    RawPlace,
    find,
    raw_place,
    record_pages,
    recover,
)
from passerelle.crawling.archive.reading import NOT_MODIFIED, find_original
from passerelle.crawling.archive.records import HttpHead, Record
from passerelle.crawling.foreign.messages import UnusableError, exchange_of, is_altered, make_exchange, media_type
from passerelle.crawling.foreign.opening import read_archive
from passerelle.crawling.foreign.records import Trouble
from passerelle.crawling.ingest import IngestReport, ManifestError, ingest_issue, unknown_sources
from passerelle.store.captures import captures_of
from passerelle.store.database import Store
from passerelle.store.log import replace_issues
from schemas.base import Shape
from schemas.capture import Capture, WarcPlace, digest_of
from schemas.issue import Issue, Severity
from schemas.source import Source
from schemas.urls import normal_url

MEDIA_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""What extractors read."""


class _Copy(Shape):
    """A body of the foreign file, in our archive."""

    digest: str
    place: WarcPlace


def ingest_warc(
    path: Path,
    *,
    source: str | None,
    store: Store,
    raw: Path | RawPlace,
    sources: Mapping[str, Source],
    progress: Callable[[int], object] = lambda _: None,
) -> IngestReport:
    """Copy the pages of a WARC or WACZ file into the archive; those that are known already are left alone.

    Args:
        path: a file with WARC records, compressed or not, or a WACZ (a zip with such files in ``archive/``).
        source: name of the source that the pages belong to; without one, each belongs to the source that has its
            host.
        store: the working database.
        raw: the archive.
        sources: sources that are described.
        progress: told of records as they are done.

    Raises:
        ManifestError: the file cannot be read at all.
    """
    place = raw_place(raw)
    recovered = recover(place, lambda found: record_pages(store, found), stage="ingest")
    with ExitStack() as stack:
        copier = _Copier(path.name, source, store=store, place=place, sources=sources, stack=stack)
        copier.issues += [*recovered, *unknown_sources([source] if source else (), sources, path.name)]
        try:
            for found in read_archive(path):
                copier.take(found)
                progress(1)
        except OSError as error:
            msg = f"{path}: {error.strerror or error}; give a WARC or WACZ file"
            raise ManifestError(msg) from error
        copier.take_revisits_left()
    copier.sum_up()
    with store.session() as session:
        replace_issues(session, "ingest", copier.issues, batch=path.resolve().as_posix())
    return IngestReport(new=copier.new, known=copier.known, issues=tuple(copier.issues))


class _Copier:
    """What is known while one file is copied."""

    def __init__(
        self,
        name: str,
        source: str | None,
        *,
        store: Store,
        place: RawPlace,
        sources: Mapping[str, Source],
        stack: ExitStack,
    ) -> None:
        self.new = self.known = 0
        self.issues: list[Issue] = []
        self._name, self._source, self._store, self._place, self._stack = name, source, store, place, stack
        self._hosts = {host.lower(): one.name for one in sources.values() for host in one.hosts}
        self._writers: dict[str, ArchiveWriter] = {}
        self._copies: dict[str, _Copy] = {}
        self._revisits: list[Record] = []
        self._passed_over: Counter[str] = Counter()

    def take(self, found: Record | Trouble) -> None:
        """Take one record in, or say what was wrong with it."""
        if isinstance(found, Trouble):
            message = f"Near byte {found.near}: {found.reason}; what came after it was read. Ask for a whole copy."
            match found.kind:
                case "damaged":
                    self._say("error", "record-damaged", message)
                case "huge":
                    self._say("error", "record-too-large", message)
                case "misplaced":
                    self._say("error", "outside-folder", message)
        elif found.kind in ("response", "resource", "revisit"):
            try:
                self._take_record(found)
            except (UnusableError, ArchiveError, ValueError) as error:
                self._say("warning", "record-unusable", f"The record of {found.uri} was left out: {error}.", found)

    def take_revisits_left(self) -> None:
        """Take in the revisits whose original came after them, or lies in the archive."""
        left, self._revisits = self._revisits, []
        for record in left:
            copy = self._copy_of(record) or self._archived_copy_of(record)
            if copy:
                self._take_revisit(record, copy)
            else:
                message = f"The body of {record.uri} is in another file; take in the one with its first capture too."
                self._say("warning", "revisit-without-original", message, record)

    def sum_up(self) -> None:
        """Say what was passed over."""
        if self._passed_over:
            said = ", ".join(f"{count} {what}" for what, count in sorted(self._passed_over.items()))
            self._say("info", "records-passed-over", f"Records that are no pages were passed over: {said}.")

    def _take_record(self, record: Record) -> None:
        if is_altered(record):
            message = f"The record of {record.uri} is not what its digests say; it was left out. Ask for a whole copy."
            self._say("error", "record-altered", message, record)
        elif why_not := _no_page(record) or self._no_source(record):
            self._passed_over[why_not] += 1
        elif record.kind != "revisit":
            self._write(record)
        elif copy := self._copy_of(record):
            self._take_revisit(record, copy)
        else:
            self._revisits.append(record)

    def _write(self, record: Record) -> None:
        exchange = exchange_of(record) if record.kind == "response" else None
        body = exchange.body if exchange else record.block
        digest = digest_of(body)
        copy = self._known(record, digest)
        if copy is None:
            writer, notes = self._writer(record), self._notes(record)
            if exchange:
                place = writer.write(exchange, notes=notes, earlier=self._captures(record))
            else:
                about = notes | {"urlAsked": record.uri}
                place = writer.write_resource(
                    body, uri=record.uri, media_type=media_type(record), at=record.at, notes=about
                )
            copy = _Copy(digest=digest, place=place)
            self.new += 1
        keys = (_key(record.uri, record.at, digest), _key(record.uri, record.at))
        for key in (*keys, *(record.fields.get(name) for name in ("warc-record-id", "warc-payload-digest"))):
            if key:
                self._copies.setdefault(key, copy)

    def _take_revisit(self, record: Record, copy: _Copy) -> None:
        if self._known(record, copy.digest):
            return
        original = find_original(self._place, copy.place)
        as_then = original.record.http or HttpHead("HTTP/1.1 200 OK", (("Content-Type", original.media_type),), 0)
        head = record.http if record.http and record.http.status else as_then
        not_modified = head.status == 304 or NOT_MODIFIED in record.fields.get("warc-profile", "")
        payload, body = (b"", b"") if not_modified else (original.record.payload, original.body)
        exchange = make_exchange(record, head, payload, body)
        self._writer(record).write(exchange, notes=self._notes(record), earlier=[*self._captures(record), copy])
        self._copies[_key(record.uri, record.at, copy.digest)] = copy
        self.new += 1

    def _known(self, record: Record, digest: str) -> _Copy | None:
        """Give our copy of this very capture, if there is one, and count it."""
        copy = self._copies.get(_key(record.uri, record.at, digest))
        if copy is None:
            at = record.at.replace(microsecond=0)
            same = (c for c in self._captures(record) if (c.captured_at, c.digest) == (at, digest))
            capture = next(same, None)
            copy = _Copy(digest=digest, place=capture.place) if capture else None
        self.known += copy is not None
        return copy

    def _copy_of(self, record: Record) -> _Copy | None:
        """Find the copy of the record that a revisit refers to: by its id, by URL and time, or by its payload."""
        fields = record.fields
        url, at = _referred(record)
        keys = (fields.get("warc-refers-to"), _key(url, at) if at else None, fields.get("warc-payload-digest"))
        return next((self._copies[key] for key in keys if key and key in self._copies), None)

    def _archived_copy_of(self, record: Record) -> _Copy | None:
        url, at = _referred(record)
        entry = find(self._place, url, at) if at else None
        return _Copy(digest=entry.digest, place=entry.place) if entry and entry.at == at else None

    def _captures(self, record: Record) -> tuple[Capture, ...]:
        with self._store.session() as session:
            return captures_of(session, normal_url(record.uri) or record.uri)

    def _writer(self, record: Record) -> ArchiveWriter:
        source = self._source_of(record)
        if source not in self._writers:
            writer = ArchiveWriter(self._place, source, lambda found: record_pages(self._store, found), by="ingest")
            self._writers[source] = self._stack.enter_context(writer)
        return self._writers[source]

    def _source_of(self, record: Record) -> str:
        return self._source or self._hosts.get((urlsplit(record.uri).hostname or "").lower(), "")

    def _no_source(self, record: Record) -> str:
        return "" if self._source_of(record) else "of hosts that no source has (--source names one for all)"

    def _notes(self, record: Record) -> dict[str, str]:
        origin = record.fields.get("warc-record-id", "")
        return {"capturedVia": "ingest", "fileName": self._name, "originalRecord": origin}

    def _say(self, severity: Severity, code: str, message: str, record: Record | None = None) -> None:
        page = record.uri if record else None
        self.issues.append(ingest_issue(severity, code, message, self._name, page))


def _no_page(record: Record) -> str:
    """Say why a record is no page, or nothing where it is one."""
    if normal_url(record.uri) is None:
        return "without an http or https URL"
    if record.kind == "revisit":
        return ""
    status = record.http.status if record.http else None
    if status is not None and (not 200 <= status < 300 or status == 206):
        return f"with status {status}"
    kind = media_type(record)
    return "" if kind in MEDIA_TYPES else f"of type {kind}"


def _referred(record: Record) -> tuple[str, datetime | None]:
    """Give URL and time of the record that a revisit refers to."""
    fields = record.fields
    url = fields.get("warc-refers-to-target-uri", record.uri).removeprefix("<").removesuffix(">")
    date = fields.get("warc-refers-to-date")
    return url, Record({"warc-date": date}, b"").at.replace(microsecond=0) if date else None


def _key(url: str, at: datetime, digest: str = "") -> str:
    return f"{url} {at.replace(microsecond=0).isoformat()} {digest}"
