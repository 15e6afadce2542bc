"""Whom a text presents as a minor or in private is found in both languages; officials never. All are fictional."""

from __future__ import annotations

import pytest

from passerelle.publishing.withholding.presented import may_present, people_presented

MINORS = """
Jonathan Ricard, 16 ans, victime d’exploitation, vit chez sa tante.
«J’ai dormi dehors deux mois», raconte Sabrina Lessard, 15 ans.
« On apprend », se souvient Coralie Dubé-Paré, élève de secondaire 3.
Sabrina Lessard (15 ans) revient chaque soir.
Kevin Pronovost a 16 ans et dort au refuge.
Kevin Pronovost n’a que 14 ans.
Kevin Pronovost vient d’avoir 17 ans.
Âgée de 15 ans, Sabrina Lessard étudie à Laval.
À 15 ans, Sabrina Lessard a quitté la maison.
La jeune Sabrina Lessard arrive.
L’élève Coralie Dubé-Paré a gagné.
Une élève de secondaire 3, Coralie Dubé-Paré, parle.
Kevin Pronovost, qui a 16 ans, rit.
Kevin Pronovost, un jeune de Laval âgé de 16 ans, rit.
Kevin Pronovost, seize ans, rit.
Kevin Pronovost fréquente l’école secondaire des Rives.
Kevin Pronovost est en secondaire 4.
Sa fille, Léa Trudel, 12 ans, y va.
Un adolescent de 15 ans, Kevin Pronovost, a été vu.
L’adolescente Sabrina Lessard a parlé.
“I slept outside,” says Sabrina Lessard, 15.
Sabrina Lessard, a 15-year-old from Verdun, agrees.
15-year-old Sabrina Lessard agrees.
Fifteen-year-old Sabrina Lessard agrees.
Sabrina Lessard, aged 15, agrees.
Sabrina Lessard is 15 years old.
Sabrina Lessard was 14 when she came.
Sabrina Lessard, a Grade 9 student, agrees.
Grade 9 student Sabrina Lessard agrees.
Sabrina Lessard is a Grade 9 student at Riverside.
Sabrina Lessard is in Grade 9.
Sabrina Lessard attends Riverside High School.
At 15, Sabrina Lessard left home.
Julie Gagnon, présidente du comité jeunesse, 16 ans, répond.
Alma, 15 ans, arrive.
Alma a 15 ans.
"""
PRIVATE = """
Her daughter Lily Doyle sings.
Une participante, Mélissa Trudel, raconte.
Mélissa Trudel, une participante du projet, sourit.
Jordan Michaud, résident de la maison, cuisine.
Nathalie Ricard, mère de Jonathan, pleure.
Mélissa Trudel a été victime de violence.
Mélissa Trudel est une survivante.
Marc-Antoine Dion, ancien participant, revient.
Sabrina Lessard, a participant, agrees.
Sabrina Lessard, a victim of exploitation, agrees.
Sabrina Lessard was trafficked at home.
A resident, Jordan Michaud, cooks.
Jordan Michaud, a resident of the house, cooks.
The victim, Jordan Michaud, was found.
Mary Doyle, mother of a participant, agrees.
"""
NOBODY = """
Julie Gagnon, directrice depuis 16 ans, part.
Julie Gagnon, âgée de 45 ans, part.
Julie Gagnon a fondé le centre il y a 15 ans.
Julie Gagnon, agente auprès des victimes, répond.
Julie Gagnon, mère de famille et présidente du conseil d’administration, répond.
Julie Gagnon, intervenante, 16 ans d’expérience.
Julie Gagnon a 16 ans d’expérience.
Julie Gagnon, enseignante d’élèves de secondaire 3, répond.
Julie Gagnon travaille avec les jeunes de 12 à 17 ans.
Selon Julie Gagnon, une élève sur cinq décroche.
La Maison Phare a 15 ans.
Trois-Rivières, 15 ans plus tard.
Le Centre Odile-Carrière accueille les 12-17 ans.
Julie Gagnon, directrice de l’école secondaire des Rives, répond.
La coordonnatrice, Julie Gagnon, accueille une élève de 15 ans.
Julie Gagnon, 45 ans, répond.
Le maire Luc Roy a salué les élèves.
Des ateliers pour les 15 ans et plus.
Julie Gagnon, travailleuse de rue, suit des adolescents.
Il y a 15 ans, Julie Gagnon fondait le centre.
Depuis 15 ans, Julie Gagnon dirige le centre.
Après un mandat de 15 ans, Julie Gagnon part.
Julie Gagnon, youth worker for 15 years, agrees.
Julie Gagnon, executive director, has 16 years of experience.
Julie Gagnon, aged 45, agrees.
Julie Gagnon founded the centre 15 years ago.
Julie Gagnon, victim support officer, agrees.
Julie Gagnon, mother of three and chair of the board, agrees.
Julie Gagnon, high school teacher, agrees.
Julie Gagnon works with youth aged 12 to 17.
Sergeant Luc Roy met the victims.
Les élèves de 5e secondaire ont rencontré Julie Gagnon, mairesse.
Julie Gagnon, psychologue auprès des victimes, répond.
Julie Gagnon, jeune directrice du centre, répond.
Julie Gagnon, 12, rue Principale
Luc Roy, chef du service des enfants, répond.
Julie Gagnon, avocate des victimes, répond.
Julie Gagnon is the president of the parents committee.
Julie Gagnon, étudiante à la maîtrise et intervenante, répond.
Bravo aux 16 ans du Carrefour Jeunesse.
Alma, 12, rue Principale
Passer par Alma, ses élèves, son école.
Une vie à Alma, 15 ans, puis le départ.
"""
NAMES = ("Jonathan Ricard", "Sabrina Lessard", "Coralie Dubé-Paré", "Kevin Pronovost", "Léa Trudel", "Lily Doyle",
         "Julie Gagnon", "Mélissa Trudel", "Jordan Michaud", "Nathalie Ricard", "Marc-Antoine Dion",
         "Mary Doyle", "Alma")  # fmt: skip


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize(
    ("text", "kind"), [*((text, "minor") for text in lines(MINORS)), *((text, "private") for text in lines(PRIVATE))]
)
def test_a_person_presented_as_a_minor_or_in_private_is_found(text: str, kind: str) -> None:
    (found,) = people_presented([text])
    assert (found.name in NAMES, found.kind) == (True, kind)
    assert found.name in text
    assert may_present(text)


@pytest.mark.parametrize("text", lines(NOBODY))
def test_officials_organisations_and_figures_are_nobody_private(text: str) -> None:
    assert people_presented([text]) == ()


@pytest.mark.parametrize("signature", ["Kevin Pronovost\nÉlève de secondaire 4", "— Kevin Pronovost\n15 ans"])
def test_a_line_below_a_name_says_who_that_is(signature: str) -> None:
    assert [one[:] for one in people_presented([f"On s’y sent bien.\n\n{signature}"])] == [("Kevin Pronovost", "minor")]


def test_an_office_said_elsewhere_counts_and_names_of_organisations_are_nobodys() -> None:
    texts = ["Julie Gagnon, directrice, sourit.", "Une participante, Julie Gagnon, sourit."]
    assert people_presented(texts) == ()
    assert people_presented(["Tournesol a 15 ans."], known=["Les ateliers Tournesol"]) == ()
