"""Whether texts are split into the sentences that a reader sees, beside pysbd and sentencex where they are installed.

    python -m benchmarks.sentence_splitting

Reads the table of tests/translation/sentences.tsv, which was written for the rules (abbreviations, quotations,
initials), so it favours them; and the paragraphs of benchmarks/translation/sentences.tsv, three sentences each, which
was not. Exits 1 where another splitter is better on either.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from passerelle.translation.sentences import split_sentences

ROOT = Path(__file__).parents[1]
Splitter = Callable[[str, str], list[str]]
Case = tuple[str, list[str]]


def table() -> list[Case]:
    """Give the cases of the tests: language, sentences."""
    lines = (ROOT / "tests/translation/sentences.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(language, text.split("¦")) for language, text in rows]


def paragraphs() -> list[Case]:
    """Give three sentences that end in a stop after one another, from the translation set."""
    lines = (ROOT / "benchmarks/translation/sentences.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    cases: list[Case] = []
    for column, language in enumerate(("fr", "en")):
        whole = [row[column] for row in rows if row[column].endswith((".", "!", "?")) and row[2] != "several"]
        cases += [(language, whole[at : at + 3]) for at in range(0, len(whole) - 2, 3)]
    return cases


def splitters() -> Iterator[tuple[str, Splitter]]:
    """Give ours, then those that are installed."""
    yield "passerelle", lambda _, text: split_sentences(text)
    if find_spec("pysbd"):
        import pysbd  # noqa: PLC0415

        made: dict[str, Any] = {code: pysbd.Segmenter(language=code, clean=False) for code in ("fr", "en")}
        yield "pysbd", lambda language, text: list(made[language].segment(text))
    if find_spec("sentencex"):
        import sentencex  # noqa: PLC0415

        yield "sentencex", lambda language, text: list(sentencex.segment(language, text))


def main() -> int:
    """Measure and print."""
    worse = False
    for title, cases in (("table", table()), ("paragraphs", paragraphs())):
        right = {
            name: sum(
                [one.strip() for one in split(language, " ".join(wanted)) if one.strip()] == wanted
                for language, wanted in cases
            )
            for name, split in splitters()
        }
        for name, count in right.items():
            print(f"{title:12}{name:12}{count:4} of {len(cases)} right")
        worse |= max(right.values()) > right["passerelle"]
    return int(worse)


if __name__ == "__main__":
    sys.exit(main())
