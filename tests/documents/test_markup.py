"""Class names: each rule finds its words, alone and among other parts, and the first of the rules wins."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.documents.markup import _BY_WORDS, _IGNORED_NAME, furniture_rule

WORDS = [(rule, word) for rule, words in _BY_WORDS for word in words.split()]
PARTS = sorted({part for _, word in WORDS for part in re.split("[-_]+", word.strip("^$"))} | {"wp", "zone", "x1"})
names = st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("-".join)


def _expression(word: str) -> re.Pattern[str]:
    """Say as an expression what it is for a word to stand in a name, between hyphens, low lines or ends."""
    body = "[-_]+".join(map(re.escape, re.split("[-_]+", word.strip("^$"))))
    start = "^" if word.startswith("^") else "(?:^|[-_])"
    return re.compile(start + body + ("$" if word.endswith("$") else "(?:$|[-_])"))


@given(names)
def test_a_name_is_of_the_first_rule_of_which_it_holds_a_word(name: str) -> None:
    first = next((rule for rule, word in WORDS if _expression(word).search(name)), None)
    assert furniture_rule("div", None, name, None) == (None if _IGNORED_NAME.match(name) else first)
