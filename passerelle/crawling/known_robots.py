"""What earlier runs read of a site's robots.txt: a visit like any other, whose capture holds rules and validators."""

from __future__ import annotations

from passerelle.crawling.archive import ArchiveError, RawPlace, read_body
from passerelle.crawling.fetching.robots import KnownRobots
from passerelle.crawling.frontier import Target
from passerelle.crawling.journal import key_of
from schemas.crawl import Visit

_PATH = "/robots.txt"


def robots_target(origin: str) -> Target:
    """Name the robots.txt of an origin."""
    return Target(key_of(origin + _PATH), origin + _PATH)


def known_robots(visit: Visit, raw: RawPlace) -> KnownRobots | None:
    """Give what a visit of a robots.txt brought; ``None`` where it cannot be read: it is asked for anew."""
    capture = visit.capture
    if capture is None:
        return None
    body = None
    if capture.status is not None and capture.status < 400:
        try:
            body = read_body(raw, capture.place, capture.digest)
        except ArchiveError:
            return None
    return KnownRobots(
        origin=visit.fetch_url.removesuffix(_PATH),
        url=capture.url or visit.fetch_url,
        fetched_at=capture.captured_at,
        body=body,
        etag=capture.headers.get("etag"),
        last_modified=capture.headers.get("last-modified"),
    )
