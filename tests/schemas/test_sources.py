from pathlib import Path

import pytest

from schemas.source import SourceError, load_source, load_sources

GOOD = """\
name: exemple
title: {fr: Exemple, en: Example}
publisher: Organisme fictif
licence: {name: CC BY 4.0}
"""


def write(folder: Path, text: str, name: str = "exemple") -> Path:
    path = folder / f"{name}.yml"
    path.write_text(text, "utf-8")
    return path


def test_the_sources_of_a_folder_are_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("name: exemple", "name: autre"), "autre")
    (tmp_path / "README.md").write_text("not a source", "utf-8")
    assert list(load_sources(tmp_path)) == ["autre", "exemple"]
    assert load_sources(tmp_path)["exemple"].family == "auto"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "colour: red\n", "line 5, colour: Extra inputs are not permitted"),
        (GOOD + "min_initiatives: -3\n", "line 5, min_initiatives: Input should be greater than or equal to 0"),
        (GOOD.replace("CC BY 4.0}", "CC BY 4.0, price: 3}"), "line 4, licence.price: Extra inputs are not permitted"),
        (GOOD.replace("publisher: Organisme fictif\n", ""), "publisher: Field required"),
        (GOOD + "languages: [de]\n", "line 5, languages.0: Input should be 'fr' or 'en'"),
        ("- a list\n", "file: "),
        ("", "file: "),
        ("name: [", "not valid YAML"),
        (GOOD.replace("name: exemple", "name: Exemple !"), "line 1, name: String should match pattern"),
        (GOOD.replace("name: exemple", "name: autre"), "name the file autre.yml"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_line_and_field(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SourceError) as caught:
        load_source(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "colour: red\nenabled: maybe\n")
    with pytest.raises(SourceError, match=r"(?s)line 5, colour.*line 6, enabled|line 6, enabled.*line 5, colour"):
        load_source(path)
