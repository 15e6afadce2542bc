"""Numbers in words: each is read whole, though others begin it."""

from __future__ import annotations

import re

import pytest

from extractors.recognizers.numbers import number_pattern, number_words, read_number

WORDS = sorted(number_words().keys() - {"un"})


@pytest.mark.parametrize("after", ["", " ans", "-un", " an", "s"])
def test_the_longest_number_that_stands_there_is_read(after: str) -> None:
    pattern = re.compile(number_pattern())
    for word in WORDS:
        match = pattern.match(word + after)
        assert match is not None
        assert match[0] == max((known for known in WORDS if (word + after).startswith(known)), key=len)
        assert read_number(match[0]) == number_words()[match[0]]


def test_un_alone_is_an_article() -> None:
    assert re.match(number_pattern(), "un ans") is None
