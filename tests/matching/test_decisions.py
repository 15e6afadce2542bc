"""What curators decide stands, whatever pages say next. All organisations are fictional."""

from typing import Any

import pytest

from passerelle.matching import match
from schemas.base import LanguageMap
from schemas.records import Initiative
from schemas.working import Matched
from tests.matching.factories import day, decision, initiative, page

URL = "https://quai.example/"
PLAIN: dict[str, Any] = {"lead": "Le Quai", "ages": (12, 25), "themes": ["poverty"], "impacts": ["Un", "Deux"]}


def state(**fields: Any) -> Any:
    return page(URL, initiative(fields.pop("name", "Rondes Filou"), **(PLAIN | fields)), body=str(fields))


RECORD = match([state()]).initiatives[0].id


def one(matched: Matched) -> Initiative:
    (record,) = matched.initiatives
    return record


def codes(matched: Matched) -> list[str]:
    return [issue.code for issue in matched.issues]


def test_an_edit_survives_a_new_reading() -> None:
    edit = decision(1, "edit", RECORD, path="audience.min_age", value=13, before=12, source_value=12)
    assert one(match([state()], decisions=(edit,))).audience.min_age == 13
    again = match([state(description="Neuf.")], decisions=(edit,))
    assert one(again).audience.min_age == 13
    assert codes(again) == []


def test_a_changed_source_proposes_and_does_not_overwrite() -> None:
    edit = decision(1, "edit", RECORD, path="audience.min_age", value=13, source_value=12)
    matched = match([state(ages=(10, 25))], decisions=(edit,))
    assert one(matched).audience.min_age == 13
    (issue,) = matched.issues
    assert (issue.code, issue.severity, issue.record, issue.detail) == ("source-changed", "info", RECORD, "10")


def test_a_text_that_a_curator_writes_is_labelled_human() -> None:
    edits = (
        decision(1, "edit", RECORD, path="summary.en", value="Night rounds."),
        decision(2, "edit", RECORD, path="impacts.1.en", value="Two"),
    )
    record = one(match([state()], decisions=edits))
    assert record.summary == LanguageMap(en="Night rounds.")
    assert record.impacts[1] == LanguageMap(fr="Deux", en="Two")
    assert {path: status.origin for path, status in record.text_status.items()} == {
        "summary.en": "human",
        "impacts.1.en": "human",
    }


def test_a_page_that_gives_the_curators_words_needs_no_label() -> None:
    edit = decision(1, "edit", RECORD, path="summary.fr", value="Des rondes.")
    matched = match([state(summary="Des rondes.")], decisions=(edit,))
    assert one(matched).text_status == {}
    assert codes(matched) == []


def test_an_edit_of_a_list_entry_follows_it_to_its_new_place() -> None:
    edit = decision(1, "edit", RECORD, path="impacts.1.fr", value="Deux!", source_value="Deux")
    record = one(match([state(impacts=["Zéro", "Un", "Deux"])], decisions=(edit,)))
    assert [text.fr for text in record.impacts] == ["Zéro", "Un", "Deux!"]


def test_evidence_stays_only_for_what_the_page_says() -> None:
    edit = decision(1, "edit", RECORD, path="themes", value=["runaway"], source_value=["poverty"])
    matched = match([state()], decisions=(edit,))
    assert one(matched).themes == ("runaway",)
    (trail,) = [entry.fields for entry in matched.provenance if entry.id == RECORD]
    assert "themes.0" not in trail
    assert "impacts.0.fr" in trail


def test_emptying_a_text_leaves_no_empty_map() -> None:
    edit = decision(1, "edit", RECORD, path="summary.fr", value="", source_value="Des rondes.")
    assert one(match([state(summary="Des rondes.")], decisions=(edit,))).summary is None


def test_a_decision_without_target_is_reported_and_kept() -> None:
    gone = decision(1, "edit", RECORD, path="impacts.7.fr", value="Huit")
    unknown = decision(2, "approve", "ini-aaaaaaaa")
    bad = decision(3, "edit", RECORD, path="audience.min_age", value="vieux")
    matched = match([state()], decisions=(gone, unknown, bad))
    assert sorted(codes(matched)) == ["decision-invalid", "decision-without-target", "decision-without-target"]
    assert one(matched).audience.min_age == 12


def test_reviews_follow_one_another_and_can_be_undone() -> None:
    approve = decision(1, "approve", RECORD)
    reopen = decision(2, "reopen", RECORD, by="collègue")
    undo = decision(3, "undo", RECORD, undoes="d0002")
    review = one(match([state()], decisions=(approve, reopen))).review
    assert (review.status, review.by, review.at) == ("reopened", "collègue", day(2))
    assert one(match([state()], decisions=(approve, reopen, undo))).review.status == "approved"


def test_an_undone_edit_leaves_no_trace() -> None:
    edit = decision(1, "edit", RECORD, path="name.fr", value="Autre")
    undo = decision(2, "undo", RECORD, undoes="d0001")
    assert match([state()], decisions=(edit, undo)) == match([state()])


def test_a_rejected_record_stays_out() -> None:
    reject = decision(1, "reject", RECORD)
    for pages in (
        [state()],
        [state(description="Neuf."), page(f"{URL}en/", initiative("Rondes Filou", "en", **PLAIN))],
    ):
        matched = match(pages, decisions=(reject,))
        assert matched.initiatives == ()
        assert matched.organizations == ()
        assert matched.provenance == ()


def test_a_withdrawn_record_says_why_even_without_its_page() -> None:
    withdraw = decision(1, "withdraw", RECORD, reason="à la demande de l’organisme")
    for pages in ([state()], []):
        matched = match(pages, decisions=(withdraw,))
        assert matched.initiatives == ()
        assert matched.withdrawn == {RECORD: "à la demande de l’organisme"}


OTHER_URL = "https://trame.example/"
OTHER = page(OTHER_URL, initiative("Vélo du fleuve", lead="La Trame", description="À vélo."), source="autre", seen=(2,))


def test_merge_then_split_gives_the_ids_back() -> None:
    before = match([state(), OTHER])
    first, second = RECORD, match([OTHER]).initiatives[0].id
    assert {record.id for record in before.initiatives} == {first, second}
    merge = decision(1, "merge", second, value=first)
    merged = match([state(), OTHER], identities=before.identities, decisions=(merge,))
    record = one(merged)
    assert record.id == first
    assert merged.redirects == {second: first}
    assert record.description == LanguageMap(fr="À vélo.")
    assert len(record.sources) == 2
    split = decision(2, "split", first, value=second)
    apart = match([state(), OTHER], identities=merged.identities, decisions=(merge, split))
    assert {record.id for record in apart.initiatives} == {first, second}
    assert apart.redirects == {}
    undo = decision(2, "undo", second, undoes="d0001")
    assert match([state(), OTHER], decisions=(merge, undo)) == before


def test_a_split_takes_apart_what_scores_had_joined() -> None:
    english = page("https://quai.example/en/", initiative("Rondes Filou", "en", **PLAIN), seen=(1,))
    part = match([english]).initiatives[0].id
    assert one(match([state(), english])).id == RECORD
    for name in (part, "initiative|https://quai.example/en/|"):
        apart = match([state(), english], decisions=(decision(1, "split", RECORD, value=name),))
        assert {record.id for record in apart.initiatives} == {part, RECORD}
        assert all(link.relation != "possible-duplicate" for record in apart.initiatives for link in record.related)


def test_merging_two_records_of_one_page_brings_their_translations_along() -> None:
    names = (("Rondes Filou", "Filou rounds"), ("Cousu Main", "Cousu Main project"))
    french = page("https://l.example/liste", *(initiative(fr, key=fr) for fr, _ in names))
    english = page("https://l.example/en/list", *(initiative(en, "en", key=en) for _, en in names), seen=(1,))
    before = match([french, english])
    one_id, two_id = (record.id for record in before.initiatives)
    merged = match([french, english], decisions=(decision(1, "merge", one_id, value=two_id),))
    assert len(one(merged).sources) == 2
    assert set(merged.redirects.values()) == {one(merged).id}


def test_a_decision_on_a_merged_record_goes_to_the_one_that_lives_on() -> None:
    second = match([OTHER]).initiatives[0].id
    decisions = (decision(1, "merge", RECORD, value=second), decision(2, "edit", second, path="cost", value="free"))
    assert one(match([state(), OTHER], decisions=decisions)).cost == "free"


def test_a_renamed_organisation_is_renamed_everywhere() -> None:
    organization = match([state()]).organizations[0].id
    edit = decision(1, "edit", organization, path="name", value="Le Quai de nuit")
    matched = match([state()], decisions=(edit,))
    assert [found.name for found in matched.organizations] == ["Le Quai de nuit"]
    lead = one(matched).lead_organization
    assert lead is not None
    assert lead.name == "Le Quai de nuit"


def test_two_organisations_merge_and_split() -> None:
    ids = {found.name: found.id for found in match([state(), OTHER]).organizations}
    merge = decision(1, "merge", ids["Le Quai"], value=ids["La Trame"])
    merged = match([state(), OTHER], decisions=(merge,))
    assert len(merged.organizations) == 1
    assert merged.redirects == {ids["La Trame"]: ids["Le Quai"]}
    split = decision(2, "split", ids["Le Quai"], value=ids["La Trame"])
    assert len(match([state(), OTHER], decisions=(merge, split)).organizations) == 2


@pytest.mark.parametrize("value", [None, "ini-aaaaaaaa", RECORD])
def test_a_merge_with_nothing_is_reported(value: str | None) -> None:
    matched = match([state()], decisions=(decision(1, "merge", RECORD, value=value),))
    assert codes(matched) == ["decision-without-target"]
    assert one(matched).id == RECORD


def test_a_curator_can_clear_a_wrong_link() -> None:
    sister = page(OTHER_URL, initiative("Cousu Main", lead="Le Quai"), source="autre")
    assert any(record.related for record in match([state(), sister]).initiatives)
    edit = decision(1, "edit", RECORD, path="related", value=[])
    matched = match([state(), sister], decisions=(edit,))
    assert next(record for record in matched.initiatives if record.id == RECORD).related == ()


def test_an_edit_cannot_change_what_is_worked_out() -> None:
    matched = match([state()], decisions=(decision(1, "edit", RECORD, path="id", value="ini-aaaaaaaa"),))
    assert one(matched).id == RECORD
    assert codes(matched) == ["decision-invalid"]


def test_a_partner_that_only_a_curator_names_is_an_organisation() -> None:
    partner = {"id": "org-aaaaaaaa", "name": "Le Phare", "sector": "community", "role": None}
    matched = match([state()], decisions=(decision(1, "edit", RECORD, path="partners", value=[partner]),))
    assert [(found.name, found.sector) for found in matched.organizations if found.id == "org-aaaaaaaa"] == [
        ("Le Phare", "community")
    ]


def test_a_link_to_a_record_that_went_away_is_dropped() -> None:
    link = [{"id": "ini-aaaaaaaa", "relation": "part-of"}]
    matched = match([state()], decisions=(decision(1, "edit", RECORD, path="related", value=link),))
    assert one(matched).related == ()


def translation(number: int, path: str, value: str, made_from: str) -> Any:
    return decision(number, "edit", RECORD, path=path, value=value, translated_from=made_from)


def test_a_translation_is_stale_when_its_source_changes_and_stays() -> None:
    edit = translation(1, "summary.en", "Night rounds.", "Des rondes de nuit.")
    fresh = match([state(summary="Des rondes de  nuit.")], decisions=(edit,))
    status = one(fresh).text_status["summary.en"]
    assert (status.origin, status.fresh, status.source_language, codes(fresh)) == ("human", True, "fr", [])
    changed = match([state(summary="Des rondes de jour.")], decisions=(edit,))
    assert one(changed).summary == LanguageMap(fr="Des rondes de jour.", en="Night rounds.")
    assert one(changed).text_status["summary.en"].fresh is False
    assert one(changed).text_status["summary.en"].source_hash == status.source_hash
    assert codes(changed) == ["translation-stale"]


def test_a_translation_of_a_source_that_a_curator_wrote_is_fresh() -> None:
    edits = (
        decision(1, "edit", RECORD, path="summary.fr", value="Des rondes."),
        translation(2, "summary.en", "Rounds.", "Des rondes."),
    )
    assert one(match([state()], decisions=edits)).text_status["summary.en"].fresh


def test_a_translated_list_entry_is_followed_and_never_laid_over_another() -> None:
    edit = translation(1, "impacts.1.en", "Two more families", "Deux familles de plus")
    moved = one(match([state(impacts=["Deux familles de plus", "Un"])], decisions=(edit,)))
    assert moved.impacts[0] == LanguageMap(fr="Deux familles de plus", en="Two more families")
    changed = one(match([state(impacts=["Un", "Trois familles de plus"])], decisions=(edit,)))
    assert changed.impacts[1].en == "Two more families"
    assert not changed.text_status["impacts.1.en"].fresh
    other = match([state(impacts=["Un", "Bien des nuits plus calmes à Rosemont"])], decisions=(edit,))
    assert one(other).impacts[1].en is None
    assert codes(other) == ["decision-without-target"]


def test_the_approval_of_one_text_is_not_that_of_the_record() -> None:
    one_text = decision(1, "approve", RECORD, path="summary.en", value="Rounds.", translated_from="Des rondes.")
    assert one(match([state(summary="Des rondes.")], decisions=(one_text,))).review.status == "unreviewed"
