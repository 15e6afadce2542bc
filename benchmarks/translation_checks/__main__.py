"""Precision and recall of the checks on machine texts.

    python -m benchmarks.translation_checks

Reads the pairs of benchmarks/translation/sentences.tsv as good translations in both directions, spoils each in every
way of ``damage`` that applies, and asks all checks about all of them. Exits 1 where more than 1 % of the good ones are
refused, or fewer than 90 % of the spoilt ones.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.translation_checks.damage import DAMAGES
from passerelle.translation.checks import CHECKS, Failure, Pair, all_failures
from passerelle.translation.typography import for_engine
from schemas.base import LANGUAGES, Language
from schemas.inclusive import expand_inclusive

SENTENCES = Path(__file__).parents[1] / "translation" / "sentences.tsv"
MOST_FALSE_ALARMS, LEAST_CAUGHT = 0.01, 0.9


def pairs() -> list[tuple[str, str]]:
    """Give French and English of each line."""
    lines = SENTENCES.read_text("utf-8").splitlines()
    return [(row[0], row[1]) for row in (line.split("\t") for line in lines if not line.startswith("#"))]


def cases() -> Iterator[tuple[str, Pair]]:
    """Yield each pair in both directions: good, then spoilt in each way, as the checks would see it."""
    both = [tuple(for_engine(expand_inclusive(side)) for side in pair) for pair in pairs()]
    for place, language in enumerate(LANGUAGES):
        target: Language = LANGUAGES[1 - place]
        for number, pair in enumerate(both):
            source, good = pair[place], pair[1 - place]
            other = both[(number + 7) % len(both)][1 - place]
            yield "good", Pair(source, good, language, target)
            raw = pairs()[number][1 - place] if target == "en" else good
            for name, (_, damage) in DAMAGES.items():
                spoilt = damage(source, raw if name == "quote left open" else good, language, target, other)
                if spoilt is not None and spoilt != good:
                    yield name, Pair(source, spoilt, language, target)


def main() -> int:
    """Measure and print."""
    asked: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    by_its_check: Counter[str] = Counter()
    alarms: Counter[Failure] = Counter()
    rightly: defaultdict[Failure, int] = defaultdict(int)
    for name, pair in cases():
        failures = all_failures(pair)
        asked[name] += 1
        caught[name] += bool(failures)
        if name == "good":
            alarms.update(failures)
            continue
        by_its_check[name] += DAMAGES[name][0] in failures
        for failure in failures:
            rightly[failure] += 1
    print(f"{'damage':18}{'texts':>6}{'refused':>9}{'by its check':>14}")
    for name in DAMAGES:
        share, own = caught[name] / asked[name], by_its_check[name] / asked[name]
        print(f"{name:18}{asked[name]:6}{share:9.1%}{own:14.1%}   {DAMAGES[name][0]}")
    print(f"\n{'check':20}{'good refused':>13}{'precision':>11}")
    for check in CHECKS:
        total = rightly[check] + alarms[check]
        print(f"{check:20}{alarms[check]:13}{rightly[check] / total if total else 1:11.1%}")
    spoilt = sum(asked.values()) - asked["good"]
    recall, false = (sum(caught.values()) - caught["good"]) / spoilt, caught["good"] / asked["good"]
    print(f"\n{asked['good']} good, {caught['good']} refused ({false:.1%}); {spoilt} spoilt, {recall:.1%} refused")
    return int(false > MOST_FALSE_ALARMS or recall < LEAST_CAUGHT)


if __name__ == "__main__":
    sys.exit(main())
