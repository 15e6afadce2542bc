"""Communiqués on boards of many senders, and headlines below menus; organisations are fictional, places are real."""

import pytest

from tests.extractors.pages import extract

PATROL = """Nouvelles
Choisissez votre région

Communiqué de presse
Publié par un organisme membre

Une nouvelle patrouille pour les aînés de Sorel-Tracy

Le Centre communautaire des Quatre-Vents, le CISSS de la Montérégie-Est et la Sûreté du Québec annoncent le lancement de
la Patrouille Tendresse, un service de visites offert aux personnes de 70 ans et plus qui vivent seules.

La Patrouille Tendresse a vu le jour en janvier 2024. Une personne aînée sur trois a plus de 80 ans dans la ville. Les
visites sont gratuites et offertes en français, en anglais et en arabe.

Partager cette publication
Créez votre compte
""".replace("de\nla", "de la").replace("Les\nvisites", "Les visites")

SOUP = """All regions
Filter by sector
Press release
Posted by a member

Neighbours who cook together live better. Cuisine Sans Gêne, a non-profit in Verdun, and the CIUSSS de l'Estrie – CHUS
are proud to launch Soup and Stories, a program that pairs newcomers with seniors aged 65 and over.

Soup and Stories takes place every Tuesday in English and Spanish. Meals are free. It began in September 2022.

Report this post
Create your account
""".replace("CHUS\nare", "CHUS are")


@pytest.mark.parametrize(
    ("page", "who", "age", "start", "languages"),
    [
        (PATROL, ("Patrouille Tendresse", "Centre communautaire des Quatre-Vents"), 70, "2024-01", {"fr", "en", "ar"}),
        (SOUP, ("Soup and Stories", "Cuisine Sans Gêne"), 65, "2022-09", {"en", "es"}),
    ],
)
def test_a_communique_gives_the_initiative_that_it_announces(
    page: str, who: tuple[str, str], age: int, start: str, languages: set[str]
) -> None:
    (draft,) = extract(page).initiatives
    assert draft.lead_organization is not None
    assert (draft.name.value, draft.lead_organization.value.name) == who
    assert draft.min_age is not None
    assert (draft.min_age.value, draft.max_age) == (age, None)
    assert draft.start is not None
    assert draft.start.value == start
    assert {found.value for found in draft.languages_offered} == languages


def test_a_board_around_a_communique_is_in_no_field() -> None:
    written = extract(PATROL).model_dump_json()
    assert "compte" not in written
    assert "Choisissez" not in written


def test_the_town_of_the_headline_counts_where_the_text_names_none() -> None:
    (draft,) = extract(PATROL).initiatives
    assert [found.value for found in draft.municipalities] == ["Sorel-Tracy"]


MENTORS = """Sports   Culture   Petites annonces   Nous joindre

Des mentors pour les ados de Baie-Comeau

par Jean-Guy Tardif-Roy

Le programme Bras dessus, mené par la Maison des jeunes L’Ancrage, jumelle des ados de 13 à 17 ans et des aînés.

« Ils m’appellent grand-papa », raconte en riant Fernand Desbiens-Huard, bénévole de plus de 70 ans.

Bras dessus accueille déjà 22 duos. Le CISSS de la Côte-Nord prête une intervenante au projet.

Sophie Arsenault-Bond, qui y vient depuis un an, a gagné en confiance. « Je suis plus sûre de moi », confie-t-elle.
"""


def test_an_article_is_titled_by_its_headline_and_not_by_the_menu_above() -> None:
    (news,) = extract(MENTORS).news
    assert news.title.value == "Des mentors pour les ados de Baie-Comeau"
    assert [found.value.name for found in news.people] == ["Fernand Desbiens-Huard", "Sophie Arsenault-Bond"]


def test_who_lends_to_a_project_is_its_partner_and_ages_in_quotations_are_nobodys() -> None:
    (draft,) = extract(MENTORS).initiatives
    assert [found.value.gazetteer_id for found in draft.partners] == ["cisss-cote-nord"]
    assert draft.min_age is not None
    assert draft.max_age is not None
    assert (draft.min_age.value, draft.max_age.value) == (13, 17)
