"""Pages of any site that present one initiative; organisations are fictional, places are real."""

import pytest

from schemas.drafts import InitiativeDraft
from tests.extractors import pages

WALK = """<html lang="en"><head><title>The Lantern Walk | Friends of the Bay</title></head><body><main>
<h1>The Lantern Walk</h1><p>Every Thursday in winter, volunteers from Friends of the Bay and nurses from the CISSS de la
Gaspésie walk the streets of Gaspé with hot soup for people experiencing homelessness.</p>
<h2>How does it work?</h2><p>The Lantern Walk is open to adults aged 18 and over. It is free of charge.</p>
<h2>What partners gain</h2><h3>Community sector</h3><ul><li>A nurse at hand.</li></ul>
<h3>Health sector</h3><ul><li>New trust.</li><li>Fewer emergencies.</li></ul>
<h2>What comes next?</h2><p>A second walk in Percé.</p></main></body></html>"""

PAIRING = """<html lang="fr"><head><title>Le Passe-Muraille</title></head><body><main><h1>Le Passe-Muraille</h1>
<p>Né en 2021 à Alma, le Passe-Muraille jumelle des aînés isolés et des élèves de secondaire 4.</p>
<p>Le Passe-Muraille est porté par le Centre d’action bénévole du Lac, en collaboration avec le Centre de services
scolaire du Lac-Saint-Jean. La participation est gratuite pour les élèves de 15 à 17 ans.</p></main></body></html>"""

KITCHEN = """Ponts et marées
Milieu scolaire + milieu communautaire

Projet Marmite : cuisiner pour grandir

Le projet Marmite réunit la Maison des familles Le Ressac de Matane et une école secondaire autour d’un même repas.

Le fonctionnement

Les élèves de 12 à 14 ans cuisinent chaque semaine avec des aînés. Les ateliers sont gratuits.

Ce que l’école y gagne
Ce que le milieu communautaire y gagne
Moins d’absences;
Un climat plus doux.
De nouveaux bénévoles;
Des liens entre générations.

Page suivante : Un jardin pour tous
"""


def only(page: str) -> InitiativeDraft:
    return pages.only(page, "text/html" if page.startswith("<") else "text/plain")


@pytest.mark.parametrize(
    ("page", "name", "lead"),
    [
        (WALK, "The Lantern Walk", "Friends of the Bay"),
        (PAIRING, "Le Passe-Muraille", "Centre d’action bénévole du Lac"),
        (KITCHEN, "Projet Marmite", "Maison des familles Le Ressac de Matane"),
    ],
)
def test_a_page_with_plain_headings_is_read_under_the_name_that_its_text_repeats(
    page: str, name: str, lead: str
) -> None:
    draft = only(page)
    assert draft.name.value == name
    assert draft.lead_organization is not None
    assert draft.lead_organization.value.name == lead


def test_gains_stand_under_headings_that_only_name_who_has_them() -> None:
    benefits = [found.value for found in only(WALK).benefits]
    assert [benefit.sector for benefit in benefits] == ["community", *["health-social-services"] * 2]


def test_the_introduction_is_part_of_the_description_and_what_comes_next_concludes() -> None:
    draft = only(WALK)
    assert draft.description is not None
    assert draft.description.value.startswith("Every Thursday in winter")
    assert draft.conclusion is not None
    assert draft.conclusion.value == "A second walk in Percé."


def test_links_to_the_next_page_are_in_no_field() -> None:
    assert "Un jardin pour tous" not in only(KITCHEN).model_dump_json()


REFUSED = {
    "an organisation presents itself": """<html lang="fr"><title>La Vigie de Matane</title><main>
    <h1>Qui sommes-nous?</h1><p>La Vigie de Matane est un organisme communautaire qui accueille les jeunes de 12 à 17
    ans. Elle offre des ateliers de prévention de la violence et du soutien aux parents de la région.</p></main>""",
    "a job in a project": """<html lang="fr"><title>Intervenante</title><main><h1>Projet Marmite : intervenante</h1>
    <p>Le projet Marmite cherche une personne pour des ateliers auprès des jeunes de 12 à 17 ans de Matane.</p>
    <h2>Exigences</h2><p>Diplôme en travail social.</p><p>35 heures par semaine, salaire de 26 $ de l’heure. Entrée en
    fonction en août. Date limite pour déposer sa candidature : 3 juin.</p></main>""",
    "an evening for a project": """<html lang="en"><title>Benefit supper</title><main><h1>The Lantern Walk supper</h1>
    <p>Date: May 3</p><p>Time: 6 p.m.</p><p>Location: community hall</p><p>Tickets: $20, for The Lantern Walk and the
    youth aged 12 to 17 of the project.</p></main>""",
}


@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED.keys())
def test_pages_around_an_initiative_are_refused(page: str) -> None:
    extraction = pages.extract(page, "text/html")
    assert not extraction.initiatives
    assert [issue.code for issue in extraction.issues] == ["no-initiative"]
