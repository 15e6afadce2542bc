"""The example site crawled for real ends in the release that its files taken in by hand give."""

from __future__ import annotations

import json
from pathlib import Path

from passerelle import pipeline
from passerelle.workplace import open_workplace
from tests.cli.conftest import call
from tests.way.conftest import EXAMPLE, take_in


def run_example(home: Path) -> str:
    result = call(home, "run", "--example")
    assert result.exit_code == 0, result.output
    return result.stdout


def content(home: Path) -> str:
    digest: str = json.loads((home / "curated/current/index.json").read_text("utf-8"))["content"]
    return digest


def test_a_crawl_gives_the_release_of_the_files_and_a_second_one_says_in_a_line_that_nothing_changed(
    tmp_path: Path,
) -> None:
    crawled, taken = tmp_path / "crawled", tmp_path / "taken"
    first = run_example(crawled)
    assert "all seen" in first
    assert "Release 1" in first
    take_in(EXAMPLE, taken)
    with open_workplace(taken) as workplace:
        pipeline.run(workplace)
    assert content(crawled) == content(taken)
    second = run_example(crawled)
    assert len(second.splitlines()) == 1
    assert second.startswith("Nothing changed; release 1")
    assert [path.name for path in (crawled / "curated/releases").iterdir()] == [
        (crawled / "curated/current").resolve().name
    ]
