"""Which URLs belong to a source."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from passerelle.crawling.discovery.addresses import LONGEST_URL
from schemas.source import Source
from schemas.urls import host_of, normal_url

Reason = Literal["not-http", "too-long", "other-host", "denied", "not-allowed", "file-type"]

_SUFFIXES = """
    7z aac ai apk atom avi avif bmp bz2 css csv dmg doc docm docx dot dotx eot eps epub exe flac flv gif gpx gz ico ics
    jpe jpeg jpg js json key kml kmz less m3u m4a m4v map mjs mkv mov mp3 mp4 mpeg mpg msi numbers odg odp ods odt ogg
    ogv otf pages pdf png pot potx pps ppsx ppt pptm pptx ps psd rar rdf rss rtf svg swf tar tgz tif tiff ttf txt vcf
    wav webm webmanifest webp wma wmv woff woff2 xls xlsb xlsm xlsx xml xsl xz zip
"""
FILE_SUFFIXES = frozenset(_SUFFIXES.split())
"""What a link to a file that is no page ends with. A text or PDF that a curator wants is a start point."""


class Scope:
    """The bounds of one source.

    Allow and deny are regular expressions, searched in the URL in its normal spelling; the query belongs to it.
    """

    def __init__(self, source: Source) -> None:
        crawl = source.crawl
        start = [point.url for point in crawl.start] if crawl else []
        named = [*source.hosts, *(() if source.hosts else filter(None, (source.home, *start)))]
        self._hosts = {host for name in named if (host := host_of(name if "//" in name else f"//{name}"))}
        self._allow = [re.compile(pattern) for pattern in crawl.allow] if crawl else []
        self._deny = [re.compile(pattern) for pattern in crawl.deny] if crawl else []

    def why_unreachable(self, url: str) -> Reason | None:
        """Say why a URL may not be fetched for this source, if so: another host, or denied."""
        normal = normal_url(url)
        if normal is None:
            return "not-http"
        if len(url) > LONGEST_URL:
            return "too-long"
        if host_of(normal) not in self._hosts:
            return "other-host"
        if any(pattern.search(normal) for pattern in self._deny):
            return "denied"
        return None

    def reaches(self, url: str) -> bool:
        """Say whether a URL may be fetched: as a start point, feed, sitemap, listing or redirect on the way."""
        return self.why_unreachable(url) is None

    def why_not(self, url: str) -> Reason | None:
        """Say why a URL is no page of this source, if so."""
        if reason := self.why_unreachable(url):
            return reason
        normal = normal_url(url) or url
        if self._allow and not any(pattern.search(normal) for pattern in self._allow):
            return "not-allowed"
        return "file-type" if is_file(normal) else None

    def takes(self, url: str) -> bool:
        """Say whether a URL found on the way is a page of this source."""
        return self.why_not(url) is None


def in_scope(url: str, source: Source) -> bool:
    """Say whether a URL is a page of a source; for many URLs, make one ``Scope``."""
    return Scope(source).takes(url)


def is_file(url: str) -> bool:
    """Say whether a URL's path ends like a file that is no page."""
    return PurePosixPath(unquote(urlsplit(url).path)).suffix.lower().removeprefix(".") in FILE_SUFFIXES
