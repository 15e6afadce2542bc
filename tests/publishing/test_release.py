from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.publishing.exports.spreadsheet import cell
from passerelle.publishing.verify import verify_release
from schemas.base import LanguageMap
from schemas.issue import Issue
from schemas.records import Contact
from schemas.working import Matched
from tests.publishing.factories import (
    LICENCE,
    Press,
    day,
    files_of,
    filling,
    initiative,
    matched,
    news,
    organization,
    provenance,
    reference,
)

FULL = matched(
    news=(news(1), news(2)),
    provenance=(provenance("ini-00000001"), provenance("news-00000001")),
    withdrawn={"ini-00000009": "asked by its organisation"},
)
ISSUES = (
    Issue(stage="extract", severity="warning", code="third-language", message="Written in Spanish.", page="p2"),
    Issue(stage="crawl", severity="warning", code="timeout", message="No answer in 30 s.", page="p1"),
)


def shuffled(content: Matched, seed: int) -> Matched:
    chance = random.Random(seed)
    parts = ("initiatives", "organizations", "news", "provenance", "issues")
    lists = {part: chance.sample(getattr(content, part), len(getattr(content, part))) for part in parts}
    return content.model_copy(update={part: tuple(items) for part, items in lists.items()})


def test_a_release_has_every_promised_file_and_no_other(press: Press) -> None:
    outcome = press.publish(FULL)
    assert (outcome.status, outcome.number, outcome.changed) == ("published", 1, {"added": 7, "withdrawn": 1})
    schemas = ("initiative", "organization", "news-item", "provenance", "release-manifest", "change", "delta", "issue")
    assert {path for path in files_of(press.current) if not path.startswith("site/")} == {
        "index.json",
        "LICENCE.md",
        "initiatives.json",
        "initiatives.ndjson",
        *(f"initiatives/ini-0000000{n}.json" for n in (1, 2, 3)),
        "files.ndjson",
        "initiatives.ndjson.gz",
        *(f"{name}.{suffix}" for name in ("organizations", "news") for suffix in ("json", "ndjson", "ndjson.gz")),
        "provenance/ini-00000001.json",
        "provenance/news-00000001.json",
        "changes.ndjson",
        "issues.ndjson",
        "exports/context.jsonld",
        *(f"exports/{name}.csv" for name in ("initiatives", "figures", "coverage")),
        *(f"exports/feeds/initiatives.{language}.{suffix}" for language in ("fr", "en") for suffix in ("atom", "json")),
        "README.md",
        *(f"schema/{name}.schema.json" for name in schemas),
    }
    assert verify_release(press.current) == []


def test_a_record_is_the_same_in_the_list_the_lines_and_its_own_file(press: Press) -> None:
    press.publish(FULL)
    listed = json.loads((press.current / "initiatives.json").read_text("utf-8"))
    lines = [json.loads(line) for line in (press.current / "initiatives.ndjson").read_text("utf-8").splitlines()]
    alone = [json.loads((press.current / f"initiatives/{one['id']}.json").read_text("utf-8")) for one in listed]
    assert listed == lines == alone
    assert [one["id"] for one in listed] == ["ini-00000001", "ini-00000002", "ini-00000003"]


def test_the_same_input_in_any_order_gives_the_same_bytes(tmp_path: Path) -> None:
    fill = [
        filling(f"ini-0000000{n}", "name.en", f"Tide workshop {n}", f"L’atelier des marées n° {n}") for n in (1, 2, 3)
    ]
    made = []
    for seed in range(4):
        press = Press(tmp_path / str(seed), issues=tuple(random.Random(seed).sample(ISSUES, 2)))
        press.publish(shuffled(FULL, seed), *random.Random(seed).sample(fill, 3))
        made.append(files_of(press.current))
    assert made[0] == made[1] == made[2] == made[3]
    assert b"Tide workshop 2" in made[0]["initiatives.json"]


def test_accents_and_typography_are_written_as_they_are(press: Press) -> None:
    name = "« Té\u202f! » : l’intervenant·e\u00a0et les usager·ères"
    press.publish(matched(initiative(name=LanguageMap(fr=name))))
    assert name in (press.current / "initiatives.json").read_text("utf-8")


def test_the_manifest_counts_what_the_release_holds(press: Press) -> None:
    press.issues = ISSUES
    manifest = press.publish(FULL, on=5).manifest
    assert manifest is not None
    assert manifest.counts == {"initiatives": 3, "organizations": 2, "news": 2, "issues": 2}
    assert manifest.by_source["rive"].model_dump() == {"initiatives": 3, "news": 2, "pages": 4}
    assert manifest.coverage["fr"].model_dump(exclude_defaults=True) == {"source": 9, "pending": 3}
    assert (manifest.as_of, manifest.licence) == (day(5), LICENCE)
    assert manifest.sources["rive"].attribution == "Rive"


def test_a_page_without_a_source_name_is_known_by_its_host(press: Press) -> None:
    record = initiative(sources=(reference(source="rive").model_copy(update={"source": None}),))
    manifest = press.publish(matched(record)).manifest
    assert manifest is not None
    assert manifest.by_source["rive"].initiatives == 1


def test_an_unchanged_run_writes_nothing(press: Press) -> None:
    press.publish(FULL)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in press.current.resolve().rglob("*")}
    link = press.current.lstat()
    outcome = press.publish(shuffled(FULL, 3), on=2)
    assert (outcome.status, outcome.number) == ("unchanged", 1)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in before} == before
    assert (press.current.lstat().st_mtime_ns, press.current.lstat().st_ino) == (link.st_mtime_ns, link.st_ino)
    assert [path.name for path in (press.curated / "releases").iterdir()] == ["1"]


def test_a_new_crawl_that_finds_nothing_new_publishes_nothing(press: Press) -> None:
    press.publish(FULL)
    later = {"last_seen": day(9), "sources": (reference(captured_at=day(9), digest="sha256:" + "7" * 64),)}
    again = FULL.model_copy(
        update={
            "initiatives": tuple(
                record.model_copy(
                    update={
                        **later,
                        "sources": (
                            record.sources[0].model_copy(
                                update={
                                    "captured_at": day(9),
                                    "digest": "sha256:" + "7" * 64,
                                    "extractor": "maillage/2",
                                }
                            ),
                        ),
                    }
                )
                for record in FULL.initiatives
            ),
            "organizations": (organization(1, last_seen=day(9)), organization(2, last_seen=day(9))),
            "provenance": (
                provenance("ini-00000001", digest="sha256:" + "7" * 64, block=5),
                provenance("news-00000001"),
            ),
        }
    )
    press.issues = (ISSUES[1],)
    assert press.publish(again, on=9).status == "unchanged"


def test_new_words_of_evidence_or_new_terms_are_published(press: Press) -> None:
    press.publish(FULL)
    moved = FULL.model_copy(
        update={"provenance": (provenance("ini-00000001", quote="Les marées"), provenance("news-00000001"))}
    )
    assert press.publish(moved).number == 2
    assert press.publish(moved, licence=LICENCE.model_copy(update={"attribution": "Passerelle"})).number == 3


def test_without_machine_texts_the_release_does_not_depend_on_the_engine(tmp_path: Path) -> None:
    french = "L’atelier des marées n° 1"
    no_engine = Issue(stage="translate", severity="warning", code="no-engine", message="Install one.")
    one, two = Press(tmp_path / "one", issues=(no_engine,)), Press(tmp_path / "two")
    one.publish(FULL, machine_texts=False)
    two.publish(FULL, filling("ini-00000001", "name.en", "The tide workshop", french), machine_texts=False)
    assert files_of(one.current) == files_of(two.current)
    status = json.loads((one.current / "initiatives/ini-00000001.json").read_text("utf-8"))["text_status"]
    assert status["name.en"]["reason"] == "machine-text-left-out"


def test_no_file_of_a_release_is_a_program(press: Press) -> None:
    press.publish(FULL)
    assert [path for path in press.current.rglob("*") if path.is_file() and path.stat().st_mode & 0o111] == []


def test_the_table_neutralises_formulas_and_keeps_french(press: Press) -> None:
    record = initiative(
        name=LanguageMap(fr="=HYPERLINK(1)", en='Tides, and "tides"'), contact=Contact(phone="+1 418 555-0100")
    )
    press.publish(matched(record))
    body = (press.current / "exports/initiatives.csv").read_bytes()
    (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    assert (row["name_fr"], row["name_en"], row["phone"]) == (
        "'=HYPERLINK(1)",
        'Tides, and "tides"',
        "'+1 418 555-0100",
    )
    assert row["summary_fr"] == "À Rimouski, 1 soirs par semaine."
    assert (row["name_fr_origin"], row["description_fr_origin"]) == ("source", "")


@given(st.text(max_size=5), st.sampled_from(list("=+-@\t\r")), st.text(max_size=5))
def test_no_cell_starts_like_a_formula(space: str, sign: str, rest: str) -> None:
    written = cell(" " * len(space) + sign + rest)
    assert written.startswith("'")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda r: (r / "news.json").unlink(), "news.json: missing"),
        (lambda r: (r / "extra.json").write_text("{}"), "extra.json: not listed in index.json"),
        (lambda r: (r / "initiatives.json").write_text("[]"), "initiatives.json: 2 bytes"),
        (lambda r: _flip(r / "initiatives.ndjson"), "initiatives.ndjson: its SHA-256"),
        (lambda r: (r / "index.json").write_text("{"), "index.json cannot be read"),
    ],
)
def test_a_damaged_release_is_told(press: Press, damage: object, told: str) -> None:
    press.publish(FULL)
    assert callable(damage)
    damage(press.current.resolve())
    problems = verify_release(press.current)
    assert len(problems) == 1
    assert told in problems[0]


def _flip(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Rimouski", b"Rimousky", 1))


def test_an_unreadable_record_under_a_true_checksum_is_told(press: Press) -> None:
    press.publish(FULL)
    root = press.current.resolve()
    index = json.loads((root / "index.json").read_text("utf-8"))
    path, listed = root / "initiatives/ini-00000002.json", root / "files.ndjson"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes().replace(b'"kind"', b'"sort"'))
    told = listed.read_text("utf-8").replace(before, hashlib.sha256(path.read_bytes()).hexdigest())
    listed.write_text(told, "utf-8")
    for entry in index["files"]:
        if entry["path"] == "files.ndjson":
            entry["sha256"] = hashlib.sha256(told.encode()).hexdigest()
    (root / "index.json").write_text(json.dumps(index), "utf-8")
    problems = verify_release(root)
    assert problems
    assert all(problem.startswith("initiatives/ini-00000002.json: record 1") for problem in problems)
