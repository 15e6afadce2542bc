"""The endless, seeded stream of training batches, and the place in it where training stands.

An epoch draws each pair by its weight and shuffles; a chunk of it is augmented, encoded, sorted by length and cut into
batches of like lengths. Every step depends on (seed, epoch, chunk) alone, so a place is three small numbers.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from multiprocessing.pool import AsyncResult
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor

from training.augment import Example, augment, both_directions, join
from training.corpus import Corpus
from training.tokenizer import END, PADDING, load_tokenizer, tag_ids

Row = tuple[list[int], list[int]]
"""Token numbers of a source and of its target."""
JOIN_SHARE, JOIN_MOST = 0.04, 4
"""How often pairs that follow one another are joined into a long one, and how many at most."""
CHUNKS_AHEAD = 2
"""Chunks that each worker may prepare ahead."""


@dataclass(frozen=True)
class Position:
    """The next batch of the stream."""

    epoch: int = 0
    chunk: int = 0
    batch: int = 0


@dataclass(frozen=True)
class Batch:
    """Token numbers, padded: sources (n, s), what the decoder reads (n, t) and should write (n, t)."""

    source: NDArray[np.int64]
    read: NDArray[np.int64]
    written: NDArray[np.int64]


@dataclass(frozen=True)
class Stream:
    """The recipe of the batches.

    Args:
        data: folder of the prepared corpus and its tokenizer.
        tokens: most tokens of one side of a batch, padding included.
        longest: most tokens of one side of a pair; longer pairs are left out.
        chunk_pairs: pairs in a chunk: the more, the less padding.
        free_only: draw only from sources free for every use.
        near: draw more from sources near to community pages.
        augmented: rewrite pairs and draw a direction for each; else both directions, as they stand.
        seed: of the order and of the augmentation.
    """

    data: Path
    tokens: int
    longest: int = 250
    chunk_pairs: int = 16384
    free_only: bool = False
    near: bool = False
    augmented: bool = True
    seed: int = 1

    def batches(self, start: Position, workers: int = 0) -> Iterator[tuple[Batch, Position]]:
        """Yield batches from a position on, each with the position after it, without end.

        Args:
            start: where to start.
            workers: processes that prepare chunks ahead; none: prepared when needed.
        """
        for at, chunk in _in_order(self, self._chunks_from(start), workers):
            skipped = start.batch if at == (start.epoch, start.chunk) else 0
            for number, batch in enumerate(chunk[skipped:], start=skipped + 1):
                last = number == len(chunk)
                yield batch, Position(at[0], at[1] + 1, 0) if last else Position(at[0], at[1], number)

    def chunk(self, epoch: int, chunk: int) -> list[Batch]:
        """Make one chunk's batches, in their order."""
        rng = np.random.default_rng([self.seed, epoch, chunk])
        order = self._order(epoch)[chunk * self.chunk_pairs : (chunk + 1) * self.chunk_pairs]
        if self.augmented:
            examples = [augment(*self._drawn_pair(int(at), rng), rng) for at in order]
        else:
            examples = [example for at in order for example in both_directions(*self.corpus.pair(int(at)))]
        rows = encode(examples, load_tokenizer(self.data / "spm.model"))
        return cut([row for row in rows if max(map(len, row)) <= self.longest], self.tokens, rng)

    @cached_property
    def corpus(self) -> Corpus:
        """The training pairs."""
        return Corpus(self.data, "train")

    def _chunks_from(self, start: Position) -> Iterator[tuple[int, int]]:
        epoch, chunk = start.epoch, start.chunk
        while True:
            for number in range(chunk, -(-len(self._order(epoch)) // self.chunk_pairs)):
                yield epoch, number
            epoch, chunk = epoch + 1, 0

    def _order(self, epoch: int) -> NDArray[np.int64]:
        return _epoch_order(self, epoch)

    def _drawn_pair(self, at: int, rng: np.random.Generator) -> tuple[str, str]:
        if rng.random() >= JOIN_SHARE:
            return self.corpus.pair(at)
        last = min(at + int(rng.integers(2, JOIN_MOST + 1)), len(self.corpus))
        same = self.corpus.sources[at]
        return join([self.corpus.pair(place) for place in range(at, last) if self.corpus.sources[place] == same])


@lru_cache(maxsize=2)
def _epoch_order(stream: Stream, epoch: int) -> NDArray[np.int64]:
    """Draw each pair as often as its weight says (the fraction by chance) and shuffle."""
    rng = np.random.default_rng([stream.seed, epoch])
    weights = stream.corpus.weights(free_only=stream.free_only, near=stream.near)
    copies = np.floor(weights + rng.random(len(weights))).astype(np.int64)
    return np.asarray(rng.permutation(np.repeat(np.arange(len(weights)), copies)), np.int64)


def encode(examples: Sequence[Example], tokenizer: SentencePieceProcessor) -> list[Row]:
    """Turn examples into token numbers: the target language's tag, the text, the end; empty texts are left out."""
    tags = tag_ids(tokenizer)
    sources = tokenizer.encode([example.source for example in examples])
    targets = tokenizer.encode([example.target for example in examples])
    return [
        ([tags[example.language], *source, END], [tags[example.language], *target, END])
        for example, source, target in zip(examples, sources, targets, strict=True)
        if source and target
    ]


def cut(rows: Sequence[Row], tokens: int, rng: np.random.Generator) -> list[Batch]:
    """Sort encoded pairs by length, cut them into batches of at most ``tokens`` a side, and shuffle the batches."""
    groups: list[list[Row]] = [[]]
    for row in sorted(rows, key=lambda row: (max(map(len, row)), len(row[1]))):
        if groups[-1] and max(map(len, row)) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(row)
    return [_pad(groups[at]) for at in rng.permutation(len(groups)) if groups[at]]


def _pad(rows: Sequence[Row]) -> Batch:
    source = _matrix([source for source, _ in rows])
    target = _matrix([target for _, target in rows])
    read = target[:, :-1].copy()
    read[read == END] = PADDING
    return Batch(source, read, target[:, 1:])


def _matrix(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    matrix = np.full((len(rows), max(map(len, rows))), PADDING, np.int64)
    for at, row in enumerate(rows):
        matrix[at, : len(row)] = row
    return matrix


def _in_order(
    stream: Stream, places: Iterator[tuple[int, int]], workers: int
) -> Iterator[tuple[tuple[int, int], list[Batch]]]:
    if not workers:
        for place in places:
            yield place, stream.chunk(*place)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        ahead: deque[tuple[tuple[int, int], AsyncResult[list[Batch]]]] = deque()
        for place in places:
            ahead.append((place, pool.apply_async(stream.chunk, place)))
            if len(ahead) >= workers * CHUNKS_AHEAD:
                first, result = ahead.popleft()
                yield first, result.get()
