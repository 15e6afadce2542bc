"""What did not change is taken over, and nobody can tell from the bytes."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from passerelle.publishing import building, survey
from passerelle.publishing import contents as contents_room
from passerelle.publishing.contents import Gathered
from passerelle.publishing.site import names as names_room
from passerelle.publishing.site.safe import script as real_script
from passerelle.publishing.verify import verify_release
from schemas.base import LanguageMap
from schemas.working import Matched
from tests.publishing.factories import Press, files_of, initiative, matched, news, organization, provenance

COUNT = 60


def history() -> list[Matched]:
    """Make releases in which a few of many records change, come, go and come back."""
    dice = random.Random(20260301)
    records = {number: initiative(number) for number in range(1, COUNT)}
    made = []
    for release in range(6):
        for number in dice.sample(sorted(records), 4):
            records[number] = initiative(number, cost=f"{release} $")
        for number in dice.sample(sorted(records), 2):
            del records[number]
        for number in dice.sample(range(1, COUNT + 10), 2):
            records.setdefault(number, initiative(number))
        evidence = [provenance(record.id) for record in records.values() if int(record.id[-2:]) % 3]
        told = {
            "organizations": (organization(1), organization(2), organization(3 + release % 2)),
            "news": tuple(news(number, mentions=()) for number in range(1, 4 + release % 3)),
            "provenance": tuple(evidence),
        }
        made.append(matched(*records.values(), **told))
    return made


def test_a_release_built_on_the_one_before_is_the_one_built_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_RUN", 7)  # so that what stands together is taken over in several parts too
    quick, slow = Press(tmp_path / "quick"), Press(tmp_path / "slow")
    for on, content in enumerate(history(), 1):
        quick.publish(content, on=on)
        slow.publish(content, on=on)
        shutil.rmtree(slow.curated / ".states")
        assert files_of(quick.current) == files_of(slow.current), on
        assert verify_release(quick.current) == []
        body = (quick.current / "initiatives.ndjson").read_bytes()
        assert gzip.decompress((quick.current / "initiatives.ndjson.gz").read_bytes()) == body


def test_a_record_that_did_not_change_is_neither_read_nor_written(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = matched(initiative(1), initiative(2), provenance=(provenance("ini-00000001"),))
    press.publish(contents)
    read: list[str] = []

    def gather(stored: Any, *told: Any) -> Gathered:
        read.append(stored.id)
        return real(stored, *told)

    real = contents_room.gather
    monkeypatch.setattr(survey, "gather", gather)
    changed = contents.model_copy(update={"initiatives": (initiative(1), initiative(2, cost="free"))})
    press.publish(changed, on=2)
    assert read == ["ini-00000002"]
    one, two = press.curated / "releases/1", press.curated / "releases/2"
    same = {path for path in files_of(two) if (one / path).exists() and (one / path).samefile(two / path)}
    assert {"initiatives/ini-00000001.json", "provenance/ini-00000001.json"} <= same
    assert "initiatives/ini-00000002.json" not in same


@pytest.mark.parametrize("damaged", ["initiatives.json", "initiatives.ndjson", "initiatives.ndjson.gz"])
def test_a_damaged_release_is_not_passed_on(tmp_path: Path, damaged: str) -> None:
    whole, press = Press(tmp_path / "whole"), Press(tmp_path / "damaged")
    first, second, *_ = history()
    for one in (whole, press):
        one.publish(first)
    path = press.current.resolve() / damaged
    body = bytearray(path.read_bytes())
    place = len(body) // 2 if damaged.endswith(".gz") else body.index("marées".encode())
    body[place] ^= 1
    path.write_bytes(body)
    for one in (whole, press):
        one.publish(second, on=2)
    made = files_of(press.current)
    assert made["initiatives.ndjson.gz"] == files_of(whole.current)["initiatives.ndjson.gz"] or "ndjson" in damaged
    assert verify_release(press.current) == []


def test_a_list_that_was_touched_and_is_the_same_is_taken_over(press: Press) -> None:
    press.publish(matched(initiative(1), initiative(2)))
    os.utime(press.current / "initiatives.ndjson", (0, 0))
    press.publish(matched(initiative(1), initiative(2, cost="free")), on=2)
    one, two = (press.curated / f"releases/{number}/initiatives/ini-00000001.json" for number in (1, 2))
    assert one.samefile(two)


def test_a_whole_file_that_was_damaged_is_written_anew(press: Press) -> None:
    press.publish(matched(initiative(1), initiative(2)))
    names = "site/data/names-1.js"
    path = press.current.resolve() / names
    path.write_bytes(path.read_bytes().replace("marées".encode(), b"marees "))
    press.publish(matched(initiative(1), initiative(2, cost="free")), on=2)
    assert "marées" in (press.current / names).read_text("utf-8")
    assert verify_release(press.current) == []


def test_names_are_read_only_where_one_changed(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def script(name: str, value: object) -> bytes:
        made.append(name)
        return real_script(name, value)

    monkeypatch.setattr(names_room, "script", script)
    press.publish(matched(initiative(1), initiative(2)))
    assert {"names-1", "names-2"} <= set(made)
    made.clear()
    press.publish(matched(initiative(1), initiative(2, cost="free")), on=2)
    assert made == []
    renamed = initiative(2, cost="free", name=LanguageMap(fr="Autrement"))
    press.publish(matched(initiative(1), renamed), on=3)
    assert "names-2" in made
    assert "names-1" not in made
    assert "Autrement" in (press.current / "site/fr/initiatives-1.html").read_text("utf-8")


def test_a_record_that_did_not_change_may_not_name_one_that_went(press: Press) -> None:
    press.publish(matched(initiative(1), initiative(2)))
    outcome = press.publish(matched(initiative(1), initiative(2), organizations=(organization(1),)), on=2)
    assert [reason.code for reason in outcome.reasons] == ["dangling-reference"] * 2


def test_code_that_changed_makes_everything_anew(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.publish(matched(initiative(1), initiative(2)))
    monkeypatch.setattr("passerelle.publishing.facts.code_fingerprint", lambda: "another")
    press.publish(matched(initiative(1), initiative(2, cost="free")), on=2)
    header = json.loads((press.curated / ".states/2/header.json").read_text("utf-8"))
    assert header["release"] == 2
    one, two = press.curated / "releases/1", press.curated / "releases/2"
    assert not (one / "initiatives/ini-00000001.json").samefile(two / "initiatives/ini-00000001.json")
