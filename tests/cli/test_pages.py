"""extract-file: one page, or many by the line protocol."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from passerelle.cli import page_lines, pages
from tests.cli.conftest import PAGES, call

DETAIL = PAGES / "collaborations" / "escale-maree-haute" / "index.html"
NEWS = next((PAGES / "journal").rglob("index.html"))
COMMAND = [sys.executable, "-m", "passerelle", "extract-file", "--jsonl"]
FIELDS = {"id", "title", "text", "author", "date", "language", "initiatives"}


def ask(*lines: object) -> list[dict[str, Any]]:
    asked = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
    done = subprocess.run(COMMAND, input=asked, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def question(number: int, path: Path, url: str = "") -> dict[str, object]:
    return {"id": number, "url": url, "html_path": str(path)}


def test_a_bad_page_among_good_ones_is_one_line_with_error(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.html", tmp_path / "binary.html"
    empty.write_bytes(b"")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    answers = ask(
        question(1, NEWS), question(2, empty), question(3, tmp_path / "none.html"), "not json\n", "[1]\n",
        '{"id": 6}\n', question(7, binary), "\n", question(8, DETAIL),
    )  # fmt: skip
    assert [answer["id"] for answer in answers] == [1, 2, 3, None, None, 6, 7, 8]
    assert [set(answer) == {"id", "error"} for answer in answers] == [False, True, True, True, True, True, True, False]
    assert answers[1]["error"].startswith("empty-file")
    assert "none.html" in answers[2]["error"]
    assert set(answers[0]) == set(answers[7]) == FIELDS


def test_a_news_page_gives_its_title_text_author_and_date() -> None:
    (answer,) = ask(question(1, NEWS, "https://exemple.passerelle.example/journal/"))
    assert answer["language"] == "fr"
    assert answer["title"]
    assert len(answer["text"].splitlines()) > 3
    assert isinstance(answer["author"], list)
    assert answer["date"].startswith("2026-06")


def test_an_initiative_page_gives_its_values_without_evidence() -> None:
    (answer,) = ask(question(1, DETAIL))
    assert answer["initiatives"][0]["name"]
    assert "evidence" not in json.dumps(answer["initiatives"])


def test_each_answer_comes_before_the_next_question() -> None:
    process = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        for number in (1, 2):
            process.stdin.write(json.dumps(question(number, DETAIL)) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


def test_answers_are_utf_8_in_any_locale() -> None:
    done = subprocess.run(
        COMMAND,
        input=json.dumps(question(1, DETAIL)).encode(), capture_output=True, check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )  # fmt: skip
    assert "é" in json.loads(done.stdout.decode("utf-8"))["text"]


def test_a_page_prints_what_was_read_from_it(tmp_path: Path) -> None:
    result = call(tmp_path, "extract-file", DETAIL, "--url", "https://exemple.passerelle.example/c/")
    assert result.exit_code == 0
    assert "\ninitiative: " in result.stdout
    assert "\n  name: " in result.stdout


def test_a_page_as_json_is_an_extraction_with_its_evidence(tmp_path: Path) -> None:
    result = call(
        tmp_path, "extract-file", DETAIL, "--json", "--url", "https://exemple.passerelle.example/c/?utm_source=x"
    )
    extraction = json.loads(result.stdout)
    assert extraction["page"] == "https://exemple.passerelle.example/c/"
    assert extraction["initiatives"][0]["source"] == "exemple"
    assert extraction["initiatives"][0]["name"]["evidence"]


def test_a_page_with_nothing_to_read_gives_exit_code_1_and_the_reason(tmp_path: Path) -> None:
    result = call(tmp_path, "extract-file", next((PAGES / "es").rglob("index.html")))
    assert result.exit_code == 1
    assert "neither French nor English" in result.stderr


@pytest.mark.parametrize("arguments", [(), (DETAIL, "--jsonl"), ("none.html",)])
def test_no_file_two_ways_or_a_missing_file_are_wrong_usage(tmp_path: Path, arguments: tuple[object, ...]) -> None:
    result = call(tmp_path, "extract-file", *arguments)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_reading_a_page_leaves_no_trace(tmp_path: Path) -> None:
    call(tmp_path / "home", "extract-file", DETAIL)
    assert list((tmp_path / "home").iterdir()) == []


def test_a_bug_on_one_page_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_question: object) -> None:
        msg = "a defect"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr(page_lines, "extract_file_line", fail)
    answers = io.StringIO()
    page_lines.answer_lines([b'{"id": 1}', b'{"id": 2}'], answers)
    found = [json.loads(line) for line in answers.getvalue().splitlines()]
    assert [answer["id"] for answer in found] == [1, 2]
    assert all("ZeroDivisionError" in answer["error"] for answer in found)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "checkout"
    for folder in ("extractors/families", "tests/pages"):
        (root / folder).mkdir(parents=True)
    monkeypatch.setattr(pages, "PROJECT", root)
    return root


def test_a_new_extractor_is_written_with_its_page_and_what_is_read_from_it(checkout: Path, tmp_path: Path) -> None:
    result = call(tmp_path, "new-extractor", "quartier", "--page", DETAIL)
    assert result.exit_code == 0, result.output
    assert (checkout / "extractors/families/quartier.py").is_file()
    expected = next((checkout / "tests/pages").glob("quartier*.expected.json"))
    before = expected.read_text("utf-8")
    expected.unlink()
    assert call(tmp_path, "new-extractor", "quartier", "--update-expected").exit_code == 0
    assert expected.read_text("utf-8") == before


@pytest.mark.parametrize(
    "arguments",
    [("maillage",), ("Not-A-Name",), ("quartier", "--page", "none.html"), ("quartier", "--update-expected")],
)
def test_an_extractor_that_cannot_be_started_is_one_line(
    checkout: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = call(tmp_path, "new-extractor", *arguments)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert [path for path in checkout.rglob("*") if path.is_file()] == []
