"""The queue in memory says what the tables say, whoever changed them and however long it slept."""

from __future__ import annotations

from typing import Any

import pytest

from passerelle.review import lines
from passerelle.review.deciding import Act, decide
from passerelle.store.database import Store, open_store
from tests.review.service.test_deciding import do
from tests.review.service.world import World, pages


def told(store: Store) -> dict[str, tuple[Any, ...]]:
    """Give what a process holds of each line."""
    with store.session() as session:
        held = lines.lines_of(session).by_record
    return {record: (*line._replace(like=None), line.like.values) for record, line in held.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("remembered", [1, 2_000])
def test_lines_follow_the_changes_of_another_process(
    either: World, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(lines, "REMEMBERED", remembered)
    sleeper = open_store(either.store.engine.url.render_as_string(hide_password=False))
    one, other = either.id("Projet Cousu"), either.id("Rondes")
    before = told(sleeper)
    do(either, Act("edit", one, "name.fr", "Autre nom"))
    do(either, Act("reject", other, reason="pas une initiative"))
    either.read(pages(ages=(12, 30), seen=(3,))[0])
    now = told(sleeper)
    assert now != before
    fresh = open_store(sleeper.engine.url.render_as_string(hide_password=False))
    assert now == told(fresh) == told(either.store)
    sleeper.close()
    fresh.close()


def test_what_was_rolled_back_is_forgotten(world: World) -> None:
    one, before = world.id("Projet Cousu"), told(world.store)
    with world.store.session() as session:
        decide(session, [Act("edit", one, "name.fr", "Autre nom")], by="ana", help=world.help)
        assert "autre nom" in lines.lines_of(session).by_record[one].search
        session.rollback()
    assert told(world.store) == before
    do(world, Act("edit", one, "name.fr", "Encore un nom"))
    assert "encore un nom" in told(world.store)[one]  # its name as it is sorted
