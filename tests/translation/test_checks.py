import pytest

from passerelle.translation.checks import CHECKS, Pair, all_failures, failed_check

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
    ("Le service est gratuit pour les familles.", "The service est gratuit pour les familles.", "untranslated-copy"),
    (SOURCE, "Les jeunes du quartier viennent à la maison après school.", "untranslated-copy"),
    (SOURCE, "Des enfants de la ville sont avec les parents.", "wrong-language"),
    ("Le projet aide 40 jeunes.", "The project helps 14 youth.", "numbers-changed"),
    ("Le projet aide des jeunes.", "The project helps 25 youth.", "numbers-changed"),
    ("Ouvert à 14 h 30.", "Open at 4:30 p.m.", "numbers-changed"),
    (SOURCE, "Neighbourhood XQ0Q youth come home after school.", "placeholder-left"),
    (SOURCE, "Neighbourhood ⟦1⟧ youth come home after school.", "placeholder-left"),
    ("Le soir est long. Les parents viennent chercher les enfants.", "The evening is long, it is.", "missing-sentence"),
    ("Personne n’est laissé de côté.", "Everyone is left behind.", "negation-lost"),
    ("Le service n’est plus offert.", "The service is offered.", "negation-lost"),
    ('Elle dit "oui" à tous.', 'She says "yes to everyone.', "unbalanced-quotes"),
    ("Un lieu (gratuit) pour tous.", "A place (free for all.", "unbalanced-quotes"),
    ("Quelle belle soirée!", "What a damn fine evening!", "profanity"),
    ("La réduction des méfaits aide.", "The reduction of mischief helps.", "termbase"),
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
    ("Ouvert de 9 h à 17 h.", "Open from 9 a.m. to 5 p.m."),
    ("Ouvert 24 heures sur 24.", "Open 24 hours a day."),
    ("Un don de 2,5 M$.", "A donation of $2.5 million."),
    ("Sans rendez-vous.", "Walk-in."),
    ("Le local n’est pas accessible.", "The space is inaccessible."),
    ("Cela peut arriver à n’importe qui.", "It can happen to anyone."),
    ("Ce centre n’ouvre que le soir.", "This centre opens only in the evening."),
    ("La vie est dure, merde!", "Life is hard, damn it!"),
    ("Le CISSS de la Montérégie-Est est là.", "The CISSS de la Montérégie-Est is there."),
]


@pytest.mark.parametrize(("source", "output", "check"), DAMAGED)
def test_a_damaged_translation_is_refused_by_the_check_that_names_the_damage(
    source: str, output: str, check: str
) -> None:
    assert failed_check(source, output, "fr", "en") == check


@pytest.mark.parametrize(("source", "output"), GOOD)
def test_a_good_translation_passes_every_check(source: str, output: str) -> None:
    assert failed_check(source, output, "fr", "en") is None


def test_every_check_has_a_case() -> None:
    assert {check for _, _, check in DAMAGED} == set(CHECKS)


def test_all_failures_of_a_text_are_told() -> None:
    pair = Pair("Le projet aide 40 jeunes.", 'The "damn project helps 14 youth.', "fr", "en")
    assert all_failures(pair) == ["numbers-changed", "unbalanced-quotes", "profanity"]


def test_a_proper_name_may_stay_as_it_is() -> None:
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en") == "untranslated-copy"
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en", name=True) is None
