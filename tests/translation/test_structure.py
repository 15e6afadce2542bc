from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passerelle.translation.sentences import split_long, split_sentences
from passerelle.translation.structure import plain_words, put_together, take_apart

MARKDOWN = """## Nos objectifs

- Joindre les jeunes;
- **Soutenir** les parents.
1. Un premier pas
2) Un second

> Une citation.

**Tout en gras**
Un paragraphe sur
deux lignes.
"""

markdown_like = st.text(alphabet=st.sampled_from("ab É.\n#->*_1)•`[](« \t"), max_size=80)


def test_marks_stay_and_words_come_out() -> None:
    pieces = [piece for piece in take_apart(MARKDOWN) if piece.words]
    assert [(piece.lead, piece.words) for piece in pieces] == [
        ("## ", "Nos objectifs"),
        ("- ", "Joindre les jeunes;"),
        ("- ", "**Soutenir** les parents."),
        ("1. ", "Un premier pas"),
        ("2) ", "Un second"),
        ("> ", "Une citation."),
        ("", "**Tout en gras**\nUn paragraphe sur\ndeux lignes."),
    ]


def test_emphasis_around_a_whole_block_is_kept_out_of_it() -> None:
    (piece,) = take_apart("- **Tout en gras**\n")
    assert (piece.lead, piece.words, piece.trail) == ("- **", "Tout en gras", "**\n")


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), markdown_like))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    assert put_together(take_apart(text)) == text


def test_inline_marks_are_not_sent_to_an_engine() -> None:
    words = plain_words("Voir **notre** [trousse](https://exemple.ca/t) et\n[https://a.ca](https://a.ca)")
    assert words == "Voir notre trousse (https://exemple.ca/t) et https://a.ca"


def test_sentences_end_where_a_reader_would_end_them() -> None:
    text = (
        "M. Tremblay et Mme St-Onge, p. ex., sont venus. Le C.I.J.M. Les accueille au no. 3, boul. Laurier! "
        "Elle a dit : « Bonjour. Ça va? » Puis… Rien. Les intervenant.es sont là. It costs 3.5 million. Dr. Roy agrees."
    )
    assert split_sentences(text) == [
        "M. Tremblay et Mme St-Onge, p. ex., sont venus.",
        "Le C.I.J.M.",
        "Les accueille au no. 3, boul. Laurier!",
        "Elle a dit : « Bonjour. Ça va? »",
        "Puis…",
        "Rien.",
        "Les intervenant.es sont là.",
        "It costs 3.5 million.",
        "Dr. Roy agrees.",
    ]


CASES = [
    line.split("\t")[1].split("¦")
    for line in Path(__file__).with_name("sentences.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("sentences", CASES, ids=" ".join)
def test_french_and_english_sentences_end_after_neither_abbreviation_nor_quotation(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@settings(deadline=None)
@given(st.text(max_size=200))
def test_splitting_loses_nothing_but_white_space(text: str) -> None:
    sentences = split_sentences(text)
    assert "".join("".join(sentences).split()) == "".join(text.split())
    parts = [part for sentence in sentences for part in split_long(sentence, lambda words: len(words.split()), 3)]
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(len(part.split()) <= 3 for part in parts)


def test_a_long_sentence_is_split_at_its_clauses() -> None:
    sentence = "Les jeunes viennent le soir; les parents, qui travaillent, viennent le matin."
    parts = split_long(sentence, lambda words: len(words.split()), 7)
    assert parts == ["Les jeunes viennent le soir;", "les parents, qui travaillent, viennent le matin."]
