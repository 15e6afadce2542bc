from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.translation_checks.unseen import SETS, judged
from passerelle.translation.checks import CHECKS, Pair, all_failures, failed_check
from passerelle.translation.vocabulary import unknown_words

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
    (SOURCE, "Neighbourhood \ufffd youth come home after school.", "placeholder-left"),
    ("Le soir est long. Les parents viennent chercher les enfants.", "The evening is long, it is.", "missing-sentence"),
    ("Le café ouvre à midi.", "The café opens at noon. It serves fifty meals every day.", "sentence-added"),
    ("Le groupe compte douze jeunes.", "The group has twenty young people.", "numbers-changed"),
    ("Un bail d’un an et demi", "A lease of 16 months", "numbers-changed"),
    ("La salle est ouverte l’hiver.", "The hall is closed in winter.", "meaning-reversed"),
    ("Les vols ont diminué.", "Thefts have increased.", "meaning-reversed"),
    ("Mme Cyr dirige le centre.", "Mr. Cyr runs the centre.", "title-changed"),
    ("Le Pont des Saules aide.", "The Pont des Ormes helps.", "name-changed"),
    ("Personne n’est laissé de côté.", "Everyone is left behind.", "negation-lost"),
    ("Le service n’est plus offert.", "The service is offered.", "negation-lost"),
    ("Ce n’est pas gratuit.", "It is free.", "negation-lost"),
    ("Les parents ne paient pas l’intervention.", "Parents pay for the intervention.", "negation-lost"),
    ("Aucune information n’est partagée.", "Information is shared with individuals.", "negation-lost"),
    ("Le centre est ouvert.", "The centre is not open.", "negation-added"),
    ("Le service est gratuit pour tous.", "The service is not free for everyone.", "negation-added"),
    ("Le projet coûte 3 millions de dollars.", "The project costs $3.", "numbers-changed"),
    ("Le projet coûte 3,5 M$.", "The project costs $3.5 billion.", "numbers-changed"),
    ("Le taux atteint 45 %.", "The rate reaches $45.", "numbers-changed"),
    ("Les bénévoles donnent 20 h par mois.", "Volunteers help at 8 p.m. every month.", "numbers-changed"),
    ("Le 3 mars, 5 jeunes sont venus.", "On March 5, 3 young people came.", "numbers-swapped"),
    ("Elle réunit 8 parents et 15 enfants.", "It brings together 15 parents and 8 children.", "numbers-swapped"),
    ("Le café est ouvert le lundi.", "The café is open on Thursday.", "calendar-changed"),
    ("Le refuge ouvre en novembre.", "The shelter opens in December.", "calendar-changed"),
    ("Selon Oumou Gadbois, tout va bien.", "According to Oumou Gadbais, all is well.", "name-changed"),
    ("Les jeunes viennent ici.", "Los jóvenes vienen aquí.", "wrong-language"),
    ("Les parents viennent avec leurs enfants.", "Die Eltern kommen mit ihren Kindern.", "wrong-language"),
    ('Elle dit "oui" à tous.', 'She says "yes to everyone.', "unbalanced-quotes"),
    ("Un lieu (gratuit) pour tous.", "A place (free for all.", "unbalanced-quotes"),
    ("Quelle belle soirée!", "What a damn fine evening!", "profanity"),
    ("La réduction des méfaits aide.", "The reduction of mischief helps.", "termbase"),
    ("Bonsoir à vous.", "Goodsoir to you.", "unknown-word"),
    ("Ouvert du lundi au vendredi.", "Open on Monday and Friday.", "calendar-changed"),
    ("Ouvert le lundi et le vendredi.", "Open Monday to Friday.", "calendar-changed"),
    ("Les repas sont servis à midi.", "The repas are served at noon.", "unknown-word"),
    ("Ouvert aux jeunes de 18 ans et plus.", "Open to youth aged 18.", "bound-changed"),
    ("Les jeunes de 18 ans viennent.", "Youth over 18 come.", "bound-changed"),
    ("Un groupe d’au plus 12 enfants", "A group of at least 12 children", "bound-changed"),
    ("Sorties, ateliers et repas", "Outings and meals", "item-lost"),
    ("L’équipe offre du répit, des ateliers et des repas.", "The team offers respite and meals.", "item-lost"),
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
    ("Il ne reste que deux places.", "Only two places are left."),
    ("Non seulement ils cuisinent, mais ils servent.", "Not only do they cook, they serve."),
    ("N’hésitez pas à nous écrire.", "Feel free to write to us."),
    ("Le service est offert sans frais.", "The service is free of charge."),
    ("Il faut agir avant qu’il ne soit trop tard.", "We must act before it is too late."),
    ("C’est gratuit.", "There is no charge."),
    ("Il est défendu de fumer.", "Smoking is not allowed."),
    ("Ouvert 24 h/24, 7 j/7.", "Open 24 hours a day, 7 days a week."),
    ("Une formation de 3 h", "A 3-hour training session"),
    ("Une vingtaine de jeunes y vont.", "About 20 young people go there."),
    ("Un don de 500 k$.", "A donation of $500,000."),
    ("Un bail d’un an et demi", "An 18-month lease"),
    ("Un séjour de dix-huit mois", "A stay of a year and a half"),
    ("Une demi-douzaine de jeunes", "Half a dozen young people"),
    ("Ouvert sept jours sur sept.", "Open seven days a week."),
    ("La rencontre a lieu le 3 sept.", "The meeting is on September 3."),
    ("Ce n’est pas facile.", "It is difficult."),
    ("On ferme la salle ouverte.", "The open hall is closed."),
    ("M. et Mme Roy habitent ici.", "Mr. and Mrs. Roy live here."),
    ("Mme Roy habite ici.", "Officer Roy lives here."),
    ("Le Pont des Saules aide.", "Pont des Saules helps."),
    ("Ouvert le samedi et le dimanche.", "Open on weekends."),
    ("Prévention du suicide", "Preventing suicide"),
    ("Organisme fondé en 1985", "Founded in 1985"),
    ("Les intervenants de la conférence parlent.", "The conference speakers talk."),
    ("Une fugue de Bach.", "A Bach fugue."),
    ("La vie est dure, merde!", "Life is hard, damn it!"),
    ("Une salle pour au moins 30 personnes", "A room for 30 people or more"),
    ("De 12 à 17 ans, de 9 h à 17 h", "Ages 12 to 17, from 9 a.m. to 5 p.m."),
    ("Jusqu’à 21 h, le 3 mars 2024, à Laval", "Until 9 p.m. on March 3, 2024, in Laval"),
    ("Les aîné·es, leurs proches et les bénévoles", "Seniors, their families, and volunteers"),
    ("Le gala a lieu au Centre culturel de Shawinigan.", "The gala is held at the Centre culturel de Shawinigan."),
    ("Un café rassurant, sociofinancier et incroyable", "A reassuring, sociofinancial and unbelievable café"),
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


@pytest.mark.parametrize(
    ("pairs", "unseen"),  # who did what to whom, no check here sees
    [
        (SETS[0], {"role swap": 3, "negation lost": 2}),
        (SETS[1], {"role swapped": 8, "name replaced": 1, "antonym": 1}),
    ],
)
def test_good_pairs_written_by_hand_pass_and_spoilt_ones_are_refused(pairs: Path, unseen: dict[str, int]) -> None:
    found = list(judged(pairs))
    assert [pair for pair in found if pair.kind == "good" and pair.failure] == []
    missed = Counter(pair.kind for pair in found if pair.kind != "good" and not pair.failure)
    assert missed <= Counter(unseen)


@pytest.mark.parametrize(
    ("source", "output", "check"),
    [
        ("It is not free.", "C’est seulement gratuit.", "negation-lost"),
        ("It is open.", "Ce n’est pas ouvert.", "negation-added"),
        ("It is not free.", "Ce n’est pas gratuit.", None),
        ("It is open only on Sunday.", "Ce n’est ouvert que le dimanche.", None),
    ],
)
def test_negations_are_held_to_both_ways_into_french_too(source: str, output: str, check: str | None) -> None:
    assert failed_check(source, output, "en", "fr") == check


@pytest.mark.parametrize(
    ("source", "output", "check"),
    [
        ("Children under 5 come free.", "Les enfants de 5 ans entrent gratuitement.", "bound-changed"),
        ("For adults aged 65 and over", "Pour les adultes de 65 ans et plus", None),
        ("Up to 60 children eat there.", "Jusqu’à 60 enfants y mangent.", None),
        ("Hats and coats are needed.", "Les chapeaux et les coats sont nécessaires.", "unknown-word"),
        ("Free tutoring is offered.", "Free tutorat est offert.", "unknown-word"),
        ("The children learn to swim.", "Les enfants apprendre à nager.", "bare-infinitive"),
        ("They say that their workers help.", "Ils disent que leurs ouvriers aider.", "bare-infinitive"),
        ("The paper edition comes out.", "Le numéro papier paraît.", None),
        ("Seeing youth succeed is a joy.", "Voir les jeunes réussir est une joie.", None),
        ("All volunteers are trained.", "Tou·tes les bénévoles sont formé·es.", None),
    ],
)
def test_bounds_and_words_are_held_to_into_french_too(source: str, output: str, check: str | None) -> None:
    assert failed_check(source, output, "en", "fr") == check


def test_an_engine_that_finds_the_source_unlikely_is_believed() -> None:
    pair = Pair("Les parents sont rassurés.", "The parents say.", "fr", "en", likelihood=-2.9)
    assert all_failures(pair) == ["meaning-lost"]
    assert all_failures(replace(pair, likelihood=-0.4)) == []
    assert all_failures(replace(pair, name=True, source="Les Rassurés", output="Les Rassurés")) == []


def test_every_check_has_a_case() -> None:
    others = {"name-unlike", "low-confidence", "meaning-lost", "bare-infinitive"}
    assert {*(check for _, _, check in DAMAGED), *others} == set(CHECKS)


def test_all_failures_of_a_text_are_told() -> None:
    pair = Pair("Le projet aide 40 jeunes.", 'The "damn project helps 14 youth.', "fr", "en")
    assert all_failures(pair) == ["numbers-changed", "unbalanced-quotes", "profanity"]


@pytest.mark.parametrize(
    ("name", "output", "check"),
    [
        ("Réseau Tisserand", "Weaver Network", None),
        ("Réseau Tisserand", "Grow", "name-unlike"),
        ("La Tournée des frigos", "The Tourics", "name-unlike"),
        ("Travail de rue", "Street Outreach", None),
    ],
)
def test_a_name_must_have_words_of_its_own(name: str, output: str, check: str | None) -> None:
    assert failed_check(name, output, "fr", "en", name=True) == check


def test_a_proper_name_may_stay_as_it_is() -> None:
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en") == "untranslated-copy"
    assert failed_check("Ateliers de la Lune", "Ateliers de la Lune", "fr", "en", name=True) is None


def test_a_capital_makes_no_name_of_a_made_up_word_where_the_source_has_common_words() -> None:
    assert unknown_words("Our Services For Youth", "Nos Services Fortuth", "en", "fr") == ("Fortuth",)
    assert unknown_words("We met in Tasmania.", "Nous nous sommes vus en Tasmanie.", "en", "fr") == ()
