"""Names of organisations. Community organisations are fictional; public bodies are real."""

from typing import Any

from passerelle.matching import match
from schemas.drafts import OrganizationMention
from schemas.records import Organization
from schemas.working import PageState
from tests.matching.factories import initiative, organization, page


def named(*organizations: str | OrganizationMention) -> list[Organization]:
    """Give the organisations of pages that each name one of these."""
    return list(match([lead_page(n, one) for n, one in enumerate(organizations)]).organizations)


def lead_page(number: int, lead: str | OrganizationMention, **fields: Any) -> PageState:
    return page(f"https://s{number}.example/", initiative(f"Initiative{number}", lead=lead, **fields), source="s")


def test_hyphens_accents_case_articles_and_legal_forms_do_not_make_another_organisation() -> None:
    (one,) = named(
        "Alliance Jeunesse Rive-des-Érables",
        "Alliance-Jeunesse Rive-des-Érables",
        "alliance jeunesse Rive des Erables inc.",
        "L’Alliance Jeunesse Rive-des-Érables",
    )
    assert one.name == "L’Alliance Jeunesse Rive-des-Érables"
    assert len(one.other_names) == 3


def test_the_form_on_most_pages_names_the_organisation() -> None:
    (one,) = named("Alliance-Jeunesse Rive", "Alliance Jeunesse Rive", "Alliance-Jeunesse Rive")
    assert one.name == "Alliance-Jeunesse Rive"


def test_an_acronym_joins_the_full_name_that_declares_it() -> None:
    (one,) = named("Centre Boussole Maskoutain (C.B.M.)", "CBM")
    assert one.name == "Centre Boussole Maskoutain (C.B.M.)"
    assert one.acronyms == ("C.B.M.",)


def test_an_acronym_that_two_organisations_declare_joins_neither() -> None:
    found = named("Centre Boussole Maskoutain (CBM)", "Carrefour des Berges du Moulin (CBM)", "CBM")
    assert len(found) == 3


def test_one_slip_in_a_long_word_is_the_same_organisation() -> None:
    assert len(named("Carrefour Tournesols de Gaspé", "Carrefour Tournesolls de Gaspé")) == 1


def test_branches_in_two_towns_are_two_organisations() -> None:
    assert len(named("Maison des jeunes de Rimouski", "Maison des jeunes de Gaspé")) == 2
    assert len(named("Maison des jeunes de Sainte-Julie", "Maison des jeunes de Sainte-Julienne")) == 2
    assert len(named("Centre de femmes d’Eastmain", "Centre de femmes d’Eastman")) == 2
    assert len(named("Refuge 2158", "Refuge 2159")) == 2


def test_a_generic_name_belongs_to_its_town() -> None:
    towns = [organization("Maison des jeunes", municipality=town) for town in ("Rimouski", "Gaspé", "Gaspé")]
    assert sorted(one.municipality or "" for one in named(*towns)) == ["Gaspé", "Rimouski"]


def test_public_bodies_are_known_by_their_key_and_never_mixed() -> None:
    est = organization("CISSS de la Montérégie-Est", gazetteer_id="cisss-monteregie-est", written="le CISSS-ME")
    ouest = organization("CISSS de la Montérégie-Ouest", gazetteer_id="cisss-monteregie-ouest")
    short = organization("CISSS-ME", gazetteer_id="cisss-monteregie-est")
    found = {one.name: one for one in named(est, ouest, short)}
    assert len(found) == 2
    assert found["CISSS de la Montérégie-Est"].sector == "health-social-services"
    assert found["CISSS de la Montérégie-Est"].regions == ("16",)


def test_two_keys_of_the_gazetteer_stay_two_however_alike_their_names() -> None:
    names = (("Service Tournesols de Laval", "corps-un"), ("Service Tournesolls de Laval", "corps-deux"))
    assert len(named(*(organization(name, gazetteer_id=body) for name, body in names))) == 2


def test_a_short_form_means_the_full_name_of_its_own_page_only() -> None:
    here = page(
        "https://a.example/", initiative("Cousu", lead="Alliance Jeunesse Rive-Nord", partners=["Alliance-Jeunesse"])
    )
    there = page(
        "https://b.example/", initiative("Pain", lead="Alliance Jeunesse Deux-Monts", partners=["Alliance jeunesse"])
    )
    matched = match([here, there])
    assert [one.name for one in matched.organizations] == [
        one.name for one in sorted(matched.organizations, key=lambda o: o.id)
    ]
    assert {one.name for one in matched.organizations} == {
        "Alliance Jeunesse Rive-Nord",
        "Alliance Jeunesse Deux-Monts",
    }
    assert all(not record.partners for record in matched.initiatives)


def test_the_lead_is_not_also_a_partner() -> None:
    state = lead_page(1, "Le Quai", partners=["Quai inc.", organization("La Rive", role="accueil"), "La rive"])
    (record,) = match([state]).initiatives
    assert record.lead_organization is not None
    assert record.lead_organization.name == "Le Quai"
    assert [(one.name, one.role) for one in record.partners] == [("La Rive", "accueil")]


def test_only_organisations_of_records_are_published() -> None:
    state = page("https://a.example/", news={"title": "Gala", "organizations": ["Le Quai"]})
    assert match([state]).organizations == ()


def test_one_organisation_on_a_page_and_in_an_article_relates_their_initiatives() -> None:
    listed = lead_page(1, "Alliance Jeunesse Rive-des-Érables", themes=["violence"])
    told = lead_page(2, "Alliance-Jeunesse Rive-des-Érables", themes=["violence"])
    one, two = match([listed, told]).initiatives
    assert [(link.id, link.relation) for link in one.related] == [(two.id, "same-organization")]
    assert one.lead_organization == two.lead_organization


def test_a_name_cut_short_is_the_longer_one_where_both_stand_beside_the_same_partner() -> None:
    partner = organization("CISSS de l’Estrie", gazetteer_id="cisss-x")
    full = lead_page(1, "Maison Bouée-du-Soir", partners=[partner])
    short = lead_page(2, "Maison Bouée", partners=[partner])
    assert len(match([full, short]).organizations) == 2
    assert len(match([full, lead_page(2, "Maison Bouée")]).organizations) == 3
    other = lead_page(3, "Maison Bouée-des-Prés", partners=[partner])
    assert len(match([full, short, other]).organizations) == 4
