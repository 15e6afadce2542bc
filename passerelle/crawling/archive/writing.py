"""Archive a crawl: every exchange with a server becomes WARC records, and a capture once it is on disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

from passerelle.crawling.archive.announcing import Announce
from passerelle.crawling.archive.errors import ArchiveError
from passerelle.crawling.archive.files import Doer, WarcFile, warc_path
from passerelle.crawling.archive.places import RawPlace
from passerelle.crawling.archive.reading import NOT_MODIFIED, Original, find_original
from passerelle.crawling.archive.records import FIELDS, WARC_TIME, make_member, new_id, warc_fields
from passerelle.crawling.fetching.answers import Answer, Exchange, Failure, NotModified, Outcome
from schemas.capture import WarcPlace, digest_of

ROLL_BYTES = 100_000_000
"""A file that is larger is closed and a new one begun: large enough for few files, small enough to move about."""
SYNC_ANSWERS, SYNC_SECONDS = 50, 5.0
"""Answers and seconds between two syncs. One costs the disk some ten milliseconds and the database a transaction, as
much as reading a page; what a power cut takes is asked for again. A killed process loses nothing: what was written is
with the system."""
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


class Earlier(Protocol):
    """A capture that was archived before; a ``Capture`` is one."""

    @property
    def digest(self) -> str:
        """Digest of its body."""

    @property
    def place(self) -> WarcPlace:
        """Place of its record."""


Known = tuple[Mapping[str, str], Sequence[Earlier]]
"""What is to be noted of an answer, and its earlier captures, oldest first."""


def _nothing(_exchange: Exchange) -> Known:
    return {}, ()


class ArchiveWriter:
    """Writes what one run of one source fetches; use it as a context.

    Left by an error it leaves its file as a crash would, and the next run recovers it.
    """

    def __init__(
        self,
        place: RawPlace,
        source: str,
        announce: Announce,
        *,
        clock: Callable[[], float] = time.monotonic,
        roll_bytes: int = ROLL_BYTES,
        by: Doer = "crawl",
    ) -> None:
        self._place, self._source, self._announce = place, source, announce
        self._clock, self._roll_bytes, self._by = clock, roll_bytes, by
        self._file: WarcFile | None = None
        self._started = datetime.now(UTC)
        self._serial = 0
        self._waiting = 0
        self._synced_at = clock()
        self._bodies: dict[tuple[str, str], WarcPlace] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        elif self._file:
            self._file.abandon()

    def write_outcome(
        self,
        outcome: Outcome,
        *,
        why: str = "page",
        notes: Mapping[str, str] | None = None,
        earlier: Sequence[Earlier] = (),
        known: Callable[[Exchange], Known] = _nothing,
    ) -> None:
        """Archive all that came of asking for a page: what led there, and the last answer.

        What led there is archived as ``robots``, ``redirect`` or ``retry``, with what is ``known`` of it, a failure's
        last answer as ``failure``; the others are ``write``'s.
        """
        for exchange in outcome.trail:
            said, before = known(exchange)
            self.write(exchange, why=_of_the_trail(exchange), notes=said, earlier=before)
        match outcome:
            case Answer():
                self.write(outcome, url_asked=outcome.url_asked, why=why, notes=notes, earlier=earlier)
            case NotModified():
                self.write(outcome, url_asked=outcome.url_asked, why=why, notes=notes, earlier=earlier)
            case Failure(exchange=Exchange() as exchange):
                said = {"failure": f"{outcome.kind}: {outcome.message}"} | dict(notes or {})
                self.write(exchange, url_asked=outcome.url_asked, why="failure", notes=said)

    def write(
        self,
        exchange: Exchange,
        *,
        url_asked: str | None = None,
        why: str = "page",
        notes: Mapping[str, str] | None = None,
        earlier: Sequence[Earlier] = (),
    ) -> WarcPlace:
        """Archive one exchange: request, metadata and response, or a revisit where the body is archived already.

        Args:
            exchange: what was asked and answered.
            url_asked: where the way to it began, if not at its URL.
            why: why it was asked for.
            notes: more for the metadata record, such as ``charset``, or ``via`` for the page that led there.
            earlier: captures of the same page, oldest first; a 304 needs the one whose validators were sent.

        Raises:
            ArchiveError: a 304 without an earlier capture whose body can be read; or the disk does not keep what is
                written to it.
        """
        file = self._open_file()
        digest = digest_of(exchange.body)
        original, profile = self._original(exchange, digest, earlier)
        if original and profile == NOT_MODIFIED:
            digest, size = digest_of(original.body), len(original.body)
        else:
            size = len(exchange.body)
        said = {
            "why": why,
            "urlAsked": url_asked or exchange.url,
            "capturedVia": "crawl",
            **({"fetchTimeMs": str(round(exchange.seconds * 1000))} if exchange.seconds else {}),
            "bodyDigest": digest,
            "bodySize": str(size),
        } | dict(notes or {})
        name = new_id()
        common = {"WARC-Target-URI": exchange.url, "WARC-Date": exchange.fetched_at.strftime(WARC_TIME)}
        before = _companions(exchange, common, name, said)
        place = file.append(before, _main(exchange, common, name, original, profile), said)
        if not exchange.truncated:
            self._bodies[exchange.url, digest] = original.place if original else place
        self._count_one()
        return place

    def write_resource(
        self, body: bytes, *, uri: str, media_type: str, at: datetime, notes: Mapping[str, str]
    ) -> WarcPlace:
        """Archive a body that came without an answer; see ``WarcFile.write_resource``."""
        place = self._open_file().write_resource(body, uri=uri, media_type=media_type, at=at, notes=notes)
        self._count_one()
        return place

    def commit(self) -> None:
        """Have everything on disk, read it back, and announce it.

        Raises:
            ArchiveError: the disk does not keep what is written to it.
        """
        if self._file and self._waiting:
            self._announce(self._file.sync())
        self._waiting, self._synced_at = 0, self._clock()

    def close(self) -> None:
        """Finish the file: on disk, announced, indexed and in its place.

        Raises:
            OSError: it cannot be put in its place; the next run does that.
        """
        if self._file is None:
            return
        file = self._file
        try:
            self.commit()
        except BaseException:
            file.abandon()
            raise
        finally:
            self._file = None
        file.finish()

    def _count_one(self) -> None:
        self._waiting += 1
        if self._waiting >= SYNC_ANSWERS or self._clock() - self._synced_at >= SYNC_SECONDS:
            self.commit()

    def _open_file(self) -> WarcFile:
        if self._file and self._file.size >= self._roll_bytes:
            self.close()
        if self._file is None:
            stem = f"{self._by}-{self._source}-{self._started:%Y%m%d%H%M%S}-{self._serial:05d}"
            self._file = WarcFile(self._place, warc_path(self._source, self._started.year, stem))
            self._serial += 1
        return self._file

    def _original(self, exchange: Exchange, digest: str, earlier: Sequence[Earlier]) -> tuple[Original | None, str]:
        """Find the record of which an exchange is a revisit, and the profile of that revisit."""
        if exchange.status == 304:
            if not earlier:
                msg = f"{exchange.url}: the server answers 304, and there is no earlier capture to be the same as"
                raise ArchiveError(msg)
            return find_original(self._place, earlier[-1].place), NOT_MODIFIED
        places = [capture.place for capture in earlier if capture.digest == digest]
        if (own := self._bodies.get((exchange.url, digest))) is not None:
            places.append(own)
        for place in () if exchange.truncated else reversed(places):
            try:
                original = find_original(self._place, place)
            except ArchiveError:
                continue  # an earlier copy that cannot be read is a reason to keep this one
            # The same body in another coding is archived as it came: readers replay a revisit's headers over the
            # original's payload, and those must fit.
            if original.record.payload == exchange.payload:
                return original, "identical-payload-digest"
        return None, ""


def _companions(exchange: Exchange, common: Mapping[str, str], name: str, said: Mapping[str, str]) -> list[bytes]:
    """Write the request and metadata records that go before the record of an answer."""
    with_it = dict(common) | {"WARC-Concurrent-To": name}
    kind = "application/http; msgtype=request"
    asked = [make_member("request", with_it, content_type=kind, head=exchange.request_head)]
    about = make_member("metadata", with_it, content_type=FIELDS, payload=warc_fields(said))
    return [*(asked if exchange.request_head else ()), about]


def _main(exchange: Exchange, common: Mapping[str, str], name: str, original: Original | None, profile: str) -> bytes:
    fields: dict[str, str | None] = {
        **common,
        "WARC-Record-ID": name,
        "WARC-IP-Address": exchange.address or None,
        "WARC-Truncated": exchange.truncated,
        "WARC-Protocol": exchange.http_version.lower(),
    }
    kind = "application/http; msgtype=response"
    if original is None:
        return make_member("response", fields, content_type=kind, head=exchange.response_head, payload=exchange.payload)
    about, place = original.record.fields, original.place
    fields |= {
        "WARC-Profile": REVISIT_PROFILE + profile,
        "WARC-Payload-Digest": original.payload_digest,
        "WARC-Refers-To": about.get("warc-record-id"),
        "WARC-Refers-To-Target-URI": original.record.uri,
        "WARC-Refers-To-Date": about.get("warc-date"),
        # Where the body lies, so that no index is needed to find it.
        "WARC-Refers-To-Filename": place.path,
        "WARC-Refers-To-File-Offset": str(place.offset),
        "WARC-Refers-To-File-Length": str(place.length),
    }
    return make_member("revisit", fields, content_type=kind, head=exchange.response_head)


def _of_the_trail(exchange: Exchange) -> str:
    if exchange.robots_of is not None:
        return "robots"
    return "redirect" if 300 <= exchange.status < 400 else "retry"
