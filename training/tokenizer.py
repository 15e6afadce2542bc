"""The SentencePiece model shared by both languages, and the numbers of its special tokens."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import sentencepiece

Language = Literal["en", "fr"]
UNKNOWN, BEGIN, END, PADDING = 0, 1, 2, 3
LANGUAGE_TAGS: dict[Language, str] = {"en": "<to-en>", "fr": "<to-fr>"}
"""First token of the source and of the target: control symbols, so that no text is ever read as one."""
PLACEHOLDERS = tuple(f"⟦{number}⟧" for number in range(32))
"""Stand-ins for protected spans, each one token, copied through."""
_REQUIRED = "0123456789€£$%°«»éèêëàâîïôùûüçœæÉÈÊËÀÂÎÏÔÙÛÜÇŒÆ–—…’‘“”•·∙¢½²³№°@#&*+=/\\_|~^<>[]{}()" + "\u00a0"


def train_tokenizer(sentences: Iterable[str], model: Path, size: int, threads: int) -> None:
    """Train the tokenizer and write it to a file.

    Text is kept as written: no folding of quotes, dashes or no-break spaces; what was never seen falls back to bytes.

    Args:
        sentences: text of both languages.
        model: file to write.
        size: number of tokens, the 256 bytes and all special ones included.
        threads: how many to use.
    """
    with model.open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_writer=file,
            vocab_size=size,
            model_type="unigram",
            normalization_rule_name="identity",
            character_coverage=0.9998,
            byte_fallback=True,
            split_digits=True,
            required_chars=_REQUIRED,
            control_symbols=list(LANGUAGE_TAGS.values()),
            user_defined_symbols=list(PLACEHOLDERS),
            unk_id=UNKNOWN,
            bos_id=BEGIN,
            eos_id=END,
            pad_id=PADDING,
            max_sentence_length=4000,
            num_threads=threads,
            hard_vocab_limit=False,
            minloglevel=1,
        )


def load_tokenizer(model: Path) -> sentencepiece.SentencePieceProcessor:
    """Load a trained tokenizer."""
    return sentencepiece.SentencePieceProcessor(model_file=str(model))


def tag_ids(tokenizer: sentencepiece.SentencePieceProcessor) -> dict[Language, int]:
    """Give the numbers of the language tags."""
    return {language: int(tokenizer.piece_to_id(tag)) for language, tag in LANGUAGE_TAGS.items()}
