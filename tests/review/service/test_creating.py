"""Organisations that no page names: created at the desk, taken back, one with the page that names them later."""

from __future__ import annotations

import pytest

from passerelle.review.creating import new_organization, organization_id
from passerelle.review.deciding import Act, InvalidAct
from passerelle.store.records import load_matched
from schemas.decision import Decision, NewOrganization
from schemas.records import Initiative, Organization
from tests.matching.factories import initiative, page
from tests.review.service.test_deciding import do, organization, see, take_back
from tests.review.service.test_queue import look, names
from tests.review.service.world import World

ISLANDS = NewOrganization(
    name="Regroupement des Îles", other_name="Islands Coalition", acronym="RDI", sector="community"
)


def lead(world: World, said: NewOrganization = ISLANDS, of: str = "Rondes") -> tuple[Decision, ...]:
    with world.store.session() as session:
        house = organization_id(session, said, world.help)
    value = {"id": house, "name": said.name}
    create = Act("create", house, value=said.model_dump(mode="json"))
    return do(world, create, Act("edit", world.id(of), "lead_organization", value))


def test_a_new_organisation_is_there_at_once_and_after_matching(either: World) -> None:
    created, _ = lead(either)
    assert created.record.startswith("org-")
    for _ in range(2):
        shown = see(either, created.record)
        record = shown.record
        assert isinstance(record, Organization)
        assert (record.name, record.acronyms, record.other_names) == (ISLANDS.name, ("RDI",), ("Islands Coalition",))
        assert (record.sector, shown.there, shown.status) == ("community", True, "unreviewed")
        assert names(look(either, q="rdi", type="initiative")) == ["Rondes du Quai"]
        assert names(look(either, q="rdi", type="organization")) == [ISLANDS.name]
        either.match()
    do(either, Act("edit", created.record, "municipality", "Lévis"))
    with either.store.session() as session:
        before = load_matched(session)
    either.match()
    with either.store.session() as session:
        assert load_matched(session).organizations == before.organizations


def test_one_undo_takes_the_organisation_and_its_naming_back(world: World) -> None:
    for matched in (False, True):
        created, _ = lead(world)
        if matched:
            world.match()
        take_back(world, created.id)
        assert look(world, q=ISLANDS.name, type="organization").total == 0
        rounds = see(world, world.id("Rondes")).record
        assert isinstance(rounds, Initiative)
        assert rounds.lead_organization is not None
        assert rounds.lead_organization.name == "Le Quai de Nuit"
    world.match()
    with pytest.raises(InvalidAct, match="no-record"):
        see(world, created.record)


def test_a_page_that_names_it_later_names_the_same(world: World) -> None:
    created, _ = lead(world)
    world.match()
    world.read(page("https://exemple.test/iles/", initiative("Radeau des Îles", lead="Regroupement des îles")))
    raft = see(world, world.id("Radeau")).record
    assert isinstance(raft, Initiative)
    assert raft.lead_organization is not None
    assert raft.lead_organization.id == created.record
    take_back(world, created.id)
    world.match()
    assert see(world, created.record).there


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"name": "  "}, "bad-organization"),
        ({"name": "…!"}, "bad-organization"),
        ({"name": "A" * 201}, "bad-organization"),
        ({"name": "Le Quai", "sector": "harbour"}, "unknown-code"),
        ({"name": "Le Quai", "colour": "blue"}, "bad-organization"),
    ],
)
def test_what_is_no_organisation_is_refused(typed: dict[str, str], key: str) -> None:
    with pytest.raises(InvalidAct, match=key):
        new_organization(typed)


def test_an_organisation_that_is_there_or_was_put_out_is_not_created(world: World) -> None:
    with pytest.raises(InvalidAct, match="organization-there"):
        lead(world, NewOrganization(name="LE QUAI DE NUIT"))
    do(world, Act("reject", organization(world, "Le Quai de Nuit"), reason="essai"))
    world.match()
    with pytest.raises(InvalidAct, match="organization-out"):
        lead(world, NewOrganization(name="Le Quai de Nuit"), of="Concertation")
