"""The termbase: its files, its exchange format, and what translations are held to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from translate.storage.tbx import tbxfile

from passerelle.translation.post_edit import english, post_edit
from passerelle.translation.tbx import to_tbx
from passerelle.translation.termbase import FOLDER, load_terms, read_terms
from passerelle.translation.terminology import measure, missed, uses, violations
from schemas.base import Language

FR_EN: tuple[Language, Language] = ("fr", "en")


def test_the_termbase_is_large_and_without_a_problem() -> None:
    terms, problems = read_terms(FOLDER)
    assert problems == ()
    assert len(terms) >= 250
    assert len({term.subject for term in terms}) >= 5


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("- {fr: fugue}", "2: en: is missing"),
        ("- {fr: fugue, en: running away, english: x}", "2: english: is no field of these entries"),
        ("- fr: fugue\n  en: running away\n  pos: word", "4: pos: must be one of the parts of speech"),
        ("- fr: fugue\n  en: running away\n  en: leak", "4: en: stands twice in one entry"),
        ("- {fr: fugue, en: {preferred: leak, avoid: [Leak]}}", "2: en: “leak” stands twice"),
        ("- {fr: fugue, en: {preferred: runaway, feminine: x}}", "2: en: feminine and inclusive forms: French only"),
        ("- {fr: {preferred: fugue, also: [départ]}, en: runaway}", "2: fr: also: English only"),
        ("- {fr: Intervenant, en: worker}", "2: fr: “Intervenant” has an entry already"),
        ("- {fr: [a, b], en: worker}", "2: fr: is not valid"),
        ("- {fr: a", "3: file: not readable as YAML"),
    ],
)
def test_a_problem_is_told_with_file_line_and_field(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "ours.yml"
    path.write_text(f"- {{fr: intervenant, en: intervention worker}}\n{entry}\n", "utf-8")
    _, problems = read_terms(tmp_path)
    assert any(str(problem).startswith(f"{path}:{said}") for problem in problems), problems
    assert all(problem.text("fr") != problem.text("en") for problem in problems)


def test_another_tool_reads_the_whole_termbase_back() -> None:
    store = tbxfile.parsestring(to_tbx(load_terms()), "fr-CA", "en-CA")
    assert len(store.units) == len(load_terms())
    for unit, term in zip(store.units, load_terms(), strict=True):
        assert (unit.source, unit.target) == (term.fr.preferred, term.en.preferred)
        sides = (unit.get_source_terms(), unit.get_target_terms())
        for forms, found in zip((term.fr, term.en), sides, strict=True):
            assert [one.text for one in found] == list(forms.written)
            assert {one.text for one in found if one.deprecated} == set(forms.avoid)


def test_terms_are_found_inflected_and_the_longest_wins() -> None:
    text = "Les intervenantes des organismes communautaires et du milieu communautaire; le CISSS, non le cisss."
    found = [(use.text, use.terms[0].en.preferred) for use in uses(text, "fr")]
    assert found == [
        ("intervenantes", "intervention worker"),
        ("organismes communautaires", "community organization"),
        ("milieu communautaire", "community sector"),
        ("CISSS", "CISSS"),
    ]


@pytest.mark.parametrize(
    "text", ["Il faut intervenir.", "Elle travaille fort.", "La maison est grande.", "Un médiateur"]
)
def test_words_of_one_root_are_not_the_term(text: str) -> None:
    assert not uses(text, "fr")


@pytest.mark.parametrize("text", ["She coordinated it.", "Granted, it works.", "In that order."])
def test_english_verbs_are_not_the_noun(text: str) -> None:
    assert not uses(text, "en")


def test_a_term_without_a_good_form_is_a_violation() -> None:
    source = "La maison des jeunes prévient la fugue."
    assert violations(source, "The youth centre prevents youth from running away.", *FR_EN) == []
    assert [use.text for use in violations(source, "The young people's house prevents leaks.", *FR_EN)] == [
        "maison des jeunes",
        "fugue",
    ]


def test_a_loose_term_is_a_violation_only_where_a_form_to_avoid_stands() -> None:
    source = "Le référencement se fait par téléphone."
    assert violations(source, "It is done by phone.", *FR_EN) == []
    assert len(missed(source, "It is done by phone.", *FR_EN)) == 1
    assert len(violations(source, "Referencing is done by phone.", *FR_EN)) == 1


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("Le travail de rue aide.", "Street work helps.", "Street outreach helps."),
        ("Une maison des jeunes", "A youth house", "A youth centre"),
        ("Deux organismes communautaires", "Two community organisms", "Two community organizations"),
        ("Un organisme du quartier", "An organism of the area", "An organization of the area"),
        ("Les nouveaux arrivants", "The new arrivals", "The newcomers"),
        ("Des personnes en situation d’itinérance", "Itinerant persons", "People experiencing homelessness"),
        ("La réduction des méfaits", "THE MISDEED REDUCTION", "THE HARM REDUCTION"),
        ("Le travail de rue aide.", "Outreach helps; it is no street work.", "Outreach helps; it is no street work."),
        ("Une fuite d’eau", "A leak", "A leak"),
        ("Les Ateliers de la Lune", "The Ateliers de la Lune", "The Ateliers de la Lune"),
        ("Un bail de trois ans", "A three-year bail", "A three-year lease"),
    ],
)
def test_a_wrong_rendering_is_mended_and_nothing_else(source: str, output: str, mended: str) -> None:
    assert post_edit(source, output, *FR_EN) == mended
    assert post_edit(source, mended, *FR_EN) == mended


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("domestic violence", "la violence domestique", "la violence conjugale"),
        ("two elementary schools", "deux écoles élémentaires", "deux écoles primaires"),
        ("homelessness", "le sans-abrisme", "le sans-abrisme"),
    ],
)
def test_in_french_only_what_keeps_gender_and_article_is_mended(source: str, output: str, mended: str) -> None:
    assert post_edit(source, output, "en", "fr") == mended


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("The workshops are free.", "Les ateliers sont libres.", "Les ateliers sont gratuits."),
        ("The free clinic", "La clinique libre", "La clinique gratuite"),
        ("Free", "Libre", "Gratuit"),
        ("Feel free to call.", "Sentez-vous libre d'appeler.", "Sentez-vous libre d'appeler."),
    ],
)
def test_a_french_adjective_is_mended_with_its_gender_and_number(source: str, output: str, mended: str) -> None:
    assert post_edit(source, output, "en", "fr") == mended


def test_an_english_source_may_use_another_name_of_a_concept() -> None:
    assert [use.terms[0].fr.preferred for use in uses("Caseworkers meet a street worker.", "en")] == [
        "intervenant",
        "travailleur de rue",
    ]
    assert not violations("A caseworker helps.", "Une intervenante aide.", "en", "fr")
    assert violations("A street worker helps.", "Un ouvrier de rue aide.", "en", "fr")


@pytest.mark.parametrize(
    ("term", "plural"),
    [
        ("person with a disability", "people with a disability"),
        ("activity", "activities"),
        ("community organization", "community organizations"),
        ("food drive", "food drives"),
        ("street outreach", "street outreach"),
        ("life skills", "life skills"),
    ],
)
def test_english_plurals(term: str, plural: str) -> None:
    assert english(term, plural=True) == plural


def test_adherence_counts_enforced_terms_kept_and_missed() -> None:
    pairs = [
        ("Les intervenant·es du travail de rue", "The outreach workers of street outreach"),
        ("La maison des jeunes", "The house of youth"),
        ("Bonjour", "Hello"),
    ]
    result = measure(pairs, *FR_EN)
    assert (result.expected, result.kept, dict(result.missed)) == (3, 2, {"maison des jeunes": 1})
    assert result.share == pytest.approx(2 / 3)
    assert measure([], *FR_EN).share == 1.0


def test_the_command_lists_checks_and_exports(tmp_path: Path) -> None:
    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "passerelle", "--lang", "fr", "--home", str(tmp_path), "terms", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "running away" in call("list", "fugue").stdout
    assert call("check").returncode == 0
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.yml").write_text("- {fr: fugue}\n")
    checked = call("check", str(tmp_path / "bad"))
    assert checked.returncode == 2
    assert "x.yml:1: en: manque" in checked.stdout
    assert call("export", str(tmp_path / "t.tbx")).returncode == 0
    assert (tmp_path / "t.tbx").read_text("utf-8") == to_tbx(load_terms()) == call("export", "-").stdout
