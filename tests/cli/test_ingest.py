"""``passerelle ingest``, from what is given to what the next station reads; organisations and pages are fictional."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from tests.cli.conftest import PAGES, call
from tests.crawling.archive.making import html
from tests.crawling.foreign.making import Foreign, members, wacz
from tests.crawling.sites import CONTACT, Answer, Site, serving

HOST = "exemple.passerelle.example"
CARDS = sorted((PAGES / "repertoire").glob("*/index.html")) or sorted(PAGES.rglob("*.html"))


def example_warc() -> bytes:
    """Archive some pages of the example site as another crawler would."""
    foreign = Foreign()
    for path in CARDS:
        foreign.response(path.read_bytes(), url=f"https://{HOST}/{path.relative_to(PAGES).parent.as_posix()}/")
    return foreign.data


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def listed(home: Path) -> dict[str, str]:
    """Give digest by URL of all that is archived."""
    lines = (json.loads(line) for line in call(home, "raw", "list", "--json").output.splitlines())
    return {line["url"]: line["digest"] for line in lines}


def log_codes(home: Path) -> list[str]:
    return [json.loads(line)["code"] for line in call(home, "issues", "--json").output.splitlines()]


def again_adds_nothing(home: Path, known: int, *given: object, **more: str) -> None:
    before = listed(home)
    again = call(home, "ingest", *given, **more)
    assert again.exit_code == 0, again.output
    assert again.output == f"Archive: 0 new, {known} there already, 0 skipped.\n"
    assert listed(home) == before


def reads(home: Path, pages: int) -> None:
    """Assert that the next station reads what was taken in, once."""
    assert f"{pages} pages read anew of {pages}" in call(home, "extract").output
    assert f"0 pages read anew of {pages}" in call(home, "extract").output


@pytest.mark.parametrize("name", ["theirs.warc.gz", "theirs.wacz"])
def test_pages_archived_by_others_go_the_whole_way(tmp_path: Path, name: str) -> None:
    data = example_warc() if name.endswith("gz") else wacz({"archive/a.warc.gz": example_warc(), "pages.jsonl": b""})
    given, home = put(tmp_path, name, data), tmp_path / "home"
    done = call(home, "ingest", given)
    assert done.exit_code == 0, done.output
    assert done.output == f"Archive: {len(CARDS)} new, 0 there already, 0 skipped.\n"
    assert all(url.startswith(f"https://{HOST}/") for url in listed(home))
    again_adds_nothing(home, len(CARDS), given)
    reads(home, len(CARDS))


def test_a_damaged_warc_says_what_was_taken_and_where_it_broke(tmp_path: Path) -> None:
    whole = b"".join(members(3))
    given, home = put(tmp_path, "cut.warc.gz", whole[:-40]), tmp_path / "home"
    done = call(home, "ingest", given, "--source", "exemple")
    assert done.exit_code == 1
    assert "Archive: 2 new, 0 there already, 1 skipped." in done.stdout
    assert "error: Near byte " in done.stderr
    assert "the file ends in the middle of a record" in done.stderr
    assert log_codes(home) == ["record-damaged"]
    given.write_bytes(whole)
    mended = call(home, "ingest", given, "--source", "exemple")
    assert mended.output == "Archive: 1 new, 2 there already, 0 skipped.\n"
    assert log_codes(home) == []


def test_records_that_are_not_what_their_digests_say_are_left_out(tmp_path: Path) -> None:
    foreign = Foreign().response(html("faux"), WARC_Block_Digest="sha1:" + "B" * 32)
    data = foreign.response(html("vrai"), url="https://phare.test/v").data
    home = tmp_path / "home"
    done = call(home, "ingest", put(tmp_path, "theirs.warc.gz", data), "--source", "exemple")
    assert done.exit_code == 1
    assert "1 new, 0 there already, 1 skipped" in done.stdout
    assert list(listed(home)) == ["https://phare.test/v"]
    assert log_codes(home) == ["record-altered"]


def test_a_wacz_cannot_write_elsewhere_or_claim_to_be_endless(tmp_path: Path) -> None:
    good = Foreign().response(html("bon")).data
    given = put(tmp_path, "evil.wacz", wacz({"../../evil.warc.gz": good, "archive/a.warc.gz": good}))
    with zipfile.ZipFile(given, "a") as package:
        package.writestr("archive/huge.warc", b"WARC/1.0\r\n")
    data = bytearray(given.read_bytes())
    entry = data.rindex(b"archive/huge.warc") - 46  # its entry in the central directory
    data[entry + 24 : entry + 28] = (0xFFFFFFF0).to_bytes(4, "little")
    data[entry + 20 : entry + 24] = (0xFFFFFFF0).to_bytes(4, "little")
    given.write_bytes(data)
    home = tmp_path / "home"
    done = call(home, "ingest", given, "--source", "exemple")
    assert done.exit_code == 1
    assert "1 new" in done.stdout
    assert sorted(log_codes(home)) == ["outside-folder", "record-damaged"]
    assert not list(tmp_path.parent.rglob("evil.warc.gz"))


@pytest.mark.parametrize("data", [b"", b"no archive"])
def test_a_warc_that_is_none_is_one_line_and_exit_code_1(tmp_path: Path, data: bytes) -> None:
    done = call(tmp_path / "home", "ingest", put(tmp_path, "x.warc.gz", data))
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1


def mirror(folder: Path) -> Path:
    """Leave files as ``wget -r -E`` would."""
    site = folder / "mirror" / HOST
    for name in ("index.html", "projets/index.html", "projets/phare", "page.php?id=3.html", "robots.txt", "logo.png"):
        put(site, name, b"\x89PNG" if name == "logo.png" else b"<!DOCTYPE html>" + html(name))
    return site


@pytest.mark.parametrize("above", [False, True])
def test_a_mirror_of_a_site_becomes_its_pages(tmp_path: Path, above: bool) -> None:
    site, home = mirror(tmp_path), tmp_path / "home"
    given = site.parent if above else site
    done = call(home, "ingest", given, "--source", "exemple")
    assert done.exit_code == 0, done.output
    assert "Archive: 4 new" in done.stdout
    assert "2 files that are no pages" in done.stderr
    paths = ("", "projets/", "projets/phare", "page.php?id=3")
    assert set(listed(home)) == {f"https://{HOST}/{path}" for path in paths}
    again_adds_nothing(home, 4, given, "--source", "exemple")
    reads(home, 4)


def test_a_folder_may_be_given_its_address_and_time(tmp_path: Path) -> None:
    folder, home = put(tmp_path, "site/a.html", html("a")).parent, tmp_path / "home"
    options = ("--source", "exemple", "--url", "https://phare.test/fr", "--at", "2025-06-01T12:00:00Z")
    assert call(home, "ingest", folder, *options).exit_code == 0
    line = json.loads(call(home, "raw", "list", "--json").output)
    assert (line["url"], line["at"]) == ("https://phare.test/fr/a.html", "2025-06-01T12:00:00Z")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of three pages, described in the home's sources/ by a sitemap that is not asked for."""
    with serving(Site()) as served:
        for path in ("/a", "/b", "/c"):
            served.page(path, text="Le Relais de Rimouski.", links=("/c",))
        put(tmp_path, "home/sources/essai.yml", served.source().model_dump_json().encode())
        yield served


def fetch(home: Path, site: Site, *lines: str) -> Result:
    given = put(home.parent, "urls.txt", "\n".join(lines).encode())
    return call(home, "ingest", given, "--source", "essai", **rights(site))


def rights(site: Site) -> dict[str, str]:
    return {"PASSERELLE_CONTACT": CONTACT, "PASSERELLE_ALLOW_HOSTS": f"127.0.0.1:{site.port}"}


def test_the_urls_of_a_list_are_fetched_politely_and_nothing_else(tmp_path: Path, site: Site) -> None:
    home, lines = tmp_path / "home", ("# mine", f"{site.url}/a", f"{site.url}/b", f"{site.url}/a#top")
    done = fetch(home, site, *lines)
    assert done.exit_code == 0, done.output
    assert done.output == "Archive: 2 new, 0 there already, 0 skipped.\n"
    assert site.asked == [("/robots.txt", False), ("/a", False), ("/b", False)]
    site.asked.clear()
    again = fetch(home, site, *lines)
    assert again.output == "Archive: 0 new, 2 there already, 0 skipped.\n"
    assert sorted(site.asked) == [("/a", True), ("/b", True)], "the rules of robots.txt are kept for a day"
    reads(home, 2)


def test_a_list_leaves_the_crawls_of_its_source_as_they_were(tmp_path: Path, site: Site) -> None:
    home = tmp_path / "home"
    site.sitemap("/a", "/b", "/c", "/gone")
    described = site.source(schedule={"cron": "30 4 * * 1"})
    put(home, "sources/essai.yml", described.model_dump_json().encode())
    assert call(home, "crawl", "essai", **rights(site)).exit_code == 0
    states = []
    for _ in range(2):
        assert log_codes(home) == ["dead-link"]
        state = json.loads(call(home, "sources", "list", "--json").output.splitlines()[0])
        states.append([state[key] for key in ("source", "health", "pages", "last", "next_run")])
        fetch(home, site, f"{site.url}/a")
    assert states[0] == states[1]
    assert states[0][:2] == ["essai", "fine"]
    assert states[0][-1], "it has a schedule"


def test_what_a_list_cannot_get_is_said_line_by_line(tmp_path: Path, site: Site) -> None:
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /c\n", media_type="text/plain")
    home, wrong = tmp_path / "home", ("no url", "https://ailleurs.test/x", f"{site.url}/none", f"{site.url}/c")
    done = fetch(home, site, f"{site.url}/a", *wrong)
    assert done.exit_code == 1
    assert "Archive: 1 new, 0 there already, 4 skipped." in done.stdout
    assert "Correct or remove this address" in done.stderr
    assert "the link that leads there is dead" not in done.stderr
    assert sorted(log_codes(home)) == ["bad-url", "dead-link", "robots-forbid", "url-outside-source"]
    assert "/c" not in [path for path, _ in site.asked]
    fetch(home, site, f"{site.url}/a")
    assert log_codes(home) == []


def test_a_list_needs_a_source_that_is_described_and_a_contact(tmp_path: Path, site: Site) -> None:
    home, given = tmp_path / "home", put(tmp_path, "urls.txt", f"{site.url}/a\n".encode())
    for arguments, said in (
        ((), "--source NAME"),
        (("--source", "nulle-part"), "nulle-part"),
        (("--source", "essai"), "PASSERELLE_CONTACT"),
        (("--source", "essai", "--url", site.url), "leave --url out"),
    ):
        done = call(home, "ingest", given, *arguments, PASSERELLE_CONTACT="")
        assert done.exit_code == 2
        assert said in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert site.asked == []


@pytest.mark.parametrize("arguments", [("--source", "../x"), ("--at", "hier"), ("--url", "https://phare.test/")])
def test_options_that_make_no_sense_are_one_line_and_exit_code_2(tmp_path: Path, arguments: tuple[str, str]) -> None:
    done = call(tmp_path / "home", "ingest", put(tmp_path, "a.warc.gz", example_warc()), *arguments)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_help_shows_an_example_of_each_kind(tmp_path: Path) -> None:
    shown = call(tmp_path, "ingest", "--help").output
    for kind in ("manifest.json", "page.html", ".wacz", ".warc.gz", "mirror/", "urls.txt"):
        assert kind in shown
