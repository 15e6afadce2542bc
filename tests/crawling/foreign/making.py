"""WARC and WACZ files as other tools write them, of a fictional site."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.crawling.archive.making import html

URL = "https://phare.test/projets"
HTML = [("Content-Type", "text/html; charset=utf-8")]
DATE = "2024-03-05T10:11:12Z"


class Foreign:
    """A WARC file as other tools write it."""

    def __init__(self, *, zipped: bool = True, version: str = "1.0") -> None:
        self.out = BytesIO()
        self.writer = WARCWriter(self.out, gzip=zipped, warc_version=version)
        self.writer.write_record(self.writer.create_warcinfo_record("foreign.warc", {"software": "other"}))

    def response(
        self, body: bytes, url: str = URL, headers: list[tuple[str, str]] = HTML, status: str = "200 OK", **more: str
    ) -> Foreign:
        head = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
        fields = {"WARC-Date": DATE} | {name.replace("_", "-"): value for name, value in more.items()}
        record = self.writer.create_warc_record(
            url, "response", BytesIO(body), len(body), http_headers=head, warc_headers_dict=fields
        )
        self.writer.write_record(record)
        return self

    def revisit(self, url: str = URL, date: str = "2024-04-05T10:11:12Z", refers: str = DATE) -> Foreign:
        head = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
        record = self.writer.create_revisit_record(
            url, "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", URL, refers, http_headers=head
        )
        record.rec_headers.replace_header("WARC-Date", date)
        self.writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self.out.getvalue()


def members(count: int) -> list[bytes]:
    parts, foreign, end = [], Foreign(), 0
    for number in range(count):
        foreign.response(html(str(number) * 300), url=f"{URL}/{number}")
        parts.append(foreign.data[end:])
        end = len(foreign.data)
    return parts


def wacz(files: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()
