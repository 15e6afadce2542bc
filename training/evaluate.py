"""Scores packages the way they are used, installed and run by Passerelle's engine, on the held-out sets.

``python -m training.evaluate PACKAGE… --bitext DIR`` prints one JSON line a figure: BLEU and chrF with their sacrebleu
signatures, words a second, placeholders kept, and chrF under each of the writings that augmentation trains for.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from passerelle.translation.archives import unpack
from passerelle.translation.argos import ArgosEngine
from passerelle.translation.models import installed
from training import augment
from training.augment import Example
from training.prepare import read_pairs
from training.tokenizer import Language
from training.typography import as_engine_reads, tidy

SETS = {"newstest2014": "wmt14-human", "ntrex": "ntrex", "tico19": "tico19-held"}
"""Names of the held-out sets and of their sources in ``held.tsv.xz``."""
PLACEHOLDER_TESTS = 2000
ROBUSTNESS_TESTS = 300
_PLACEHOLDER = re.compile(r"⟦\d+⟧")
WAYS: dict[str, augment.Change] = {
    "no accents": augment.lose_accents,
    "small letters": augment.lower_source,
    "inclusive": augment.include,
    "bullet": augment.add_bullet,
    "title case": augment.title_case,
    "capitals": augment.shout,
    "no stop": augment.drop_stop,
    "code": augment.add_code,
}
"""The ways of writing that augmentation trains for."""
Translate = Callable[[list[str]], list[str]]


def score(hypotheses: Sequence[str], references: Sequence[str]) -> dict[str, Any]:
    """Score translations, with the typography of both sides folded: the sets do not agree on quotes and spaces."""
    ours, theirs = [tidy(text) for text in hypotheses], [[tidy(text) for text in references]]
    bleu, chrf = BLEU(), CHRF()
    return {
        "bleu": round(bleu.corpus_score(ours, theirs).score, 2),
        "chrf": round(chrf.corpus_score(ours, theirs).score, 2),
        "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
    }


def placeholder_tests(examples: Sequence[Example], most: int) -> list[str]:
    """Make sources that hold placeholders, from held-out pairs; the pairs are gone through again where too few do."""
    rng = np.random.default_rng(0)
    made: list[str] = []
    for round_number in range(20):
        for example in examples:
            hidden = (augment.hide_copies if round_number == 0 else augment.add_placeholder)(example, rng)
            if _PLACEHOLDER.search(hidden.source):
                made.append(as_engine_reads(hidden.source))
            if len(made) == most:
                return made
    return made


def keeps_placeholders(source: str, output: str) -> bool:
    """Tell whether each placeholder of a source stands in the output as often as in the source: once."""
    return sorted(_PLACEHOLDER.findall(source)) == sorted(_PLACEHOLDER.findall(output))


def robustness(examples: Sequence[Example], translate: Translate) -> Iterator[dict[str, Any]]:
    """Score sentences written in each way, beside the same ones as they were."""
    short = [example for example in examples if len(example.source.split()) <= augment.MIDDLE]
    for way, change in WAYS.items():
        rng = np.random.default_rng(0)
        written = ((example, change(example, rng)) for example in short)
        pairs = list(islice((pair for pair in written if pair[0] != pair[1]), ROBUSTNESS_TESTS))
        if not pairs:  # English has no inclusive forms
            continue
        plain, changed = ([as_engine_reads(pair[side].source) for pair in pairs] for side in (0, 1))
        outputs = translate([*plain, *changed])
        yield {
            "way": way,
            "sentences": len(pairs),
            "as_written": score(outputs[: len(pairs)], [before.target for before, _ in pairs])["chrf"],
            "chrf": score(outputs[len(pairs) :], [after.target for _, after in pairs])["chrf"],
        }


def evaluate(package: Path, bitext: Path, sets: Sequence[str], most: int | None) -> Iterator[dict[str, Any]]:
    """Install a package in a folder of its own and yield its figures.

    Args:
        package: an ``.argosmodel`` file.
        bitext: folder of ``held.tsv.xz``.
        sets: names of SETS.
        most: sentences of each set, from its beginning; all when None.
    """
    with tempfile.TemporaryDirectory() as place:
        unpack(package, Path(place) / "package")  # an install refuses a package that does not translate well yet
        (done,) = installed(Path(place))
        source: Language = "fr" if done.source == "fr" else "en"
        target: Language = "en" if source == "fr" else "fr"
        engine = ArgosEngine(Path(place))

        def translate(texts: list[str]) -> list[str]:
            return engine.translate(texts, source, target)

        about = {"package": done.label, "bytes": package.stat().st_size}
        began = time.perf_counter()
        translate(["Bonjour."])
        yield about | {"figure": "load", "seconds": round(time.perf_counter() - began, 2)}
        everything: list[Example] = []
        for name in sets:
            examples = _held(bitext, SETS[name], target)[:most]
            everything += examples
            yield about | {"figure": "score", "set": name} | _scored(examples, translate)
        tests = placeholder_tests(everything, PLACEHOLDER_TESTS if most is None else most)
        kept = sum(map(keeps_placeholders, tests, translate(tests)))
        yield about | {"figure": "placeholders", "tests": len(tests), "kept": round(kept / len(tests), 4)}
        for row in robustness(everything, translate):
            yield about | {"figure": "robustness"} | row


def _scored(examples: Sequence[Example], translate: Translate) -> dict[str, Any]:
    began = time.perf_counter()
    outputs = translate([example.source for example in examples])
    seconds = time.perf_counter() - began
    words = sum(len(example.source.split()) for example in examples)
    figures = score(outputs, [example.target for example in examples])
    return {"sentences": len(examples), "words_per_second": round(words / seconds)} | figures


def _held(bitext: Path, wanted: str, target: Language) -> list[Example]:
    pairs = [(english, french) for name, english, french in read_pairs(bitext / "held.tsv.xz") if name == wanted]
    return [Example(fr, en, "en") if target == "en" else Example(en, fr, "fr") for en, fr in pairs]


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--bitext", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--most", type=int, help="sentences of each set, for a quick look")
    options = parser.parse_args()
    for package in options.packages:
        for row in evaluate(package, options.bitext, options.sets, options.most):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
