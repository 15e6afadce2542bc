from __future__ import annotations

import json
from typing import Any

from passerelle.publishing.folder import rollback
from schemas.base import LanguageMap
from schemas.records import Related, Review
from schemas.working import Matched
from tests.publishing.factories import Press, day, initiative, matched, news, organization

MANY = tuple(initiative(n) for n in range(1, 9))


def lines(press: Press, release: int | None = None) -> list[dict[str, Any]]:
    text = (press.current / "changes.ndjson").read_text("utf-8")
    told = [json.loads(line) for line in text.splitlines()]
    return [line for line in told if release in (None, line["release"])]


def record(press: Press, number: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((press.current / f"initiatives/ini-{number:08d}.json").read_text("utf-8"))
    return found


def kinds(press: Press, release: int) -> dict[str, str]:
    return {line["id"]: line["change"] for line in lines(press, release)}


def without(*numbers: int) -> tuple[Any, ...]:
    return tuple(one for one in MANY if int(one.id[-2:]) not in numbers)


def test_three_releases_tell_what_was_added_changed_merged_and_withdrawn(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    renamed = initiative(
        1, name=LanguageMap(fr="Les marées"), review=Review(status="approved", by="Rosalie", at=day(2))
    )
    second = matched(renamed, *without(1, 8), initiative(9), redirects={"ini-00000008": "ini-00000002"})
    press.publish(second, on=2)
    assert kinds(press, 2) == {"ini-00000001": "changed", "ini-00000008": "merged", "ini-00000009": "added"}
    changed, merged, _ = lines(press, 2)
    assert changed["fields"] == ["name", "review"]
    assert (merged["into"], merged["type"], merged["at"]) == ("ini-00000002", "initiative", "2026-03-02T12:00:00Z")
    third = matched(
        renamed,
        *without(1, 7, 8),
        initiative(9),
        redirects={"ini-00000008": "ini-00000002"},
        withdrawn={"ini-00000007": "asked by its organisation"},
    )
    press.publish(third, on=3)
    assert kinds(press, 3) == {"ini-00000007": "withdrawn"}
    assert lines(press, 3)[0]["reason"] == "asked by its organisation"
    assert len(lines(press, 1)) == 10
    assert len(lines(press, 2)) == 3
    assert press.publish(third, on=4).status == "unchanged"


def test_version_and_last_changed_move_only_with_content(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    press.publish(matched(initiative(1, cost="free"), *without(1)), on=2)
    press.publish(
        matched(initiative(1, cost="paid", last_seen=day(3)), initiative(2, last_seen=day(3)), *without(1, 2)), on=3
    )
    assert [record(press, n)["version"] for n in (1, 2)] == [3, 1]
    assert [record(press, n)["last_changed"][:10] for n in (1, 2)] == ["2026-03-03", "2026-03-01"]
    assert record(press, 2)["last_seen"][:10] == "2026-03-03"


def test_a_record_that_no_page_gives_any_more_leaves_a_tombstone_and_may_come_back(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    press.publish(matched(*without(4)), on=2)
    assert [(line["id"], line["reason"]) for line in lines(press, 2)] == [("ini-00000004", "no-longer-found")]
    press.publish(matched(*MANY), on=3)
    assert kinds(press, 3) == {"ini-00000004": "added"}
    assert record(press, 4)["version"] == 2
    assert kinds(press, 2) == {"ini-00000004": "withdrawn"}


def test_a_redirect_follows_a_second_merge(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    press.publish(matched(*without(8), redirects={"ini-00000008": "ini-00000007"}), on=2)
    both = {"ini-00000008": "ini-00000007", "ini-00000007": "ini-00000006"}
    press.publish(matched(*without(7, 8), redirects=both), on=3)
    assert {line["id"]: line["into"] for line in lines(press, 3)} == dict.fromkeys(both, "ini-00000006")


def test_a_redirect_to_a_record_that_vanished_ends_at_a_tombstone(press: Press) -> None:
    press.publish(matched(*MANY, redirects={"ini-00000042": "ini-00000041"}))
    assert kinds(press, 1)["ini-00000042"] == "merged"
    assert kinds(press, 1)["ini-00000041"] == "withdrawn"


def test_organizations_and_news_have_their_lines_too(press: Press) -> None:
    press.publish(matched(*MANY, news=(news(1),)), on=1)
    renamed = organization(2, name="Relais du Grand Fleuve")
    content: Matched = matched(*MANY, organizations=(organization(1), renamed, organization(3)))
    press.publish(content, on=2)
    assert kinds(press, 2) == {"news-00000001": "withdrawn", "org-00000002": "changed", "org-00000003": "added"}
    assert {line["type"] for line in lines(press, 2)} == {"news", "organization"}


def test_a_relation_to_another_record_is_content(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    related = initiative(1, related=(Related(id="ini-00000002", relation="part-of"),))
    press.publish(matched(related, *without(1)), on=2)
    assert lines(press, 2)[0]["fields"] == ["related"]


def test_after_a_rollback_the_lines_taken_back_are_still_told(press: Press) -> None:
    press.publish(matched(*MANY), on=1)
    press.publish(matched(*MANY, initiative(9)), on=2)
    rollback(press.curated, 1)
    assert len(lines(press)) == 10
    press.publish(matched(*MANY, initiative(10)), on=3)
    assert kinds(press, 2) == {"ini-00000009": "added"}
    assert kinds(press, 3) == {"ini-00000009": "withdrawn", "ini-00000010": "added"}
