import json
from pathlib import Path

import pytest

from extractors.new_extractor import NewExtractorError, create, update_expected
from tests.extractors.pages import DETAIL
from tests.extractors.test_news_families import ARTICLE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "extractors/families").mkdir(parents=True)
    (tmp_path / "tests/pages").mkdir(parents=True)
    return tmp_path


def test_a_new_family_gets_a_module_a_saved_page_and_its_expected_json(root: Path) -> None:
    page = root / "page.txt"
    page.write_text(ARTICLE, "utf-8")
    said = "\n".join(create("quartier_vert", page, root))
    module = (root / "extractors/families/quartier_vert.py").read_text("utf-8")
    compile(module, "quartier_vert.py", "exec")
    assert "class QuartierVert(Extractor)" in module
    assert (root / "tests/pages/quartier-vert.txt").read_text("utf-8") == ARTICLE
    expected = json.loads((root / "tests/pages/quartier-vert.expected.json").read_text("utf-8"))
    assert expected["news"][0]["title"] == "Un prix provincial pour des jeunes de Lévis"
    assert "registry.py" in said


@pytest.mark.parametrize("name", ["Quartier", "a b", "../x", "maillage", ""])
def test_a_name_that_is_taken_or_no_module_name_is_refused(name: str, root: Path) -> None:
    with pytest.raises(NewExtractorError, match="family"):
        create(name, None, root)
    assert not list((root / "extractors/families").iterdir())


def test_updating_keeps_what_a_person_said_must_be_absent(root: Path) -> None:
    (root / "tests/pages/quartier-vert.txt").write_text(ARTICLE, "utf-8")
    place = root / "tests/pages/quartier-vert.expected.json"
    place.write_text(
        json.dumps({"url": None, "initiatives": [], "news": [{"title": "x", "absent": ["Skip"]}]}), "utf-8"
    )
    assert update_expected("quartier_vert", root) == ["wrote tests/pages/quartier-vert.expected.json: check it by hand"]
    (news,) = json.loads(place.read_text("utf-8"))["news"]
    assert news["absent"] == ["Skip"]
    assert news["title"] == "Un prix provincial pour des jeunes de Lévis"


def test_updating_a_complete_page_writes_every_field_and_keeps_what_is_tricky(root: Path) -> None:
    folder = root / "tests/pages/initiatives"
    folder.mkdir()
    (folder / "cap-sur-demain.txt").write_text(DETAIL.format(benefits=""), "utf-8")
    old = {"url": None, "family": "detail", "complete": True, "initiatives": [
        {"name": {"fr": "Cap sur demain"}, "tricky": {"name": "quoted"}}]}  # fmt: skip
    place = folder / "cap-sur-demain.expected.json"
    place.write_text(json.dumps(old), "utf-8")
    assert update_expected("cap_sur_demain", root) == [
        "wrote tests/pages/initiatives/cap-sur-demain.expected.json: check it by hand"
    ]
    (entry,) = json.loads(place.read_text("utf-8"))["initiatives"]
    assert entry["ages"] == [13, 17]
    assert entry["tricky"] == {"name": "quoted"}
    assert entry["lead"] == "Maison des Bouées"
