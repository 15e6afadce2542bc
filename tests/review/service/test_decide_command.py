from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from passerelle.store.database import open_store
from tests.cli.conftest import call
from tests.review.service.world import World, pages, put

ID = re.compile(r"decide undo (\S+)")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[World]:
    """Give a home with the small data set, where the command line looks for it."""
    (tmp_path / ".passerelle").mkdir()
    store = open_store(f"sqlite:///{tmp_path / '.passerelle' / 'passerelle.db'}")
    put(store, pages())
    world = World(store, tmp_path)
    world.match()
    yield world
    store.close()


def decide(house: World, *args: object, fails: bool = False) -> str:
    result = call(house.workplace.settings.home, "decide", *args)
    assert (result.exit_code == 2) == fails, result.output
    return result.output


def test_a_day_of_a_curator_at_the_command_line(house: World) -> None:
    one, other = house.id("Projet Cousu"), house.id("Rondes")
    assert f"{one}" in decide(house, "queue", "cousu", "main")
    edited = decide(house, "edit", one, "audience.max_age", "21", "--reason", "la page dit 21", "--by", "ana")
    assert house.initiatives()["Projet Cousu Main"].audience.max_age == 21
    assert "Nothing to change" in decide(house, "edit", one, "audience.max_age", "21")
    decide(house, "edit", one, "themes", '["poverty"]')
    decide(house, "comment", one, "À revoir.")
    decide(house, "approve", one, other)
    decide(house, "reopen", other, "--reason", "essai")
    found = ID.search(edited)
    assert found
    assert "1 decisions undone" in decide(house, "undo", found[1])
    assert house.initiatives()["Projet Cousu Main"].audience.max_age == 24
    decide(house, "redo", found[1])
    assert house.initiatives()["Projet Cousu Main"].audience.max_age == 21
    told = decide(house, "history", one)
    assert "la page dit 21" in told
    assert "À revoir." in told
    assert "la page dit 21" in decide(house, "history", "--of", "ana")


def test_a_merge_is_previewed_carried_out_and_parted_again(house: World) -> None:
    one, other = house.id("Projet Cousu"), house.id("Rondes")
    assert "would live on" in decide(house, "merge", one, other, "--preview")
    assert len(house.initiatives()) == 3
    decide(house, "merge", one, other)
    assert len(house.initiatives()) == 2
    lives = next(iter({one, other} & {record.id for record in house.initiatives().values()}))
    gone = other if lives == one else one
    assert "2 records would come of it" in decide(house, "split", lives, gone, "--preview")
    decide(house, "split", lives, gone)
    assert len(house.initiatives()) == 3
    decide(house, "reject", one, "--reason", "essai")
    assert len(house.initiatives()) == 2


def test_an_organisation_that_no_page_names_is_created_once_and_undone(house: World) -> None:
    made = decide(house, "create", "Atelier du Large", "--acronym", "ADL", "--sector", "community")
    (id_,) = set(re.findall(r"org-\w+", made))
    assert id_ in decide(house, "queue", "atelier du large", "--reason", "all")
    assert "already" in decide(house, "create", "ATELIER du large", fails=True)
    assert "not in the list" in decide(house, "create", "Autre", "--sector", "nope", fails=True)
    found = ID.search(made)
    assert found
    decide(house, "undo", found[1])
    assert id_ not in decide(house, "queue", "atelier du large", "--reason", "all")


def test_what_cannot_be_done_is_one_line_that_says_why(house: World) -> None:
    one = house.id("Projet Cousu")
    assert "Say why" in decide(house, "reopen", one, fails=True)
    assert "no record of that id" in decide(house, "approve", "ini-nowhere", fails=True)
    told = decide(house, "edit", one, "audience.maxage", "21", fails=True)
    assert "Nothing was decided" in told
    assert "audience.max_age" in told
    assert "contact.phone" in decide(house, "edit", one, "phone", "21", fails=True)
    assert "not in the list" in decide(house, "edit", one, "cost", "gratis", fails=True)
    assert "changed-source, " in decide(house, "queue", "--reason", "zzz", fails=True)
    assert "approved" in decide(house, "queue", "--status", "zzz", fails=True)
    assert "no such decision" in decide(house, "undo", "x", fails=True)
