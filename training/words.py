"""Counts the words of the sentence pairs, and writes those that each language surely has for the translation station.

``python -m training.words --bitext DIR`` writes ``known.fr.txt.xz`` and ``known.en.txt.xz`` into
``passerelle/translation/words``: single words in small letters, sorted, no text and no count of any source.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from passerelle.translation.gaps import other
from passerelle.translation.vocabulary import file_of
from schemas.base import LANGUAGES, Language
from training.prepare import read_pairs

WORD = re.compile(r"[^\W\d_]+")
LETTERS = re.compile(r"[a-zà-öø-ÿœæ]{2,24}")
LEAST, LEAST_CAPITALISED = 2, 10
"""Occurrences of a word in small letters, or with a capital, from which it is one."""
QUOTED, RARE = 30, 60
"""So many times as frequent in the other language, and rarer than this here: a word that is only quoted."""


def count(pairs: Iterable[tuple[str, str, str]]) -> dict[Language, Counter[str]]:
    """Count the words of both sides as they are written; ``pairs``: source, English, French."""
    counts: dict[Language, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for _, english, french in pairs:
        counts["en"].update(WORD.findall(english))
        counts["fr"].update(WORD.findall(french))
    return counts


def known(counts: dict[Language, Counter[str]], language: Language) -> list[str]:
    """Choose the words that a language has, sorted."""
    ours, theirs = counts[language], counts[other(language)]
    small = {word for word, times in ours.items() if times >= LEAST and word == word.lower()}
    small |= {word.lower() for word, times in ours.items() if times >= LEAST_CAPITALISED and word.istitle()}
    words = (word for word in small if LETTERS.fullmatch(word))
    return sorted(word for word in words if ours[word] >= RARE or theirs[word] < QUOTED * max(ours[word], 1))


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bitext", type=Path, required=True, help="folder of core.tsv.xz")
    options = parser.parse_args()
    counts = count(read_pairs(options.bitext / "core.tsv.xz"))
    for language in LANGUAGES:
        text = "\n".join(known(counts, language)) + "\n"
        file_of(language).write_bytes(lzma.compress(text.encode("utf-8"), preset=9))


if __name__ == "__main__":
    main()
