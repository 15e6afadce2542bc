"""Places are read where their names leave no doubt: Québec the city or the province, towns that are surnames."""

import pytest

from extractors.recognizers.places import read_places
from tests.recognizers.passages import check_evidence, guess, passage

# text, regions, municipalities, neighbourhoods
PLACES: list[tuple[str, list[str], list[str], list[str]]] = [
    ("une organisation de Salaberry-de-Valleyfield", ["16"], ["Salaberry-de-Valleyfield"], []),
    ("à Rivière-du-Loup", ["01"], ["Rivière-du-Loup"], []),
    ("à Saint-Jean-sur-Richelieu", ["16"], ["Saint-Jean-sur-Richelieu"], []),
    ("à St-Jean-sur-Richelieu", ["16"], ["Saint-Jean-sur-Richelieu"], []),
    ("Les jeunes de Lévis", ["12"], ["Lévis"], []),
    ("L'organisme lévisien", ["12"], ["Lévis"], []),
    ("en région maskoutaine", ["16"], [], []),
    ("les jeunes montréalais∙es", ["06"], ["Montréal"], []),
    ("les jeunes de Montréal", ["06"], ["Montréal"], []),
    ("à Montréal et à Laval", ["06", "13"], ["Montréal", "Laval"], []),
    ("à Trois-Rivières", ["04"], ["Trois-Rivières"], []),
    ("in Trois-Rivières", ["04"], ["Trois-Rivières"], []),
    ("les intervenants du Centre-du-Québec", ["17"], [], []),
    ("dans la région des Laurentides", ["15"], [], []),
    ("en Montérégie", ["16"], [], []),
    ("à travers la Chaudière-Appalaches", ["12"], [], []),
    ("dans l'Outaouais", ["07"], [], []),
    ("au Saguenay–Lac-Saint-Jean", ["02"], [], []),
    ("au Saguenay-Lac-Saint-Jean", ["02"], [], []),
    ("en Abitibi-Témiscamingue", ["08"], [], []),
    ("in the Eastern Townships", ["05"], [], []),
    ("les familles gaspésiennes", ["11"], [], []),
    ("la région Chutes-de-la-Chaudière", ["12"], ["Lévis"], []),
    ("les intervenants du quartier Centre-Sud", ["06"], ["Montréal"], ["Centre-Sud"]),
    ("dans Hochelaga-Maisonneuve", ["06"], ["Montréal"], ["Hochelaga-Maisonneuve"]),
    ("dans le quartier Saint-Henri", ["06"], ["Montréal"], ["Saint-Henri"]),
    ("à Sainte-Foy", ["03"], ["Québec"], ["Sainte-Foy"]),
    ("dans la Basse-Ville", ["03"], ["Québec"], ["Basse-Ville"]),
    ("à Charny", ["12"], ["Lévis"], ["Charny"]),
    ("sur l'ensemble de l'île de Montréal", ["06"], ["Montréal"], []),
    ("sur l’ensemble de l’Île de Montréal", ["06"], ["Montréal"], []),
    ("dans la MRC d'Acton", ["16"], [], []),
    ("dans la MRC de Bellechasse", ["12"], [], []),
    ("en Beauce", ["12"], [], []),
    # Québec, city or province
    ("les jeunes en difficulté de Québec", ["03"], ["Québec"], []),
    ("à Québec", ["03"], ["Québec"], []),
    ("la ville de Québec", ["03"], ["Québec"], []),
    ("la région de Québec", ["03"], [], []),
    ("in Québec City", ["03"], ["Québec"], []),
    ("au Québec", [], [], []),
    ("les régions du Québec", [], [], []),
    ("le gouvernement du Québec", [], [], []),
    ("in Quebec", [], [], []),
    ("across Québec", [], [], []),
    ("Tout le Québec", [], [], []),
    ("partout au Québec et à Lévis", ["12"], ["Lévis"], []),
    ("les familles québécoises", [], [], []),
    # surnames, words, streets
    ("Julie Racine dirige l'équipe.", [], [], []),
    ("Mme Brossard", [], [], []),
    ("l'équipe de Sutton", [], [], []),
    ("située à Sutton", ["05"], ["Sutton"], []),
    ("la municipalité de Racine", ["05"], ["Racine"], []),
    ("avec Simon Lemieux", [], [], []),
    ("rue Sherbrooke", [], [], []),
    ("au 120, rue Saint-Denis, Montréal", ["06"], ["Montréal"], []),
    ("boulevard des Laurentides", [], [], []),
    ("l'Université Laval", ["03"], [], []),
    ("La présentation des résultats", [], [], []),
    ("Présentation de l'organisme", [], [], []),
    ("La présentation a plu à Maria.", [], [], []),
    ("L'espérance des jeunes", [], [], []),
    ("la Saint-Jean", [], [], []),
    ("Nouvelle ressource pour les jeunes", [], [], []),
    ("Charlemagne Lortie, animateur", [], [], []),
    ("in Hope", [], [], []),
    ("Le prix Hudson", [], [], []),
    ("des ateliers à Alma", ["02"], ["Alma"], []),
    ("à Rouyn-Noranda", ["08"], ["Rouyn-Noranda"], []),
    ("in Longueuil and Brossard", ["16"], ["Longueuil", "Brossard"], []),
    ("L'organisme est situé à Val-d'Or.", ["08"], ["Val-d'Or"], []),
    ("Montréal (Québec) H2X 1A1", ["06"], ["Montréal"], []),
    ("Gatineau, Québec", ["07"], ["Gatineau"], []),
    # organisations give their region only where nothing else does
    ("avec le CISSS de la Montérégie-Est", ["16"], [], []),
    ("avec le CISSS de la Montérégie-Est, à Gatineau", ["07"], ["Gatineau"], []),
    ("La CDC Centre-Sud", ["06"], [], []),
    ("un agent de la Sûreté du Québec", [], [], []),
    ("Longueuil, le 12 mars 2024 – Le projet est lancé.", ["16"], [], []),
    ("Longueuil, le 12 mars 2024 – Le projet est lancé à Gatineau.", ["07"], ["Gatineau"], []),
    ("Le maire de Laval salue le projet.", ["13"], ["Laval"], []),
    ("au centre-ville de Montréal", ["06"], ["Montréal"], []),
]


@pytest.mark.parametrize(("text", "regions", "municipalities", "neighbourhoods"), PLACES)
def test_places_are_read_where_there_is_no_doubt(
    text: str, regions: list[str], municipalities: list[str], neighbourhoods: list[str]
) -> None:
    p = passage(text, language=guess(text))
    found = read_places(p)
    assert [place.value for place in found.municipalities] == municipalities
    assert [place.value for place in found.regions] == regions
    assert [place.value for place in found.neighbourhoods] == neighbourhoods
    check_evidence(p, (*found.regions, *found.municipalities, *found.neighbourhoods))
