"""Ways to try a refused sentence again, beside one another: how many each rescues, and how good what it gives is.

    python -m benchmarks.translation.retries --packages HOME/.passerelle/packages

*chrF* is of the rescued sentences alone; that of a way which rescues more is of other sentences.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import sacrebleu

from benchmarks.translation.packages import options_of, sides_of
from passerelle.translation.argos import GREEDY
from passerelle.translation.attempt import Outcome, Sentence, Way, finish, prepare
from passerelle.translation.clauses import clauses_of, join_clauses
from passerelle.translation.direction import BEAM, Direction
from passerelle.translation.gaps import other
from passerelle.translation.known_names import text_names
from passerelle.translation.protect import Placeholder
from schemas.base import Language


@dataclass(frozen=True)
class Bench:
    """One direction and what its model copies."""

    direction: Direction
    placeholder: Placeholder | None

    def ask(self, sentences: Sequence[Sentence], way: Way, beam: int) -> list[Outcome]:
        """Send sentences one way to the engine and back."""
        attempts = [prepare(sentence, way, self.placeholder) for sentence in sentences]
        answers = self.direction.translate([attempt.request for attempt in attempts], beam)
        return [finish(attempt, answer) for attempt, answer in zip(attempts, answers, strict=True)]


def one_way(bench: Bench, sentences: Sequence[Sentence], way: Way, beam: int) -> list[str | None]:
    """Ask for all once more in one way."""
    return [outcome.text for outcome in bench.ask(sentences, way, beam)]


def by_clauses(bench: Bench, sentences: Sequence[Sentence], beam: int) -> list[str | None]:
    """Ask for the clauses of each."""
    done: list[str | None] = []
    for sentence in sentences:
        clauses = clauses_of(sentence)
        outcomes = bench.ask(clauses, "kept", beam) if clauses else []
        done.append(join_clauses(sentence, clauses, [outcome.text for outcome in outcomes]))
    return done


WAYS: dict[str, Callable[[Bench, Sequence[Sentence]], list[str | None]]] = {
    "spans hidden, other stop": partial(one_way, way="hidden", beam=BEAM),
    "terms hidden": partial(one_way, way="terms", beam=BEAM),
    "no beam": partial(one_way, way="kept", beam=GREEDY),
    "no beam, spans hidden, other stop": partial(one_way, way="hidden", beam=GREEDY),
    "no beam, terms hidden": partial(one_way, way="terms", beam=GREEDY),
    "clause by clause": partial(by_clauses, beam=BEAM),
    "no beam, clause by clause": partial(by_clauses, beam=GREEDY),
}


def tell(bench: Bench, source: Language, sources: Sequence[str], references: Sequence[str]) -> None:
    """Print a table for a direction."""
    sentences = [Sentence(text, source, other(source), text_names(text)) for text in sources]
    pairs = list(zip(sentences, references, strict=True))
    first = bench.ask(sentences, "kept", BEAM)
    refused = [(pair, outcome.failure) for pair, outcome in zip(pairs, first, strict=True) if outcome.text is None]
    print(f"{len(refused)} of {len(pairs)} refused at first: {Counter(why for _, why in refused).most_common()}\n")
    print("| way | rescued | of these missed terms | by no way before | chrF |\n|---|---|---|---|---|")
    known: set[int] = set()
    for name, way in WAYS.items():
        answers = way(bench, [sentence for (sentence, _), _ in refused])
        good = {at: answer for at, answer in enumerate(answers) if answer is not None}
        terms = sum(refused[at][1] == "termbase" for at in good)
        chrf = sacrebleu.corpus_chrf(list(good.values()), [[refused[at][0][1] for at in good]]).score if good else 0
        print(f"| {name} | {len(good)} | {terms} | {len(good.keys() - known)} | {chrf:.1f} |")
        known |= {*good}


def main() -> int:
    """Measure and print."""
    options = options_of(__doc__).parse_args()
    for side in sides_of(options.packages, options.most):
        bench = Bench(*side.open(options.packages))
        print(f"\n{side.title}\n")
        tell(bench, side.source, side.sources, side.references)
    return 0


if __name__ == "__main__":
    sys.exit(main())
