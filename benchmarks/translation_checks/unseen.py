"""Good and spoilt translations written by hand before the checks were tuned on them.

    python -m benchmarks.translation_checks.unseen

Each pair of the two sets goes the whole way that an engine's answer goes: mended, checked, written for a reader.
Prints what was refused of each kind and, below, every good pair refused and every spoilt one that passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from passerelle.translation.attempt import Sentence, finish, prepare
from passerelle.translation.known_names import text_names
from passerelle.translation.typography import for_engine
from schemas.base import Language

SETS = tuple(Path(__file__).with_name(name) for name in ("unseen.tsv", "second.tsv"))


@dataclass(frozen=True)
class Judged:
    """A pair and what the station says of it."""

    kind: str
    source: str
    output: str
    failure: str | None


def judged(pairs: Path) -> Iterator[Judged]:
    """Judge every pair of a set, in order."""
    for line in pairs.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        direction, kind, source, output = line.split("\t")
        languages = cast("tuple[Language, Language]", tuple(direction.split("-")))
        attempt = prepare(Sentence(source, *languages, text_names(source)), "kept")
        yield Judged(kind, source, output, finish(attempt, _as_an_engine(attempt.masked.tags, output)).failure)


def _as_an_engine(tags: tuple[tuple[str, str], ...], output: str) -> str:
    """Put the placeholders of hidden spans where the translation has these."""
    for tag, hidden in tags:
        output = output.replace(hidden, tag)
    return for_engine(output)


def main() -> None:
    """Measure and print."""
    for pairs in SETS:
        print(f"\n{pairs.name}\n")
        report(list(judged(pairs)))


def report(pairs: Sequence[Judged]) -> None:
    """Print what was refused of each kind, and what was judged wrongly."""
    total, refused = Counter(pair.kind for pair in pairs), Counter(pair.kind for pair in pairs if pair.failure)
    for kind, number in total.items():
        print(f"{kind:15}{number:4}{refused[kind]:4} refused")
    spoilt = len(pairs) - total["good"]
    caught = refused.total() - refused["good"]
    print(
        f"\n{total['good']} good, {refused['good']} refused; {spoilt} spoilt, {caught} refused ({caught / spoilt:.1%})"
    )
    for pair in pairs:
        if (pair.kind == "good") == bool(pair.failure):
            print(f"  {pair.kind}: {pair.source} → {pair.output} [{pair.failure}]")


if __name__ == "__main__":
    main()
