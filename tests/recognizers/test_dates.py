"""Dates are read in French and English; what can be read in two ways is not read."""

import pytest

from extractors.recognizers.dates import parse_date, read_dates, read_start
from tests.recognizers.passages import check_evidence, guess, passage

DATES = [
    ("14 sept. 2024", "2024-09-14"),
    ("1er juill. 2020", "2020-07-01"),
    ("1er août 2021", "2021-08-01"),
    ("le 3 mars 2024", "2024-03-03"),
    ("3 MARS 2024", "2024-03-03"),
    ("mardi 3 décembre 2019", "2019-12-03"),
    ("mar. 3 déc. 2019", "2019-12-03"),
    ("23 févr. 2022", "2022-02-23"),
    ("12 janv. 2023", "2023-01-12"),
    ("5 avr. 2018", "2018-04-05"),
    ("30 juin 2020", "2020-06-30"),
    ("8 mai 2021", "2021-05-08"),
    ("31 oct. 2022", "2022-10-31"),
    ("11 nov. 2022", "2022-11-11"),
    ("14 juil. 2019", "2019-07-14"),
    ("août 2021", "2021-08"),
    ("Mars 2020", "2020-03"),
    ("publié en 2019", "2019"),
    ("2024-03-03", "2024-03-03"),
    ("2024-03-03T10:00:00-05:00", "2024-03-03"),
    ("2024/03/15", "2024-03-15"),
    ("2020-07", "2020-07"),
    ("July 14, 2020", "2020-07-14"),
    ("Sept. 3, 2024", "2024-09-03"),
    ("September 2021", "2021-09"),
    ("3rd of March 2024", "2024-03-03"),
    ("March 3rd, 2024", "2024-03-03"),
    ("Dec 31 2019", "2019-12-31"),
    ("4 May 2022", "2022-05-04"),
    ("14/03/2024", "2024-03-14"),
    ("03/14/2024", "2024-03-14"),
    ("05/05/2024", "2024-05-05"),
    ("03/04/2024", None),
    ("01-02-2023", None),
    ("99/99/2024", None),
    ("sans date", None),
    ("", None),
    ("514 555-0199", None),
    ("125 000 $", None),
    ("le 45 mars", None),
]

STARTS = [
    ("Le programme a pris effet le 3 février 2025 avec douze participants.", "2025-02-03"),
    ("The agreement took effect on September 16, 2024.", "2024-09-16"),
    ("Depuis la première cohorte, en septembre 2022, soixante jeunes ont terminé.", "2022-09"),
    ("The first group met in January 2024.", "2024-01"),
    ("Amos, le 3 mai 2025 – À compter du 2 juin 2025, le projet accueillera des familles.", "2025-06-02"),
    ("Starting in October 2023, the program will run twice a week.", "2023-10"),
    ("Le projet a été officiellement offert par l'organisme depuis juillet 2020.", "2020-07"),
    ("Le projet a été lancé en 2019.", "2019"),
    ("Lancée en mars 2018, l'initiative rejoint les jeunes.", "2018-03"),
    ("Ce service a débuté à l'automne 2021.", "2021"),
    ("Le projet de l'organisme a débuté le 3 mai 2018.", "2018-05-03"),
    ("Le programme est en place depuis le 1er septembre 2017.", "2017-09-01"),
    ("Ce partenariat, amorcé en 2016, se poursuit.", "2016"),
    ("Mis sur pied en 2015, le comité se réunit chaque mois.", "2015"),
    ("Les ateliers sont offerts depuis 2014.", "2014"),
    ("La clinique mobile a vu le jour en janvier 2022.", "2022-01"),
    ("Depuis 2020, le projet accompagne des familles.", "2020"),
    ("Début du projet : avril 2021", "2021-04"),
    ("Le projet a démarré au printemps 2019.", "2019"),
    ("Créée en 2013, cette initiative est unique.", "2013"),
    ("Since July 2020, the program helps girls.", "2020-07"),
    ("The project was launched in 2019.", "2019"),
    ("The initiative began in the fall of 2018.", "2018"),
    ("The workshops have been offered since September 2016.", "2016-09"),
    ("Start date: March 2021", "2021-03"),
    ("L'organisme, fondé en 1987, a lancé le projet en 2020.", "2020"),
]

NO_STARTS = [
    "L'organisme, fondé en 1987, accueille les jeunes.",
    "Depuis 1972, la Maison des Saules accueille des familles.",
    "Fondée en 1990, la corporation compte dix employés.",
    "The organization was founded in 1995.",
    "Since 1985, the centre has welcomed youth.",
    "Le gala aura lieu le 3 mai 2024.",
    "Publié le 12 mars 2024",
    "Depuis plusieurs années, le projet aide les jeunes.",
    "Depuis 25 ans, nous sommes là.",
    "L'association, créée en 2001, offre un repas.",
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_is_read_or_left(text: str, expected: str | None) -> None:
    assert parse_date(text, guess(text)) == expected


@pytest.mark.parametrize(("text", "expected"), STARTS)
def test_the_start_of_an_initiative_is_read(text: str, expected: str) -> None:
    p = passage(text, language=guess(text))
    found = read_start(p)
    assert found is not None
    assert found.value == expected
    check_evidence(p, [found])


@pytest.mark.parametrize("text", NO_STARTS)
def test_other_dates_are_no_start(text: str) -> None:
    assert read_start(passage(text, language=guess(text))) is None


def test_every_date_is_listed_once_with_its_places() -> None:
    p = passage("Du 3 mars 2024 au 5 avril 2024.", "Rappel : 3 mars 2024")
    found = read_dates(p)
    assert [date.value for date in found] == ["2024-03-03", "2024-04-05"]
    assert len(found[0].evidence) == 2
    check_evidence(p, found)
