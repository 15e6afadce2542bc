from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.wording import excerpt, shortened

TEXT = "Le vendredi, trente filles de Trois-Rivières apprennent à coudre avec une intervenante."


def test_a_text_is_cut_between_words() -> None:
    assert shortened(TEXT, 30) == "Le vendredi, trente filles de…"
    assert shortened("Le vendredi, trente", 14) == "Le vendredi…"
    assert shortened("anticonstitutionnellement", 5) == "anti…"
    start = TEXT.index("apprennent")
    assert excerpt(TEXT, start, start + len("apprennent"), 12) == "…\u00a0apprennent à coudre…"
    assert excerpt(TEXT, 0, 2, 12) == "Le vendredi…"


@given(st.text("ab «é", max_size=40), st.data())
def test_an_excerpt_holds_its_words_whole_and_is_no_longer_than_asked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = excerpt(text, start, end, 7)
    assert text[start:end] in shown
    assert len(shown) <= end - start + 2 * 7 + 3
    assert len(shortened(text, 9)) <= 10
