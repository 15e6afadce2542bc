from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.crawling.archive import list_captures, read_body
from passerelle.crawling.foreign import ingest_warc
from passerelle.crawling.foreign.records import Trouble, read_records
from passerelle.crawling.ingest import IngestReport
from passerelle.store.captures import all_captures
from passerelle.store.database import Store, open_store
from schemas.base import LanguageMap
from schemas.capture import Capture
from schemas.release import Licence
from schemas.source import Source
from tests.crawling.archive.making import html, records, warcs
from tests.crawling.foreign.making import HTML, URL, Foreign, members, wacz


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'p.db'}")
    yield opened
    opened.close()


def take(
    tmp_path: Path, store: Store, data: bytes, name: str = "foreign.warc.gz", source: str | None = "phare"
) -> IngestReport:
    path = tmp_path / name
    path.write_bytes(data)
    phare = Source(
        name="phare",
        title=LanguageMap(fr="Phare", en="Phare"),
        publisher="Phare",
        hosts=("phare.test",),
        licence=Licence(name="x", spdx=None, url=None, attribution="x"),
    )
    return ingest_warc(path, source=source, store=store, raw=tmp_path / "raw", sources={"phare": phare})


def captures(store: Store) -> list[Capture]:
    with store.session() as session:
        return list(all_captures(session))


def bodies(tmp_path: Path, store: Store) -> list[bytes]:
    return [read_body(tmp_path / "raw", c.place, c.digest) for c in captures(store)]


def codes(report: IngestReport) -> list[str]:
    return [issue.code for issue in report.issues]


def test_a_response_becomes_a_capture_in_our_own_archive(tmp_path: Path, store: Store) -> None:
    report = take(tmp_path, store, Foreign().response(html("un")).data)
    (tmp_path / "foreign.warc.gz").unlink()
    assert (report.new, report.known, report.issues) == (1, 0, ())
    (capture,) = captures(store)
    assert (capture.url, capture.status, capture.via, capture.name) == (URL, 200, "ingest", "foreign.warc.gz")
    assert capture.captured_at == datetime(2024, 3, 5, 10, 11, 12, tzinfo=UTC)
    assert bodies(tmp_path, store) == [html("un")]
    kinds = [kind for kind, _, _ in records(warcs(tmp_path / "raw")[0])]
    assert kinds == ["warcinfo", "metadata", "response"]


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_plain_and_compressed_files_of_both_versions_are_read(
    tmp_path: Path, store: Store, zipped: bool, version: str
) -> None:
    data = Foreign(zipped=zipped, version=version).response(html("un")).response(html("deux"), url=URL + "/2").data
    assert take(tmp_path, store, data).new == 2
    assert sorted(bodies(tmp_path, store)) == [html("deux"), html("un")]


def test_a_file_compressed_as_one_stream_is_read(tmp_path: Path, store: Store) -> None:
    plain = Foreign(zipped=False).response(html("un")).response(html("deux"), url=URL + "/2").data
    assert take(tmp_path, store, gzip.compress(plain)).new == 2


def test_chunks_and_codings_are_taken_off_and_digests_hold_for_others(tmp_path: Path, store: Store) -> None:
    body = html("été")
    payload = gzip.compress(body)
    chunked = b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in (payload[:10], payload[10:])) + b"0\r\n\r\n"
    both = [*HTML, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    lying = [*HTML, ("Transfer-Encoding", "chunked")]
    data = Foreign().response(chunked, headers=both).response(body, url=URL + "/2", headers=lying).data
    assert take(tmp_path, store, data).new == 2
    assert bodies(tmp_path, store) == [body, body]
    assert len(records(warcs(tmp_path / "raw")[0])) == 5  # read with digests checked


def test_the_same_file_again_adds_nothing(tmp_path: Path, store: Store) -> None:
    data = Foreign().response(html("un")).revisit().response(html("un")).data
    first = take(tmp_path, store, data)
    assert (first.new, first.known) == (2, 1)
    again = take(tmp_path, store, data)
    assert (again.new, again.known) == (0, 3)
    assert len(list(list_captures(tmp_path / "raw"))) == 2


def test_a_revisit_leads_to_the_body_whatever_the_order(tmp_path: Path, store: Store) -> None:
    orders = Foreign().response(html("un")).revisit(), Foreign().revisit().response(html("un"))
    for number, foreign in enumerate(orders):
        home = tmp_path / str(number)
        home.mkdir()
        own = open_store(f"sqlite:///{home / 'p.db'}")
        assert take(home, own, foreign.data).new == 2
        assert bodies(home, own) == [html("un")] * 2
        assert sorted(e.media_type for e in list_captures(home / "raw")) == ["text/html", "warc/revisit"]
        own.close()


def test_a_revisit_of_what_is_archived_already_is_taken_and_of_nothing_is_said(tmp_path: Path, store: Store) -> None:
    alone = Foreign().revisit().data
    assert codes(take(tmp_path, store, alone)) == ["revisit-without-original"]
    take(tmp_path, store, Foreign().response(html("un")).data, name="first.warc.gz")
    assert take(tmp_path, store, alone).new == 1
    assert bodies(tmp_path, store) == [html("un")] * 2


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path, store: Store) -> None:
    foreign = Foreign().response(html("un"))
    foreign.response(b"\x89PNG", url=URL + "/i.png", headers=[("Content-Type", "image/png")])
    foreign.response(b"\x89PNG", url=URL + "/j.png", headers=[("Content-Type", "image/png")])
    foreign.response(b"", url=URL + "/old", status="301 Moved")
    foreign.response(b"", url="dns:phare.test")
    report = take(tmp_path, store, foreign.data)
    assert report.new == 1
    (issue,) = report.issues
    assert (issue.severity, issue.code) == ("info", "records-passed-over")
    assert "2 of type image/png" in issue.message
    assert "1 with status 301" in issue.message
    assert "1 without an http or https URL" in issue.message


def test_pages_go_to_the_source_that_has_their_host(tmp_path: Path, store: Store) -> None:
    data = Foreign().response(html("un")).response(html("deux"), url="https://ailleurs.test/").data
    report = take(tmp_path, store, data, source=None)
    assert report.new == 1
    assert captures(store)[0].source == "phare"
    assert "1 of hosts that no source has" in report.issues[0].message


def test_an_altered_record_is_left_out_and_said(tmp_path: Path, store: Store) -> None:
    data = (
        Foreign().response(html("un"), WARC_Block_Digest="sha1:" + "A" * 32).response(html("deux"), url=URL + "/2").data
    )
    report = take(tmp_path, store, data)
    assert codes(report) == ["record-altered"]
    assert report.issues[0].page == URL
    assert bodies(tmp_path, store) == [html("deux")]


def test_a_record_that_cannot_be_decoded_or_dated_is_left_out_and_said(tmp_path: Path, store: Store) -> None:
    foreign = Foreign().response(b"not gzip", headers=[*HTML, ("Content-Encoding", "gzip")])
    foreign.response(b"zz", url=URL + "/br", headers=[*HTML, ("Content-Encoding", "br")])
    foreign.response(html("x"), url=URL + "/x", WARC_Date="yesterday")
    foreign.response(html("un"), url=URL + "/1")
    report = take(tmp_path, store, foreign.data)
    assert codes(report) == ["record-unusable"] * 3
    assert bodies(tmp_path, store) == [html("un")]


def test_a_bomb_is_left_out_in_little_memory(tmp_path: Path, store: Store) -> None:
    bomb = gzip.compress(bytes(80 << 20))
    data = (
        Foreign()
        .response(bomb, headers=[*HTML, ("Content-Encoding", "gzip")])
        .response(html("un"), url=URL + "/1")
        .data
    )
    report = take(tmp_path, store, data)
    assert codes(report) == ["record-unusable"]
    assert "64 MiB" in report.issues[0].message
    assert report.new == 1


def test_what_comes_after_damage_is_read(tmp_path: Path, store: Store) -> None:
    parts = members(6)
    torn = [
        parts[0],
        parts[1][:-30],
        parts[2],
        b"garbage" + parts[3],
        parts[4][:40] + b"\xff\xff" + parts[4][42:],
        parts[5],
    ]
    report = take(tmp_path, store, b"".join(torn))
    said = codes(report)
    # Two bytes changed in a compressed record either break it or alter what it says.
    assert "record-damaged" in said
    assert set(said) <= {"record-damaged", "record-altered"}
    numbers = {int((c.url or "").rpartition("/")[2]) for c in captures(store)}
    assert numbers >= {0, 2, 3, 5}
    assert 1 not in numbers
    assert 4 not in numbers


def test_a_file_cut_in_the_middle_gives_what_is_whole_and_says_so(tmp_path: Path, store: Store) -> None:
    data = b"".join(members(3))[:-40]
    report = take(tmp_path, store, data)
    assert (report.new, codes(report)) == (2, ["record-damaged"])
    plain = gzip.decompress(b"".join(members(3)))[:-40]
    report = take(tmp_path, store, plain, name="plain.warc")
    assert (report.new, report.known, codes(report)) == (0, 2, ["record-damaged"])


def test_a_record_larger_than_any_page_is_passed_over(tmp_path: Path) -> None:
    data = b"".join((*members(1), Foreign().response(b"x" * 5000, url=URL + "/big").data, *members(1)))
    found = list(read_records(BytesIO(data), most=2000))
    assert [item.kind for item in found] == ["warcinfo", "response", "warcinfo", "huge", "warcinfo", "response"]


@pytest.mark.parametrize("wrong", [b"", b"hello", b"WARC/1.0\r\n", b"\x1f\x8b", b"PK\x03\x04 no zip", bytes(1000)])
def test_a_file_that_is_something_else_is_a_line_in_the_log(tmp_path: Path, store: Store, wrong: bytes) -> None:
    report = take(tmp_path, store, wrong)
    assert report.new == 0
    assert set(codes(report)) == {"record-damaged"}


SAMPLES = {True: b"".join(members(4)), False: gzip.decompress(b"".join(members(4)))}


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8), st.booleans())
def test_no_damage_stops_the_reading(rng: random.Random, hits: int, zipped: bool) -> None:
    data = bytearray(SAMPLES[zipped])
    for _ in range(hits):
        at = rng.randrange(len(data))
        match rng.randrange(3):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + rng.randrange(60)]
            case _:
                data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(40)))
        if not data:
            break
    found = list(read_records(BytesIO(bytes(data))))
    assert len(found) <= 60
    assert all(isinstance(item, Trouble) or item.fields for item in found)


def test_a_wacz_gives_the_pages_of_its_archive(tmp_path: Path, store: Store) -> None:
    data = wacz(
        {
            "archive/a.warc.gz": Foreign().revisit().data,
            "archive/b.warc": Foreign(zipped=False).response(html("un")).data,
            "indexes/index.cdx.gz": b"x",
            "datapackage.json": b"{}",
        }
    )
    report = take(tmp_path, store, data, name="site.wacz")
    assert (report.new, report.issues) == (2, ())


def test_names_in_a_wacz_lead_nowhere(tmp_path: Path, store: Store) -> None:
    good = Foreign().response(html("un")).data
    names = ("../../evil.warc.gz", "archive/../../evil.warc.gz", "/archive/evil.warc.gz", "archive/a.warc.gz")
    before = set(tmp_path.parent.rglob("*evil*"))
    report = take(tmp_path, store, wacz(dict.fromkeys(names, good)), name="site.wacz")
    assert report.new == 1
    assert codes(report) == ["outside-folder"] * 3
    assert set(tmp_path.parent.rglob("*evil*")) == before


def test_damage_in_a_wacz_costs_only_what_is_damaged(tmp_path: Path, store: Store) -> None:
    data = bytearray(
        wacz({"archive/a.warc.gz": b"".join(members(3)), "archive/b.warc.gz": Foreign().response(html("b")).data})
    )
    data[data.index(b"archive/a.warc.gz") + 17 + len(b"".join(members(3))) - 60] ^= 0xFF
    report = take(tmp_path, store, bytes(data), name="site.wacz")
    assert set(codes(report)) == {"record-damaged"}
    assert report.new == 3
    assert codes(take(tmp_path, store, wacz({"readme.txt": b"x"}), name="none.wacz")) == ["record-damaged"]
    assert codes(take(tmp_path, store, wacz({"archive/a.warc": b"x"})[:-30], name="cut.wacz")) == ["record-damaged"]
