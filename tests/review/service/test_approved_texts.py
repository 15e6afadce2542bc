"""A machine's text that a person approved stays a machine's and is marked as reviewed, also in a release."""

from __future__ import annotations

import json
from typing import Any

import pytest

from passerelle import pipeline
from passerelle.review.deciding import Act
from tests.review.service.test_deciding import do, see, take_back
from tests.review.service.world import World, pages
from tests.translation.conftest import ScriptedEngine

ENGLISH = {"Pour 30 filles.": "For 30 girls.", "Pour 41 filles.": "For 41 girls."}


@pytest.fixture
def translated(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Give the small data set with the texts of an engine."""
    engine = ScriptedEngine(lambda text: ENGLISH.get(text, "Something else."))
    monkeypatch.setattr(pipeline, "chosen_engine", lambda _settings: engine)
    pipeline.translate(world.workplace)
    return world


def released(world: World, record: str) -> tuple[str | None, dict[str, Any]]:
    """Publish, and give the English description of a record and its status."""
    pipeline.translate(world.workplace)
    outcome = pipeline.publish(world.workplace)
    assert outcome.status == "published", outcome.reasons
    newest = max(
        world.workplace.settings.curated.rglob(f"initiatives/{record}.json"), key=lambda path: path.stat().st_mtime_ns
    )
    told = json.loads(newest.read_bytes())
    return told["description"]["en"], told["text_status"]["description.en"]


def test_an_approved_machine_text_is_published_as_a_machines_and_reviewed(translated: World) -> None:
    one = translated.id("Projet Cousu")
    made = do(translated, Act("approve", one, "description.en"))[0]
    label = "scripted fr→en 1"
    assert (made.value, made.engine) == ("For 30 girls.", label)
    text, status = released(translated, one)
    assert (text, status["origin"], status["engine"], status["reviewed"]) == ("For 30 girls.", "machine", label, True)
    seen = see(translated, one).texts["description.en"]
    assert (seen.badge, seen.reviewed) == ("machine", True)
    take_back(translated, made.id)
    text, status = released(translated, one)
    assert (text, status["origin"], status["reviewed"]) == ("For 30 girls.", "machine", False)


def test_an_approval_holds_for_the_text_that_was_seen_and_not_for_the_next(translated: World) -> None:
    one = translated.id("Projet Cousu")
    do(translated, Act("approve", one, "description.en"))
    translated.read(pages(description="Pour 41 filles.", seen=(3,))[0])
    text, status = released(translated, one)
    assert (text, status["origin"], status["reviewed"]) == ("For 41 girls.", "machine", False)
