from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from passerelle.review.deciding import Act, undo
from passerelle.review.duplicates import PairPage, duplicate_pairs, judged_pairs, pair_of
from passerelle.store.database import open_store
from schemas.records import Initiative
from tests.matching.factories import initiative, page
from tests.review.service.test_deciding import do, see
from tests.review.service.world import World, put

ONE, OTHER = "https://exemple.test/rondes/", "https://ailleurs.test/rondes/"

ROOM, HANDS = [("community", "Un local.")], [("community", "Plus de bras.")]


@pytest.fixture
def alike(tmp_path: Path) -> Iterator[World]:
    """Give two records that look alike, and that matching does not merge by itself."""
    store = open_store(f"sqlite:///{tmp_path / 'passerelle.db'}")
    night: dict[str, Any] = {"municipalities": ["Lévis"]}
    put(
        store,
        [
            page(ONE, initiative("Rondes du Quai", lead="Le Quai de Nuit", summary="De nuit.", benefits=ROOM, **night)),
            page(
                OTHER,
                initiative("Rondes du Quai", summary="Le soir.", activities=["outreach"], benefits=HANDS, **night),
                source="ailleurs",
            ),
        ],
    )
    world = World(store, tmp_path)
    world.match()
    yield world
    store.close()


def pairs(world: World) -> PairPage:
    with world.store.session() as session:
        return duplicate_pairs(session)


def test_a_likely_duplicate_is_told_with_score_and_reasons(alike: World) -> None:
    found = pairs(alike)
    assert found.total == 1
    pair = found.items[0]
    assert 0 < pair.score <= 1
    assert pair.reasons
    assert {name for name, _ in pair.names} == {"Rondes du Quai"}
    assert see(alike, pair.left).duplicates == (pair.right,)
    assert "possible-duplicate" in see(alike, pair.right).reasons


def test_what_is_kept_apart_is_never_asked_again(alike: World) -> None:
    pair = pairs(alike).items[0]
    made = do(alike, Act("split", pair.left, value=pair.right, reason="deux organismes"))[0]
    for _ in range(2):
        assert pairs(alike).total == 0
        assert "possible-duplicate" not in see(alike, pair.right).reasons
        assert see(alike, pair.left).duplicates == ()
        alike.match()
    with alike.store.session() as session:
        assert judged_pairs(session) == (made,)
        undo(session, made.id, by="ben", help=alike.help)
    alike.match()
    assert pairs(alike).total == 1


def test_a_merge_is_previewed_field_by_field_and_changes_nothing_yet(alike: World) -> None:
    pair = pairs(alike).items[0]
    do(alike, Act("edit", pair.left, "cost", "free"))
    with alike.store.session() as session:
        told = alike.help.preview_merge(session, pair.left, pair.right)
    assert {told.keeps, told.redirects} == {pair.left, pair.right}
    fates = {one.path: one for one in told.fields}
    assert fates["name.fr"].fate == "same"
    assert fates["summary.fr"].fate in ("one", "other")
    assert {fates["summary.fr"].one, fates["summary.fr"].other} == {"De nuit.", "Le soir."}
    assert fates["cost"].merged == "free"
    assert fates["activities"].merged == ["outreach"]
    assert not fates.keys() & {"related", "mentions", "territory.province"}, "nothing of the pages is in these"
    assert (fates["benefits"].fate, fates["benefits"].lost) == ("joined", ((), ()))
    assert sorted(fates["summary.fr"].lost) == [(), (0,)], "one summary stays"
    assert see(alike, pair.right).parts != see(alike, pair.left).parts
    do(alike, Act("merge", pair.left, value=pair.right))
    alike.match()
    seen = see(alike, pair.left)
    assert seen.id == told.keeps
    assert told.record is not None
    assert seen.record.model_copy(update={"text_status": {}}) == told.record.model_copy(update={"text_status": {}})


def test_a_split_is_previewed_and_gives_the_two_records_back(alike: World) -> None:
    pair = pairs(alike).items[0]
    do(alike, Act("merge", pair.left, value=pair.right))
    alike.match()
    whole = see(alike, pair.left)
    part = pair.right if whole.id == pair.left else pair.left
    with alike.store.session() as session:
        made = alike.help.preview_split(session, whole.id, part)
    assert {one.id for one in made} == {pair.left, pair.right}
    do(alike, Act("split", whole.id, value=part))
    assert [one.decision.action for one in see(alike, whole.id).waiting] == ["split"]
    alike.match()
    assert see(alike, part).id == part
    assert see(alike, whole.id).waiting == see(alike, part).waiting == ()


def test_what_matching_said_of_a_pair_can_be_asked_in_any_order(alike: World) -> None:
    pair = pairs(alike).items[0]
    with alike.store.session() as session:
        assert pair_of(session, pair.right, pair.left) == pair
        assert pair_of(session, pair.left, "ini-nowhere") is None


def test_a_list_that_people_set_in_both_records_keeps_the_entries_of_both_and_comes_apart_again(alike: World) -> None:
    pair = pairs(alike).items[0]
    one, other = pair.left, pair.right
    do(alike, Act("edit", one, "themes", ["poverty"]), by="ana")
    do(alike, Act("edit", other, "themes", ["homelessness", "poverty"]), by="ben")
    with alike.store.session() as session:
        (fate,) = (one for one in alike.help.preview_merge(session, one, other).fields if one.path == "themes")
    assert (fate.merged, fate.lost) == (["poverty", "homelessness"], ((), ()))
    made = do(alike, Act("merge", one, value=other), by="eve")
    alike.match()
    assert themes(alike, one) == themes(alike, other) == ("poverty", "homelessness")
    with alike.store.session() as session:
        undo(session, made[0].id, by="eve", help=alike.help)
    alike.match()
    assert (themes(alike, one), themes(alike, other)) == (("poverty",), ("homelessness", "poverty"))


def themes(world: World, record: str) -> tuple[str, ...]:
    shown = see(world, record).record
    assert isinstance(shown, Initiative)
    return shown.themes
