from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from passerelle.crawling.archive import read_body
from passerelle.crawling.foreign import ingest_tree, kind_of, read_url_list
from passerelle.crawling.ingest import IngestReport, ManifestError
from passerelle.store.captures import all_captures
from passerelle.store.database import Store, open_store
from schemas.base import LanguageMap
from schemas.release import Licence
from schemas.source import Crawl, Source

AT = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'p.db'}")
    yield opened
    opened.close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in ("index.html", "projets/index.htm", "projets/été 1.html", "a.txt", "logo.png"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{name}</p>", "utf-8")
    return folder


def take(site: Path, store: Store, **more: Any) -> IngestReport:
    given: dict[str, Any] = {"source": "phare", "base_url": "https://phare.test/fr", "captured_at": AT}
    places: dict[str, Any] = {"raw": site.parent / "raw", "sources": {}}
    return ingest_tree(site, store=store, **given | places | more)


def test_a_saved_site_becomes_the_pages_of_its_address(site: Path, store: Store) -> None:
    report = take(site, store)
    assert report.new == 4
    assert [issue.code for issue in report.issues] == ["records-passed-over", "unknown-source"]
    with store.session() as session:
        found = {c.url: read_body(site.parent / "raw", c.place, c.digest).decode() for c in all_captures(session)}
    assert found == {
        "https://phare.test/fr/": "<p>index.html</p>",
        "https://phare.test/fr/projets/": "<p>projets/index.htm</p>",
        "https://phare.test/fr/projets/%C3%A9t%C3%A9%201.html": "<p>projets/été 1.html</p>",
        "https://phare.test/fr/a.txt": "<p>a.txt</p>",
    }
    assert take(site, store).known == 4


def test_without_an_address_and_a_time_the_files_own_count(site: Path, store: Store) -> None:
    report = take(site, store, base_url=None, captured_at=None)
    assert report.new == 4
    said = [issue.message for issue in report.issues if issue.code == "page-without-address"]
    assert said == ["Pages without an address: 4. Give that of the folder with --url."]
    with store.session() as session:
        pages = list(all_captures(session))
    assert {page.url for page in pages} == {None}
    assert all(page.captured_at.year >= 2025 for page in pages)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1/a.txt"),
        ("127.0.0.1:8791", "http://127.0.0.1:8791/a.txt"),
        ("127.0.0.1+8791", "http://127.0.0.1:8791/a.txt"),
        ("phare.test:8443", "https://phare.test:8443/a.txt"),
        ("phare.test:", None),
        ("autre.test:8791", None),
    ],
)
def test_a_folder_may_be_named_after_a_host_and_its_port(
    site: Path, store: Store, name: str, address: str | None
) -> None:
    start = {"kind": "page", "url": "http://127.0.0.1:8791/"}
    source = Source(
        name="phare",
        title=LanguageMap(fr="Phare"),
        publisher="Phare",
        hosts=("127.0.0.1", "phare.test"),
        licence=Licence(name="x"),
        crawl=Crawl.model_validate({"start": [start]}),
    )
    (site.parent / "mirror").mkdir()
    inside = site.rename(site.parent / "mirror" / name)
    for folder in (inside, inside.parent):
        report = take(folder, store, raw=inside.parents[1] / "raw", base_url=None, sources={"phare": source})
        assert ("page-without-address" in [issue.code for issue in report.issues]) == (address is None)
    with store.session() as session:
        assert {c.url for c in all_captures(session) if c.url is None or c.url.endswith("a.txt")} == {address}


def test_a_link_that_leads_out_of_the_folder_is_not_followed(site: Path, store: Store) -> None:
    secret = site.parent / "secret.html"
    secret.write_text("secret")
    (site / "lien.html").symlink_to(secret)
    report = take(site, store)
    assert report.new == 4
    assert "outside-folder" in [issue.code for issue in report.issues]


def test_what_is_no_folder_or_no_address_is_refused(site: Path, store: Store) -> None:
    with pytest.raises(ManifestError, match="no folder"):
        take(site / "index.html", store)
    with pytest.raises(ManifestError, match="http or https"):
        take(site, store, base_url="ftp://phare.test")


def test_a_list_of_urls_is_read_each_once_and_bad_lines_are_said(tmp_path: Path) -> None:
    path = tmp_path / "urls.txt"
    path.write_text(
        "\ufeffhttps://phare.test/a\n# note\n\nhttps://PHARE.test/a#x\nnot a url\nftp://x\nhttps://phare.test/b\n"
    )
    found = read_url_list(path)
    assert found.urls == ("https://phare.test/a", "https://phare.test/b")
    assert [issue.message.split(" is")[0] for issue in found.issues] == ["Line 5", "Line 6"]
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ManifestError, match="UTF-8"):
        read_url_list(path)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.warc.gz", b"\x1f\x8b", "archive"),
        ("a.bin", b"WARC/1.0\r\n", "archive"),
        ("a.zip", b"PK\x03\x04", "archive"),
        ("m.json", b"{}", "manifest"),
        ("urls.txt", b"\xef\xbb\xbf# mine\n\nhttps://phare.test/\n", "urls"),
        ("page.txt", b"https://phare.test/ is our site\n", "page"),
        ("page.html", b"<p>", "page"),
        ("empty.html", b"", "page"),
    ],
)
def test_what_was_given_is_told_from_its_content(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert kind_of(tmp_path / name) == kind
    assert kind_of(tmp_path) == "tree"
