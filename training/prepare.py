"""Makes the training data: reads the compressed pairs, drops bad ones, splits off dev, trains the tokenizer.

``python -m training.prepare --work DIR --bitext DIR`` writes ``DIR/data``: train, dev and ``spm.model``.
"""

from __future__ import annotations

import argparse
import csv
import logging
import lzma
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from training.corpus import Corpus, write_corpus
from training.tokenizer import train_tokenizer
from training.typography import tidy, write_english, write_french

log = logging.getLogger("training.prepare")
DEV_SHARE = 600
"""One English sentence in so many is held out for the dev loss, with all its pairs."""
LONGEST = 1200
"""Characters above which a pair is dropped: alignment errors and tables live there."""
CAPITALS_SHARE = 0.02
"""Share of the tokenizer's sentences shown to it in capitals, so that it has pieces for shouted words."""


def read_pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """Read a file of pairs: source, English, French."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 3:
                yield row[0], row[1], row[2]


def fits(english: str, french: str) -> bool:
    """Tell whether a pair can be a translation: both sides there, of like length, not one text twice."""
    if not english or not french or max(len(english), len(french)) > LONGEST:
        return False
    if english == french and len(english.split()) > 4:
        return False
    short, long = sorted((len(english), len(french)))
    return long <= 2.2 * short + 12


def is_dev(english: str) -> bool:
    """Tell whether a pair is held out, from its English side alone, so that no twin stays in training."""
    return zlib.crc32(english.lower().encode()) % DEV_SHARE == 0


def clean_pairs(bitext: Path, every: int) -> Iterator[tuple[str, str, str]]:
    """Read, tidy and filter the training pairs; none that stands in the held-out tests is let through."""
    tests = {tidy(text) for _, *pair in read_pairs(bitext / "held.tsv.xz") for text in pair}
    for number, (source, english, french) in enumerate(read_pairs(bitext / "core.tsv.xz")):
        if number % every:
            continue
        pair = tidy(english), tidy(french)
        if fits(*pair) and not tests.intersection(pair):
            yield source, write_english(pair[0]), write_french(pair[1])


def tokenizer_sentences(corpus: Corpus, most: int, seed: int) -> Iterator[str]:
    """Draw sentences of both languages by the weights of their sources, a few in capitals."""
    rng = np.random.default_rng(seed)
    weights = corpus.weights(free_only=False)
    chosen = rng.choice(len(corpus), size=min(most, len(corpus)), p=weights / weights.sum())
    for at in chosen:
        for text in corpus.pair(int(at)):
            yield text.upper() if rng.random() < CAPITALS_SHARE else text


def prepare(
    work: Path,
    bitext: Path,
    *,
    vocabulary: int = 16000,
    spm_pairs: int = 200_000,
    every: int = 1,
    seed: int = 1,
    threads: int = 2,
    tokenizer: Path | None = None,
) -> None:
    """Write the train and dev pairs and the tokenizer into ``work/data``.

    Args:
        work: folder for data and checkpoints.
        bitext: folder of ``core.tsv.xz`` and ``held.tsv.xz``.
        vocabulary: tokens in the vocabulary.
        spm_pairs: pairs that the tokenizer is trained on.
        every: take every n-th pair only.
        seed: of the choice of the tokenizer's pairs.
        threads: for the tokenizer.
        tokenizer: a trained tokenizer to use instead of training one.
    """
    data = work / "data"
    dev: list[tuple[str, str, str]] = []

    def train() -> Iterator[tuple[str, str, str]]:
        for row in clean_pairs(bitext, every):
            if is_dev(row[1]):
                dev.append(row)
            else:
                yield row

    log.info("train pairs: %d", write_corpus(data, "train", train()))
    log.info("dev pairs: %d", write_corpus(data, "dev", dev))
    if tokenizer:
        shutil.copyfile(tokenizer, data / "spm.model")
        return
    corpus = Corpus(data, "train")
    train_tokenizer(tokenizer_sentences(corpus, spm_pairs, seed), data / "spm.model", vocabulary, threads)
    log.info("tokenizer written")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--work", type=Path, required=True, help="folder for data and checkpoints")
    parser.add_argument("--bitext", type=Path, required=True, help="folder of core.tsv.xz and held.tsv.xz")
    parser.add_argument("--vocabulary", type=int, default=16000, help="tokens in the vocabulary")
    parser.add_argument("--spm-pairs", type=int, default=200_000, help="pairs that the tokenizer is trained on")
    parser.add_argument("--tokenizer", type=Path, help="a trained tokenizer to use instead of training one")
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair only, for a trial")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    prepare(
        options.work,
        options.bitext,
        vocabulary=options.vocabulary,
        spm_pairs=options.spm_pairs,
        every=options.every,
        seed=options.seed,
        threads=options.threads,
        tokenizer=options.tokenizer,
    )


if __name__ == "__main__":
    main()
