"""Wild requests: the desk answers them as its description tells, and no form breaks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.browser import PATIENCE
from tests.review.accounts.test_routes import Way, routes_of
from tests.review.browsing import Browser
from tests.review.web.place import Place, place_from

HERE = "http://127.0.0.1:8484"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 2
"""Wild requests an operation: this is a test of every run, not a hunt."""
QUIET = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Give one desk for all: what is wild leaves no two the same anyway."""
    with place_from(made, tmp_path_factory.mktemp("wild") / "home") as opened:
        yield opened


@pytest.fixture(scope="module")
def described(desk: Place) -> list[Any]:
    """Give the operations of the desk's description, read once."""
    app = desk.app()
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    return [cast(Any, found).ok() for found in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_wild_requests_are_answered_as_described(desk: Place, described: list[Any], mode: GenerationMode) -> None:
    browser = desk.browser()
    token = browser.token()
    cookies = dict(browser.cookies)
    heard: Counter[int] = Counter()
    operations = described
    assert len(operations) > 30
    if mode is GenerationMode.NEGATIVE:  # where there is nothing to ask for, nothing can be asked wrongly
        operations = [operation for operation in operations if [*operation.query, *operation.body]]
    for operation in operations:

        @given(operation.as_strategy(generation_mode=mode))
        @QUIET
        def ask(case: Any) -> None:
            headers = {"X-CSRF-Token": token, "Accept": "text/html"}
            told: Any = {"headers": headers, "cookies": cookies, "timeout": PATIENCE / 1000}
            answer = case.call_and_validate(base_url=HERE, checks=CHECKS, **told)
            heard[answer.status_code] += 1

        ask()
    assert sum(heard.values()) > len(operations) > 10
    assert heard[200] > EXAMPLES
    assert 421 not in heard  # the door was open: it is the rooms that answered


NAMES = [
    "act", "action", "after", "before", "chosen", "csv", "decision", "digest", "do", "edit", "en", "field", "fill",
    "fr", "lang", "name", "next", "part", "path", "q", "reason", "region", "remove", "sort", "start", "then", "type",
    "value", "version",
]  # fmt: skip
"""Names of fields and parameters that the desk reads."""
WORDS = [
    "", "accept", "approve", "audience.min_age", "benefits", "benefits.0.text.fr", "changes", "comment", "contact.url",
    "contact", "description.en", "edit", "impacts", "impacts.99.fr", "keep", "lead_organization", "merge", "name",
    "name.fr", "next", "null", "partners", "partners.0", "reject", "reopen", "[]", "{}", "1e999", "-1", "start",
    "territory.regions", "testimonials.0.quote.fr", "text", "themes", "title", "true", "\0", "//evil.test", "a|b", "|",
]  # fmt: skip
"""Values that some of them may have."""


def ask_wildly(browser: Browser, ways: list[Way], forms: Any, ids: list[str], heard: Counter[int]) -> None:
    """Ask every way, each with a form of its own: one search for all, as a search costs more than a request."""
    token = browser.token()
    of_each = st.lists(forms, min_size=len(ways), max_size=len(ways))

    @given(of_each, st.lists(st.sampled_from(ids), min_size=2, max_size=2))
    @QUIET
    def ask(told: list[dict[str, list[str]]], those: list[str]) -> None:
        for way, form in zip(ways, told, strict=True):
            path = way.path.replace("/x", f"/{those[0]}", 1).replace("/x", f"/{those[1]}", 1)
            sent: Any = {"params": form} if way.method == "GET" else {"data": {**form, "csrf": token}}
            answer = browser.request(way.method, path, **sent)
            assert answer.status_code < 500, (way.path, form, answer.text)
            heard[answer.status_code] += 1

    ask()


def test_no_form_and_no_address_breaks_the_desk(desk: Place) -> None:
    ids = [*desk.ids.values(), desk.news]
    browser = desk.browser()
    values = st.sampled_from([*WORDS, *ids, f"{ids[0]}|name.fr"]) | st.text(max_size=20)
    forms = st.dictionaries(st.sampled_from(NAMES), st.lists(values, min_size=1, max_size=2), max_size=6)
    heard: Counter[int] = Counter()
    ways = routes_of(desk.app())
    ask_wildly(browser, [way for way in ways if way.path != "/sign-out"], forms, ids, heard)
    assert heard.total() == EXAMPLES * (len(ways) - 1)
    assert heard[200] > EXAMPLES
    assert heard[303] > EXAMPLES
