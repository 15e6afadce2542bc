from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from passerelle.publishing.release import PublishOutcome
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


def test_a_refused_release_leaves_no_trace(press: Press) -> None:
    press.publish(matched(*some(4)))
    before = files_of(press.curated)
    press.publish(matched(*some(1)), on=2)
    assert files_of(press.curated) == before
    assert sorted(path.name for path in Path(press.curated / "releases").iterdir()) == ["1"]
