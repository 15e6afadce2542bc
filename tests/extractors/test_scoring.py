"""A page's facts are scored: right, wrong and missed, with room for what careful readers differ on."""

from typing import Any

from extractors.scoring import plain_name, score, split_may
from tests.extractors.pages import DETAIL, extract

WANTED: dict[str, Any] = {
    "name": {"fr": "Cap sur demain"}, "kind": "program", "lead": "Maison des Bouées|La Maison des Bouées",
    "partners": ["CISSS du Bas-Saint-Laurent"], "themes": ["school-perseverance"], "ages": [13, 17],
}  # fmt: skip


def test_a_missed_record_counts_its_facts_as_missed_and_an_invented_one_is_named() -> None:
    extraction = extract(DETAIL.format(benefits=""))
    found = score({"initiatives": [WANTED | {"name": {"fr": "Autre chose"}, "lead": None}]}, extraction)
    assert (found.fields["records"].right, found.fields["records"].missed, found.fields["records"].wrong) == (0, 1, 1)
    assert found.fields["min_age"].missed == 1
    assert "Cap sur demain: the record is invented" in found.lines


def test_a_right_record_is_matched_by_name_and_its_lead_by_either_form() -> None:
    found = score({"initiatives": [WANTED]}, extract(DETAIL.format(benefits="")))
    assert (found.fields["records"].right, found.fields["name"].right, found.fields["lead"].right) == (1, 1, 1)
    assert (found.fields["min_age"].right, found.fields["max_age"].right) == (1, 1)


def test_values_that_readers_differ_on_are_neither_missed_nor_wrong() -> None:
    assert split_may(["youth", "students?"]) == ({"youth"}, {"students"})


def test_names_are_compared_without_their_article_and_kind() -> None:
    assert plain_name("Le projet « Trait d’union »") == plain_name("Trait d'union") == "trait d union"
    assert plain_name("Projet") == "projet"
