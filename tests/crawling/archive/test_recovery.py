from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from passerelle.crawling.archive import (
    Archived,
    ArchiveWriter,
    list_captures,
    new_warc,
    read_body,
    record_pages,
    recover,
)
from passerelle.crawling.archive.places import FolderPlace
from passerelle.crawling.archive.reading import read_file
from passerelle.store.captures import all_captures
from passerelle.store.database import open_store
from schemas.capture import Capture
from tests.crawling.archive.making import NOON, PAGE, Told, answer, html, not_modified, warcs

FORK = multiprocessing.get_context("fork")


def left_by_a_crash(raw: Path, pages: int) -> tuple[Path, Told]:
    told = Told()
    writer = ArchiveWriter(FolderPlace(raw), "relais", told)
    for number in range(pages):
        writer.write(answer(html(str(number)), url=f"{PAGE}/{number}"))
    writer.commit()
    with writer:
        writer.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
        writer._file = None
    (path,) = raw.rglob("*.warc.gz.open")
    return path, told


def test_a_file_cut_anywhere_keeps_what_is_whole_and_says_what_was_cut(tmp_path: Path) -> None:
    whole, told = left_by_a_crash(tmp_path / "whole", 4)
    data = whole.read_bytes()
    ends = [one.capture.place.offset + one.capture.place.length for one in told.found]
    choices = random.Random(7).sample(range(len(data)), 25)
    for size in [0, 1, *ends, *(end - 1 for end in ends), *choices]:
        raw = tmp_path / str(size)
        path = raw / whole.relative_to(tmp_path / "whole")
        path.parent.mkdir(parents=True)
        path.write_bytes(data[:size])
        again = Told()
        (issue,) = recover(raw, again)
        kept = sum(end <= size for end in ends)
        assert issue.code == "archive-recovered"
        assert f"its {kept} captures" in issue.message
        assert issue.source == "relais"
        assert [one.capture for one in again.found] == [one.capture for one in told.found[:kept]]
        assert [one.notes for one in again.found] == [one.notes for one in told.found[:kept]]
        assert list(raw.rglob("*.open")) == []
        assert_right(raw, {one.capture.place.offset for one in again.found})


def assert_right(raw: Path, offsets: set[int]) -> None:
    """Hold every index against what its file holds, read anew."""
    indexed = {entry.place.offset for entry in list_captures(raw)}
    assert indexed == offsets
    for path in warcs(raw):
        lines = path.with_name(path.name.replace(".warc.gz", ".cdxj")).read_bytes().splitlines()
        with path.open("rb") as stream:
            found = read_file(FolderPlace(raw), path.relative_to(raw).as_posix(), stream)
            assert lines == sorted(one.entry.line.encode() for one in found)


def test_a_whole_file_that_was_not_closed_is_only_closed(tmp_path: Path) -> None:
    path, told = left_by_a_crash(tmp_path, 3)
    data = path.read_bytes()
    (issue,) = recover(tmp_path, Told())
    assert (issue.stage, issue.severity) == ("crawl", "info")
    assert warcs(tmp_path)[0].read_bytes() == data
    assert [read_body(tmp_path, one.capture.place, one.capture.digest) for one in told.found] == [
        html(str(number)) for number in range(3)
    ]
    assert recover(tmp_path, Told()) == ()


def test_crawl_and_ingest_take_up_each_what_it_left(tmp_path: Path) -> None:
    left_by_a_crash(tmp_path, 1)
    with suppress(RuntimeError), new_warc(tmp_path, "relais", 2026, "ingest") as warc:
        warc.write_resource(html("deux"), uri=PAGE, media_type="text/html", at=NOON)
        raise RuntimeError
    crawled, given = Told(), Told()
    assert [issue.stage for issue in recover(tmp_path, given, stage="ingest")] == ["ingest"]
    assert [issue.stage for issue in recover(tmp_path, crawled)] == ["crawl"]
    assert [one.capture.via for one in (*crawled.found, *given.found)] == ["crawl", "ingest"]


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    told = Told()
    with ArchiveWriter(FolderPlace(tmp_path), "relais", told) as writer:
        writer.write(answer())
        child = FORK.Process(target=recover, args=(tmp_path, Told()))
        child.start()
        child.join()
        assert child.exitcode == 0
        assert len(list(tmp_path.rglob("*.warc.gz.open"))) == 1
    assert len(warcs(tmp_path)) == 1


def test_a_failed_run_leaves_its_file_for_the_next(tmp_path: Path) -> None:
    def fail() -> None:
        with ArchiveWriter(FolderPlace(tmp_path), "relais", Told()) as writer:
            writer.write(answer())
            raise RuntimeError("network cable")

    with pytest.raises(RuntimeError):
        fail()
    told = Told()
    recover(tmp_path, told)
    assert [one.capture.url for one in told.found] == [PAGE]


def test_captures_that_the_database_refused_are_offered_again(tmp_path: Path) -> None:
    def refuse(_found: Sequence[Archived], /) -> None:
        raise OSError("database is gone")

    writer = ArchiveWriter(FolderPlace(tmp_path), "relais", refuse)
    writer.write(answer())
    with pytest.raises(OSError, match="database is gone"):
        writer.close()
    told = Told()
    recover(tmp_path, told)
    assert len(told.found) == 1


def crawl(home: Path, pages: Iterable[int], writing: Callable[[], object] = lambda: None) -> None:
    """Crawl pages in their order, each then asked for again, going on where the last crawl was killed.

    ``writing`` is called at each page once a file is open.
    """
    place = FolderPlace(home / "raw")
    store = open_store(f"sqlite:///{home / 'p.db'}")
    recover(place, lambda found: record_pages(store, found))
    done = Counter(capture.url for capture in known(home))
    with ArchiveWriter(place, "relais", lambda found: record_pages(store, found), roll_bytes=20_000) as writer:
        for number in pages:
            url = f"{PAGE}/{number}"
            if not done[url]:
                writer.write(answer(html(str(number) * 500), url=url))
                writing()
            if done[url] < 2:
                writer.commit()
                full = next(capture for capture in known(home) if capture.url == url)
                writer.write(not_modified(url, minutes=5), earlier=[full])
    store.close()


def known(home: Path) -> list[Capture]:
    store = open_store(f"sqlite:///{home / 'p.db'}")
    with store.session() as session:
        found = list(all_captures(session))
    store.close()
    return found


@pytest.mark.slow
def test_killed_at_twenty_moments_nothing_is_lost_or_doubled_and_the_index_is_right(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'p.db'}").close()
    moments, left_open = random.Random(20), 0
    for kill in range(20):
        reading, telling = os.pipe()
        child = FORK.Process(target=crawl, args=(tmp_path, count(), lambda tell=telling: os.write(tell, b".")))
        child.start()
        if kill % 4:  # every fourth is killed while it starts and recovers, the others amid their writing
            os.read(reading, 1)
        time.sleep(moments.uniform(0.02, 0.3))
        os.kill(child.pid or 0, signal.SIGKILL)
        child.join()
        assert child.exitcode == -signal.SIGKILL
        os.close(reading), os.close(telling)
        left_open += bool(list((tmp_path / "raw").rglob("*.warc.gz.open")))
        for capture in known(tmp_path):  # before any recovery: what the database speaks of is on disk
            read_body(tmp_path / "raw", capture.place, capture.digest)
    pages = len({capture.url for capture in known(tmp_path)}) + 1  # one may be in a file only
    crawl(tmp_path, range(pages))
    assert left_open > 10
    captures = known(tmp_path)
    assert Counter(c.url for c in captures) == {f"{PAGE}/{n}": 2 for n in range(pages)}
    on_disk = sorted((e.place.path, e.place.offset) for e in list_captures(tmp_path / "raw"))
    assert on_disk == sorted((c.place.path, c.place.offset) for c in captures)
    assert list(tmp_path.rglob("*.open")) == []
    for path in warcs(tmp_path / "raw"):
        with path.open("rb") as stream:
            found = list(
                read_file(FolderPlace(tmp_path / "raw"), path.relative_to(tmp_path / "raw").as_posix(), stream)
            )
        lines = path.with_name(path.name.replace(".warc.gz", ".cdxj")).read_bytes().splitlines()
        assert lines == sorted(one.entry.line.encode() for one in found)
