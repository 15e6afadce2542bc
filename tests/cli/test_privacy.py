"""``passerelle withdraw``, end to end: whoever is withdrawn is nowhere in the folder of releases afterwards.

The people are those of the example site, which are fictional.
"""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from passerelle.publishing.verify import verify_release
from passerelle.publishing.withholding.names import folded
from passerelle.review.deciding import Act, decide
from passerelle.reviewing import helper
from passerelle.store.records import load_decisions
from passerelle.workplace import open_workplace
from schemas.decision import decision_id
from tests.cli.conftest import EXAMPLE, call

PERSON = "Solange Bettez-Morin"
"""Directs an organisation of the example site; its news quote her."""


def published(home: Path) -> dict[str, str]:
    """Give every file under curated/, hidden ones included, as folded text; packed ones unpacked."""
    files = (path for path in (home / "curated").rglob("*") if path.is_file() and not path.is_symlink())
    texts = {}
    for path in files:
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        texts[path.relative_to(home).as_posix()] = folded(body.decode("utf-8", errors="replace"))
    return texts


def naming(home: Path, *words: str) -> list[str]:
    return sorted(name for name, text in published(home).items() if any(folded(word) in text for word in words))


def release(home: Path, name: str) -> list[dict[str, object]]:
    lines = (home / "curated" / "current" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def numbers(home: Path) -> list[int]:
    return sorted(int(path.name) for path in (home / "curated" / "releases").glob("[0-9]*"))


def decided(output: str) -> str:
    found = re.search(r"Withdrawal noted: (\S+)\.", output)
    assert found, output
    return found[1]


def test_a_withdrawn_person_is_nowhere_in_the_folder_of_releases(home: Path) -> None:
    assert len(naming(home, PERSON)) > 3
    assert len(naming(home, "Bettez")) > 3
    result = call(home, "withdraw", "--person", PERSON, "--reason", "asked by herself")
    assert result.exit_code == 0, result.output
    assert naming(home, PERSON, "Bettez", "bettez-morin", "Solange") == []
    assert numbers(home) == [2]
    assert verify_release(home / "curated" / "current") == []
    assert json.loads((home / "curated" / "removed.json").read_text())[0]["release"] == 1
    assert "Releases removed: 1" in result.output
    told = [line for line in release(home, "issues.ndjson") if line["code"] == "withheld-person"]
    assert told
    issues = call(home, "issues", "--stage", "publish")
    assert "releases-removed" in issues.output
    assert PERSON not in issues.output


def test_lifting_it_brings_the_person_back_in_the_next_release(home: Path) -> None:
    decision = decided(call(home, "withdraw", "--person", PERSON, "--reason", "asked by herself").output)
    assert naming(home, PERSON) == []
    listed = call(home, "withdraw", "--list").output
    assert decision in listed
    assert PERSON in listed
    result = call(home, "withdraw", "--undo", decision, "--reason", "a mistake")
    assert result.exit_code == 0, result.output
    assert numbers(home) == [2, 3]
    assert {name.split("/")[2] for name in naming(home, PERSON)} == {"3"}
    assert "No withdrawal in force" in call(home, "withdraw", "--list").output
    again = call(home, "withdraw", "--person", PERSON, "--reason", "asked again")
    assert again.exit_code == 0, again.output
    assert naming(home, PERSON) == []
    assert numbers(home) == [2, 4]


def test_a_withdrawn_record_leaves_a_tombstone_and_nothing_else(home: Path) -> None:
    record = release(home, "initiatives.ndjson")[0]
    id_ = str(record["id"])
    decision = decided(call(home, "withdraw", id_, "--reason", "asked by its organisation").output)
    assert numbers(home) == [2]
    assert id_ not in [one["id"] for one in release(home, "initiatives.ndjson")]
    (tombstone,) = (one for one in release(home, "changes.ndjson") if one["id"] == id_ and one["change"] == "withdrawn")
    assert tombstone["reason"] == "asked by its organisation"
    name = record["name"]
    assert isinstance(name, dict)
    assert naming(home, name["fr"] or name["en"]) == []
    assert call(home, "withdraw", "--undo", decision, "--reason", "a mistake").exit_code == 0
    assert id_ in [one["id"] for one in release(home, "initiatives.ndjson")]
    last = [one["change"] for one in release(home, "changes.ndjson") if one["id"] == id_]
    assert last == ["added", "withdrawn", "added"]


def test_withdrawing_again_says_since_when_and_why_and_changes_nothing(home: Path) -> None:
    id_ = str(release(home, "initiatives.ndjson")[0]["id"])
    decision = decided(call(home, "withdraw", id_, "--reason", "asked by its organisation", "--later").output)
    waiting = call(home, "withdraw", id_, "--reason", "again")
    assert waiting.exit_code == 0, waiting.output
    assert "The next run applies it" in waiting.output
    assert call(home, "match").exit_code == 0
    assert call(home, "publish").exit_code == 0
    before = published(home)
    for arguments in (("--reason", "again"), ("--dry-run",)):
        again = call(home, "withdraw", id_, *arguments)
        assert again.exit_code == 0, again.output
        assert f"{id_} has been withdrawn since {datetime.now(UTC):%Y}-" in again.output
        assert ": asked by its organisation." in again.output
        assert decision in again.output
        assert "The next run" not in again.output
    assert published(home) == before
    assert call(home, "withdraw", "--list").output.count(id_) == 1


def test_lifting_one_of_two_withdrawals_names_the_other(home: Path) -> None:
    id_ = str(release(home, "initiatives.ndjson")[0]["id"])
    with open_workplace(home) as workplace, workplace.store.session() as session:
        acts = [Act("withdraw", id_, reason=reason, everywhere=True) for reason in ("asked", "asked again")]
        first, second = (decide(session, [act], by="Rive", help=helper(workplace))[0].id for act in acts)
    lifted = call(home, "withdraw", "--undo", first, "--reason", "a mistake")
    assert lifted.exit_code == 0, lifted.output
    assert f"{id_} stays withdrawn: another withdrawal holds it ({second})" in lifted.output
    last = call(home, "withdraw", "--undo", second, "--reason", "a mistake")
    assert "stays withdrawn" not in last.output
    assert id_ in [one["id"] for one in release(home, "initiatives.ndjson")]


def test_a_later_run_publishes_the_person_no_more(home: Path) -> None:
    result = call(home, "withdraw", "--person", PERSON, "--reason", "asked by herself", "--later")
    assert result.exit_code == 0, result.output
    assert naming(home, PERSON)
    assert call(home, "run", EXAMPLE).exit_code == 0
    assert naming(home, PERSON) == []
    assert call(home, "run").exit_code == 0
    assert numbers(home) == [2]


def test_somebody_whom_no_release_names_leaves_everything_as_it_is(home: Path) -> None:
    before = published(home)
    result = call(home, "withdraw", "--person", "Ariane Côté-Okpara", "--reason", "asked by herself")
    assert result.exit_code == 1, result.output
    assert "Nothing published holds “Ariane Côté-Okpara”" in result.output
    assert numbers(home) == [1]
    after = published(home)
    assert {name: text for name, text in after.items() if "releases/1/" in name} == {
        name: text for name, text in before.items() if "releases/1/" in name
    }


def test_a_dry_run_shows_how_far_a_withdrawal_reaches_and_does_nothing(home: Path) -> None:
    before = published(home)
    result = call(home, "withdraw", "--person", PERSON, "--dry-run")
    assert result.exit_code == 0, result.output
    (listed,) = re.findall(r"Records: \d+ \((.+)\)", result.output)
    assert listed.split(", ") == sorted({Path(name).stem for name in naming(home, PERSON) if "/provenance/" in name})
    assert "Releases to remove: 1" in result.output
    assert "Nothing was done" in result.output
    id_ = str(release(home, "initiatives.ndjson")[0]["id"])
    assert f"Records: 1 ({id_})" in call(home, "withdraw", id_, "--dry-run").output
    nobody = call(home, "withdraw", "--person", "Ariane Côté-Okpara", "--dry-run")
    assert nobody.exit_code == 1
    assert "nothing would change" in nobody.output
    assert call(home, "withdraw", "--undo", "20260101T000000", "--dry-run").exit_code == 2
    assert published(home) == before
    assert "No withdrawal in force" in call(home, "withdraw", "--list").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say one thing"),
        (("ini-unknown1", "--person", PERSON, "--reason", "x"), "say one thing"),
        (("--person", PERSON), "say why"),
        (("--person", "Solange", "--reason", "x"), "full name"),
        (("ini-unknown1", "--reason", "x"), "the id of no record"),
        (("--undo", "20260101T000000", "--reason", "x"), "no withdrawal in force"),
    ],
)
def test_what_cannot_be_withdrawn_is_said_and_nothing_is_decided(
    home: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = call(home, "withdraw", *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    with open_workplace(home) as workplace, workplace.store.session() as session:
        assert load_decisions(session) == ()


def test_ids_of_decisions_sort_by_time_and_never_meet() -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    assert decision_id(at) < decision_id(at + timedelta(microseconds=1))
    assert decision_id(at) != decision_id(at)
