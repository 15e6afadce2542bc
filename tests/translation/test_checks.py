import pytest

from passerelle.translation.checks import failed_check

SOURCE = "Les jeunes du quartier viennent à la maison après l’école."

LONG_STORY = (
    "of the town, of its neighbourhoods and of every village around it, come home when their school ends, and more of "
    "them later, in small groups, with friends whom they met on the way."
)

DAMAGED = [
    (SOURCE, "", "empty"),
    (SOURCE, "The youth youth youth youth come home after school.", "repetition"),
    (SOURCE, "They come home, they come home, they come home.", "repetition"),
    (SOURCE, "The unfavourableourableourable youth come home.", "repetition"),
    (SOURCE, f"Youth {LONG_STORY}", "length-ratio"),
    (SOURCE + " Ils y restent jusqu’au soir avec leurs parents.", "Youth come.", "length-ratio"),
    (SOURCE, SOURCE, "untranslated-copy"),
    (SOURCE, "Les jeunes du quartier viennent à la maison after school.", "wrong-language"),
    (SOURCE, "Les jeunes du quartier viennent à la maison après school.", "untranslated-copy"),
    (SOURCE, "Des enfants de la ville sont avec les parents.", "wrong-language"),
    ("Le projet aide 40 jeunes.", "The project helps 14 youth.", "numbers-changed"),
    ("Le projet aide des jeunes.", "The project helps 25 youth.", "numbers-changed"),
]  # fmt: skip
GOOD = [
    (SOURCE, "Neighbourhood youth come to the house after school."),
    ("Impact", "Impact"),
    ("Communication", "Communication"),
    ("Les 2 parents", "Both parents"),
    ("Trois rencontres par an", "3 meetings a year"),
    ("Très, très, très bien", "Very, very, very good"),
    ("Un prix de 25 000 $", "A $25,000 award"),
    ("Fugue", "Running away from home"),
]


@pytest.mark.parametrize(("source", "output", "check"), DAMAGED)
def test_a_damaged_translation_is_refused_by_the_check_that_names_the_damage(
    source: str, output: str, check: str
) -> None:
    assert failed_check(source, output, "fr", "en") == check


@pytest.mark.parametrize(("source", "output"), GOOD)
def test_a_good_translation_passes_every_check(source: str, output: str) -> None:
    assert failed_check(source, output, "fr", "en") is None


def test_a_proper_name_may_stay_as_it_is() -> None:
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en") == "untranslated-copy"
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en", name=True) is None
