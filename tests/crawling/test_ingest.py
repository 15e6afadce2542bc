from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from passerelle.crawling.archive import ArchiveError, new_warc, read_body
from passerelle.crawling.ingest import IngestReport, ManifestError, ingest_manifest
from passerelle.store.captures import all_captures
from passerelle.store.database import Store, open_store
from passerelle.store.log import load_issues
from schemas.capture import Capture, digest_of

PAGE = "<html lang='fr'><p>Le Relais accueille les familles de Rimouski.</p></html>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'p.db'}")
    yield opened
    opened.close()


def entry(path: str, **more: Any) -> dict[str, Any]:
    return {
        "path": path,
        "url": f"https://exemple.test/{path}",
        "source": "exemple",
        "captured_at": "2026-05-01T12:00:00Z",
    } | more


def take_in(
    tmp_path: Path, store: Store, entries: list[Any], files: Mapping[str, str | bytes], **top: Any
) -> IngestReport:
    folder = tmp_path / "given"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"captures": entries} | top), "utf-8")
    return ingest_manifest(manifest, store=store, raw=tmp_path / "raw", sources={})


def captures(store: Store) -> list[Capture]:
    with store.session() as session:
        return list(all_captures(session))


def codes(report: IngestReport) -> list[str]:
    return [issue.code for issue in report.issues if issue.code != "unknown-source"]


def test_a_file_becomes_a_capture_that_can_be_read_back(tmp_path: Path, store: Store) -> None:
    report = take_in(tmp_path, store, [entry("a.html")], {"a.html": PAGE})
    assert (report.new, report.known) == (1, 0)
    (capture,) = captures(store)
    assert capture.url == "https://exemple.test/a.html"
    assert capture.media_type == "text/html"
    assert read_body(tmp_path / "raw", capture.place, capture.digest) == PAGE.encode()


def test_the_archive_is_a_warc_that_other_tools_read_with_digests_that_hold(tmp_path: Path, store: Store) -> None:
    take_in(tmp_path, store, [entry("a.html"), entry("b.html")], {"a.html": PAGE, "b.html": PAGE + "b"})
    (path,) = (tmp_path / "raw").rglob("*.warc.gz")
    with path.open("rb") as stream:
        records = [
            (r.rec_type, r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
            for r in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "metadata", "resource", "metadata", "resource"]
    assert {uri for _, uri, _ in records[1:]} == {"https://exemple.test/a.html", "https://exemple.test/b.html"}


def test_taking_the_same_files_in_again_adds_nothing(tmp_path: Path, store: Store) -> None:
    for expected in ((2, 0), (0, 2)):
        report = take_in(tmp_path, store, [entry("a.html"), entry("b.txt")], {"a.html": PAGE, "b.txt": "Bonjour"})
        assert (report.new, report.known) == expected
    assert len(captures(store)) == 2
    assert len(list((tmp_path / "raw").rglob("*"))) == 4  # source, year, one file and its index


def test_an_empty_file_a_binary_and_a_huge_page_are_archived_all_the_same(tmp_path: Path, store: Store) -> None:
    files = {"empty.html": b"", "picture.html": b"\x89PNG\r\n\x00\x01", "huge.html": b"<p>" + b"x" * 50_000_000}
    report = take_in(tmp_path, store, [entry(name) for name in files], files)
    assert report.new == 3
    assert {c.digest for c in captures(store)} == {digest_of(body) for body in files.values()}


def test_a_file_without_url_needs_none(tmp_path: Path, store: Store) -> None:
    take_in(tmp_path, store, [entry("a.txt", url=None)], {"a.txt": "Bonjour"})
    (capture,) = captures(store)
    assert capture.url is None
    assert capture.page == "urn:" + digest_of(b"Bonjour")


def test_unknown_keys_are_named_and_cost_nothing(tmp_path: Path, store: Store) -> None:
    report = take_in(tmp_path, store, [entry("a.html", colour="red")], {"a.html": PAGE}, owner="x")
    assert report.new == 1
    assert codes(report) == ["unknown-manifest-key", "unknown-manifest-key"]
    assert "'colour' in entry 1" in report.issues[1].message


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"path": "a.html"}, "bad-manifest-entry"),
        ("a.html", "bad-manifest-entry"),
        (entry("a.html", captured_at="2026-05-01"), "bad-manifest-entry"),
        (entry("missing.html"), "file-not-found"),
        (entry("../secret.html"), "outside-folder"),
        (entry("a.html", url="ftp://exemple.test/a"), "bad-url"),
    ],
)
def test_a_bad_entry_is_one_line_and_the_good_ones_are_taken(
    tmp_path: Path, store: Store, bad: object, code: str
) -> None:
    report = take_in(tmp_path, store, [bad, entry("b.html")], {"a.html": PAGE, "b.html": PAGE})
    assert report.new == 1
    assert codes(report) == [code]
    with store.session() as session:
        assert code in [issue.code for issue in load_issues(session)]


def test_a_corrected_manifest_clears_its_line_in_the_log(tmp_path: Path, store: Store) -> None:
    take_in(tmp_path, store, [entry("missing.html")], {})
    take_in(tmp_path, store, [entry("missing.html")], {"missing.html": PAGE})
    with store.session() as session:
        assert "file-not-found" not in [issue.code for issue in load_issues(session)]


def test_two_files_claiming_one_url_are_both_kept_and_said(tmp_path: Path, store: Store) -> None:
    both = [entry("a.html"), entry("b.html", url="https://EXEMPLE.test/a.html#top")]
    report = take_in(tmp_path, store, both, {"a.html": PAGE, "b.html": PAGE + "other"})
    assert report.new == 2
    assert codes(report) == ["url-claimed-twice"]
    assert {c.page for c in captures(store)} == {"https://exemple.test/a.html"}


@pytest.mark.parametrize("text", ["", "[]", '{"pages": []}', "{"])
def test_a_manifest_that_cannot_be_read_says_what_is_wanted(tmp_path: Path, store: Store, text: str) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text(text)
    with pytest.raises(ManifestError, match=r"manifest\.json: "):
        ingest_manifest(manifest, store=store, raw=tmp_path / "raw", sources={})


def test_a_warc_whose_writing_failed_is_not_there(tmp_path: Path) -> None:
    def fail() -> None:
        with new_warc(tmp_path, "exemple", 2026, "a"):
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.rglob("*.warc.gz")) == []


def test_an_altered_or_missing_archive_is_told_from_a_good_one(tmp_path: Path, store: Store) -> None:
    take_in(tmp_path, store, [entry("a.html")], {"a.html": PAGE})
    (capture,) = captures(store)
    (path,) = (tmp_path / "raw").rglob("*.warc.gz")
    with pytest.raises(ArchiveError, match="was altered"):
        read_body(tmp_path / "raw", capture.place, digest_of(b"something else"))
    path.write_bytes(path.read_bytes()[: capture.place.offset])
    with pytest.raises(ArchiveError, match="backup"):
        read_body(tmp_path / "raw", capture.place, capture.digest)
    path.unlink()
    with pytest.raises(ArchiveError, match="backup"):
        read_body(tmp_path / "raw", capture.place, capture.digest)
