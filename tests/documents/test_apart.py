"""Words cut by translation are those that an expression finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.documents.apart import folded_words, letters_in
from extractors.recognizers.fold import fold_text


@given(st.text())
def test_letters_are_those_of_the_expression(text: str) -> None:
    assert letters_in(text) == re.findall(r"[^\W\d_]+", text)


@given(st.text())
def test_folded_words_are_those_of_the_expression(text: str) -> None:
    assert folded_words(fold_text(text)) == re.findall(r"[a-z0-9]+", fold_text(text))
