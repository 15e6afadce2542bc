from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.cli import main as warcio

from passerelle.crawling.archive import (
    Archived,
    ArchiveError,
    ArchiveWriter,
    find_digest,
    list_captures,
    read_body,
)
from passerelle.crawling.archive.places import FolderPlace
from passerelle.crawling.fetching.answers import Failure
from schemas.capture import Capture, digest_of
from tests.crawling.archive.making import NOON, PAGE, Told, answer, html, not_modified, records, warcs, zipped


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def raw(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path / "raw")


def captures(told: Told) -> list[Capture]:
    return [one.capture for one in told.found]


def test_an_answer_becomes_a_capture_and_its_records_are_read_by_others(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer(), url_asked="https://relais.test/p", notes={"charset": "utf-8"})
    (capture,) = captures(told)
    assert capture.url == PAGE
    assert capture.url_asked == "https://relais.test/p"
    assert (capture.status, capture.media_type, capture.captured_at) == (200, "text/html", NOON)
    assert capture.headers == {"content-type": "text/html; charset=utf-8", "etag": '"a"'}
    assert read_body(raw.root, capture.place, capture.digest) == html("accueil")
    (path,) = warcs(raw.root)
    assert path.relative_to(raw.root).as_posix() == capture.place.path
    kinds = {kind: (fields, block) for kind, fields, block in records(path)}
    assert list(kinds) == ["warcinfo", "request", "metadata", "response"]
    response, body = kinds["response"]
    assert body == html("accueil")
    assert response["WARC-Payload-Digest"] == digest_of(body) == capture.digest
    assert response["WARC-IP-Address"] == "203.0.113.7"
    assert kinds["request"][0]["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert b"charset: utf-8\r\n" in kinds["metadata"][1]


def test_digests_hold_for_other_readers_whatever_the_coding(
    raw: FolderPlace, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    page = html("été")
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(zipped(page))
        writer.write(answer(b"", url="https://relais.test/vide"))
        writer.write(answer(url="https://relais.test/h2", http_version="HTTP/2"))
        odd = (("Content-Type", "text/html"), ("X-Nom", "Caf\u00e9 \u00a0 ouvert"), ("X-Nom", "deux"))
        writer.write(answer(url="https://relais.test/odd", headers=odd))
    (path,) = warcs(raw.root)
    response = next(fields for kind, fields, _ in records(path) if kind == "response")
    assert response["WARC-Payload-Digest"] == digest_of(gzip.compress(page, mtime=0))
    assert captures(told)[0].digest == digest_of(page)
    assert read_body(raw, captures(told)[0].place, digest_of(page)) == page
    with pytest.raises(SystemExit, match="0"):
        warcio(["check", "--verbose", str(path)])
    assert "fail" not in capsys.readouterr().out


def test_recompressing_by_another_tool_keeps_every_record(raw: FolderPlace, told: Told, tmp_path: Path) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(zipped(html("un")))
        writer.write(answer(html("deux"), url=PAGE + "/2"))
        writer.write(not_modified(minutes=5), earlier=[*captures(told), captured(writer, told)])
    (path,) = warcs(raw.root)
    warcio(["recompress", str(path), str(tmp_path / "again.warc.gz")])
    assert [(k, b) for k, _, b in records(tmp_path / "again.warc.gz")] == [(k, b) for k, _, b in records(path)]


def captured(writer: ArchiveWriter, told: Told) -> Capture:
    writer.commit()
    return captures(told)[0]


def test_a_body_that_is_archived_for_the_page_already_is_a_revisit(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer())
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer(minutes=60), earlier=captures(told))
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer(minutes=120), earlier=captures(told))
        writer.write(answer(minutes=121))  # twice in one run
        writer.write(answer(html("neuf"), minutes=122), earlier=captures(told))
    by_kind = [kind for path in warcs(raw.root) for kind, _, _ in records(path) if kind in ("response", "revisit")]
    assert sorted(by_kind) == ["response", "response", "revisit", "revisit", "revisit"]
    assert [read_body(raw, c.place, c.digest) for c in captures(told)] == [html("accueil")] * 4 + [html("neuf")]
    assert {c.digest for c in captures(told)[:4]} == {digest_of(html("accueil"))}
    first = captures(told)[0]
    revisit = next(f for p in warcs(raw.root) for k, f, _ in records(p) if k == "revisit")
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit["WARC-Refers-To-Target-URI"] == PAGE
    assert revisit["WARC-Refers-To-Date"] == "2026-05-01T12:00:00Z"
    assert revisit["WARC-Refers-To-Filename"] == first.place.path  # never a revisit of a revisit
    assert revisit["WARC-Payload-Digest"] == first.digest


def test_the_same_body_in_another_coding_is_kept_as_it_came(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer())
        writer.write(zipped(html("accueil"), minutes=1))
    assert [one.entry.media_type for one in told.found] == ["text/html", "text/html"]
    assert len({one.capture.digest for one in told.found}) == 1


def test_not_modified_is_a_revisit_of_the_body_with_its_headers_refreshed(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer())
        writer.commit()
        writer.write(not_modified(minutes=60), earlier=captures(told))
        writer.commit()
        writer.write(not_modified(minutes=120), earlier=captures(told))
    full, *same = captures(told)
    for capture in same:
        assert (capture.status, capture.digest, capture.size) == (304, full.digest, full.size)
        assert capture.media_type == "text/html"
        assert capture.headers == {"content-type": "text/html; charset=utf-8", "etag": '"b"'}
        assert read_body(raw, capture.place, capture.digest) == html("accueil")
    revisits = [fields for kind, fields, _ in records(warcs(raw.root)[0]) if kind == "revisit"]
    assert [fields["WARC-Profile"].rpartition("/")[2] for fields in revisits] == ["server-not-modified"] * 2


def test_not_modified_without_anything_earlier_is_refused(raw: FolderPlace, told: Told) -> None:
    writer = ArchiveWriter(raw, "relais", told)
    with pytest.raises(ArchiveError, match="no earlier capture"):
        writer.write(not_modified())


def test_an_earlier_copy_that_cannot_be_read_is_not_relied_on(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer())
    warcs(raw.root)[0].unlink()
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer(minutes=60), earlier=captures(told))
    again = captures(told)[1]
    assert read_body(raw, again.place, again.digest) == html("accueil")


def test_nothing_is_announced_before_it_is_on_disk_and_was_read_back(raw: FolderPlace) -> None:
    seen: list[int] = []

    def announce(found: Sequence[Archived], /) -> None:
        seen.append(len(found))
        for one in found:
            read_body(raw, one.capture.place, one.capture.digest)

    with ArchiveWriter(raw, "relais", announce, clock=lambda: 0) as writer:
        for number in range(120):
            writer.write(answer(html(str(number)), url=f"{PAGE}/{number}"))
        assert seen == [50, 50]
    assert seen == [50, 50, 20]


def test_a_slow_crawl_is_announced_as_it_goes(raw: FolderPlace, told: Told) -> None:
    now = [0.0]
    with ArchiveWriter(raw, "relais", told, clock=lambda: now[0]) as writer:
        for number in range(4):
            now[0] += 3
            writer.write(answer(html(str(number)), url=f"{PAGE}/{number}"))
            assert len(told.found) == (0, 2, 2, 4)[number]


def test_a_disk_that_keeps_something_else_is_found_out(
    raw: FolderPlace, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = ArchiveWriter(raw, "relais", told)
    writer.write(answer())
    (path,) = raw.root.rglob("*.open")
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(ArchiveError, match="byte"):
        writer.close()
    assert told.found == []


def test_a_record_that_was_altered_and_compressed_again_is_found_out(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(answer())
    (path,), capture = warcs(raw.root), captures(told)[0]
    data, place = path.read_bytes(), capture.place
    end = place.offset + place.length
    record = gzip.decompress(data[place.offset : end]).replace(b"Rimouski", b"Matane  ")
    member = gzip.compress(record, 4, mtime=0)
    path.write_bytes(data[: place.offset] + member + data[end:])
    with pytest.raises(ArchiveError, match="altered at byte"):
        read_body(raw, place.model_copy(update={"length": len(member)}), capture.digest)


def test_a_large_crawl_is_cut_into_files(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told, roll_bytes=4000) as writer:
        for number in range(30):
            writer.write(answer(html(str(number)), url=f"{PAGE}/{number}"))
    assert len(warcs(raw.root)) > 3
    assert all(path.stat().st_size < 6000 for path in warcs(raw.root))
    assert len(list(list_captures(raw))) == 30
    assert [read_body(raw, c.place, c.digest) for c in captures(told)] == [html(str(n)) for n in range(30)]


def test_all_that_led_to_an_answer_is_archived_and_only_the_page_is_a_page(raw: FolderPlace, told: Told) -> None:
    page = answer()
    robots = replace(answer(b"User-agent: *\n", url="https://relais.test/r"), robots_of="https://relais.test")
    moved = answer(b"", url="https://relais.test/p", status=301, reason="Moved")
    busy = answer(b"", status=503, reason="Busy")
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write_outcome(replace(page, trail=(robots, moved, busy), url_asked="https://relais.test/p"))
        gone = answer(b"plus rien", url="https://relais.test/x", status=404, reason="Not Found")
        writer.write_outcome(Failure("gone", "404", "https://relais.test/x", exchange=gone))
        writer.write_outcome(Failure("dns", "no address", "https://nulle.test/"))
        writer.write_outcome(answer(b"<rss/>", url="https://relais.test/feed"), why="feed")
    assert [one.why for one in told.found] == ["robots", "redirect", "retry", "page", "failure", "feed"]
    assert [one.is_page for one in told.found] == [False, False, False, True, False, False]
    assert told.found[4].notes["failure"] == "gone: 404"


def test_a_truncated_answer_says_so_and_is_nobody_s_original(raw: FolderPlace, told: Told) -> None:
    cut = answer(html("coup"), truncated="disconnect")
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(cut, why="failure")
        writer.write(answer(html("coup"), minutes=1))
    fields = [f for k, f, _ in records(warcs(raw.root)[0]) if k == "response"]
    assert [f.get("WARC-Truncated") for f in fields] == ["disconnect", None]


def test_a_body_is_found_by_its_digest(raw: FolderPlace, told: Told) -> None:
    with ArchiveWriter(raw, "relais", told) as writer:
        writer.write(zipped(html("un")))
        writer.write(zipped(html("un"), minutes=1))
    entry = find_digest(raw, digest_of(html("un")))
    assert entry is not None
    assert entry.place == captures(told)[0].place
    assert find_digest(raw, digest_of(b"?")) is None
