"""Templates are compiled once, and never shown as they were before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment

from passerelle.charting import templating


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "page.html"
    path.write_text("<p>{{ name }}</p>\n", "utf-8")
    return path


def shown(page: Path) -> str:
    return templating.environment(page.parent).get_template(page.name).render(name="Côte & rive")


def kept(page: Path) -> list[Path]:
    return sorted((page.parent / "__pycache__").glob("*"))


def test_a_template_that_was_compiled_is_not_compiled_again(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(page)
    assert [path.suffix for path in kept(page)] == [".pyc"]
    monkeypatch.setattr(Environment, "compile", pytest.fail)
    assert shown(page) == first == "<p>Côte &amp; rive</p>"


def test_a_template_that_changed_is_compiled_anew(page: Path) -> None:
    shown(page)
    page.write_text("<b>{{ name }}</b>", "utf-8")
    assert shown(page) == "<b>Côte &amp; rive</b>"
    assert len(kept(page)) == 1


def test_templates_compiled_otherwise_are_left_aside(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(page)
    monkeypatch.setattr(templating, "_setting", lambda: "another")
    shown(page)
    assert len(kept(page)) == 2


def test_a_damaged_compiled_template_is_made_anew(page: Path) -> None:
    first = shown(page)
    (compiled,) = kept(page)
    compiled.write_bytes(compiled.read_bytes()[:60])
    assert shown(page) == first


def test_nothing_is_kept_where_python_keeps_nothing(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(page)
    assert kept(page) == []


def test_a_folder_that_cannot_be_written_is_no_trouble(page: Path) -> None:
    (page.parent / "__pycache__").write_text("a file where the folder would be", "utf-8")
    assert shown(page)
