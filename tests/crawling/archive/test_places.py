from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from passerelle.crawling.archive import (
    ArchiveError,
    ArchiveWriter,
    UnreachableError,
    find,
    list_captures,
    read_body,
    recover,
    show,
)
from passerelle.crawling.archive.places import FolderPlace, RawPlace, RemotePlace, raw_place
from tests.crawling.archive.making import PAGE, Told, answer, html, zipped


@pytest.fixture
def bucket(s3: str, s3_url: str, tmp_path: Path) -> RemotePlace:
    return remote(s3_url, tmp_path, s3)


def remote(url: str, state: Path, address: str, **options: Any) -> RemotePlace:
    return RemotePlace(url, state, endpoint_url=address, skip_instance_cache=True, **options)


def crawl(place: RawPlace, told: Told) -> None:
    with ArchiveWriter(place, "relais", told) as writer:
        writer.write(zipped(html("un")))
        writer.write(answer(html("deux"), url=f"{PAGE}/2"))


def test_an_archive_in_a_bucket_is_written_and_read_back(bucket: RemotePlace) -> None:
    told = Told()
    crawl(bucket, told)
    with ArchiveWriter(bucket, "relais", told) as writer:
        writer.write(zipped(html("un"), minutes=60), earlier=[told.found[0].capture])
    assert list(bucket.open_folder.rglob("*.*")) == []
    assert [path.rpartition(".")[2] for path in bucket.list("")] == ["cdxj", "gz"] * 2
    assert [read_body(bucket, one.capture.place, one.capture.digest) for one in told.found] == [
        html("un"),
        html("deux"),
        html("un"),
    ]
    assert len(list(list_captures(bucket))) == 3
    found = show(bucket, PAGE)
    assert found is not None
    assert found[0].media_type == "warc/revisit"
    assert found[1] == html("un")
    assert found[0].place.path.startswith("relais/2")


def test_what_is_being_written_is_read_from_the_local_file(bucket: RemotePlace) -> None:
    told = Told()
    with ArchiveWriter(bucket, "relais", told) as writer:
        writer.write(answer())
        writer.commit()
        capture = told.found[0].capture
        assert read_body(bucket, capture.place, capture.digest) == html("accueil")
        assert list(bucket.list("")) == []


def test_a_bucket_that_cannot_be_reached_costs_nothing(bucket: RemotePlace, tmp_path: Path, s3: str) -> None:
    told = Told()
    gone = remote(bucket.url.replace("archive-", "nowhere-"), tmp_path, s3)
    with pytest.raises(OSError, match="bucket"):
        crawl(gone, told)
    capture = told.found[0].capture
    assert read_body(gone, capture.place, capture.digest) == html("un")
    again = Told()
    (issue,) = recover(bucket, again)  # the same state folder, and a bucket that exists
    assert issue.severity == "info"
    assert [one.capture for one in again.found] == [one.capture for one in told.found]
    assert read_body(bucket, capture.place, capture.digest) == html("un")
    assert list(bucket.open_folder.rglob("*.open")) == []


def test_nobody_listening_is_said(bucket: RemotePlace, tmp_path: Path) -> None:
    quick = {"retries": {"max_attempts": 0}, "connect_timeout": 1}
    nobody = remote(bucket.url, tmp_path, "http://127.0.0.1:9", config_kwargs=quick)
    nobody._files.retries = 1
    with pytest.raises(UnreachableError, match="PASSERELLE_RAW"):
        list(nobody.list(""))


def test_a_record_that_is_not_in_the_bucket_is_said(bucket: RemotePlace) -> None:
    told = Told()
    crawl(bucket, told)
    place = told.found[0].capture.place.model_copy(update={"path": "relais/2026/autre.warc.gz"})
    with pytest.raises(ArchiveError, match=r"s3://archive-.*no record at byte"):
        read_body(bucket, place, told.found[0].capture.digest)


def test_any_store_that_fsspec_reaches_will_do(tmp_path: Path) -> None:
    place = raw_place("memory://passerelle", tmp_path)
    told = Told()
    crawl(place, told)
    entry = find(place, PAGE)
    assert entry is not None
    assert read_body(place, entry.place, entry.digest) == html("un")


def test_a_place_needs_its_library_and_a_state_folder(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="pip install"):
        raw_place("nosuch://bucket", tmp_path)
    with pytest.raises(ArchiveError, match="local folder"):
        raw_place("s3://bucket/raw")
    assert isinstance(raw_place(str(tmp_path)), FolderPlace)


def test_a_file_finished_while_it_is_looked_for_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = FolderPlace(tmp_path)
    real, asked = Path.open, []

    def open_late(path: Path, *arguments: Any, **named: Any) -> Any:
        asked.append(path.name)
        if path.name == "a.warc.gz.open":  # finished just now
            with real(tmp_path / "a.warc.gz", "wb") as stream:
                stream.write(b"whole")
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", open_late)
    assert place.read("a.warc.gz") == b"whole"
    assert asked == ["a.warc.gz", "a.warc.gz.open", "a.warc.gz"]
