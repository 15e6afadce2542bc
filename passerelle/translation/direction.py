"""One direction of an Argos package, loaded: its model on CTranslate2 and its tokenizer.

All sentences of a call are sorted by length and translated in batches of tokens. The package of the other way round
says how likely a text's source is, given its translation.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from passerelle.translation.engines import Answer
from passerelle.translation.errors import EngineError

BEAM, LENGTH_PENALTY = 4, 0.2
"""As Argos's own ``translate()`` sets them."""
BATCH_TOKENS, LEAST_TOKENS = 1024, 256
"""Of a batch, at most; where there are fewer for each thread, so many as give all of them work, but at least these."""
SCORED_TOKENS = 128
"""Scoring holds what all words of the vocabulary are worth at each token: of larger batches the processor's caches
cannot hold it, and it takes half as long again."""
INTRA_THREADS = 1
"""Threads of one batch; as many batches at a time as there are cores is twice as fast as many threads on one batch."""
MOST_THREADS = 8
BUCKETS = (24, 64)
"""Source tokens at which a group of sentences ends; each group has a bound of its own for its outputs."""
LONGER, MORE = 3, 32
"""Output tokens for one source token, at most, and some more. What is not at its end by then is a loop: it is given up
whole, never cut. A loop in one group does not hold up the others."""
LENIENCE = 3.0
"""Log-probability that a source gets for nothing, so that one unlikely word does not condemn a short text."""


def default_threads() -> int:
    """Give the number of cores that this process may use, within reason."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_THREADS)


Faithful = Callable[[str, str], bool]
"""Whether an answer keeps what its sentence asks it to keep."""


class Direction:
    """One direction, loaded: its translator and its tokenizer, kept for the life of the process."""

    def __init__(self, package: Any, threads: int | None = None) -> None:
        import ctranslate2  # noqa: PLC0415 (slow to import)

        self._threads = threads or default_threads()
        try:
            self._translator = ctranslate2.Translator(
                str(package.package_path / "model"),
                device="cpu",
                inter_threads=self._threads,
                intra_threads=INTRA_THREADS,
            )
            self._tokenizer = _tokenizer(package)
        except (RuntimeError, OSError, ValueError, AttributeError, MemoryError) as error:
            msg = f"{package.package_path}: the package does not load ({error}); run `passerelle models verify`"
            french = f"{package.package_path} : le paquet ne s’ouvre pas ({error}); passerelle models verify"
            raise EngineError(msg, french) from error
        self._prefix = str(package.target_prefix or "")

    def count(self, text: str) -> int:
        """Count the tokens of a text."""
        return len(self._tokenizer.encode(text))

    def translate(self, sentences: Sequence[str], beam: int = BEAM) -> list[str]:
        """Translate sentences short enough for the model, in their order; ``beam``: hypotheses kept at a time."""
        return [answer.text for answer in self.answer(sentences, beam)]

    def answer(self, sentences: Sequence[str], beam: int = BEAM, faithful: Faithful | None = None) -> list[Answer]:
        """Translate likewise, and say how likely the model finds each answer.

        With ``faithful``, the likeliest answer that it finds faithful to its sentence is given, "" where there is none.
        """
        found = self.choices(sentences, beam, beam if faithful else 1)
        return [
            next((one for one in answers if faithful is None or faithful(sentence, one.text)), Answer(""))
            for sentence, answers in zip(sentences, found, strict=True)
        ]

    def choices(self, sentences: Sequence[str], beam: int, most: int) -> list[list[Answer]]:
        """Give so many answers of each sentence at most, the likeliest first; none to a sentence without words."""
        tokens = [self._tokenizer.encode(sentence) for sentence in sentences]
        order = sorted((at for at, pieces in enumerate(tokens) if pieces), key=lambda at: -len(tokens[at]))
        found: list[list[Answer]] = [[] for _ in tokens]
        with self._told():
            results = [
                result
                for bucket in _buckets(order, tokens)
                for result in self._submit([tokens[at] for at in bucket], beam, most)
            ]
            done = [(result.result(), longest) for result, longest in results]
        for at, (result, longest) in zip(order, done, strict=True):
            found[at] = [
                Answer(
                    self._tokenizer.decode(pieces).removeprefix(self._prefix).strip(),
                    self._confidence(score, len(pieces)),
                )
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
                if len(pieces) < longest
            ]
        return found

    def go_on(self, sentence: str, beginning: str, without: Sequence[str]) -> str:
        """Translate one sentence as from a beginning of its answer, and say none of the words ``without`` after it."""
        pieces = self._tokenizer.encode(sentence)
        with self._told():
            (result,) = self._translator.translate_batch(
                [pieces],
                target_prefix=[([self._prefix] if self._prefix else []) + self._tokenizer.encode(beginning)],
                suppress_sequences=[[one for one in self._tokenizer.encode(word) if one != "▁"] for word in without],
                beam_size=BEAM,
                length_penalty=LENGTH_PENALTY,
                max_input_length=0,
                max_decoding_length=LONGER * len(pieces) + MORE,
            )
        return str(self._tokenizer.decode(result.hypotheses[0])).removeprefix(self._prefix).strip()

    def likelihoods(self, texts: Sequence[str], sentences: Sequence[str]) -> list[float]:
        """Give the mean log-probability a token of each sentence as the translation of a text; see LENIENCE."""
        given = [self._tokenizer.encode(text) for text in texts]
        wanted = [([self._prefix] if self._prefix else []) + self._tokenizer.encode(one) for one in sentences]
        with self._told():
            scored = self._translator.score_batch(
                given, wanted, max_batch_size=SCORED_TOKENS, batch_type="tokens", max_input_length=0
            )
        own = [one.log_probs[1 if self._prefix else 0 : -1] for one in scored]  # the end tells nothing
        return [min(0.0, (sum(scores) + LENIENCE) / len(scores)) if scores else 0.0 for scores in own]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Make an error of the model's one that says what to do."""
        try:
            yield
        except (RuntimeError, ValueError) as error:
            msg = f"the Argos package failed while translating ({error}); run `passerelle models verify`"
            french = f"le paquet Argos a échoué en traduisant ({error}); lancez passerelle models verify"
            raise EngineError(msg, french) from error

    def _confidence(self, score: float, pieces: int) -> float:
        """Give the mean log-probability of a token, the end among them.

        CTranslate2 divides the sum by the length, end and prefix included, to the power of the length penalty; of a
        prefix it counts the length and no probability.
        """
        length = float(pieces + 1)
        return score * float(length**LENGTH_PENALTY) / (length - bool(self._prefix))

    def _submit(self, tokens: list[list[str]], beam: int, hypotheses: int) -> list[tuple[Any, int]]:
        """Hand sentences to the translator without waiting; give what will hold each result, and its bound."""
        most = LONGER * len(tokens[0]) + MORE
        share = math.ceil(sum(map(len, tokens)) / self._threads)
        results = self._translator.translate_batch(
            tokens,
            target_prefix=[[self._prefix]] * len(tokens) if self._prefix else None,
            max_batch_size=min(BATCH_TOKENS, max(LEAST_TOKENS, share)),
            batch_type="tokens",
            asynchronous=True,
            beam_size=beam,
            num_hypotheses=hypotheses,
            length_penalty=LENGTH_PENALTY,
            return_scores=True,
            replace_unknowns=True,
            max_input_length=0,
            max_decoding_length=most,
        )
        return [(result, most) for result in results]


def _buckets(order: Sequence[int], tokens: Sequence[Sequence[str]]) -> list[list[int]]:
    """Group sentences, longest first, by their lengths."""
    groups = groupby(order, key=lambda at: sum(len(tokens[at]) > end for end in BUCKETS))
    return [list(group) for _, group in groups]


class _SentencePiece:
    """A package's SentencePiece model; Argos's own wrapper turns underscores into spaces, this one does not."""

    def __init__(self, path: Path) -> None:
        import sentencepiece  # noqa: PLC0415

        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    def encode(self, text: str) -> list[str]:
        return list(self._processor.encode(text, out_type=str))

    def decode(self, tokens: list[str]) -> str:
        return str(self._processor.decode_pieces(tokens)).replace("▁", " ")


def _tokenizer(package: Any) -> Any:
    model: Path = package.package_path / "sentencepiece.model"
    return _SentencePiece(model) if model.exists() else package.tokenizer
