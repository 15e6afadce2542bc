"""A French term put into a sentence brings its plural, and the article before it follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passerelle.translation.french_agreement import agree_subjects, agree_verbs, describes_feminine
from passerelle.translation.french_terms import agree, is_feminine, plural
from passerelle.translation.termbase import load_terms


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("organisme communautaire", "organismes communautaires"),
        ("fin de semaine", "fins de semaine"),
        ("école secondaire", "écoles secondaires"),
        ("conseiller municipal", "conseillers municipaux"),
        ("travailleur de rue", "travailleurs de rue"),
        ("centre d’action bénévole", "centres d’action bénévole"),
        ("halte-garderie", "haltes-garderies"),
        ("milieu rural", "milieux ruraux"),
        ("porte-parole", "porte-parole"),
        ("atelier", "ateliers"),
        ("nouvel arrivant", "nouveaux arrivants"),
        ("GMF", "GMF"),
    ],
)
def test_a_term_is_put_into_the_plural_up_to_its_preposition(one: str, many: str) -> None:
    assert plural(one) == many
    assert plural(many) == many


@pytest.mark.parametrize(
    ("term", "before", "after"),
    [
        ("infolettre", "Le infolettre paraît.", "L’infolettre paraît."),
        ("ligne d’écoute", "Le ligne d’écoute est ouverte.", "La ligne d’écoute est ouverte."),
        ("organisme communautaire", "Ce organisme communautaire aide.", "Cet organisme communautaire aide."),
        ("équipe d’intervention", "La visite de équipe d’intervention", "La visite d’équipe d’intervention"),
        ("école secondaire", "à le école secondaire", "à l’école secondaire"),
        ("bénévoles", "Nous parlons à bénévoles.", "Nous parlons aux bénévoles."),
        ("bénévoles", "Nous parlons au bénévoles.", "Nous parlons aux bénévoles."),
        ("usagers", "Usagers décident de tout.", "Les usagers décident de tout."),
        ("usagers", "Usagers de drogues", "Usagers de drogues"),
        ("infolettre", "Infolettre est offerte aux parents.", "L’infolettre est offerte aux parents."),
        ("coordonnées", "Laissez votre coordonnées.", "Laissez vos coordonnées."),
        ("chaise", "un chaise", "un chaise"),
        ("bénévole", "L’un bénévole", "L’un bénévole"),
        ("halte-chaleur", "L’halte-chaleur a ouvert.", "La halte-chaleur a ouvert."),
        ("atelier", "auprès du atelier", "auprès de l’atelier"),
    ],
)
def test_the_article_follows_the_term(term: str, before: str, after: str) -> None:
    assert agree(before, [term]) == after


@pytest.mark.parametrize(
    "noun", ["pérennité", "réussite", "trousse", "personne", "première", "violence", "halte-garderie"]
)
def test_feminine_nouns_are_known(noun: str) -> None:
    assert is_feminine(noun)


@pytest.mark.parametrize("noun", ["comité", "site", "organisme", "suivi", "logement", "porte-parole", "partenariat"])
def test_masculine_nouns_are_known(noun: str) -> None:
    assert not is_feminine(noun)


@given(st.text(max_size=40), st.sampled_from(load_terms()), st.text(max_size=20))
def test_nothing_but_what_stands_before_a_term_changes(before: str, term: object, after: str) -> None:
    noun = term.fr.preferred  # type: ignore[attr-defined]
    written = agree(f"{before} {noun}{after}", [noun])
    assert noun in written
    assert written.endswith(after)


@pytest.mark.parametrize(
    ("term", "before", "after"),
    [
        ("bénévoles", "Les bénévoles accompagne les gens.", "Les bénévoles accompagnent les gens."),
        ("bénévoles", "Nos bénévoles nous a aidés.", "Nos bénévoles nous ont aidés."),
        ("bénévoles", "Fermé. Les bénévoles ne peut pas.", "Fermé. Les bénévoles ne peuvent pas."),
        ("bénévoles", "Les bénévoles découvre la ville.", "Les bénévoles découvrent la ville."),
        ("bénévoles", "Les bénévoles entre eux", "Les bénévoles entre eux"),
        ("bénévoles", "Elle aide les bénévoles et chante.", "Elle aide les bénévoles et chante."),
        ("bénévoles", "Celui qui aide nos bénévoles est là.", "Celui qui aide nos bénévoles est là."),
        ("bénévoles", "Les bénévoles d’ici a tout.", "Les bénévoles d’ici a tout."),
        ("coordonnateur", "Le coordonnateur sont là.", "Le coordonnateur est là."),
        ("chaise", "Les chaise est là.", "Les chaise est là."),
    ],
)
def test_the_verb_follows_a_term_that_is_its_subject(term: str, before: str, after: str) -> None:
    assert agree_verbs(before, [term]) == after


@pytest.mark.parametrize(
    ("before", "feminine"),
    [
        ("Le programme est ", False),
        ("Cette activité, offerte par le centre, est ", True),
        ("La visite du musée est ", True),
        ("Les activités sont ", True),
        ("près de la clinique ", True),
        ("L’atelier est toujours ", False),
        ("stationnement et activités ", True),
        ("", False),
    ],
)
def test_an_adjective_describes_the_noun_before_it_or_the_subject(before: str, feminine: bool) -> None:
    assert describes_feminine(before) is feminine


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("Les bénévoles nous a aidés.", "Les bénévoles nous ont aidés."),
        ("Plus de 80 jeunes mères est là.", "Plus de 80 jeunes mères sont là."),
        ("Fermé. Les parents peut venir.", "Fermé. Les parents peuvent venir."),
        ("Les cours de yoga est là.", "Les cours de yoga est là."),
        ("Le corps a un coût.", "Le corps a un coût."),
        ("Nos voisins a-t-on dit", "Nos voisins a-t-on dit"),
    ],
)
def test_the_verb_follows_a_plural_subject_that_opens_a_sentence(written: str, mended: str) -> None:
    assert agree_subjects(written) == mended
