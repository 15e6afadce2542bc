"""What the guides ask of the API, asked of the example's release: every question finds something."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator

import pytest

from passerelle.cli.serve import EPILOG
from passerelle.publishing.api.app import make_app
from passerelle.publishing.api.serving import Serving
from passerelle.publishing.folder import serve
from passerelle.settings import PROJECT
from tests.publishing.api.client import Client, started
from tests.publishing.api.conftest import UNLIMITED

_ASKED = re.compile(r'curl "http://127\.0\.0\.1:8585(/v1/[^"]+)"')


def questions() -> list[str]:
    guides = (PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md")))
    told = "\n".join((EPILOG, *(guide.read_text("utf-8") for guide in guides)))
    return sorted(set(_ASKED.findall(told)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    home = tmp_path_factory.mktemp("demo")
    shutil.copytree(PROJECT / "curated/example", home / "curated/releases/1")
    serve(home / "curated", 1)
    with started(make_app(Serving(home / "curated", "sqlite://", home / "api"), UNLIMITED)) as client:
        yield client


def test_the_guides_ask_something() -> None:
    assert len(questions()) >= 2  # one a language


@pytest.mark.parametrize("question", questions())
def test_every_question_of_the_guides_finds_something(demo: Client, question: str) -> None:
    assert demo.json(question)["total"] > 0


@pytest.mark.parametrize("query", ["man", "woman", "child", "kids", "runaways", "itinérants", "itinerance"])
def test_a_word_that_a_code_is_called_by_finds_its_records(demo: Client, query: str) -> None:
    assert demo.json(f"/v1/initiatives?q={query}")["total"] > 0


def test_the_example_of_an_error_is_what_the_server_sends(demo: Client) -> None:
    guide = (PROJECT / "docs/api.md").read_text("utf-8")
    found = re.search(r"^    GET (/\S+)\n    (\{.+\})$", guide, re.MULTILINE)
    assert found
    assert demo.get(found[1]).json() == json.loads(found[2])


def test_a_release_that_never_was_is_not_said_to_be_taken_back(demo: Client) -> None:
    answer = demo.get("/v1/changes?since=999")
    assert answer.status_code == 422
    assert "no release 999 yet" in answer.json()["detail"]
    assert "taken back" not in answer.text


@pytest.mark.parametrize("value", ["2026-11-22T05:03:50", "yesterday", "2026-13-01"])
def test_a_moment_that_cannot_be_read_is_answered_with_one_that_can(demo: Client, value: str) -> None:
    told = demo.get(f"/v1/initiatives?changed_since={value}").json()
    assert told["errors"] == [
        {
            "parameter": "changed_since",
            "detail": "write a day, 2026-11-21, or a moment with its zone, 2026-11-21T08:30:00Z",
        }
    ]


@pytest.mark.parametrize("value", ["1", "1700000000", "1e9", "-3.5", "20261121"])
def test_a_number_is_no_day(demo: Client, value: str) -> None:
    told = demo.get(f"/v1/initiatives?changed_since={value}").json()
    assert "neither a day nor a moment" in told["detail"]
    assert "/v1/changes?since=" in told["detail"]
    assert "not a day" in demo.get(f"/v1/news?published_since={value}").json()["detail"]


@pytest.mark.parametrize(
    ("one", "other", "records"),
    [("frigo", "frigos", 1), ("aîné", "aînées", 1), ("maree", "marées", 0), ("aide", "aides", 1)],
)
def test_one_and_many_find_the_same_records(demo: Client, one: str, other: str, records: int) -> None:
    found = [{item["id"] for item in demo.json(f"/v1/initiatives?q={q}&limit=100")["items"]} for q in (one, other)]
    assert found[0] == found[1]
    assert len(found[0]) >= records
