import pytest

from passerelle.translation.ages import write_ages
from passerelle.translation.mending import mend


@pytest.mark.parametrize(
    ("source", "written", "mended"),
    [
        ("les jeunes de 12 à 24 ans", "young people of 12 to 24 years", "young people aged 12 to 24"),
        ("les personnes de 65 ans et plus", "people of 65 years and more", "people aged 65 and over"),
        ("un enfant de 5 ans", "a child of 5 years", "a child aged 5"),
        (
            "avoir au moins 14 ans",
            "You must have at least 14 years to join.",
            "You must be at least 14 years old to join.",
        ),
        ("Ils ont 14 ans.", "They have 14 years.", "They are 14 years old."),
        ("Ils n’ont pas 14 ans.", "They do not have 14 years.", "They do not have 14 years."),
        ("Ils ont 14 ans d’expérience.", "They have 14 years.", "They have 14 years."),
        ("une peine de 3 à 5 ans", "a sentence of 3 to 5 years", "a sentence of 3 to 5 years"),
        ("les jeunes", "young people of 12 to 24 years", "young people of 12 to 24 years"),
    ],
)
def test_ages_are_written_as_english_has_them(source: str, written: str, mended: str) -> None:
    assert write_ages(source, written) == mended
    assert write_ages(source, mended) == mended


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("They meet twice a month.", "Ils se voient deux fois un mois.", "Ils se voient deux fois par mois."),
        ("twice a week", "deux fois la semaine", "deux fois par semaine"),
        ("It raised $22,000.", "Il a amassé 22.000 $.", "Il a amassé 22,000 $."),
        ("It weighs 1.250 kg.", "Il pèse 1.250 kg.", "Il pèse 1.250 kg."),
        ("once upon a time", "il était une fois une reine", "il était une fois une reine"),
    ],
)
def test_rates_and_thousands_are_mended_in_french(source: str, output: str, mended: str) -> None:
    assert mend(source, output, "en", "fr") == mended
