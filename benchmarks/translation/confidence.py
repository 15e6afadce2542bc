"""How well an engine's own confidence and a round trip tell bad machine texts that pass every other check.

    python -m benchmarks.translation.confidence --packages HOME/.passerelle/packages

*AUC*: how often, of a bad text (chrF under BAD against the reference) and a good one (above GOOD), the bad one is told.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import sacrebleu

from benchmarks.translation.packages import options_of, sides_of
from passerelle.translation import checks
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.attempt import Sentence, finish, prepare
from passerelle.translation.checks import is_small_word
from passerelle.translation.gaps import other
from passerelle.translation.known_names import text_names
from schemas.base import Language

BAD, GOOD = 35.0, 50.0
LENGTHS = ((1, 5), (6, 10), (11, 99))
"""Words of the source, from and to."""
THRESHOLDS = (-1.0, -1.1, -1.2, -1.3, -1.4, -1.6)


@dataclass(frozen=True)
class Shown:
    """A text that passes every check but that of its confidence."""

    source: str
    output: str
    confidence: float
    chrf: float


def shown(engine: ArgosEngine, source: Language, sources: Sequence[str], references: Sequence[str]) -> list[Shown]:
    """Send texts through the ways of the station, without the check of confidence, and keep what passes."""
    waiting = [
        (Sentence(text, source, other(source), text_names(text)), reference)
        for text, reference in zip(sources, references, strict=True)
    ]
    failed: dict[Sentence, str | None] = {}
    done: list[Shown] = []
    for one in (engine, engine, engine.retry or engine):
        ways = [
            "kept" if sentence not in failed else "terms" if failed[sentence] == "termbase" else "hidden"
            for sentence, _ in waiting
        ]
        attempts = [
            prepare(sentence, way, engine.placeholder(source, other(source)))  # type: ignore[arg-type]  # of three literals
            for (sentence, _), way in zip(waiting, ways, strict=True)
        ]
        answers = one.answer([attempt.request for attempt in attempts], source, other(source))
        left = []
        for pair, attempt, answer in zip(waiting, attempts, answers, strict=True):
            outcome = finish(attempt, answer.text)
            if outcome.text is None or answer.confidence is None:
                failed.setdefault(pair[0], outcome.failure)
                left.append(pair)
            else:
                chrf = sacrebleu.sentence_chrf(outcome.text, [pair[1]]).score
                done.append(Shown(pair[0].text, outcome.text, answer.confidence, chrf))
        waiting = left
    return done


def words_kept(language: Language, source: str, back: str) -> float:
    """Give the share of a text's words of content that come back from a round trip."""
    before, after = (
        {word.lower() for word in text.split() if not is_small_word(word, language)} for text in (source, back)
    )
    return len(before & after) / len(before) if before else 1.0


def letters_kept(source: str, back: str) -> float:
    """Give the chrF of a round trip against the source."""
    return float(sacrebleu.sentence_chrf(back, [source]).score)


def auc(found: Sequence[tuple[float, Shown]]) -> str:
    """Say how often the measure of a bad text is below that of a good one."""
    bad = [value for value, one in found if one.chrf < BAD]
    good = [value for value, one in found if one.chrf > GOOD]
    if not bad or not good:
        return "–"
    return f"{sum((low < high) + (low == high) / 2 for low in bad for high in good) / len(bad) / len(good):.2f}"


def tell(engine: ArgosEngine, source: Language, sources: Sequence[str], references: Sequence[str]) -> None:
    """Print the tables of a direction."""
    found = shown(engine, source, sources, references)
    back = (engine.retry or engine).translate([one.output for one in found], other(source), source)
    measures: dict[str, Callable[[str, str], float]] = {
        "words of content": partial(words_kept, source),
        "chrF": letters_kept,
    }
    print("| measure | AUC |\n|---|---|")
    print(f"| confidence | {auc([(one.confidence, one) for one in found])} |")
    for low, high in LENGTHS:
        some = [(one.confidence, one) for one in found if low <= len(one.source.split()) <= high]
        print(f"| confidence, {low} to {high} words ({len(some)}) | {auc(some)} |")
    for name, measure in measures.items():
        told = [(measure(one.source, text), one) for one, text in zip(found, back, strict=True)]
        print(f"| round trip, {name} | {auc(told)} |")
    kinds = {
        f"under {BAD:.0f}": [one for one in found if one.chrf < BAD],
        "between": [one for one in found if BAD <= one.chrf <= GOOD],
        f"above {GOOD:.0f}": [one for one in found if one.chrf > GOOD],
    }
    heads = " | ".join(f"{name} ({len(kind)})" for name, kind in kinds.items())
    print(f"\n| refused below | {heads} |\n|---|---|---|---|")
    for threshold in THRESHOLDS:
        counts = (sum(one.confidence < threshold for one in kind) for kind in kinds.values())
        mark = " (used)" if threshold == checks.LEAST_CONFIDENCE else ""
        print(f"| {threshold}{mark} | {' | '.join(map(str, counts))} |")


def main() -> int:
    """Measure and print."""
    options = options_of(__doc__).parse_args()
    engine = ArgosEngine(options.packages)
    for side in sides_of(options.packages, options.most):
        print(f"\n{side.title}\n")
        tell(engine, side.source, side.sources, side.references)
    return 0


if __name__ == "__main__":
    sys.exit(main())
