from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.crawling.archive import ArchiveWriter, find, list_captures, new_warc, show
from passerelle.crawling.archive.index import surt
from passerelle.crawling.archive.places import FolderPlace
from tests.crawling.archive.making import NOON, PAGE, Told, answer, html


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Exemple.test:443/A/?b=2&a=1", "test,exemple)/a?a=1&b=2"),
        ("http://exemple.test", "test,exemple)/"),
        ("http://exemple.test:8080/a b", "test,exemple:8080)/a%20b"),
        ("http://exemple.test/%C3%89t%C3%A9/Été", "test,exemple)/%c3%89t%c3%a9/%c3%89t%c3%a9"),
        ("http://exemple.test/a?&", "test,exemple)/a?&"),
        ("http://192.0.2.1/x/", "192.0.2.1)/x"),
        ("http://[2001:db8::1]/x", "2001:db8::1)/x"),
        ("urn:sha256:00", "urn:sha256:00"),
        ("http://[", "http://["),
    ],
)
def test_a_key_puts_the_pages_of_a_site_together(url: str, key: str) -> None:
    assert surt(url) == key


@given(st.text())
def test_a_key_never_breaks_its_line(url: str) -> None:
    assert not any(character.isspace() for character in surt(url))


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for run in range(3):
        with ArchiveWriter(FolderPlace(tmp_path), "relais", Told()) as writer:
            for name in ("a", "b", "ab", "été"):
                url = f"{PAGE}/{name}"
                writer.write(answer(html(f"{name} {run}"), url=url, minutes=60 * run))
    return tmp_path


def test_a_capture_is_found_by_url_at_or_before_a_time(raw: Path) -> None:
    for hours, expected in ((0, 0), (0.9, 0), (1, 1), (50, 2)):
        found = show(raw, f"{PAGE}/a", NOON + timedelta(hours=hours))
        assert found is not None
        assert found[1] == html(f"a {expected}")
    newest = show(raw, f"{PAGE}/été")
    assert newest is not None
    assert newest[1] == html("été 2")
    assert find(raw, f"{PAGE}/a", NOON - timedelta(seconds=1)) is None
    assert find(raw, f"{PAGE}/c") is None


def test_a_url_spelled_the_same_wins_over_a_like_one(raw: Path) -> None:
    with ArchiveWriter(FolderPlace(raw), "relais", Told()) as writer:
        writer.write(answer(html("grand"), url=f"{PAGE}/A", minutes=600))
    exact, like = find(raw, f"{PAGE}/a"), find(raw, f"{PAGE}/A")
    with_www = find(raw, f"{PAGE}/b".replace("relais", "www.relais"))
    assert exact is not None
    assert exact.url == f"{PAGE}/a"
    assert like is not None
    assert like.url == f"{PAGE}/A"
    assert with_www is not None
    assert with_www.url == f"{PAGE}/b"


def test_captures_are_listed_by_source_and_url(raw: Path) -> None:
    with new_warc(raw, "phare", 2026, "ingest") as warc:
        warc.write_resource(b"texte", uri="urn:sha256:00", media_type="text/plain", at=NOON)
    assert len(list(list_captures(raw))) == 13
    assert [entry.media_type for entry in list_captures(raw, source="phare")] == ["text/plain"]
    assert {entry.at.hour for entry in list_captures(raw, url=f"{PAGE}/b")} == {12, 13, 14}
    assert [entry.url for entry in list_captures(raw, url="urn:sha256:00")] == ["urn:sha256:00"]


def test_an_index_is_sorted_by_byte_and_has_the_fields_that_replay_tools_read(raw: Path) -> None:
    for path in raw.rglob("*.cdxj"):
        lines = path.read_bytes().splitlines()
        assert lines == sorted(lines)
        key, time, values = lines[0].decode().split(" ", 2)
        assert key == "test,relais)/projets/phare/%c3%a9t%c3%a9"
        assert len(time) == 14
        said = json.loads(values)
        assert set(said) == {"url", "mime", "status", "digest", "length", "offset", "filename"}
        assert (path.parent / said["filename"]).exists()


def test_a_damaged_index_is_named(raw: Path) -> None:
    path = next(raw.rglob("*.cdxj"))
    path.write_bytes(b"test,relais)/ 2026 {}\n")
    with pytest.raises(ValueError, match=r"\.cdxj: not a line"):
        list(list_captures(raw))
