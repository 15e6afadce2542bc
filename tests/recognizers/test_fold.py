"""Folding makes spellings equal and always finds the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.recognizers.fold import _INCLUSIVE, _MAY_BE_INCLUSIVE, _inclusive_in, fold, fold_text, fold_word

FOLDED = [
    ("Équipe", "equipe"),
    ("CŒUR", "coeur"),
    ("l’œil d’Anaïs", "l'oeil d'anais"),
    ("« bonjour »", '" bonjour "'),
    ("“hello”", '"hello"'),
    ("12–25\u00a0ans", "12-25 ans"),
    ("Chutes‑de‑la‑Chaudière", "chutes-de-la-chaudiere"),
    ("e\u0301cole", "ecole"),
    ("pro\u00adjet", "projet"),
    ("zero\u200bwidth", "zerowidth"),
    ("intervenant.es", "intervenants"),
    ("intervenant.e", "intervenant"),
    ("intervenants.e.s", "intervenants"),
    ("résident.e.s", "residents"),
    ("usager·ères", "usagers"),
    ("usager.ère.s", "usagers"),
    ("âgé∙es", "ages"),
    ("montréalais∙es", "montrealais"),
    ("acteur.trices", "acteurs"),
    ("acteur(trice)s", "acteurs"),
    ("étudiant(e)s", "etudiants"),
    ("étudiant(e)", "etudiant"),
    ("citoyen•ne•s", "citoyens"),
    ("citoyen-ne-s", "citoyens"),
    ("travailleur·euse·s", "travailleurs"),
    ("Animé.e.s", "animes"),
    ("futur.e.s", "futurs"),
    ("nombreux·ses", "nombreux"),
    ("professionnel‧les", "professionnels"),
    ("directeur/trice", "directeur"),
    ("info@exemple.es", "info@exemple.es"),
    ("fin. Et puis", "fin. et puis"),
    ("accompagnateur(-trice)", "accompagnateur"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_spellings_become_one(text: str, expected: str) -> None:
    assert fold_text(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in FOLDED])
def test_the_whole_folded_text_leads_back_to_the_whole_text(text: str) -> None:
    folded = fold(text)
    assert folded.span(0, len(folded.text)) == (0, len(text))


@given(st.text(max_size=200))
def test_offsets_rise_and_stay_inside(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)
    for start in range(len(folded.text)):
        low, high = folded.span(start, start + 1)
        assert 0 <= low < high <= len(text)


@given(st.text(alphabet="aeilrsu.·•(-)/ ", max_size=40))
def test_the_quick_look_for_inclusive_spellings_loses_none(text: str) -> None:
    assert _MAY_BE_INCLUSIVE.search(text) or not _INCLUSIVE.search(text)
    spans = [match.span() for match in _INCLUSIVE.finditer(text)]
    assert [match.span() for match in _inclusive_in(text)] == spans


@given(st.text(max_size=20))
def test_a_word_folds_like_any_text(word: str) -> None:
    assert fold_word(word) == fold_text(word)
