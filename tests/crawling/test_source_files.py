import re
from pathlib import Path

import pytest
import yaml

from extractors.registry import families
from passerelle.crawling.source_files import SourceProblem, check_source_files
from passerelle.crawling.source_texts import SAME_AS, TEXTS
from passerelle.settings import PROJECT
from schemas.source import load_sources

GOOD = """\
name: exemple
title: {fr: Exemple, en: Example}
publisher: Organisme fictif
hosts: [exemple.test]
licence: {name: CC BY 4.0, spdx: CC-BY-4.0, attribution: Organisme fictif}
home: https://exemple.test/
crawl:
  start:
    - kind: listing
      url: https://exemple.test/nouvelles/
  schedule:
    cron: 30 4 * * 1
"""


def check(folder: Path, text: str | bytes, name: str = "exemple") -> list[SourceProblem]:
    (folder / f"{name}.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_source_files([folder], families=("auto", "maillage"))


def test_a_good_file_has_no_problem(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "couleur: rouge\n", "13: couleur: this field is unknown"),
        ("schedule:", "shedule:", "11: crawl.shedule: this field is unknown (schedule ?)"),
        ("name: exemple\n", "", "1: name: this field is missing"),
        ("kind: listing", "kind: liste", "9: crawl.start.0.kind: one of these is expected: 'page',"),
        ("url: https:", "url: htps:", "10: crawl.start.0.url: “htps://exemple.test/nouvelles/” is no http"),
        ("30 4 * * 1", "30 25 * * 1", "12: crawl.schedule.cron: “30 25 * * 1” is no schedule"),
        ("30 4 * * 1", "0 30 4 * * 1", "12: crawl.schedule.cron: “0 30 4 * * 1” is no schedule"),
        ("30 4 * * 1", "0 0 31 2 *", "12: crawl.schedule.cron"),
        ("30 4 * * 1", "30 4 * * 1\n    timezone: America/Levis", "13: crawl.schedule.timezone: “America/Levis”"),
        ("30 4 * * 1", "30 4 * * 1\n  deny: [a, '(']", "13: crawl.deny.1: “(” is no regular expression (missing )"),
        ("30 4 * * 1", "30 4 * * 1\n  deny: [/nouv]", "10: crawl.start.0.url: this start point is denied by “/nouv”"),
        ("30 4 * * 1", "30 4 * * 1\n  pace: -1", "13: crawl.pace: at least 0"),
        ("30 4 * * 1", "30 4 * * 1\n  max_pages: beaucoup", "13: crawl.max_pages: a whole number is expected"),
        ("30 4 * * 1", "30 4 * * 1\n  depth: 11", "13: crawl.depth: at most 10"),
        ("kind: listing", "kind: listing\n      next: 'a['", "10: crawl.start.0.next: “a[” is no CSS selector"),
        ("hosts: [exemple.test]", "hosts: [autre.test]", "10: crawl.start.0.url: the host “exemple.test”"),
        ("hosts: [exemple.test]", "hosts: ['https://exemple.test/']", "4: hosts.0: “https://exemple.test/”"),
        ("", "family: mailage\n", "13: family: the family “mailage” is unknown; choose one of auto, auto, maillage"),
        ("spdx: CC-BY-4.0", "spdx: CC BY 4", "5: licence.spdx: “CC BY 4” is no SPDX id"),
        ("", "regions: [12]\n", "13: regions.0: a text is expected"),
        ("", "regions: ['12', '18']\n", "13: regions.1: “18” is no region"),
        ("", "enabled: peut-être\n", "13: enabled: true or false is expected"),
        ("", "languages: fr\n", "13: languages: a list is expected"),
        ("{fr: Exemple, en: Example}", "Exemple", "2: title: fields “name: value” are expected"),
        ("{fr: Exemple, en: Example}", "{}", "2: title: give a title"),
        ("name: exemple", "name: Exemple", "1: name: lower-case letters"),
        ("name: exemple", "name: autre", "1: name: the source is named “autre”; name the file autre.yml"),
        ("", "publisher: Autre\n", "13: publisher: this field is given twice"),
        ("    - kind: listing\n      url: https://exemple.test/nouvelles/\n", "    []\n",
         "8: crawl.start: the list is empty"),
        (GOOD, "name: [\n", "2: file: this is not YAML: "),
        (GOOD, "", "1: file: fields “name: value” are expected"),
        (GOOD, "- a\n", "1: file: fields"),
        (GOOD, "a: 2026-13-45\n", "1: file: this is not YAML"),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_line_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1) if old else GOOD + new
    told = [str(problem) for problem in check(tmp_path, text)]
    assert any(line.startswith(f"{tmp_path / 'exemple.yml'}:{said}") for line in told), told


def test_a_file_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in check(tmp_path, "name: é".encode("latin-1"))] == ["not-utf8"]


def test_brackets_without_end_are_a_problem(tmp_path: Path) -> None:
    assert [problem.code for problem in check(tmp_path, "[" * 5_000)] == ["not-yaml"]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    check(tmp_path, GOOD + "un: 1\ndeux: 2\n")
    found = check(tmp_path, "name: [", "autre")
    assert [(problem.path.stem, problem.field) for problem in found] == [
        ("autre", "file"),
        ("exemple", "un"),
        ("exemple", "deux"),
    ]


def test_what_does_not_keep_a_source_from_working_is_a_warning(tmp_path: Path) -> None:
    text = GOOD.replace(", spdx: CC-BY-4.0, attribution: Organisme fictif", "") + "enabled: true\n"
    text = text.replace("  schedule:\n    cron: 30 4 * * 1\n", "")
    found = check(tmp_path, text)
    assert {problem.code for problem in found} == {"no-licence", "no-attribution", "no-schedule"}
    assert {problem.severity for problem in found} == {"warning"}
    assert list(load_sources(tmp_path)) == ["exemple"]


def test_two_sources_of_one_host_are_a_warning(tmp_path: Path) -> None:
    check(tmp_path, GOOD.replace("name: exemple", "name: autre"), "autre")
    found = check(tmp_path, GOOD)
    assert [(problem.path.stem, problem.severity, problem.code) for problem in found] == [
        ("exemple", "warning", "shared-host")
    ]


def test_a_home_may_describe_a_source_anew(tmp_path: Path) -> None:
    own, home = tmp_path / "own", tmp_path / "home"
    for folder in (own, home):
        folder.mkdir()
        (folder / "exemple.yml").write_text(GOOD)
    assert check_source_files([own, home]) == []


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_problem_is_told_in_both_languages(code: str) -> None:
    french, english = TEXTS[code]
    assert french
    assert english
    assert set(re.findall(r"{(\w+)}", french)) == set(re.findall(r"{(\w+)}", english))
    assert not re.search(r" [:;?!»%]|« ", french)


def test_other_names_stand_for_texts_there_are() -> None:
    assert set(SAME_AS.values()) <= set(TEXTS)


def test_the_projects_own_sources_are_right() -> None:
    folder = PROJECT / "sources"
    assert [str(problem) for problem in check_source_files([folder], families=families())] == []
    sources = load_sources(folder)
    assert [name for name, source in sources.items() if source.enabled] == ["exemple"]
    assert all(source.crawl and (source.demonstration or source.crawl.pace >= 5) for source in sources.values())


def test_the_template_explains_every_field() -> None:
    text = (PROJECT / "sources" / "exemple.yml").read_text("utf-8")
    template, source = yaml.safe_load(text), load_sources(PROJECT / "sources")["exemple"]
    assert set(template) == set(type(source).model_fields)
    assert source.crawl
    assert set(template["crawl"]) == set(type(source.crawl).model_fields)
