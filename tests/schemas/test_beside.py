"""YAML that comes with the program is parsed once, and again when the file or what is kept of it is another."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from schemas.beside import place_beside, yaml_beside


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "words.yml"
    path.write_text("rive: {fr: Rive, en: Shore}\n", "utf-8")
    return path


def test_a_file_is_parsed_once(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = yaml_beside(words)
    monkeypatch.delattr(yaml, "load")
    assert yaml_beside(words) == first == {"rive": {"fr": "Rive", "en": "Shore"}}


def test_a_changed_file_is_parsed_again(words: Path) -> None:
    yaml_beside(words)
    words.write_text("rive: {fr: Rive, en: Bank}\n", "utf-8")
    assert yaml_beside(words)["rive"]["en"] == "Bank"


def test_what_is_kept_and_damaged_is_passed_over(words: Path) -> None:
    told = yaml_beside(words)
    place = place_beside(words, "yaml")
    place.write_bytes(place.read_bytes().replace(b"Shore", b"Store"))
    assert yaml_beside(words) == told


def test_what_json_cannot_say_is_parsed_each_time(words: Path) -> None:
    words.write_text("2020-07-14: [1]\n", "utf-8")
    assert yaml_beside(words) == yaml_beside(words) == {date(2020, 7, 14): [1]}
    assert not place_beside(words, "yaml").exists()
