"""One damaged release stops nobody: it is named and passed over, and its number is never used again."""

from __future__ import annotations

from pathlib import Path

import pytest

from passerelle.publishing.apply import apply_delta
from passerelle.publishing.folder import PublishError, Release, release_folder, rollback
from passerelle.publishing.retention import Keep
from passerelle.publishing.verify import verify_release
from tests.publishing.factories import Press, initiative, matched


def damage(press: Press, number: int, how: str = "cut") -> Path:
    manifest = release_folder(press.curated, number) / "index.json"
    if how == "gone":
        manifest.unlink()
    else:
        manifest.write_bytes(manifest.read_bytes()[: {"cut": -400, "empty": 0}[how]])
    return manifest


@pytest.fixture
def three(press: Press) -> Press:
    for number in (1, 2, 3):
        press.publish(matched(initiative(1, cost=str(number)), initiative(2)), on=number)
    return press


@pytest.mark.parametrize("how", ["cut", "empty", "gone"])
def test_the_next_release_is_made_of_the_newest_sound_one(three: Press, how: str, tmp_path: Path) -> None:
    damage(three, 3, how)
    outcome = three.publish(matched(initiative(1, cost="4"), initiative(2)), on=4)
    assert (outcome.status, outcome.number, outcome.damaged) == ("published", 4, (3,))
    assert verify_release(three.current) == []
    before = release_folder(three.curated, 2)
    apply_delta(before, [three.current / "changes/2-4.ndjson"], tmp_path / "out")
    assert (tmp_path / "out/initiatives.ndjson").read_bytes() == (three.current / "initiatives.ndjson").read_bytes()
    again = three.publish(matched(initiative(1, cost="4"), initiative(2)), on=5)
    assert (again.status, again.damaged) == ("unchanged", ())


def test_what_a_sound_release_says_already_is_served_from_it(three: Press) -> None:
    damage(three, 3)
    outcome = three.publish(matched(initiative(1, cost="2"), initiative(2)), on=4)
    assert (outcome.number, outcome.damaged) == (2, (3,))
    later = three.publish(matched(initiative(1, cost="5"), initiative(2)), on=5)
    assert (later.number, later.damaged) == (4, (3,))


def test_a_data_set_of_damaged_releases_begins_anew_with_the_next_number(three: Press) -> None:
    for number in (1, 2, 3):
        damage(three, number)
    outcome = three.publish(matched(initiative(1), initiative(2)), on=4)
    assert (outcome.status, outcome.number, outcome.damaged) == ("published", 4, (1, 2, 3))


def test_an_old_damaged_release_is_in_nobodys_way(three: Press) -> None:
    damage(three, 2)
    three.publish(matched(initiative(1, cost="4"), initiative(2)), on=4, keep=Keep(2, monthly=True))
    assert rollback(three.curated, 3).version == 3


def test_an_error_names_the_release_in_one_line(three: Press) -> None:
    manifest = damage(three, 3)
    with pytest.raises(PublishError, match="cannot be read") as error:
        _ = Release(manifest.parent).manifest
    assert str(manifest) in str(error.value)
    assert "\n" not in str(error.value)
    assert "pydantic" not in str(error.value)
