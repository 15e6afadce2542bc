from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from passerelle.publishing.release import PublishOutcome
from schemas.base import LanguageMap
from schemas.records import Audience, LeadRef, Related
from schemas.working import Matched
from tests.publishing.factories import Press, files_of, initiative, matched, news, organization, source


def some(count: int, start: int = 1, name: str = "rive") -> tuple[Any, ...]:
    return tuple(initiative(number, name) for number in range(start, start + count))


def codes(outcome: PublishOutcome) -> list[str]:
    assert outcome.status == "refused"
    assert all((issue.stage, issue.severity) == ("publish", "error") for issue in outcome.reasons)
    return [issue.code for issue in outcome.reasons]


def test_a_source_below_its_floor_is_refused_and_nothing_is_served(press: Press) -> None:
    press.sources = {"rive": source(min_initiatives=3)}
    outcome = press.publish(matched(*some(2)))
    assert codes(outcome) == ["too-few-initiatives"]
    assert outcome.reasons[0].source == "rive"
    assert "--accept-drop" in outcome.reasons[0].message
    assert not press.current.exists()
    assert press.publish(matched(*some(3))).status == "published"


def test_a_source_that_nobody_visited_yet_promises_nothing(press: Press) -> None:
    press.sources = {"rive": source(), "quai": source("quai", min_initiatives=5)}
    assert press.publish(matched(*some(2))).status == "published"


@pytest.mark.parametrize(("before", "after", "passes"), [(10, 8, True), (10, 7, False), (5, 4, True), (2, 1, False)])
def test_a_fall_of_more_than_a_fifth_is_refused(press: Press, before: int, after: int, passes: bool) -> None:
    press.publish(matched(*some(before)))
    served = files_of(press.current)
    outcome = press.publish(matched(*some(after)), on=2)
    if passes:
        assert outcome.status == "published"
    else:
        assert codes(outcome) == ["initiatives-dropped", "initiatives-dropped"]
        assert {issue.source for issue in outcome.reasons} == {None, "rive"}
        assert outcome.number == 1
        assert files_of(press.current) == served


def test_one_source_that_breaks_is_refused_even_if_the_total_grows(press: Press) -> None:
    press.sources = {"rive": source(), "quai": source("quai")}
    press.captures = {"rive": 5, "quai": 5}
    press.publish(matched(*some(4), *some(4, 10, "quai")))
    outcome = press.publish(matched(*some(1), *some(40, 10, "quai")), on=2)
    assert codes(outcome) == ["initiatives-dropped"]
    assert outcome.reasons[0].source == "rive"
    press.captures = {"quai": 50}
    assert codes(press.publish(matched(*some(40, 10, "quai")), on=2)) == ["initiatives-dropped"]


def test_a_fall_that_a_person_wants_is_published(press: Press) -> None:
    press.publish(matched(*some(10)))
    assert press.publish(matched(*some(3)), on=2, accept_drop=True).number == 2


def test_what_a_curator_withdraws_or_merges_is_no_fall(press: Press) -> None:
    press.publish(matched(*some(4)))
    gone = matched(*some(2), withdrawn={"ini-00000003": "closed"}, redirects={"ini-00000004": "ini-00000001"})
    assert press.publish(gone, on=2).status == "published"


def test_a_wave_of_merges_is_suspicious(press: Press) -> None:
    press.publish(matched(*some(10)))
    into_one = {f"ini-{number:08d}": "ini-00000001" for number in range(2, 11)}
    assert codes(press.publish(matched(*some(1), redirects=into_one), on=2)) == ["many-merges"]


def test_a_demonstration_source_that_steps_aside_is_no_fall(press: Press) -> None:
    press.sources = {"exemple": source("exemple", demonstration=True, min_initiatives=3), "rive": source()}
    press.captures = {"exemple": 6}
    press.publish(matched(*some(6, 1, "exemple")))
    press.captures = {"exemple": 6, "rive": 1}
    assert press.publish(matched(*some(1, 20, "rive")), on=2).status == "published"


def test_a_demonstration_source_alone_is_held_to_its_counts(press: Press) -> None:
    press.sources = {"exemple": source("exemple", demonstration=True)}
    press.captures = {"exemple": 6}
    press.publish(matched(*some(6, 1, "exemple")))
    assert "initiatives-dropped" in codes(press.publish(matched(*some(2, 1, "exemple")), on=2))


def test_an_empty_release_does_not_replace_a_full_one(press: Press) -> None:
    press.publish(matched(*some(4)))
    empty = Matched()
    assert codes(press.publish(empty, on=2)) == ["empty-release"]
    assert press.publish(empty, on=2, accept_drop=True).number == 2


def test_a_first_release_of_nothing_is_not_published(press: Press) -> None:
    press.captures = {}
    outcome = press.publish(Matched())
    assert (outcome.status, outcome.number) == ("unchanged", None)
    assert not press.current.exists()


MISSING = "ini-00000099"


@pytest.mark.parametrize(
    ("content", "record", "words"),
    [
        (matched(organizations=(organization(1),)), "ini-00000001", "org-00000002 in partners"),
        (matched(initiative(1, lead_organization=LeadRef(id="org-00000007", name="x"))), "ini-00000001", "lead_org"),
        (matched(initiative(1, mentions=("news-00000099",))), "ini-00000001", "news-00000099 in mentions"),
        (matched(initiative(1, related=(Related(id=MISSING, relation="part-of"),))), "ini-00000001", "in related"),
        (matched(news=(news(1, mentions=(MISSING,)),)), "news-00000001", f"{MISSING} in mentions"),
    ],
)
def test_a_reference_to_nothing_is_refused_even_when_drops_are_accepted(
    press: Press, content: Matched, record: str, words: str
) -> None:
    outcome = press.publish(content, accept_drop=True)
    assert set(codes(outcome)) == {"dangling-reference"}
    assert outcome.reasons[0].record == record
    assert words in outcome.reasons[0].message
    assert not press.current.exists()


def test_ids_and_slugs_given_twice_are_refused(press: Press) -> None:
    twice = matched(initiative(1), initiative(1), initiative(2, slug="atelier-1"))
    assert codes(press.publish(twice, accept_drop=True)) == ["duplicate-id", "duplicate-slug"]


def test_a_record_that_does_not_fit_its_schema_is_refused(press: Press) -> None:
    broken = initiative(1).model_copy(update={"id": "../escape"})
    outcome = press.publish(matched(broken), accept_drop=True)
    assert codes(outcome) == ["invalid-record"]
    assert "does not fit the schema at id" in outcome.reasons[0].message
    odd = initiative(2).model_copy(update={"audience": Audience.model_construct(min_age=500, max_age=None)})
    assert "audience.min_age" in press.publish(matched(odd)).reasons[0].message


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"redirects": {"ini-00000001": "ini-00000002"}}, "useless-redirect"),
        ({"redirects": {"ini-00000008": "ini-00000009", "ini-00000009": "ini-00000008"}}, "useless-redirect"),
        ({"withdrawn": {"ini-00000001": "closed"}}, "withdrawn-record"),
    ],
)
def test_a_record_both_gone_and_there_is_refused(press: Press, told: dict[str, Any], code: str) -> None:
    assert set(codes(press.publish(matched(**told), accept_drop=True))) == {code}


def test_a_refused_release_leaves_nothing_but_its_report(press: Press) -> None:
    press.publish(matched(*some(4)))
    before = files_of(press.curated)
    press.publish(matched(*some(1)), on=2)
    after = files_of(press.curated)
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == {"reports/refused.json", "reports/refused.md"}
    assert sorted(path.name for path in Path(press.curated / "releases").iterdir()) == ["1"]


def test_the_report_says_why_in_both_languages_and_goes_when_the_next_one_passes(press: Press) -> None:
    press.publish(matched(*some(4)))
    press.publish(matched(*some(1)), on=2)
    report = json.loads((press.curated / "reports/refused.json").read_text("utf-8"))
    assert (report["verdict"], report["compared_with"]) == ("refused", 1)
    assert report["initiatives"] == {"*": {"before": 4, "now": 1}, "rive": {"before": 4, "now": 1}}
    assert report["changed"] == {"withdrawn": 3}
    page = (press.curated / "reports/refused.md").read_text("utf-8")
    assert "# Refusée · Refused" in page
    assert "- `initiatives-dropped` source rive: 4 initiatives became 1" in page
    assert "| `rive` | 4 | 1 |" in page
    press.publish(matched(*some(5)), on=3)
    assert sorted(path.name for path in (press.curated / "reports").iterdir()) == ["1.json", "1.md", "2.json", "2.md"]
    assert json.loads((press.curated / "reports/2.json").read_text("utf-8"))["verdict"] == "passed"


def emptied(record: Any, **changes: Any) -> Any:
    return record.model_copy(update={"summary": None, **changes})


def test_a_key_field_that_empties_is_refused_unless_a_person_accepts_it(press: Press) -> None:
    press.publish(matched(*some(20)))
    few = matched(*(emptied(one) for one in some(6)), *some(14, 7))
    assert press.publish(few, on=2).status == "published"
    many = matched(*(emptied(one) for one in some(16)), *some(4, 17))
    outcome = press.publish(many, on=3)
    assert set(codes(outcome)) == {"fields-emptied"}
    assert "source rive: summary was filled in 70 % of initiatives and is in 20 %" in outcome.reasons[-1].message
    assert press.publish(many, on=3, accept_drop=True).status == "published"


def test_a_source_that_leaps_is_looked_at_first(press: Press) -> None:
    press.publish(matched(*some(12)))
    assert set(codes(press.publish(matched(*some(40)), on=2))) == {"suspicious-growth"}
    assert press.publish(matched(*some(36)), on=2).status == "published"


def test_a_small_source_may_grow_and_change_as_it_likes(press: Press) -> None:
    press.publish(matched(*some(3)))
    assert press.publish(matched(*(emptied(one) for one in some(9))), on=2).status == "published"


def test_texts_of_a_language_that_vanish_are_refused(press: Press) -> None:
    press.publish(matched(*some(20)))
    english = (one.model_copy(update={"summary": LanguageMap(fr=one.summary.fr)}) for one in some(20))
    outcome = press.publish(matched(*english), on=2)
    assert codes(outcome) == ["texts-lost"]
    assert "texts in en were from pages or people" in outcome.reasons[0].message


def test_more_records_in_one_language_take_nothing_from_the_other(press: Press) -> None:
    press.publish(matched(*some(20)))
    french = (one.model_copy(update={"summary": LanguageMap(fr=one.summary.fr)}) for one in some(30, 21))
    assert press.publish(matched(*some(20), *french), on=2).status == "published"


def test_a_plan_says_what_would_change_and_changes_nothing(press: Press) -> None:
    empty = press.plan(matched(*some(2)))
    assert (empty.verdict, empty.number, empty.changed) == ("publish", 1, {"added": 4})
    assert not press.curated.exists()
    press.publish(matched(*some(5)))
    before = files_of(press.curated)
    told = matched(initiative(1, cost="free"), *some(3, 2), initiative(6), withdrawn={"ini-00000005": "closed"})
    plan = press.plan(told, on=2)
    assert (plan.verdict, plan.number) == ("publish", 2)
    assert [(line.id[-1], line.change, line.fields) for line in plan.lines] == [
        ("1", "changed", ("cost",)),
        ("5", "withdrawn", ()),
        ("6", "added", ()),
    ]
    refused = press.plan(matched(*some(1)), on=2)
    assert (refused.verdict, {issue.code for issue in refused.reasons}) == ("refuse", {"initiatives-dropped"})
    assert press.plan(matched(*some(5)), on=2).verdict == "unchanged"
    assert files_of(press.curated) == before
    assert press.publish(told, on=2).changed == plan.changed
