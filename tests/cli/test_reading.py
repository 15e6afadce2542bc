"""The commands that look: show, issues, sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors.recognizers.fold import fold_text
from tests.cli.conftest import EXAMPLE, call


def one_of(home: Path) -> dict[str, Any]:
    """Give an initiative whose name no other record has a part of, and that has accents to leave out."""
    names = {record["id"]: name_of(record) for record in initiatives(home)}
    for record in initiatives(home):
        name = names[record["id"]]
        if not name.isascii() and sum(fold_text(name) in fold_text(other) for other in names.values()) == 1:
            return record
    pytest.fail("the example site has such an initiative")


def name_of(record: dict[str, Any]) -> str:
    return str(record["name"]["fr"] or record["name"]["en"])


def initiatives(home: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((home / "curated/current/initiatives.json").read_text("utf-8"))
    return found


def test_show_finds_a_record_by_id_slug_and_part_of_a_name(whole_way: Path) -> None:
    record = one_of(whole_way)
    for query in (record["id"], record["slug"], name_of(record), fold_text(name_of(record)).upper()):
        result = call(whole_way, "show", query, "--json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout)["record"]["id"] == record["id"]


def test_show_puts_both_languages_side_by_side_with_their_origins(whole_way: Path) -> None:
    shown = call(whole_way, "show", one_of(whole_way)["id"]).stdout
    heading = next(line for line in shown.splitlines() if "French" in line)
    assert heading.index("French") < heading.index("English")
    assert "[pages]" in shown
    assert "https://exemple.passerelle.example/" in shown.split("Sources")[-1]
    assert "« " in shown.split("Evidence")[1]


def test_show_labels_what_no_page_gives(whole_way: Path) -> None:
    waiting = next(r for r in initiatives(whole_way) if r["text_status"])
    assert "[pending" in call(whole_way, "show", waiting["id"]).stdout
    assert "[en attente" in call(whole_way, "show", waiting["id"], "--lang", "fr").stdout


def test_explain_names_the_rule_and_the_sentence_of_every_value(whole_way: Path) -> None:
    record = one_of(whole_way)
    told = json.loads(call(whole_way, "explain", record["id"], "--json").stdout)
    assert set(told["values"]) >= {"name.fr"} or set(told["values"]) >= {"name.en"}
    for value in told["values"].values():
        for place in value["read"]:
            assert place["rule"]
            assert place["quote"][:20] in place["sentence"] or place["sentence"] in place["quote"]


def test_explain_speaks_both_languages(whole_way: Path) -> None:
    record = one_of(whole_way)["id"]
    assert "rule name." in call(whole_way, "explain", record).stdout
    assert "règle name." in call(whole_way, "explain", record, "--lang", "fr").stdout


def test_show_speaks_the_language_asked_for(whole_way: Path) -> None:
    shown = call(whole_way, "show", one_of(whole_way)["id"], "--lang", "fr").stdout
    for words in ("Français", "Preuves", "Faits", "pas encore vue", "territoire"):
        assert words in shown
    for words in ("unreviewed", "first_seen", "Evidence"):
        assert words not in shown


def test_show_gives_the_published_record_with_its_evidence_as_json(whole_way: Path) -> None:
    record = initiatives(whole_way)[0]
    shown = json.loads(call(whole_way, "show", record["id"], "--json").stdout)
    assert shown["record"]["name"] == record["name"]
    assert shown["record"]["text_status"] == record["text_status"]
    evidence = json.loads((whole_way / f"curated/current/provenance/{record['id']}.json").read_text("utf-8"))
    assert shown["provenance"] == evidence["fields"]


@pytest.mark.parametrize("kind", ["news", "organizations"])
def test_show_shows_every_kind_of_record(whole_way: Path, kind: str) -> None:
    for record in json.loads((whole_way / f"curated/current/{kind}.json").read_text("utf-8")):
        result = call(whole_way, "show", record["id"], "--lang", "fr")
        assert result.exit_code == 0
        assert record.get("title", record.get("name")).split()[0] in result.stdout


def test_a_name_that_fits_several_records_lists_them(whole_way: Path) -> None:
    result = call(whole_way, "show", "e")
    assert result.exit_code == 2
    assert result.stderr.count("ini-") > 1


def test_an_unknown_name_suggests_near_ones(whole_way: Path) -> None:
    name = name_of(one_of(whole_way))
    result = call(whole_way, "show", f"{name}x")
    assert result.exit_code == 2
    assert name in result.stderr


def test_show_before_any_run_says_what_to_do(tmp_path: Path) -> None:
    result = call(tmp_path, "show", "escale")
    assert result.exit_code == 2
    assert "passerelle run" in result.stderr


def test_issues_gives_one_line_each_and_filters(whole_way: Path) -> None:
    lines = call(whole_way, "issues", "--stage", "extract").stdout.splitlines()
    spanish = [line for line in lines if "extract/other-language" in line]
    assert len(spanish) == 1
    assert "/es/cocina-abierta/" in spanish[0]
    assert not any("translate/" in line for line in lines)


def test_issues_of_one_code_say_what_to_do_in_both_languages(whole_way: Path) -> None:
    english = call(whole_way, "issues", "--code", "other-language").stdout
    assert "Leave it out of the source" in english.splitlines()[-1]
    french = call(whole_way, "issues", "--code", "other-language", "--lang", "fr").stdout
    assert "Enlevez-la de la source" in french.splitlines()[-1]


def test_issues_as_json_is_one_object_a_line(whole_way: Path) -> None:
    lines = call(whole_way, "issues", "--json").stdout.splitlines()
    assert {json.loads(line)["code"] for line in lines} >= {"other-language"}


@pytest.mark.parametrize("arguments", [("--stage", "cooking"), ("--code", "no-such-code")])
def test_an_unknown_filter_is_wrong_usage_and_lists_the_known_ones(whole_way: Path, arguments: tuple[str, str]) -> None:
    result = call(whole_way, "issues", *arguments)
    assert result.exit_code == 2
    assert arguments[1] in result.stderr


def test_no_issues_are_said_too(tmp_path: Path) -> None:
    assert call(tmp_path, "issues").stdout == "No issues.\n"


def test_sources_count_pages_and_records(whole_way: Path) -> None:
    table = call(whole_way, "sources").stdout
    row = next(line for line in table.splitlines() if line.startswith("exemple"))
    assert row.split()[-3] == str(len(json.loads(EXAMPLE.read_text("utf-8"))["captures"]))
    assert row.split()[-2] == str(len(initiatives(whole_way)))


def test_a_source_nobody_described_is_listed_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Bonjour</p>", "utf-8")
    call(tmp_path, "ingest", page, "--source", "inconnue")
    assert "sources/inconnue.yml" in call(tmp_path, "sources").stdout
