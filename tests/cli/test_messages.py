"""The tables of messages, errors and issue codes."""

from __future__ import annotations

import ast
import importlib
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from passerelle.cli.errors import EXPECTED
from passerelle.cli.issue_codes import as_markdown, issue_codes
from passerelle.cli.messages import MESSAGES, field_label
from passerelle.settings import PROJECT
from schemas.base import LANGUAGES
from schemas.crawl import SCRIPTED_PAGE
from schemas.issue import Severity, Stage
from schemas.records import Initiative, NewsItem, Organization

ROOMS = ("extractors", "passerelle", "flows")
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
PREFIX = re.compile(r"[a-z]+-")
MAKERS = {"Trace", "refusal", "UnreadablePage", "_without_drafts"}
"""Callables of which an argument is an issue's code."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_every_message_says_the_same_in_both_languages(key: str) -> None:
    french, english = MESSAGES[key]
    assert french
    assert english
    assert placeholders(french) == placeholders(english)


def test_french_is_set_as_in_quebec() -> None:
    wrong = re.compile(r" [:;?!»%]|« ")
    assert {key: french for key, (french, _) in MESSAGES.items() if wrong.search(french)} == {}
    entries = issue_codes().items()
    assert {code for code, entry in entries if wrong.search(f"{entry.meaning.fr} {entry.remedy.fr}")} == set()


def test_every_message_asked_for_exists_and_every_one_is_asked_for() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (PROJECT / "passerelle/cli").glob("*.py"))
    fixed = {key for key in MESSAGES if f'"{key}"' in source.replace(f'"{key}": (', "")}
    built = re.findall(r"""f["']([a-z]+[.][a-z-]*)\{""", source)
    unused = {key for key in MESSAGES if key not in fixed and not key.startswith(tuple(built))}
    assert unused == set()
    asked = re.findall(r'(?:text|tell|warn|progress|message)\("([a-z.-]+)"', source)
    assert set(asked) <= set(MESSAGES)


def test_every_field_of_a_record_has_a_label_in_both_languages() -> None:
    apart = {"id", "slug", "sources", "text_status"}
    for shape in (Initiative, NewsItem, Organization):
        for name in set(shape.model_fields) - apart:
            assert all(f"field.{name}" in MESSAGES for _ in LANGUAGES), name
    assert field_label("benefits.0.text", "fr") == "bénéfices 1 · texte"


@pytest.mark.parametrize("name", EXPECTED)
def test_every_expected_error_exists(name: str) -> None:
    module, _, kind = name.rpartition(".")
    error = getattr(importlib.import_module(module), kind)
    assert issubclass(error, Exception)
    assert f"{error.__module__}.{error.__qualname__}" == name


def codes_in(path: Path) -> Iterator[str]:
    """Yield every issue code that a module writes: ``code=``, after a severity, or given to a maker of issues."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") == "message":
            continue  # message("error", "fr") has a key and a language
        found = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        for before, after in zip(node.args, node.args[1:], strict=False):
            if isinstance(before, ast.Constant) and before.value in get_args(Severity):
                found.append(after)
            if isinstance(after, ast.Constant) and after.value in get_args(Severity):
                found.append(before)
        if isinstance(node.func, ast.Name) and node.func.id in MAKERS and node.args:
            found += node.args
        for value in found:
            yield from texts_of(value)


def texts_of(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and CODE.fullmatch(value.value):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from texts_of(value.body)
        yield from texts_of(value.orelse)
    elif isinstance(value, ast.JoinedStr) and PREFIX.fullmatch(start := str(getattr(value.values[0], "value", ""))):
        # f"duplicate-{name}": at least one documented code must begin so.
        assert any(code.startswith(start) for code in issue_codes()), start


def test_every_issue_code_of_the_house_is_documented_and_none_other() -> None:
    modules = (path for room in ROOMS for path in (PROJECT / room).rglob("*.py"))
    written = {code for path in modules for code in codes_in(path)}
    assert len(written) > 20
    assert written - set(issue_codes()) == set()
    built = {"duplicate-id", "duplicate-slug", "withheld-minor", SCRIPTED_PAGE}
    assert set(issue_codes()) - written - built == set()


def test_every_issue_code_says_what_it_means_and_what_to_do_in_both_languages() -> None:
    for code, entry in issue_codes().items():
        assert entry.stage in get_args(Stage), code
        for text in (entry.meaning, entry.remedy):
            assert text.fr, code
            assert text.en, code
            assert text.fr.endswith("."), code


def test_the_page_of_issue_codes_is_up_to_date() -> None:
    assert (PROJECT / "docs/issues.md").read_text("utf-8") == as_markdown()
