"""Ways to have an engine keep to the termbase, beside one another: terms kept, chrF, and texts asked for again.

    python -m benchmarks.translation.terms --packages HOME/.passerelle/packages

CTranslate2 has no lexical constraints. What it has: several hypotheses, sequences that are not to be made, and a prefix
that the output must begin with. Beside them, what the station does: mending afterwards, and hiding the term.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sacrebleu

from benchmarks.translation.__main__ import adherence
from benchmarks.translation.packages import options_of, sides_of
from passerelle.translation.attempt import Sentence, finish, prepare
from passerelle.translation.direction import BEAM, LENGTH_PENALTY, Direction
from passerelle.translation.gaps import other
from passerelle.translation.post_edit import post_edit, preferred_form
from passerelle.translation.protect import Placeholder
from passerelle.translation.terminology import find_forms, forms_to_avoid, violations
from passerelle.translation.typography import for_engine
from schemas.base import Language
from schemas.inclusive import expand_inclusive

MOST = 256
"""Output tokens."""


@dataclass
class Bench:
    """One direction: its engine, its texts, and how often the engine was asked again."""

    direction: Direction
    source: Language
    sources: list[str]
    plain: list[str]
    placeholder: Placeholder | None
    """What the model was taught to copy, if anything."""
    again: int = 0

    @property
    def target(self) -> Language:
        """The other language."""
        return other(self.source)

    def ask(self, text: str, **options: Any) -> list[str]:
        """Give the hypotheses of one text; a prefix is given as text."""
        self.again += 1
        tokenizer = self.direction._tokenizer
        prefix = options.pop("prefix", None)
        (result,) = self.direction._translator.translate_batch(
            [tokenizer.encode(for_engine(text))],
            target_prefix=[tokenizer.encode(prefix)] if prefix else None,
            beam_size=BEAM, length_penalty=LENGTH_PENALTY, max_decoding_length=MOST, replace_unknowns=True, **options,
        )  # fmt: skip
        return [tokenizer.decode(pieces).strip() for pieces in result.hypotheses]

    def breaks(self, text: str, output: str) -> int:
        """Count the terms of a text that an output renders otherwise."""
        return len(violations(text, output, self.source, self.target))


def as_they_come(_bench: Bench, _text: str, output: str) -> str:
    """The engine's first hypothesis."""
    return output


def best_of_four(bench: Bench, text: str, output: str) -> str:
    """Of the beam's four hypotheses, the first that breaks the fewest terms."""
    return min((output, *bench.ask(text, num_hypotheses=BEAM)), key=lambda one: bench.breaks(text, one))


def wrong_forbidden(bench: Bench, text: str, output: str) -> str:
    """Again, with the wrong forms that were found forbidden."""
    encode = bench.direction._tokenizer.encode
    found = [
        output[start:end]
        for use in violations(text, output, bench.source, bench.target)
        for start, end in find_forms(output, forms_to_avoid(use, bench.target), bench.target)
    ]
    return bench.ask(text, suppress_sequences=[encode(one) for one in found])[0] if found else output


def prefix_to_the_term(bench: Bench, text: str, output: str) -> str:
    """Again, the output kept up to a wrong form and the preferred one after it, the engine to go on from there."""
    for use in violations(text, output, bench.source, bench.target):
        preferred = preferred_form(use, bench.source, bench.target)
        found = find_forms(output, forms_to_avoid(use, bench.target), bench.target)
        if preferred and found:
            output = bench.ask(text, prefix=output[: found[0][0]] + preferred)[0]
    return output


def mended(bench: Bench, text: str, output: str) -> str:
    """The station's post-editing alone."""
    return post_edit(text, output, bench.source, bench.target)


def hidden(bench: Bench, text: str, output: str) -> str:
    """The station's second way: the term hidden behind a placeholder and put in afterwards, where a check allows it."""
    attempt = prepare(Sentence(text, bench.source, bench.target), "terms", bench.placeholder)
    done = finish(attempt, bench.ask(attempt.request)[0])
    return output if done.text is None else done.text


def mended_then_hidden(bench: Bench, text: str, output: str) -> str:
    """Both, as the station does."""
    better = mended(bench, text, output)
    return hidden(bench, text, better) if bench.breaks(text, better) else better


WAYS: tuple[Callable[[Bench, str, str], str], ...] = (
    as_they_come, best_of_four, wrong_forbidden, prefix_to_the_term, mended, hidden, mended_then_hidden,
)  # fmt: skip


def outputs_of(way: Callable[[Bench, str, str], str], bench: Bench) -> list[str]:
    """Go a way with the texts that break a term; the others stay as they came."""
    bench.again = 0
    return [
        way(bench, text, output) if bench.breaks(text, output) else output
        for text, output in zip(bench.sources, bench.plain, strict=True)
    ]


def tell(bench: Bench, references: Sequence[str]) -> None:
    """Print a table for a direction."""
    print("| way | terms kept | chrF | asked again |\n|---|---|---|---|")
    for way in WAYS:
        outputs = outputs_of(way, bench)
        kept, chrf = adherence(bench.sources, outputs, bench.source), sacrebleu.corpus_chrf(outputs, [references]).score
        print(f"| {way.__name__.replace('_', ' ')} | {kept:.0%} | {chrf:.1f} | {bench.again} |")


def main() -> int:
    """Measure and print."""
    options = options_of(__doc__).parse_args()
    for side in sides_of(options.packages, options.most):
        direction, placeholder = side.open(options.packages)
        sources = [expand_inclusive(text) if side.source == "fr" else text for text in side.sources]
        plain = direction.translate([for_engine(text) for text in sources])
        bench = Bench(direction, side.source, sources, plain, placeholder)
        print(f"\n{side.title}\n")
        tell(bench, side.references)
    return 0


if __name__ == "__main__":
    sys.exit(main())
