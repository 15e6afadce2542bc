"""What is looked for first, because looking for it is quick, stands in every text that the pattern behind it fits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.documents.apart import folded_words
from extractors.recognizers import audience, grades, mentions, names, offered, org_cues

REACH = 110
"""Characters before a name in which its cue stands."""
HINTED = (
    (audience._ACTORS, audience._ACTOR_WORDS),
    *((pattern, hints) for _, pattern, hints in audience._GENDERED),
    (grades._MAYBE, grades._HINTS),
    (mentions._ACTING, mentions._TITLED),
    (mentions._WHAT_IT_IS, mentions._TITLED),
    (names._ENDING, names._ENDINGS),
    (offered._FREE, offered._FREE_HINTS),
    (offered._PAID, offered._PAID_HINTS),
)


@pytest.mark.parametrize(("pattern", "hints"), HINTED, ids=(hints[0] for _, hints in HINTED))
@settings(max_examples=40)
@given(data=st.data())
def test_what_a_pattern_fits_holds_a_hint(
    pattern: re.Pattern[str], hints: tuple[str, ...], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(pattern))
    assert any(hint in text for hint in hints)


@pytest.mark.parametrize("pattern", [offered._PAIR, offered._ONE], ids=("pair", "one"))
@settings(max_examples=40)
@given(data=st.data())
def test_what_names_languages_holds_a_word_that_tells(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern))
    assert not offered._TELLING.isdisjoint(folded_words(text))


@pytest.mark.parametrize("pattern", [org_cues._BEFORE, org_cues._PROJECT_BEFORE], ids=("body", "project"))
@settings(max_examples=200)
@given(data=st.data())
def test_every_cue_before_a_name_is_seen(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(rf"\A(?:{pattern.pattern})\Z")).removesuffix("\n")
    assert org_cues.cue_before(text[-REACH:], len(text[-REACH:])) or len(text) > REACH


@pytest.mark.parametrize(
    "pattern",
    [org_cues._PROJECT_AFTER, org_cues._APPOSITION, org_cues._AGENT_AFTER, org_cues._SUBJECT],
    ids=("project", "apposition", "agent", "subject"),
)
@settings(max_examples=40)
@given(data=st.data())
def test_every_cue_after_a_name_is_seen(pattern: re.Pattern[str], data: st.DataObject) -> None:
    assert org_cues.cue_after(data.draw(st.from_regex(rf"\A(?:{pattern.pattern})")), 0)
