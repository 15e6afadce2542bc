"""Old releases go, and nothing that readers rely on goes with them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from shutil import copytree

import pytest

from passerelle.publishing.apply import apply_delta
from passerelle.publishing.contents import Rules
from passerelle.publishing.folder import PublishError, rollback
from passerelle.publishing.material import material_of
from passerelle.publishing.release import Order, publish_release
from passerelle.publishing.retention import Keep, oldest_step, read_keep
from passerelle.publishing.withholding.withdrawals import Withdrawals
from schemas.base import LanguageMap
from schemas.decision import Decision
from tests.publishing.factories import DAY, LICENCE, Press, day, initiative, matched


def numbers(press: Press) -> list[int]:
    return sorted(int(path.name) for path in (press.curated / "releases").iterdir())


def told(press: Press) -> list[tuple[str, str]]:
    lines = (press.current / "changes.ndjson").read_text("utf-8").splitlines()
    return [(line["id"], line["change"]) for line in map(json.loads, lines)]


def test_the_last_releases_stay_and_every_tombstone_and_redirect_with_them(press: Press) -> None:
    press.publish(matched(*(initiative(n) for n in range(1, 9))))
    ends = {"redirects": {"ini-00000008": "ini-00000001"}, "withdrawn": {"ini-00000007": "closed"}}
    for number in range(2, 7):
        records = (initiative(n, cost=str(number)) for n in range(1, 7))
        press.publish(matched(*records, **ends), on=number, keep=Keep(2))
    assert numbers(press) == [5, 6]
    assert {("ini-00000008", "merged"), ("ini-00000007", "withdrawn")} <= set(told(press))
    press.publish(matched(*(initiative(n) for n in range(1, 8)), redirects=ends["redirects"]), on=9, keep=Keep(1))
    assert numbers(press) == [7]
    assert json.loads((press.current / "initiatives/ini-00000007.json").read_text("utf-8"))["version"] == 2


def test_one_release_a_month_may_stay(press: Press) -> None:
    for number, month in enumerate((1, 1, 2, 2, 3), 1):
        told_at = DAY.replace(year=2027, month=month)
        press.publish(matched(initiative(1, cost=str(number))), as_of=told_at, keep=Keep(1, monthly=True))
    assert numbers(press) == [2, 4, 5]


def test_the_release_being_served_stays_and_one_taken_back_is_remembered_when_it_is_gone(press: Press) -> None:
    for number in (1, 2, 3):
        press.publish(matched(initiative(1, cost=str(number))), on=number)
    rollback(press.curated, 1)
    assert press.publish(matched(initiative(1, cost="1")), on=4, keep=Keep(1)).status == "unchanged"
    assert numbers(press) == [1, 3]
    outcome = press.publish(matched(initiative(1, cost="2")), on=4, keep=Keep(1))
    assert [issue.code for issue in outcome.reasons] == ["taken-back"]


def test_the_steps_from_every_release_that_stays_are_in_the_newest(press: Press, tmp_path: Path) -> None:
    for number in range(1, 6):
        press.publish(matched(initiative(1, cost=str(number)), initiative(2)), on=number, keep=Keep(3))
    steps = sorted((press.current / "changes").iterdir())
    assert [path.name for path in steps] == ["2-3.ndjson", "3-4.ndjson", "4-5.ndjson"]
    apply_delta(press.curated / "releases/3", steps[1:], tmp_path / "out")
    assert (tmp_path / "out/initiatives.json").read_bytes() == (press.current / "initiatives.json").read_bytes()


def test_latest_json_names_the_release_being_served(press: Press) -> None:
    for number in (1, 2):
        press.publish(matched(initiative(1, cost=str(number))), on=number)
    rollback(press.curated, 1)
    latest = json.loads((press.curated / "latest.json").read_text("utf-8"))
    index = press.curated / latest["index"]
    assert (latest["number"], latest["path"]) == (1, "releases/1/")
    assert latest["sha256"] == hashlib.sha256(index.read_bytes()).hexdigest()


def test_how_many_stay_is_said_in_one_word() -> None:
    assert [read_keep(text) for text in ("all", "20", "20, monthly")] == [Keep(), Keep(20), Keep(20, monthly=True)]
    for wrong in ("0", "-1", "monthly", "some"):
        with pytest.raises(PublishError, match="say all, a number"):
            read_keep(wrong)


def test_deltas_that_do_not_give_what_was_withdrawn_lead_on_from_releases_removed_with_it(
    press: Press, tmp_path: Path
) -> None:
    told = LanguageMap(fr="Jules Ferron anime.")
    for number in (1, 2, 3):
        press.publish(matched(initiative(1, description=told), initiative(2, cost=str(number))), on=number)
    copytree(press.curated / "releases/1", tmp_path / "copy")
    decision = Decision(id="0001", at=DAY, by="Maïté", action="withhold", record="person", value="Jules Ferron")
    rules = Rules(press.sources, withdrawals=Withdrawals.of([decision]))
    for number in (4, 5):
        content = matched(initiative(1, description=told), initiative(2, cost=str(number)))
        order = Order(material_of(content), press.curated, rules, press.captures, day(number), LICENCE)
        outcome = publish_release(order)
        assert outcome.removed == ((1, 2, 3) if number == 4 else ())
    steps = [press.current / f"changes/{number}-{number + 1}.ndjson" for number in range(1, 5)]
    apply_delta(tmp_path / "copy", steps, tmp_path / "out")
    for name in ("initiatives.ndjson", "organizations.ndjson"):
        assert (tmp_path / "out" / name).read_bytes() == (press.current / name).read_bytes()
    assert "Ferron" not in (tmp_path / "out/initiatives.ndjson").read_text("utf-8")


@pytest.mark.parametrize(
    ("keep", "removed", "oldest"), [("all", (1, 2), 1), ("all", (), 5), ("3", (1, 2, 4), 4), ("1", (4,), 5)]
)
def test_a_removed_release_counts_like_one_that_is_kept(
    press: Press, keep: str, removed: tuple[int, ...], oldest: int
) -> None:
    for number in (5, 6):
        (press.curated / f"releases/{number}").mkdir(parents=True)
    assert oldest_step(press.curated, read_keep(keep), 7, removed) == oldest
