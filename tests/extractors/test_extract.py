import json
import logging
from pathlib import Path

import pytest

from extractors.extract import extract_file_line
from extractors.initiative import InitiativeReader
from extractors.registry import EXTRACTORS, choose, extractor_for, families
from schemas.base import LanguageMap
from schemas.drafts import quoted
from schemas.release import Licence
from schemas.source import Source
from tests.extractors.pages import COMMUNITY, COMMUNITY_LABEL, SCHOOL, SCHOOL_LABEL, context, detail, extract

PAGE = detail(SCHOOL_LABEL, SCHOOL, COMMUNITY_LABEL, COMMUNITY)


def test_a_bug_in_one_field_loses_that_field_only(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(self: InitiativeReader) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(InitiativeReader, "themes", fail)
    with caplog.at_level(logging.ERROR):
        extraction = extract(PAGE)
    (draft,) = extraction.initiatives
    assert draft.themes == ()
    assert draft.name.value == "Cap sur demain"
    assert len(draft.impacts) == 2
    (issue,) = extraction.issues
    assert issue.code == "field-failed"
    assert "themes" in issue.message
    assert "ZeroDivisionError" in issue.message
    assert "Traceback" in caplog.text


def test_a_bug_in_a_whole_extractor_is_one_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, context: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(type(extractor_for("maillage")), "extract", fail)
    extraction = extract(PAGE)
    assert extraction.drafts == ()
    assert [issue.code for issue in extraction.issues] == ["field-failed"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-file"),
        ("%PDF-1.7 binary", "not-text"),
        (
            "El comedor abre sus puertas a las familias del barrio todos los días de la semana, y la entrada es libre. "
            * 3,
            "other-language",
        ),
    ],
)
def test_a_bad_page_is_one_issue_that_says_so(text: str, code: str) -> None:
    extraction = extract(text)
    assert [issue.code for issue in extraction.issues] == [code]
    assert extraction.drafts == ()
    assert extraction.issues[0].stage == "extract"


JOB = (
    "Offre d'emploi : intervenante ou intervenant\n\nLa maison de jeunes cherche une personne pour son équipe.\n"
    "Exigences : un diplôme en travail social.\nSalaire : 24 $ l'heure, 35 heures par semaine.\n"
    "Faites parvenir votre CV et une lettre. Entrée en fonction en juillet.\n"
)
EVENT = (
    "Souper spaghetti au profit de la maison de jeunes\n\nDate : 12 mars 2025\nHeure : 17 h 30\n"
    "Lieu : centre communautaire de Granby\nBillets en vente au coût de 20 $.\n"
)


@pytest.mark.parametrize(("text", "what"), [(JOB, "a job offer"), (EVENT, "an event")], ids=["job", "event"])
def test_a_page_with_nothing_of_ours_is_left_with_a_reason(text: str, what: str) -> None:
    (issue,) = extract(text).issues
    assert issue.code == "no-initiative"
    assert issue.severity == "warning"
    assert what in issue.message


def test_every_value_quotes_the_place_it_was_read_at() -> None:
    page = context(PAGE)
    (draft,) = extract(PAGE).initiatives
    found = (draft.name, *draft.impacts, *draft.themes)
    places = [*(place for one in found for place in one.evidence), *draft.partners[0].evidence]
    for place in places:
        text = page.document.blocks[place.block].text
        assert quoted(text[place.start : place.end]) == place.quote


def test_families_are_listed_and_an_unknown_one_is_refused_with_the_list() -> None:
    assert len(set(families())) == len(EXTRACTORS)
    with pytest.raises(KeyError, match="maillage"):
        extractor_for("nowhere")


def _source(family: str) -> Source:
    return Source(
        name="test", title=LanguageMap(fr="t", en="t"), publisher="p", licence=Licence(name="x"), family=family
    )


def test_a_source_s_family_reads_its_pages_where_it_is_willing() -> None:
    news = context(
        "Titre\n\n" + "Un long paragraphe de texte dans lequel il se dit bien des choses utiles à tous. " * 3
    )
    detail_page = context(PAGE).document
    assert choose(detail_page, _source("maillage")) is extractor_for("maillage")
    assert choose(detail_page, _source("macommunaute")) is extractor_for("maillage")
    assert choose(news.document, _source("maillage")) is not extractor_for("maillage")


def test_a_batch_line_is_answered_with_an_article_and_its_initiatives(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html lang="en"><head><title>A new bridge - The Echo</title>'
        '<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>'
        "<body><article><h1>A new bridge</h1><p>By Anna Example</p>"
        "<p>The town opened a new bridge on Tuesday, and many people came to see it in the rain.</p>"
        "<p>It took three years to build, and it will carry both bicycles and cars across the river.</p>"
        "</article></body></html>",
        "utf-8",
    )
    answer = extract_file_line({"id": "a", "url": "", "html_path": str(page)})
    assert answer["id"] == "a"
    assert answer["title"] == "A new bridge"
    assert answer["date"].startswith("2024-03-05")
    assert answer["language"] == "en"
    assert answer["initiatives"] == []
    assert answer["text"].splitlines()[0].startswith("The town opened")
    assert json.dumps(answer)


def test_a_batch_line_without_a_readable_page_is_answered_with_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    assert "empty-file" in extract_file_line({"id": 1, "url": "", "html_path": str(empty)})["error"]
    assert "cannot read" in extract_file_line({"id": 2, "html_path": str(tmp_path / "none.html")})["error"]
    assert "html_path" in extract_file_line({"id": 3})["error"]
